"""The process of one job: reads what is asked in its folder, leaves there what it found.

It has no database and no secret of the server. On its standard output stand lines of JSON:
``{"share": 0.4, "doing": "measuring the map"}`` while it works, at the end ``{"done": …}`` or
``{"problems": […]}``.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from desirepath.errors import DesirepathError, Problem
from desirepath.web.ending import end_with_parent
from desirepath.web.jobs.limits import Limits, hold

REQUEST, FOUND = "request.json", "found"
Say = Callable[[Mapping[str, Any]], None]


class Telling:
    """Watches steps and tells of them.

    Args:
        shares: How much is done when a step begins, by its name.
        say: Where to.
    """

    def __init__(self, shares: Mapping[str, float], say: Say) -> None:
        self._shares = shares
        self._say = say
        self._share = 0.0

    def begin(self, name: str) -> None:
        """A step begins."""
        share = self._shares.get(name, -1.0)
        if (
            share >= self._share
        ):  # else a part of a later step has the name of an earlier one
            self._share = share
            self._say({"share": share, "doing": name})

    def end(self) -> None:
        """The step that began last ends."""


def main(folder: Path) -> None:
    """Do the job of a folder."""
    lines = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what libraries print is no answer
    end_with_parent()
    asked = json.loads((folder / REQUEST).read_text(encoding="utf-8"))
    hold(Limits(**asked["limits"]))

    def say(told: Mapping[str, Any]) -> None:
        lines.write(json.dumps(told) + "\n")
        lines.flush()

    try:
        say({"done": work(folder, asked, say)})
    except DesirepathError as error:
        say({"problems": [asdict(one) for one in error.problems]})
    except MemoryError:
        say({"problems": [asdict(too_large())]})


def work(folder: Path, asked: Mapping[str, Any], say: Say) -> dict[str, Any]:
    """Make and keep the parts of a job; what the snapshot says of them."""
    from desirepath.steps import step, watched  # noqa: PLC0415 - within the limits
    from desirepath.web.jobs.kinds import KINDS, SHARES  # noqa: PLC0415
    from desirepath.web.jobs.results import packed  # noqa: PLC0415

    found = folder / FOUND
    found.mkdir()
    work_ = _work(folder, asked)
    kind = asked["kind"]
    names: list[str] = []
    with watched(Telling(SHARES.get(kind, {}), say)), step(kind):
        for name, data in KINDS[kind](work_):
            (found / str(len(names))).write_bytes(packed(data))
            names.append(name)
    if not names:
        return {"parts": []}
    sources = [asdict(one) for one in work_.sources]
    return {"parts": names, "sources": sources, "extent": asdict(work_.extent)}


def _work(folder: Path, asked: Mapping[str, Any]) -> Any:
    from desirepath.check.saved import report_from  # noqa: PLC0415
    from desirepath.maps.edits.board import Board  # noqa: PLC0415
    from desirepath.project import FILE, read_project  # noqa: PLC0415
    from desirepath.track.business import BusinessChange  # noqa: PLC0415
    from desirepath.web.jobs.results import ReadSource  # noqa: PLC0415
    from desirepath.web.jobs.told import told_from  # noqa: PLC0415
    from desirepath.web.jobs.work import Work  # noqa: PLC0415

    project = Path(asked["project"]) / FILE
    earlier = asked["earlier"]
    recipes = {one: folder / asked[one] if asked[one] else None for one in ("events", "feedback")}  # fmt: skip
    return Work(
        journey_map=Board.from_dict(asked["map"]).journey(),
        project=read_project(project) if project.is_file() else None,
        events_recipe=recipes["events"],
        feedback_recipe=recipes["feedback"],
        given=asked["given"],
        earlier=report_from(earlier) if earlier else None,
        folder=project.parent,
        told=told_from(asked["told"]),
        told_before=asked["told_before"],
        sources_before=tuple(ReadSource(**one) for one in asked["sources_before"]),
        today=date.fromisoformat(asked["today"]),
        known=frozenset(asked["known"]),
        changes=tuple(
            BusinessChange.model_validate_json(json.dumps(one))
            for one in asked["changes"]
        ),
    )


def too_large() -> Problem:
    """What is said where memory was not enough."""
    what = "there was not enough memory for so many events"
    hint = "Look at less data, or give the server more memory."
    return Problem("E765", what, hint=hint)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
