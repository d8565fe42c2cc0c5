"""From a file somebody sent to a source: proof, correction, decisions about private data, yes or no.

Nothing here changes the database: what comes out of an act counts when `Works.end` has written it,
so that a server that ends in the middle leaves the source as it was.
"""

from __future__ import annotations

import contextlib
import json
import secrets
import shutil
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, cast

from desirepath.errors import Problem, WebError
from desirepath.web.data.confined import always, ask_child, limits_for
from desirepath.web.data.proofs import Said
from desirepath.web.data.recipes import ANSWER_ROLES, ROLES, recipe_of, said_of
from desirepath.web.data.secret import OWN, secret_of
from desirepath.web.data.sources import (
    RECIPE,
    Kind,
    Source,
    Sources,
    recipe_text,
    sha256_of,
)
from desirepath.whole_files import write_whole

PROOF = "proof.json"
FRESH = "fresh.csv"
HOME_BYTES = 4
HINT = "Look at the file again, and bring it anew if need be."
NOTHING_YET: Mapping[str, Any] = {
    "looks_like": "",
    "columns": [],
    "roles": [],
    "times": [],
    "questions": [],
    "odd": [],
    "scores": [],
    "counts": {},
}


@dataclass(frozen=True, slots=True)
class Keeper:
    """Reads files of sources, and writes those that are kept. Every method may take a while: call it in a thread.

    Attributes:
        sources: Known sources.
        project: Folder of the project; None for a server that keeps no files.
    """

    sources: Sources
    project: Path | None

    def proof(self, source: Source) -> dict[str, Any]:
        """What a source is taken for; nothing yet where its file was not read.

        Raises:
            WebError: E756 its file is gone.
        """
        if source.state == "arrived":
            return dict(NOTHING_YET)
        try:
            found: dict[str, Any] = json.loads(
                (source.path.parent / PROOF).read_text("utf-8")
            )
        except (OSError, ValueError):
            what = f'the proof of "{source.name}" is damaged or gone'
            raise WebError(Problem("E756", what, hint=HINT)) from None
        return found

    def proved(self, map_id: str, source_id: str) -> tuple[Source, dict[str, Any]]:
        """A source and what it is taken for, of one moment, though it may be kept in the middle of the question.

        Raises:
            WebError: E751 there is no such source, E756 its file is gone.
        """
        source = self.sources.one(map_id, source_id)
        try:
            return source, self.proof(source)
        except WebError:
            newest = self.sources.one(map_id, source_id)
            if newest.path == source.path:
                raise
            return newest, self.proof(newest)

    def read(
        self, source: Source, said: Said, is_wanted: Callable[[], bool] = always
    ) -> Source:
        """A source whose file was read: the first time, or anew because something else was said about it.

        Args:
            source: As it came, or as it was proposed.
            said: What holds now.
            is_wanted: Asked now and then; where it says no, it ends.

        Raises:
            WebError: E754 it takes too much to read, E756 its file is damaged, E757 nothing can be
                written, E758 it cannot be read, E759 it is confirmed, E2xx why not.
            UnwantedError: It was wanted no longer.
        """
        refuse_confirmed(source)
        _refuse_changed(source)
        proof = self._proof(source, said, is_wanted)
        _write(source.folder / PROOF, json.dumps(proof))
        if source.state == "arrived":  # its kind is known now
            said = replace(said, kind=proof["kind"])
        return replace(
            source,
            state="proposed",
            kind=cast("Kind", proof["kind"]),
            row_count=proof["counts"].get("rows", source.row_count),
            recipe=asdict(said),
            counts=_kept_counts(proof),
        )

    def _proof(
        self, source: Source, said: Said, is_wanted: Callable[[], bool]
    ) -> dict[str, Any]:
        asked = {"do": "prove", "file": source.file, "said": asdict(said)}
        limits = limits_for(source.path.stat().st_size)
        return ask_child(
            source.folder, asked, limits, source.path.name, is_wanted=is_wanted
        )

    def refuse_about(self, source: Source) -> None:
        """Nothing for answers of which it can be said what they are about.

        Raises:
            WebError: E756 the proof is damaged, E759 it has no columns of scores.
        """
        if not _score_columns(self.proof(source)):
            refuse_confirmed(source)

    def about(
        self,
        source: Source,
        abouts: Mapping[str, str],
        is_wanted: Callable[[], bool] = always,
    ) -> Source:
        """A source in use whose answers are said to be about other steps; its file stays as it is.

        Args:
            source: Answers of customers.
            abouts: Step or touchpoint by column of scores; others are about nothing in particular.
            is_wanted: Asked now and then; where it says no, it ends.

        Raises:
            WebError: E755 it cannot be read so, E756 its file is damaged, else as `read`.
            UnwantedError: It was wanted no longer.
        """
        _refuse_changed(source)
        before = self.proof(source)
        columns = _score_columns(before)
        said = said_of(source.recipe, source.kind)
        is_by_row = "scale" in (said.roles or {})
        found = {} if is_by_row else {one["question"]: one["scale"] for one in before["scores"]}  # fmt: skip
        texts = [one["name"] for one in before["columns"] if one["role"] == "text"]
        said = replace(
            said,
            scores={name: (said.scores or found).get(name, "") for name in columns},
            texts=said.texts or texts or None,
            abouts={name: at for name, at in abouts.items() if name in columns},
        )
        proof = self._proof(source, said, is_wanted)
        _refuse_open(proof)
        changed = replace(source, recipe=recipe_of(said))
        _keep_beside(changed, proof)
        return changed

    def refuse_keep(self, source: Source) -> None:
        """Nothing for a source that somebody may say yes to.

        Raises:
            WebError: E755 a question is open, E756 its proof is damaged, E759 it is confirmed already.
        """
        refuse_confirmed(source)
        if source.state == "arrived" or self.proof(source)["questions"]:
            what = f'"{source.name}" cannot be read for certain yet'
            hint = "Say which column is meant."
            raise WebError(Problem("E755", what, hint=hint))

    def keep(self, source: Source, is_wanted: Callable[[], bool] = always) -> Source:
        """The source that is kept: private columns treated, in a folder of its own beside the file that was sent.

        That file goes with `clean`, as soon as the source counts as confirmed.

        Raises:
            WebError: E755 a question is open, E756 the file is damaged, E759 it is confirmed already,
                else as `read`.
            UnwantedError: It was wanted no longer.
        """
        self.refuse_keep(source)
        _refuse_changed(source)
        proof = self.proof(source)
        columns = [
            {"name": one["name"], **_decided(one, source.privacy)}
            for one in proof["columns"]
        ]
        said = _settled(Said(**source.recipe), proof, columns)
        home = source.folder / secrets.token_hex(HOME_BYTES)
        home.mkdir(mode=0o700)
        try:
            name = f"{source.path.stem.partition('.')[0] or 'file'}.csv"
            found = self._rewritten(source, said, columns, home, is_wanted)
            (home / FRESH).rename(home / name)
            confirmed = replace(
                source,
                state="confirmed",
                file=f"{home.name}/{name}",
                sha256=sha256_of(home / name),
                bytes=(home / name).stat().st_size,
                row_count=found["counts"].get("rows", 0),
                recipe=recipe_of(said),
                privacy={one["name"]: one["how"] for one in columns if one["how"] != "keep"},
                counts=_kept_counts(found),
            )  # fmt: skip
            _keep_beside(confirmed, found)
        except BaseException:
            shutil.rmtree(home, ignore_errors=True)
            raise
        return confirmed

    def _rewritten(
        self,
        source: Source,
        said: Said,
        columns: list[dict[str, Any]],
        home: Path,
        is_wanted: Callable[[], bool],
    ) -> dict[str, Any]:
        """The proof of the file that is to be kept, which stands in a folder then."""
        key = home / f".{OWN}"
        assert self.project is not None  # noqa: S101 - there is no source without
        try:
            key.write_bytes(secret_of(self.project, self.sources.uploads))
            asked = {
                "do": "rewrite",
                "file": source.file,
                "kept": f"{home.name}/{FRESH}",
                "said": asdict(said),
                "columns": columns,
                "key_file": f"{home.name}/{key.name}",
            }
            limits = limits_for(2 * source.bytes)
            found = ask_child(
                source.folder, asked, limits, source.path.name, is_wanted=is_wanted
            )
        finally:
            key.unlink(missing_ok=True)
        _refuse_open(found)
        return found


def clean(source: Source) -> None:
    """Take away what stands beside the file of a confirmed source: the one that was sent, and what a server left."""
    if source.state != "confirmed" or not source.path.is_file():
        return
    home = source.path.parent
    kept = {source.path, home / RECIPE, home / PROOF, home}
    with contextlib.suppress(OSError):
        for one in [*source.folder.iterdir(), *home.iterdir()]:
            if one in kept:
                continue
            if one.is_dir():
                shutil.rmtree(one, ignore_errors=True)
            else:
                one.unlink(missing_ok=True)


def _keep_beside(source: Source, proof: Mapping[str, Any]) -> None:
    """Write the recipe and the proof of a file that is kept."""
    _write(source.recipe_path, recipe_text([source], has_folders=False))
    _write(source.path.parent / PROOF, json.dumps(proof))


def _score_columns(proof: Mapping[str, Any]) -> list[str]:
    return [one["name"] for one in proof["columns"] if one["role"] == "score"]


def _write(file: Path, text: str) -> None:
    try:
        write_whole(file, text.encode())
    except OSError as error:
        what = f"the file cannot be written: {error.strerror}"
        hint = "Ask whoever runs the server to look at the folder of the project."
        raise WebError(Problem("E757", what, hint=hint)) from None


def refuse_confirmed(source: Source) -> None:
    """Nothing for a source that is not in use yet.

    Raises:
        WebError: E759 it is.
    """
    if source.state == "confirmed":
        what = f'"{source.name}" is in use and cannot be changed any more'
        hint = "Take it away and bring the file again."
        raise WebError(Problem("E759", what, hint=hint))


def _refuse_open(found: Mapping[str, Any]) -> None:
    if found["questions"]:
        what = "what is left of the file cannot be read for certain"
        hint = f"Keep more of its columns: {found['questions'][0]['what']}."
        raise WebError(Problem("E755", what, hint=hint))


def _refuse_changed(source: Source) -> None:
    try:
        found = sha256_of(source.path)
    except OSError:
        found = ""
    if found != source.sha256:
        what = f'the file of "{source.name}" is damaged or gone'
        raise WebError(Problem("E756", what, hint=HINT))


def _kept_counts(proof: Mapping[str, Any]) -> dict[str, Any]:
    """Counts without names of what customers did: these stay in the folder."""
    return {
        name: value
        for name, value in proof["counts"].items()
        if isinstance(value, int) or value is None
    }


def _decided(column: Mapping[str, Any], privacy: Mapping[str, str]) -> dict[str, Any]:
    """What becomes of a column; one that nobody decided to keep is watched."""
    said = privacy.get(column["name"])
    is_said = said in column["choices"]
    how = said if is_said else column["how"]
    return {"how": how, "is_watched": not (is_said and how == "keep"), "role": column["role"]}  # fmt: skip


def _settled(
    said: Said, proof: Mapping[str, Any], columns: list[dict[str, Any]]
) -> Said:
    """What is said of the file that is kept: everything that was recognized, less what goes."""
    gone = {one["name"] for one in columns if one["how"] == "drop"}
    roles: dict[str, str] = {}
    segments: list[str] = []
    for one in proof["roles"]:
        if one["column"] in gone or set(one["column"].split("+")) & gone:
            continue
        if one["role"] == "segment":
            segments.append(one["column"])
        else:
            roles[one["role"]] = one["column"]
    is_events = proof["kind"] == "events"
    if is_events and not roles.get("time"):
        roles["time"] = "none"
    zones = [one["zone"] for one in proof["times"] if one["zone_source"] not in ("in the data", "assumed")]  # fmt: skip
    known = ROLES if is_events else ANSWER_ROLES
    scores, texts = said.scores, said.texts
    return replace(
        said,
        kind=proof["kind"],
        roles={role: name for role, name in roles.items() if role in known},
        segments=segments if is_events else None,
        zone=said.zone or (zones[0] if zones else ""),
        scores=None if scores is None else {k: v for k, v in scores.items() if k not in gone},
        texts=None if texts is None else [one for one in texts if one not in gone],
    )  # fmt: skip
