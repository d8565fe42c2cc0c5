"""More anecdotes and items in their files; what stands there stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desirepath.errors import EvidenceError, MapError, Problem
from desirepath.evidence.anecdotes import read_part
from desirepath.evidence.told import Anecdote, AnecdoteFile, Item, ItemFile
from desirepath.maps.base import Part
from desirepath.maps.validation import validate
from desirepath.maps.yaml_text import block_lines, item_lines
from desirepath.whole_files import write_whole

INDENT = 2


@dataclass(frozen=True, slots=True)
class _List:
    """A file with a list at its end.

    Attributes:
        name: Of the file.
        key: Of the list.
        whole: What the file holds.
        one: What the list holds.
        words: What messages call one of it.
    """

    name: str
    key: str
    whole: type[Part]
    one: type[Part]
    words: str


_ANECDOTES = _List("anecdotes.yaml", "anecdotes", AnecdoteFile, Anecdote, "anecdote")
_ITEMS = _List("items.yaml", "items", ItemFile, Item, "item")


def add_anecdote(folder: Path, data: dict[str, object]) -> Path:
    """File ``anecdotes.yaml`` of a folder with one more anecdote at its end; a new one where there is none.

    Args:
        folder: The folder ``evidence``; made where it is missing.
        data: Keys and values of the anecdote.

    Raises:
        MapError: what is wrong with the anecdote, or with the file as it stands.
        EvidenceError: E340 if the file cannot be written or its list does not stand at its end.
    """
    return _add(folder, [data], _ANECDOTES)


def add_items(folder: Path, data: Sequence[dict[str, object]]) -> Path:
    """File ``items.yaml`` of a folder with more items at its end; a new one where there is none.

    Args:
        folder: The folder ``evidence``; made where it is missing.
        data: Keys and values of each item.

    Raises:
        MapError: what is wrong with an item, or with the file as it stands.
        EvidenceError: E340 if the file cannot be written or its list does not stand at its end.
    """
    return _add(folder, data, _ITEMS)


def _add(folder: Path, data: Sequence[dict[str, object]], of: _List) -> Path:
    file = folder / of.name
    more = tuple(
        validate(of.one, one, lambda path: (0, ".".join(map(str, path)))) for one in data
    )  # fmt: skip
    plain = [one.model_dump(mode="json", exclude_defaults=True) for one in more]
    before: tuple[Part, ...] = ()
    text = ""
    indent = INDENT
    if file.is_file():
        found, tree = read_part(of.whole, file, f"{of.key}:")
        before = getattr(found, of.key)
        text = file.read_text(encoding="utf-8").rstrip() + "\n"
        first = tree.at((of.key, 0))
        indent = first.column - INDENT if first else INDENT
    lines = [line for one in plain for line in item_lines(one, max(indent, 0))]
    new = text + "\n".join(lines) + "\n"
    if not before:
        new = "\n".join(block_lines({of.key: plain}, 0)) + "\n"
        if text.strip() not in ("", f"{of.key}:", f"{of.key}: []"):
            new = text + new
    try:
        folder.mkdir(parents=True, exist_ok=True)
        trial = folder / f".{of.key}.trial"
        trial.write_text(new, encoding="utf-8")
        try:
            again = getattr(read_part(of.whole, trial, f"{of.key}:")[0], of.key)
        except MapError:
            again = ()
        finally:
            trial.unlink()
        if again == (*before, *more):
            return write_whole(file, new.encode())
    except OSError as error:
        raise EvidenceError(
            Problem(
                "E340",
                f"the {of.words} cannot be written: {error.strerror}",
                str(file),
                "Choose a folder that you may write to.",
            )
        ) from error
    raise EvidenceError(
        Problem(
            "E340",
            f"the list of {of.key} does not stand at the end of the file",
            str(file),
            f"Write the {of.words} into the file yourself, or move its list to the end.",
        )
    )
