"""What differs between two versions of a map: in words, and as marks on one picture of both. Draws nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from desirepath.maps.diff import Change, diff_maps
from desirepath.maps.diff_words import value_words
from desirepath.maps.model import JourneyMap, Statement
from desirepath.maps.refs import Element, elements, part_label, with_statement_ids

Mark = Literal["added", "removed", "moved", "changed", ""]
RANKS: tuple[Mark, ...] = ("added", "removed", "moved", "changed")
DRAWN = ("stage", "step", "statement")


@dataclass(frozen=True, slots=True)
class Told:
    """One difference in words.

    Attributes:
        change: The difference.
        kind: Kind of the element: stage, step, statement, touchpoint, persona, map.
        label: Its name.
        place: Name of what it stands in, "" for the map.
        stage: Ref of its stage, "map" for what stands in none.
        was: Value or place before, in words.
        now: After.
    """

    change: Change
    kind: str
    label: str
    place: str
    stage: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """An element on the picture of both versions, those taken away among the others.

    Attributes:
        ref: Its ref.
        kind: stage, step or statement.
        label: Its name.
        lane: Lane of a statement, "" for others.
        mark: What happened to it, "" for nothing.
        parts: What stands in it.
    """

    ref: str
    kind: str
    label: str
    lane: str
    mark: Mark
    parts: tuple[Drawn, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """Two versions of a map against each other.

    Attributes:
        told: Differences, by stage in the order of the map.
        drawn: Stages, and statements of the map as a whole.
        stages: Names of the stages of both, by ref.
    """

    told: tuple[Told, ...]
    drawn: tuple[Drawn, ...]
    stages: Mapping[str, str]


def difference_of(old: JourneyMap, new: JourneyMap) -> Difference:
    """What was added, removed, moved and changed from one version to another."""
    changes = diff_maps(old, new).changes
    before = {one.ref: one for one in elements(with_statement_ids(old))}
    after = {one.ref: one for one in elements(with_statement_ids(new))}
    known = {**before, **after}
    order = _merged([*after], [*before])
    told = [_told(one, before, after) for one in changes]
    rank = {ref: number for number, ref in enumerate(order)}
    told.sort(key=lambda one: (rank.get(one.stage, -1), rank.get(one.change.ref, 0)))
    stages = {ref: part_label(known[ref].part) for ref in order if ref.startswith("stage:")}  # fmt: skip
    return Difference(tuple(told), _drawn(changes, before, after, order), stages)


def _merged(new: list[str], old: list[str]) -> list[str]:
    """All refs: those of the new version in its order, each one taken away after what it followed."""
    found, known = list(new), set(new)
    last = ""
    for ref in old:
        if ref not in known:
            found.insert(found.index(last) + 1 if last else 0, ref)
            known.add(ref)
        last = ref
    return found


def _told(
    change: Change, before: Mapping[str, Element], after: Mapping[str, Element]
) -> Told:
    known = {**before, **after}
    element = known.get(change.ref)
    parent = element.parent if element else "map"
    if change.kind == "moved" and not change.field and isinstance(change.old, str):
        was, now = (_name(str(ref), known) for ref in (change.old, change.new))
    elif change.kind == "changed":
        was, now = (
            "" if one in (None, "", [], {}) else value_words(change.field, one)
            for one in (change.old, change.new)
        )
    else:
        was = now = ""
    return Told(
        change,
        change.ref.partition(":")[0],
        _name(change.ref, known),
        "" if parent == "map" else _name(parent, known),
        _stage(change.ref, known),
        was,
        now,
    )


def _name(ref: str, known: Mapping[str, Element]) -> str:
    element = known.get(ref)
    if element is None or ref == "map":
        return "" if ref == "map" else ref.partition(":")[2]
    return part_label(element.part)


def _stage(ref: str, known: Mapping[str, Element]) -> str:
    while ref in known and ref != "map":
        if ref.startswith("stage:"):
            return ref
        ref = known[ref].parent
    return "map"


def _drawn(
    changes: Iterable[Change],
    before: Mapping[str, Element],
    after: Mapping[str, Element],
    order: Iterable[str],
) -> tuple[Drawn, ...]:
    marks: dict[str, Mark] = {}
    for change in changes:
        mark = marks.get(change.ref, "")
        if not mark or RANKS.index(change.kind) < RANKS.index(mark):
            marks[change.ref] = change.kind
    inside: dict[str, list[Element]] = {}
    for ref in order:
        element = after.get(ref) or before[ref]
        if ref.partition(":")[0] in DRAWN:
            inside.setdefault(element.parent, []).append(element)

    def draw(element: Element, above: Mark) -> Drawn:
        mark = marks.get(element.ref, "")
        if above in ("added", "removed"):  # whatever stands in it came or went with it
            mark = mark or above
        part = element.part
        lane = part.lane if isinstance(part, Statement) else ""
        parts = tuple(draw(one, mark) for one in inside.get(element.ref, ()))
        kind = element.ref.partition(":")[0]
        return Drawn(element.ref, kind, part_label(part), lane, mark, parts)

    return tuple(draw(one, "") for one in inside.get("map", ()))
