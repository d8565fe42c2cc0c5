"""From a file somebody sent to a source: proof, correction, decisions about private data, yes or no."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, cast

from desirepath.errors import Problem, WebError
from desirepath.web.data.confined import ask_child, limits_for
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
OLD_US = 7 * 86_400 * 1_000_000
HINT = "Look at the file again, and bring it anew if need be."


class Keeper:
    """Takes files in, and makes sources of them. Every method may take a while: call it in a thread.

    Args:
        sources: Known sources.
        project: Folder of the project; None for a server that keeps no files.
    """

    def __init__(self, sources: Sources, project: Path | None) -> None:
        self.sources = sources
        self._project = project

    def propose(
        self, file: Path, map_id: str, name: str, said: Said, by: tuple[str, int]
    ) -> tuple[Source, dict[str, Any]]:
        """A proposed source of a file that came, and its proof.

        Args:
            file: The file, alone in its folder.
            map_id: The map it is for.
            name: As people know it.
            said: What was said about it.
            by: Who brought it, and when.

        Raises:
            WebError: E754 it takes too much to read, E758 it cannot be read, E2xx why not; nothing
                of it is left then.
        """
        author, at_us = by
        try:
            size = file.stat().st_size
            proof = self._proof(file, said)
            source = Source(
                id=file.parent.name,
                map=map_id,
                name=name[:200],
                kind=cast("Kind", proof["kind"]),
                state="proposed",
                file=file.name,
                sha256=sha256_of(file),
                bytes=size,
                row_count=proof["counts"].get("rows", 0),
                author=author,
                at_us=at_us,
                folder=file.parent,
                recipe=asdict(replace(said, kind=proof["kind"])),
                counts=_kept_counts(proof),
            )
            _write(file.parent / PROOF, json.dumps(proof))
            self.sources.put(source)
        except BaseException:
            shutil.rmtree(file.parent, ignore_errors=True)
            raise
        return source, proof

    def _proof(self, file: Path, said: Said) -> dict[str, Any]:
        asked = {"do": "prove", "file": file.name, "said": asdict(said)}
        limits = limits_for(file.stat().st_size)
        return ask_child(file.parent, asked, limits, file.name)

    def proof(self, source: Source) -> dict[str, Any]:
        """What a source is taken for.

        Raises:
            WebError: E756 its file is gone.
        """
        try:
            found: dict[str, Any] = json.loads(
                (source.folder / PROOF).read_text("utf-8")
            )
        except (OSError, ValueError):
            what = f'the proof of "{source.name}" is damaged or gone'
            raise WebError(Problem("E756", what, hint=HINT)) from None
        return found

    def correct(
        self, source: Source, said: Said, privacy: Mapping[str, str], **fields: Any
    ) -> tuple[Source, dict[str, Any]]:
        """A proposed source, recognized again where something else was said about it.

        Args:
            source: The source.
            said: What holds now.
            privacy: How columns are to be treated, where somebody said so.
            fields: Others of the source that change: `name`, `map`.

        Raises:
            WebError: E759 it is confirmed, E754, E756, E758 and E2xx as `propose`.
        """
        _refuse_confirmed(source)
        if asdict(said) == dict(source.recipe):
            proof = self.proof(source)
        else:
            _refuse_changed(source)
            proof = self._proof(source.path, said)
            _write(source.folder / PROOF, json.dumps(proof))
        changed = replace(
            source,
            **fields,
            kind=cast("Kind", proof["kind"]),
            row_count=proof["counts"].get("rows", source.row_count),
            recipe=asdict(said),
            privacy=dict(privacy),
            counts=_kept_counts(proof),
        )
        self.sources.put(changed)
        return changed, proof

    def about(
        self, source: Source, abouts: Mapping[str, str]
    ) -> tuple[Source, dict[str, Any]]:
        """A source in use whose answers are said to be about other steps; its file stays as it is.

        Args:
            source: Answers of customers.
            abouts: Step or touchpoint by column of scores; others are about nothing in particular.

        Raises:
            WebError: E755 it cannot be read so, E756 its file is damaged, E759 it has no columns of
                scores, E754, E757, E758 and E2xx as `propose`.
        """
        _refuse_changed(source)
        before = self.proof(source)
        columns = [one["name"] for one in before["columns"] if one["role"] == "score"]
        if not columns:
            _refuse_confirmed(source)
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
        proof = self._proof(source.path, said)
        _refuse_open(proof)
        changed = replace(source, recipe=recipe_of(said))
        _write(source.folder / RECIPE, recipe_text([changed], has_folders=False))
        _write(source.folder / PROOF, json.dumps(proof))
        self.sources.put(changed)
        return changed, proof

    def confirm(self, source: Source) -> tuple[Source, dict[str, Any]]:
        """The source that is kept: private columns treated, the file that was sent gone.

        Raises:
            WebError: E755 a question is open, E756 the file is damaged, E759 it is confirmed already,
                E754, E757, E758 and E2xx as `propose`.
        """
        _refuse_confirmed(source)
        _refuse_changed(source)
        proof = self.proof(source)
        if proof["questions"]:
            what = f'"{source.name}" cannot be read for certain yet'
            hint = "Say which column is meant."
            raise WebError(Problem("E755", what, hint=hint))
        columns = [
            {"name": one["name"], **_decided(one, source.privacy)}
            for one in proof["columns"]
        ]
        said = _settled(Said(**source.recipe), proof, columns)
        fresh, found = self._rewritten(source, said, columns)
        kept = source.path.with_name(
            f"{source.path.stem.partition('.')[0] or 'file'}.csv"
        )
        source.path.unlink()
        fresh.rename(kept)
        treated = {one["name"]: one["how"] for one in columns if one["how"] != "keep"}
        confirmed = replace(
            source,
            state="confirmed",
            file=kept.name,
            sha256=sha256_of(kept),
            bytes=kept.stat().st_size,
            row_count=found["counts"].get("rows", 0),
            recipe=recipe_of(said),
            privacy=treated,
            counts=_kept_counts(found),
        )
        _write(source.folder / RECIPE, recipe_text([confirmed], has_folders=False))
        _write(source.folder / PROOF, json.dumps(found))
        self.sources.put(confirmed)
        return confirmed, found

    def _rewritten(
        self, source: Source, said: Said, columns: list[dict[str, Any]]
    ) -> tuple[Path, dict[str, Any]]:
        """The file that is to be kept, and its proof; nothing of it is left where that goes wrong."""
        fresh, key = source.folder / FRESH, source.folder / f".{OWN}"
        assert self._project is not None  # noqa: S101 - there is no source without
        try:
            key.write_bytes(secret_of(self._project, self.sources.uploads))
            asked = {
                "do": "rewrite",
                "file": source.file,
                "kept": fresh.name,
                "said": asdict(said),
                "columns": columns,
                "key_file": key.name,
            }
            limits = limits_for(2 * source.bytes)
            found = ask_child(source.folder, asked, limits, source.file)
            _refuse_open(found)
        except BaseException:
            fresh.unlink(missing_ok=True)
            raise
        finally:
            key.unlink(missing_ok=True)
        return fresh, found

    def tidy(self, now_us: int) -> None:
        """Take away what nobody knows any more, and what was never confirmed within a week."""
        try:
            uploads = self.sources.uploads
            folders = [one for one in uploads.iterdir() if one.is_dir()]
        except (OSError, WebError):
            return
        known = self.sources.everywhere()
        for source in known.values():
            is_old = source.at_us < now_us - OLD_US
            if source.state == "proposed" and is_old:
                self.sources.remove(source)
            elif source.state == "confirmed":
                _without_rest(source)
        for folder in folders:
            old_us = now_us - OLD_US // 7
            if folder.name not in known and folder.stat().st_mtime * 1e6 < old_us:
                shutil.rmtree(folder, ignore_errors=True)


def _without_rest(source: Source) -> None:
    """Take away what a server that ended too early left beside the file of a source."""
    if not source.path.is_file():
        return
    for one in source.folder.iterdir():
        if one.name in (source.file, RECIPE, PROOF):
            continue
        if one.is_dir():
            shutil.rmtree(one, ignore_errors=True)
        else:
            one.unlink(missing_ok=True)


def _write(file: Path, text: str) -> None:
    try:
        write_whole(file, text.encode())
    except OSError as error:
        what = f"the file cannot be written: {error.strerror}"
        hint = "Ask whoever runs the server to look at the folder of the project."
        raise WebError(Problem("E757", what, hint=hint)) from None


def _refuse_confirmed(source: Source) -> None:
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
