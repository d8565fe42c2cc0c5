"""The named commands of which every edit is made, as data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field

from desirepath.errors import MapError, Problem, did_you_mean
from desirepath.maps.base import Part
from desirepath.maps.source import place
from desirepath.maps.validation import found_words, validate


class Place(Part):
    """Where a card is put.

    Attributes:
        at: Ref of what it stands in.
        pos: Position there; "" for the end of the row.
        lane: Lane of a statement.
    """

    at: str = "map"
    pos: str = ""
    lane: str = ""


class Add(Part):
    """A new stage, step, statement, touchpoint, persona, organization or lane."""

    do: Literal["add"] = "add"
    ref: str
    place: Place = Place()
    fields: dict[str, Any] = Field(default_factory=dict)


class Change(Part):
    """Another value of one field.

    Attributes:
        field: Its name, with dots within: ``goal.text``.
        value: The new value as in a file; null takes the field away.
        was: The value the author saw, so that texts can be merged; left out where it does not matter.
        undo: Refuse, rather than overwrite, where the field has changed since.
    """

    do: Literal["change"] = "change"
    ref: str
    field: str
    value: Any = None
    was: Any = None
    undo: bool = False


class Move(Part):
    """Another place."""

    do: Literal["move"] = "move"
    ref: str
    place: Place
    was: Place | None = None
    undo: bool = False


class MarkGone(Part):
    """Taken off the map, with everything that stands in it; nothing is deleted.

    Attributes:
        was: Fields as they were added; with `undo`, refuse where somebody worked on it since.
    """

    do: Literal["mark_gone"] = "mark_gone"
    ref: str
    was: dict[str, Any] | None = None
    undo: bool = False


class BringBack(Part):
    """Back on the map."""

    do: Literal["bring_back"] = "bring_back"
    ref: str


class Together(Part):
    """Several edits that happen as one, all or none."""

    do: Literal["together"] = "together"
    edits: tuple[Edit, ...]


Edit = Annotated[
    Add | Change | Move | MarkGone | BringBack | Together, Field(discriminator="do")
]
Together.model_rebuild()
COMMANDS: Mapping[str, type[Add | Change | Move | MarkGone | BringBack | Together]] = {
    "add": Add,
    "change": Change,
    "move": Move,
    "mark_gone": MarkGone,
    "bring_back": BringBack,
    "together": Together,
}
MOST_LEVELS = 8


def edit_data(edit: Edit) -> dict[str, Any]:
    """An edit as plain data for JSON: its name first, then what was given.

    Examples:
        >>> edit_data(MarkGone(ref="step:search"))
        {'do': 'mark_gone', 'ref': 'step:search'}
    """
    if isinstance(edit, Together):
        return {"do": edit.do, "edits": [edit_data(one) for one in edit.edits]}
    return {"do": edit.do, **edit.model_dump(exclude_unset=True)}


def edit_of(data: object, name: str = "edit", level: int = 1) -> Edit:
    """The edit of plain data.

    Args:
        data: As `edit_data` gives it.
        name: What messages call it, such as ``edits.json: edit 3``.
        level: How many edits it stands in, itself counted.

    Raises:
        MapError: E107 if edits stand in edits too deeply, E113 to E118 if it is not an edit.

    Examples:
        >>> edit_of({"do": "mark_gone", "ref": "step:search"}).ref
        'step:search'
    """
    given = data if isinstance(data, dict) else {}
    do = given.get("do")
    if not isinstance(do, str) or do not in COMMANDS:
        found = found_words(do if isinstance(data, dict) else data)
        known = did_you_mean(str(do), COMMANDS).replace("Known names", "Known edits")
        what = f'expected an edit with a "do", found {found}'
        raise MapError(Problem("E116", what, name, known))
    inside = given.get("edits")
    if do != "together" or not isinstance(inside, list):
        # null is a value here: a field that was empty, or is to be.
        return validate(
            COMMANDS[do],
            data,
            lambda path: (0, place(name, None, path)),
            nulls_count=True,
        )
    if level > MOST_LEVELS:
        hint = "List the edits one after the other."
        raise MapError(Problem("E107", "edits stand in edits too deeply", name, hint))
    edits = [edit_of(one, f"{name}.{n}", level + 1) for n, one in enumerate(inside, 1)]
    return Together(edits=tuple(edits))
