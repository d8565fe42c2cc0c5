"""Changes of shares taken apart by segment: other kinds of customers, or the same kinds otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from desirepath.evidence.facts import Evidence, Fact
from desirepath.stats.mix import mix_and_within
from desirepath.track.pairs import Key, Pair, key_of
from desirepath.track.report import Mix

# Where the two sides hardly share a value, nobody can say how the same kind of cases changed.
LEAST_OVERLAP = 0.5
HALF = 0.5

_Parts: TypeAlias = dict[Key, dict[str, dict[str, Fact]]]


class Mixes:
    """Segments of both sides, ready to be asked about one fact."""

    def __init__(self, before: Evidence, after: Evidence) -> None:
        self._before, self._after = _parts(before), _parts(after)

    def of(self, pair: Pair) -> tuple[Mix, ...]:
        """The two parts of the change for every segment that both sides have, the largest mix first.

        Segments whose values the two sides hardly share are left out.
        """
        mixes = list(self._each(pair))
        return tuple(sorted(mixes, key=lambda one: (-abs(one.mix), one.segment)))

    def _each(self, pair: Pair) -> Iterator[Mix]:
        first = self._before.get(pair.key, {})
        second = self._after.get(pair.key, {})
        # personas may overlap, so they have no mix
        for name in (first.keys() & second.keys()) - {"persona"}:
            values = sorted(first[name].keys() | second[name].keys())
            sides = [
                [*_counts(parts, values), _rest(whole, parts)]
                for whole, parts in (
                    (pair.before, first[name]),
                    (pair.after, second[name]),
                )
            ]
            cells = [
                both for both in zip(*sides, strict=True) if any(c[1] for c in both)
            ]
            if len(cells) < 2:  # noqa: PLR2004 - one value has no mix
                continue
            mix = _mix(name, pair, cells)
            if mix is not None:
                yield mix


def _parts(evidence: Evidence) -> _Parts:
    """Facts of segments by key, name of the segment and value."""
    found: _Parts = {}
    for fact in evidence.facts:
        if fact.segment and fact.unit == "share" and fact.value is not None:
            name, _, value = fact.segment.partition("=")
            found.setdefault(key_of(fact), {}).setdefault(name, {})[value] = fact
    return found


def _counts(parts: Mapping[str, Fact], values: list[str]) -> list[tuple[int, int]]:
    facts = [parts.get(value) for value in values]
    return [(fact.hits, fact.cases) if fact else (0, 0) for fact in facts]


def _rest(whole: Fact, parts: Mapping[str, Fact]) -> tuple[int, int]:
    """Cases of rare values, which have no facts of their own."""
    hits = whole.hits - sum(fact.hits for fact in parts.values())
    cases = whole.cases - sum(fact.cases for fact in parts.values())
    return (max(hits, 0), max(cases, 0))


def _mix(
    name: str, pair: Pair, cells: list[tuple[tuple[int, int], tuple[int, int]]]
) -> Mix | None:
    columns = [
        [cell[side][kind] for cell in cells] for side in (0, 1) for kind in (0, 1)
    ]
    if not sum(columns[1]) or not sum(columns[3]):
        return None
    cases = pair.before.cases + pair.after.cases
    effect = max(1.0, cases / max(pair.before.n + pair.after.n, 1))
    found = mix_and_within(*columns, design_effect=effect)
    if found.overlap < LEAST_OVERLAP:
        return None
    change = found.mix + found.within
    is_silent = found.low <= 0 <= found.high
    is_explained = (
        is_silent and found.mix * change > 0 and abs(found.mix) >= HALF * abs(change)
    )
    return Mix(name, found.mix, found.within, found.low, found.high, is_explained)
