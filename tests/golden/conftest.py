"""Named pictures: maps with what is known about them, and the option that replaces golden files."""

from __future__ import annotations

import difflib
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from desirepath.check.report import CheckReport, Gap, Verdict
from desirepath.evidence.facts import Evidence, Fact
from desirepath.maps.model import JourneyMap
from desirepath.render.formats.svg import scene_svg
from desirepath.render.scene import Scene
from desirepath.render.views.poster import poster_scene

MAPS = Path(__file__).parent / "maps"
PICTURES = Path(__file__).parent / "pictures"
SHOWN_LINES = 12


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden",
        action="store_true",
        help="Replace the golden pictures by what is drawn now.",
    )


@pytest.fixture
def expect_golden(request: pytest.FixtureRequest) -> Callable[[str, Scene], None]:
    """Compare a scene with its golden picture; --update-golden puts it in its place."""
    is_update = request.config.getoption("--update-golden", default=False)

    def expect_golden(name: str, scene: Scene) -> None:
        golden = PICTURES / f"{name}.svg"
        drawn = scene_svg(scene, has_fonts=False)
        fresh = golden.with_suffix(".new.svg")
        if is_update:
            golden.parent.mkdir(exist_ok=True)
            golden.write_text(drawn, encoding="utf-8")
            fresh.unlink(missing_ok=True)
        expected = golden.read_text(encoding="utf-8") if golden.exists() else ""
        if drawn == expected:
            return
        fresh.write_text(drawn, encoding="utf-8")
        lines = difflib.unified_diff(
            expected.splitlines(), drawn.splitlines(), lineterm="", n=0
        )
        shown = "\n".join(list(lines)[:SHOWN_LINES])
        pytest.fail(
            f"{name} is drawn in another way; look at {fresh.name} beside {golden.name} "
            f"and run pytest tests/golden --update-golden if it is right.\n{shown}"
        )

    return expect_golden


def read_picture(name: str) -> tuple[JourneyMap, dict[str, Any]]:
    """A map and the arguments to draw it with."""
    data = json.loads((MAPS / f"{name}.json").read_text(encoding="utf-8"))
    known: dict[str, Any] = dict(data.get("options", {}))
    if "report" in data:
        known["report"] = _report(data["report"])
    if "evidence" in data:
        facts = tuple(Fact(**fact) for fact in data["evidence"].pop("facts"))
        known["evidence"] = Evidence(facts=facts, **data["evidence"])
    if "quotes" in data:
        known["quotes"] = tuple(SimpleNamespace(**one) for one in data["quotes"])
    return JourneyMap.model_validate_json(json.dumps(data["map"])), known


def _report(data: dict[str, Any]) -> CheckReport:
    data["verdicts"] = tuple(Verdict(**one) for one in data["verdicts"])
    data["missing"] = tuple(Gap(**one) for one in data["missing"])
    data["dead"] = tuple(tuple(one) for one in data["dead"])
    return CheckReport(**{**data, "notes": tuple(data["notes"])})


@pytest.fixture(params=sorted(path.stem for path in MAPS.glob("*.json")))
def picture_name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@cache
def drawn_scene(name: str) -> Scene:
    journey, known = read_picture(name)
    return poster_scene(journey, **known)


@pytest.fixture
def scene(picture_name: str) -> Scene:
    return drawn_scene(picture_name)


@pytest.fixture
def journey(picture_name: str) -> JourneyMap:
    return read_picture(picture_name)[0]
