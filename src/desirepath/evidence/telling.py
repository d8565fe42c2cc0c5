"""More anecdotes in their file; what stands there stays as it is."""

from __future__ import annotations

from pathlib import Path

from desirepath.errors import EvidenceError, MapError, Problem
from desirepath.evidence.anecdotes import read_part
from desirepath.evidence.told import Anecdote, AnecdoteFile
from desirepath.maps.validation import validate
from desirepath.maps.yaml_text import block_lines, item_lines
from desirepath.whole_files import write_whole

INDENT = 2
NAME, KEY = "anecdotes.yaml", "anecdotes"


def add_anecdote(folder: Path, data: dict[str, object]) -> Path:
    """File ``anecdotes.yaml`` of a folder with one more anecdote at its end; a new one where there is none.

    Args:
        folder: The folder ``evidence``; made where it is missing.
        data: Keys and values of the anecdote.

    Raises:
        MapError: what is wrong with the anecdote, or with the file as it stands.
        EvidenceError: E340 if the file cannot be written or its list does not stand at its end.
    """
    file = folder / NAME
    one = validate(Anecdote, data, lambda path: (0, ".".join(map(str, path))))
    plain = [one.model_dump(mode="json", exclude_defaults=True)]
    before: tuple[Anecdote, ...] = ()
    text = ""
    indent = INDENT
    if file.is_file():
        found, tree = read_part(AnecdoteFile, file, f"{KEY}:")
        before = found.anecdotes
        text = file.read_text(encoding="utf-8").rstrip() + "\n"
        first = tree.at((KEY, 0))
        indent = first.column - INDENT if first else INDENT
    lines = item_lines(plain[0], max(indent, 0))
    new = text + "\n".join(lines) + "\n"
    if not before:
        new = "\n".join(block_lines({KEY: plain}, 0)) + "\n"
        if text.strip() not in ("", f"{KEY}:", f"{KEY}: []"):
            new = text + new
    try:
        folder.mkdir(parents=True, exist_ok=True)
        trial = folder / f".{KEY}.trial"
        trial.write_text(new, encoding="utf-8")
        try:
            again = read_part(AnecdoteFile, trial, f"{KEY}:")[0].anecdotes
        except MapError:
            again = ()
        finally:
            trial.unlink()
        if again == (*before, one):
            return write_whole(file, new.encode())
    except OSError as error:
        raise EvidenceError(
            Problem(
                "E340",
                f"the anecdote cannot be written: {error.strerror}",
                str(file),
                "Choose a folder that you may write to.",
            )
        ) from error
    raise EvidenceError(
        Problem(
            "E340",
            "the list of anecdotes does not stand at the end of the file",
            str(file),
            "Write the anecdote into the file yourself, or move its list to the end.",
        )
    )
