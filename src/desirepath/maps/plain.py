"""Parts of a map as plain data: dicts in model order, what equals its default left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from desirepath.errors import MapError, Problem
from desirepath.maps.base import Part
from desirepath.maps.model import JourneyMap, Statement
from desirepath.maps.refs import (
    elements,
    is_derived,
    map_statements,
    with_statement_ids,
)
from desirepath.maps.source import MAX_DEPTH

BOUNDS = frozenset({"at_least", "at_most"})
EXACT = 1e15  # whole numbers below are the same as int and as float


def plain(value: object, written_ids: frozenset[str]) -> Any:
    """Plain data of a part, as it is written to a file.

    Args:
        value: A part, or what a field of one holds.
        written_ids: Ids of statements that are written; the others follow from their content.

    Examples:
        >>> plain(Statement(id="s-69b4f1", lane="emotion", score=-1), frozenset())
        {'lane': 'emotion', 'score': -1}
    """
    if isinstance(value, Part):
        return {
            name: plain(given, written_ids)
            for name, given in fields(value, written_ids)
        }
    if isinstance(value, dict):
        return {name: plain(given, written_ids) for name, given in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain(item, written_ids) for item in value]
    if isinstance(value, float) and value.is_integer() and abs(value) < EXACT:
        return int(value)
    return value


def field_names(model: type[Part]) -> list[str]:
    """Names of fields in the order in which they are written: bounds after what they bound.

    Examples:
        >>> from desirepath.maps.claims import ShareClaim
        >>> field_names(ShareClaim)
        ['activity', 'channel', 'at_least', 'at_most']
    """
    return sorted(model.model_fields, key=lambda name: name in BOUNDS)


def fields(part: Part, written_ids: frozenset[str]) -> Iterator[tuple[str, Any]]:
    """Names and values of the fields of a part that are written, in order."""
    for name in field_names(type(part)):
        value = getattr(part, name)
        if isinstance(part, Statement) and name == "id":
            is_given = value in written_ids
        else:
            is_given = name == "format" or not is_default(part, name, value)
        if is_given:
            yield name, value


def is_default(part: Part, name: str, value: object) -> bool:
    """Whether a field has the value it has when it is left out."""
    field = type(part).model_fields[name]
    return not field.is_required() and value == field.get_default(
        call_default_factory=True, validated_data={}
    )


def ids_to_write(
    journey: JourneyMap, kept: frozenset[str] = frozenset()
) -> frozenset[str]:
    """Ids of statements that a reader could not derive again from what is written.

    Args:
        journey: The map.
        kept: Ids that are written in any case, such as those the file already holds.

    Examples:
        >>> shop = JourneyMap(id="shop", title="I order", statements=(Statement(lane="pains", text="Slow"),))
        >>> named = with_statement_ids(shop)
        >>> sorted(ids_to_write(named)), sorted(ids_to_write(shop))
        ([], [])
    """
    names = _statement_ids(journey)
    written = {
        name for name in names if name and (name in kept or not is_derived(name))
    }
    while True:
        read = _statement_ids(with_statement_ids(_only_written(journey, written)))
        lost = {
            name
            for name, again in zip(names, read, strict=True)
            if name is not None and name != again
        }
        if not lost:
            return frozenset(written)
        written |= lost


def _statement_ids(journey: JourneyMap) -> list[str | None]:
    return [
        part.id
        for element in elements(journey)
        if isinstance(part := element.part, Statement)
    ]


def _only_written(journey: JourneyMap, written: set[str]) -> JourneyMap:
    return map_statements(
        journey,
        lambda statement, _: (
            statement
            if statement.id in written
            else statement.model_copy(update={"id": None})
        ),
    )


def map_data(journey: JourneyMap) -> Mapping[str, Any]:
    """Plain data of a whole map, in the order in which it is written.

    Raises:
        MapError: E124 free fields nest deeper than a file may.
    """
    data: Mapping[str, Any] = plain(journey, ids_to_write(journey))
    if _depth(data) > MAX_DEPTH:
        what = f"nested more than {MAX_DEPTH} levels deep"
        raise MapError(Problem("E124", what, hint="Flatten the free fields."))
    return data


def _depth(value: object) -> int:
    if isinstance(value, dict):
        return 1 + max(map(_depth, value.values()), default=0)
    return 1 + max(map(_depth, value), default=0) if isinstance(value, list) else 0
