"""Differences of paired facts, each kind by its formula, as arrays. Judges nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from desirepath.check.parts import Smallest
from desirepath.evidence.facts import Fact
from desirepath.stats.arrays import BoolArray, FloatArray, floats
from desirepath.stats.sequential import always_valid
from desirepath.stats.two_groups import (
    Differences,
    end_differences,
    mean_differences,
    share_differences,
)
from desirepath.track.pairs import Pair

LEAST_N = 10  # fewer settle nothing
SHORTEST_S = 1.0  # shorter times count as this long, so that their logarithm exists
# A median of n times is not known better than with this spread of their logarithm, even where many
# times are tied and the interval has no width.
LEAST_SPREAD = 0.25
OF_MEDIAN = float(np.sqrt(np.pi / 2))


@dataclass(frozen=True, slots=True)
class Table:
    """Differences of many pairs, on the scale on which they are tested.

    Attributes:
        found: Differences; of logarithms for times.
        is_time: bool[k], True where `found` is on the scale of logarithms.
        smallest: float64[k], smallest change that matters, on the same scale.
    """

    found: Differences
    is_time: BoolArray
    smallest: FloatArray


def difference_table(pairs: Sequence[Pair], smallest: Smallest) -> Table:
    """Differences of all pairs, second side minus first.

    Shares that are a count of cases: Newcombe, "N - 1" chi-square or Fisher. Means with their spread:
    Welch. Times: difference of logarithms from the ends of the two intervals. All else (net promoter
    scores, shares that are no plain count): from the ends of the two intervals.
    """
    kinds = np.array([_kind(pair) for pair in pairs], dtype=object)
    columns = np.full((5, len(pairs)), np.nan)
    for kind, rule in _RULES.items():
        mine = np.flatnonzero(kinds == kind).tolist()
        if mine:
            one = rule([pairs[place] for place in mine])
            columns[:, mine] = [one.value, one.low, one.high, one.error, one.p]
    few = [min(pair.before.n, pair.after.n) < LEAST_N for pair in pairs]
    columns[4, np.array(few, dtype=np.bool_)] = np.nan
    sizes = [_smallest(pair.before, smallest) for pair in pairs]
    is_time = np.array([kind == "time" for kind in kinds], dtype=np.bool_)
    return Table(Differences(*(floats(row) for row in columns)), is_time, floats(sizes))


def watched(table: Table) -> Table:
    """The same differences with intervals and p-values that hold however often one looks."""
    found = table.found
    known = np.isfinite(found.value) & np.isfinite(found.error) & (found.error > 0)
    error = np.where(known, found.error, 1.0)
    value = np.where(known, found.value, 0.0)
    seen = always_valid(value, error, scale=table.smallest)
    told = known & np.isfinite(found.p)
    return Table(
        Differences(
            found.value,
            floats(np.where(known, seen.low, -np.inf)),
            floats(np.where(known, seen.high, np.inf)),
            found.error,
            floats(np.where(told, seen.p, np.nan)),
        ),
        table.is_time,
        table.smallest,
    )


def beyond(table: Table, control: Table, where: FloatArray) -> Table:
    """Change beyond that of the control group: difference in differences.

    Args:
        table: Differences among those who may be touched.
        control: Differences in the control group.
        where: float64[k], place of each pair in `control`, nan for none.
    """
    known = np.isfinite(where)
    places = np.where(known, where, 0).astype(np.int64)
    one, two = control.found, table.found
    if not known.any():
        nothing = floats(np.full(len(where), np.nan))
        return replace(table, found=Differences(*[nothing] * 5))
    found = end_differences(
        (one.value[places], one.low[places], one.high[places]),
        (two.value, two.low, two.high),
        least_error=np.where(np.isfinite(two.error), two.error, 0.0),
    )
    told = known & np.isfinite(one.p[places]) & np.isfinite(two.p)
    columns = [
        np.where(told, getattr(found, name), np.nan)
        for name in ("value", "low", "high", "error", "p")
    ]
    return Table(
        Differences(*(floats(row) for row in columns)), table.is_time, table.smallest
    )


def _kind(pair: Pair) -> str:
    facts = (pair.before, pair.after)
    if any(fact.value is None for fact in facts):
        return "none"
    if all(fact.unit == "s" for fact in facts):
        return "time"
    if all(_is_count(fact) for fact in facts):
        return "share"
    if all(fact.spread is not None and fact.unit != "nps" for fact in facts):
        return "mean"
    return "ends"


def _is_count(fact: Fact) -> bool:
    """True for a share that is so many cases of so many."""
    if fact.unit != "share" or not fact.cases or fact.value is None:
        return False
    return abs(fact.value - fact.hits / fact.cases) < 1e-9  # noqa: PLR2004 - rounding


def _smallest(fact: Fact, smallest: Smallest) -> float:
    if fact.unit == "s":
        return float(np.log1p(smallest.time))
    return {"share": smallest.share, "nps": smallest.nps}.get(fact.unit, smallest.score)


def _columns(facts: Sequence[Fact], *names: str) -> list[FloatArray]:
    """Numbers of facts, unbounded ends as infinite."""
    missing = {"low": -np.inf, "high": np.inf}
    found = []
    for name in names:
        given = (getattr(fact, name) for fact in facts)
        end = missing.get(name, np.nan)
        found.append(floats([end if one is None else one for one in given]))
    return found


def _sides(pairs: Sequence[Pair], *names: str) -> list[list[FloatArray]]:
    before, after = [one.before for one in pairs], [one.after for one in pairs]
    return [_columns(before, *names), _columns(after, *names)]


def _shares(pairs: Sequence[Pair]) -> Differences:
    (share1, n1), (share2, n2) = _sides(pairs, "value", "n")
    return share_differences(share1 * n1, n1, share2 * n2, n2)


def _means(pairs: Sequence[Pair]) -> Differences:
    before, after = _sides(pairs, "value", "spread", "n")
    return mean_differences(*before, *after)


def _ends(pairs: Sequence[Pair]) -> Differences:
    (v1, l1, u1), (v2, l2, u2) = _sides(pairs, "value", "low", "high")
    return end_differences((v1, l1, u1), (v2, l2, u2))


def _times(pairs: Sequence[Pair]) -> Differences:
    sides = _sides(pairs, "value", "low", "high", "n")
    logs = [
        tuple(np.log(np.maximum(one, SHORTEST_S)) for one in side[:3]) for side in sides
    ]
    n = [np.maximum(side[3], 1.0) for side in sides]
    least = LEAST_SPREAD * OF_MEDIAN * np.sqrt(1 / n[0] + 1 / n[1])
    (v1, l1, u1), (v2, l2, u2) = logs
    return end_differences((v1, l1, u1), (v2, l2, u2), least_error=least)


_RULES: dict[str, Callable[[Sequence[Pair]], Differences]] = {
    "share": _shares,
    "mean": _means,
    "time": _times,
    "ends": _ends,
}
