"""Better, worse, no sign: two checks of a map held against each other, in words. Tests by `compare_evidence`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from desirepath.evidence.facts import Evidence, Fact
from desirepath.maps.model import JourneyMap
from desirepath.maps.refs import elements, part_label, with_statement_ids
from desirepath.render.words import Words
from desirepath.sentences.kept import with_phrases
from desirepath.sentences.rounding import kept_limits
from desirepath.track.business import BusinessChange
from desirepath.track.compare import compare_evidence
from desirepath.track.report import Comparison, FactChange, Number
from desirepath.web.tracking.measured import label_of
from desirepath.web.tracking.series import Changed

ORDER = ("worse", "better", "changed", "no sign", "not tested")
MOST_ROWS = 400
FULL = 100.0
BESIDE = ("format", "phrases")  # what stands beside the fields
SAID = (
    "reach",
    "drop_off",
    "goal",
    "repeat",
    "next",
    "time",
    "channel",
    "score",
    "expectation",
    "promise_kept",
    "delivery",
    "expectation_gap",
    "elsewhere",
    "mentions",
    "order",
    "time_p90",
)


@dataclass(frozen=True, slots=True)
class Row:
    """One fact on both sides, in words.

    Attributes:
        change: What was found.
        place: Name of what it is about.
        label: What is measured.
        before: Value and interval on the first side.
        after: On the second side.
        told: The change with its interval.
        seen: Smallest change that would have been seen, "" where that is not known.
    """

    change: FactChange
    place: str
    label: str
    before: str
    after: str
    told: str
    seen: str


def compared(
    before: Evidence,
    after: Evidence,
    journey: JourneyMap,
    changes: Sequence[Changed],
) -> Comparison:
    """Two measurements of a map against each other, with what was changed in the business between them.

    Raises:
        CheckError: E430 they have no fact in common.
    """
    return compare_evidence(
        before, after, journey_map=journey, changes=business_changes(changes)
    )


def business_changes(changes: Sequence[Changed]) -> list[BusinessChange]:
    """Entries of the list as the library knows them."""
    return [
        BusinessChange(
            date=dt.date.fromisoformat(one.day),
            until=dt.date.fromisoformat(one.until) if one.until else None,
            what=one.what,
            steps=tuple(ref.partition(":")[2] for ref in one.refs),
            by=one.owner or None,
        )
        for one in changes
    ]


def comparison_from(data: dict[str, Any]) -> Comparison:
    """A comparison made of what `Comparison.to_dict` gave, as it came back from JSON."""
    told = {name: value for name, value in data.items() if name not in BESIDE}
    found = TypeAdapter(Comparison).validate_python(told)
    return with_phrases(found, data.get("phrases"))


def do_overlap(before: Evidence, after: Evidence) -> bool:
    """Whether two measurements share days, so that some cases may count on both sides."""
    if not before.window_from or not after.window_from:
        return True
    return (
        before.window_from <= after.window_to and after.window_from <= before.window_to
    )


def rows_of(
    comparison: Comparison, journey: JourneyMap, words: Words, least_n: int = 0
) -> list[Row]:
    """All facts in words: what got worse first, what was not tested last.

    Args:
        comparison: What was found.
        journey: The map, for names.
        words: Language.
        least_n: Facts with fewer people behind them on either side are left out.
    """
    names = _Names(journey)
    rows = [
        _row(one, names, journey, words)
        for one in comparison.changes
        if min(one.before.n, one.after.n) >= least_n
    ]
    rows.sort(key=lambda one: (one.change.is_small, ORDER.index(one.change.verdict)))
    return rows[:MOST_ROWS]


class _Names:
    """Names of the elements of a map, ids where there is none."""

    def __init__(self, journey: JourneyMap) -> None:
        self._known = {
            one.ref: part_label(one.part)
            for one in elements(with_statement_ids(journey))
        }
        self._known["map"] = journey.title

    def of(self, ref: str) -> str:
        kind, _, name = ref.partition(":")
        if kind == "transition":
            ends = name.split(">")
            return " → ".join(self._known.get(f"step:{one}", one) for one in ends)
        return self._known.get(ref, name or ref)


def _row(one: FactChange, names: _Names, journey: JourneyMap, words: Words) -> Row:
    fact = Fact(one.subject, one.measure, None, one.unit, 0, None, None, target=one.target)  # fmt: skip
    label = (
        label_of(fact, journey, words)
        if one.measure in SAID
        else " ".join((one.measure.replace("_", " "), one.target)).strip()
    )
    return Row(
        one,
        names.of(one.subject),
        label,
        _number(one.before, one.unit, words),
        _number(one.after, one.unit, words),
        change_words(one, words),
        _seen(one, words),
    )


def _number(number: Number, unit: str, words: Words) -> str:
    return words.measured(number.value, number.low, number.high, unit)


def change_words(one: FactChange, words: Words) -> str:
    """A change with its interval: points, percent of a time, or the unit of a score."""
    if one.change is None:
        return "–"
    size, *bounds = (_size(x, one) for x in (one.change, one.low, one.high))
    digits = 0 if one.is_ratio else 1
    value = words.signed(size or 0.0, digits, kept_limits(bounds[0], bounds[1]))
    ends = ["…" if x is None else words.signed(x, digits, [0.0]) for x in bounds]
    unit = f"\u00a0{words.say('unit.points')}" if one.unit == "share" else ""
    unit = "\u00a0%" if one.is_ratio else unit
    return f"{value}{unit} ({ends[0]} … {ends[1]}{unit})"


def _size(number: float | None, one: FactChange) -> float | None:
    """A change in the unit it is told in: percent of a time, points, or the unit of a score."""
    if number is None:
        return None
    if one.is_ratio:
        return (number - 1) * FULL
    return number * FULL if one.unit == "share" else number


def _seen(one: FactChange, words: Words) -> str:
    if one.seen_from is None or one.verdict != "no sign":
        return ""
    if one.is_ratio:
        return f"{words.number(one.seen_from * FULL, 0)}\u00a0%"
    if one.unit == "share":
        points = words.number(one.seen_from * FULL)
        return f"{points}\u00a0{words.say('unit.points')}"
    return words.number(one.seen_from)
