"""What changed between two maps, element by element. Draws and prints nothing."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from rapidfuzz.fuzz import ratio

from desirepath.maps import diff_words as words
from desirepath.maps.base import Part
from desirepath.maps.entry import Entry
from desirepath.maps.model import JourneyMap, Statement
from desirepath.maps.plain import plain
from desirepath.maps.refs import (
    elements,
    is_derived,
    map_statements,
    with_statement_ids,
)

ChangeKind = Literal["added", "removed", "changed", "moved"]
SIMILAR = 60.0  # of 100: below, a text was replaced rather than reworded
# Fields that hold elements of their own.
HOLDS_ELEMENTS = frozenset(
    {"stages", "steps", "statements", "touchpoints", "personas", "organizations"}
)


@dataclass(frozen=True, slots=True)
class Change:
    """One difference.

    Attributes:
        kind: added, removed, changed or moved.
        ref: Ref of the element; in the new map, for what was removed in the old one.
        field: Name of the field that changed, with dots within; "" for the whole element.
        old: Value before, as plain data; for a move the ref of the place.
        new: Value after, as plain data; for a move the ref of the place.
        text: The difference in words.
    """

    kind: ChangeKind
    ref: str
    field: str
    old: Any
    new: Any
    text: str


@dataclass(frozen=True, slots=True)
class MapDiff:
    """All differences between two maps; empty where they are the same."""

    old_id: str
    new_id: str
    changes: tuple[Change, ...]

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON, stable in keys and order."""
        return {"format": "desirepath/diff/1", **asdict(self)}


@dataclass(frozen=True, slots=True)
class _Item:
    ref: str
    part: Part | str  # a persona may be given by its id only
    parent: str
    number: int


_Items = Mapping[str, _Item]


def diff_maps(old: JourneyMap, new: JourneyMap) -> MapDiff:
    """Differences between two maps: what was added, removed, changed and moved.

    Elements are recognized by their ids; a statement without an id by its place and lane and by
    how much of its text stayed. What stands within something added or removed is not listed again.

    Examples:
        >>> before = JourneyMap(id="shop", title="I order")
        >>> after = JourneyMap(id="shop", title="I order a plant")
        >>> [change.text for change in diff_maps(before, after).changes]
        ['title of the map changed from “I order” to “I order a plant”']
    """
    before, after = with_statement_ids(old), with_statement_ids(new)
    old_items, new_items = _items(before), _items(after)
    pairs = _pairs(old_items, new_items)
    names = words.Names(before, after)
    changes = [
        *_changed(names, "map", before, after),
        *_in_both_or_new(names, old_items, new_items, pairs),
        *_removed(names, old_items, pairs),
    ]
    return MapDiff(old.id, new.id, tuple(changes))


def with_known_ids(old: JourneyMap, new: JourneyMap) -> JourneyMap:
    """The new map with the old ids of statements that were reworded, where ids are derived.

    Examples:
        >>> before = JourneyMap(id="s", title="S", statements=(Statement(lane="pains", text="It is slow"),))
        >>> after = JourneyMap(id="s", title="S", statements=(Statement(lane="pains", text="It is too slow"),))
        >>> named = with_statement_ids(before)
        >>> with_known_ids(named, after).statements[0].id == named.statements[0].id
        True
    """
    named = with_statement_ids(new)
    pairs = _pairs(_items(with_statement_ids(old)), _items(named))

    def known(statement: Statement, _: str) -> Statement:
        before = pairs.get(f"statement:{statement.id}", "").partition(":")[2]
        if not before or not is_derived(statement.id):
            return statement
        return statement.model_copy(update={"id": before})

    return map_statements(named, known)


def _items(journey: JourneyMap) -> dict[str, _Item]:
    items = {}
    for element in elements(journey):
        if element.ref != "map":
            number = int(element.path[-1])
            items[element.ref] = _Item(
                element.ref, element.part, element.parent, number
            )
    for number, persona in enumerate(journey.personas):
        if isinstance(persona, str):
            ref = f"persona:{persona}"
            items[ref] = _Item(ref, persona, "map", number)
    return items


def _pairs(old: _Items, new: _Items) -> dict[str, str]:
    """Ref in the old map of each element of the new one that was there before."""
    pairs = {ref: ref for ref in new if ref in old}
    free_old = [
        one for ref, one in old.items() if ref not in pairs and _is_unnamed(one)
    ]
    free_new = [
        one
        for ref, one in new.items()
        if ref not in pairs and isinstance(one.part, Statement)
    ]
    for is_close in (_is_same_content, _is_reworded):
        for item in list(free_new):
            found = next((one for one in free_old if is_close(one, item)), None)
            if found:
                pairs[item.ref] = found.ref
                free_old.remove(found)
                free_new.remove(item)
    return pairs


def _is_unnamed(item: _Item) -> bool:
    return isinstance(item.part, Statement) and is_derived(item.part.id)


def _is_same_content(old: _Item, new: _Item) -> bool:
    return _without_id(old.part) == _without_id(new.part)


def _without_id(part: Part | str) -> Part | str:
    return part.model_copy(update={"id": None}) if isinstance(part, Statement) else part


def _is_reworded(old: _Item, new: _Item) -> bool:
    one, other = old.part, new.part
    if not isinstance(one, Statement) or not isinstance(other, Statement):
        return False
    if (old.parent, one.lane, one.persona) != (new.parent, other.lane, other.persona):
        return False
    return ratio(one.text or "", other.text or "") >= SIMILAR


def _in_both_or_new(
    names: words.Names, old: _Items, new: _Items, pairs: Mapping[str, str]
) -> Iterator[Change]:
    shifted = _shifted(old, new, pairs)
    for ref, item in new.items():
        if ref not in pairs:
            if item.parent == "map" or item.parent in pairs:
                inside = [one for one in _inside(new, ref) if one not in pairs]
                yield _whole("added", names, item, len(inside))
            continue
        before = old[pairs[ref]]
        if pairs.get(item.parent, "map") != before.parent:
            text = words.moved(names, ref, before.parent, item.parent)
            yield Change("moved", ref, "", before.parent, item.parent, text)
        elif ref in shifted:
            follows = shifted[ref]
            text = words.reordered(names, ref, follows)
            yield Change("moved", ref, "", before.number, item.number, text)
        yield from _changed(names, ref, before.part, item.part)


def _removed(
    names: words.Names, old: _Items, pairs: Mapping[str, str]
) -> Iterator[Change]:
    kept = set(pairs.values()) | {"map"}
    for ref, item in old.items():
        if ref not in kept and item.parent in kept:
            inside = [one for one in _inside(old, ref) if one not in kept]
            yield _whole("removed", names, item, len(inside))


def _inside(items: _Items, ref: str) -> list[str]:
    """Refs of everything that stands in an element."""
    found = [one for one, item in items.items() if item.parent == ref]
    return found + [deeper for one in found for deeper in _inside(items, one)]


def _whole(
    kind: Literal["added", "removed"],
    names: words.Names,
    item: _Item,
    inside_count: int,
) -> Change:
    data = plain(item.part, frozenset())
    text = words.whole(names, kind, item.ref, item.parent, inside_count)
    is_added = kind == "added"
    return Change(
        kind, item.ref, "", None if is_added else data, data if is_added else None, text
    )


def _shifted(old: _Items, new: _Items, pairs: Mapping[str, str]) -> dict[str, str]:
    """Elements that changed places among those that stayed, each with the ref it now follows."""
    groups: dict[tuple[str, str], list[str]] = {}
    for ref, item in new.items():
        stayed = (
            ref in pairs and pairs.get(item.parent, "map") == old[pairs[ref]].parent
        )
        if stayed:
            kind = ref.partition(":")[0]
            groups.setdefault((item.parent, kind), []).append(ref)
    found = {}
    for refs in groups.values():
        refs.sort(key=lambda ref: new[ref].number)
        places = [old[pairs[ref]].number for ref in refs]
        steady = longest_rising(places)
        for place, ref in enumerate(refs):
            if place not in steady:
                found[ref] = refs[place - 1] if place else ""
    return found


def longest_rising(numbers: list[int]) -> set[int]:
    """Positions of a longest rising subsequence; all others were moved.

    References:
        Schensted 1961, "Longest increasing and decreasing subsequences".
    """
    tails: list[int] = []
    ends: list[int] = []
    before: list[int | None] = []
    for place, number in enumerate(numbers):
        length = bisect_left(tails, number)
        before.append(ends[length - 1] if length else None)
        tails[length : length + 1] = [number]
        ends[length : length + 1] = [place]
    steady: set[int] = set()
    place_back = ends[-1] if ends else None
    while place_back is not None:
        steady.add(place_back)
        place_back = before[place_back]
    return steady


def _changed(
    names: words.Names, ref: str, old: Part | str, new: Part | str
) -> Iterator[Change]:
    if isinstance(old, str) or isinstance(new, str):
        if old != new:
            before, after = plain(old, frozenset()), plain(new, frozenset())
            text = words.described(names, ref, is_now_described=isinstance(old, str))
            yield Change("changed", ref, "", before, after, text)
        return
    for field, before, after in _fields(old, new, ""):
        is_made = field == "id" and is_derived(before) and is_derived(after)
        if (
            not is_made
        ):  # an id made from the content says nothing that the content does not
            text = words.changed(names, ref, new, field, before, after)
            yield Change("changed", ref, field, before, after, text)


def _fields(old: Part, new: Part, prefix: str) -> Iterator[tuple[str, Any, Any]]:
    for name in type(new).model_fields:
        before, after = getattr(old, name), getattr(new, name)
        if before == after or (name in HOLDS_ELEMENTS and not prefix):
            continue
        if isinstance(before, str) and isinstance(after, Entry):
            before = Entry(text=before)
        elif isinstance(before, Entry) and isinstance(after, str):
            after = Entry(text=after)
        if isinstance(before, Part) and type(before) is type(after):
            yield from _fields(before, after, f"{prefix}{name}.")
        else:
            yield (
                f"{prefix}{name}",
                plain(before, frozenset()),
                plain(after, frozenset()),
            )
