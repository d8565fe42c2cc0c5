"""Evidence against evidence: better, worse, no sign, with false-discovery control over all facts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from desirepath.check.parts import Smallest
from desirepath.errors import CheckError, Problem
from desirepath.evidence.facts import Evidence, Fact
from desirepath.maps.model import JourneyMap
from desirepath.sentences.phrase import Phrase
from desirepath.stats.arrays import BoolArray, FloatArray, floats
from desirepath.stats.multiple import benjamini_hochberg
from desirepath.stats.two_groups import effect_of_shares, seen_at_least
from desirepath.track.business import BusinessChange, changes_near
from desirepath.track.differences import Table, beyond, difference_table, watched
from desirepath.track.good import Good
from desirepath.track.mixes import Mixes
from desirepath.track.pairs import Pair, pairs_of, whole_facts
from desirepath.track.report import (
    Comparison,
    Control,
    FactChange,
    Number,
    Side,
    Word,
)

FALSE_DISCOVERY_RATE = 0.05
SAME_EVENTS = Phrase("compare.same_events")


def compare_evidence(
    before: Evidence,
    after: Evidence,
    *,
    journey_map: JourneyMap | None = None,
    false_discovery_rate: float = FALSE_DISCOVERY_RATE,
    smallest: Smallest | None = None,
    control: tuple[Evidence, Evidence] | None = None,
    changes: Sequence[BusinessChange] = (),
    is_watched: bool = False,
) -> Comparison:
    """What got better or worse between two measurements of a journey.

    Every fact that both have is tested, and false findings are controlled over all of them together.
    A finding is called better or worse where one way is good (toward the goal, less time, fewer who
    leave, higher scores), else changed. Where nothing is shown, the smallest change that would have
    been is told. None of this shows a cause.

    Args:
        before: First side.
        after: Second side: a later window, another segment, another version of the map.
        journey_map: The map, for the lanes of its statements.
        false_discovery_rate: Share of wrong findings accepted among all findings.
        smallest: Smallest changes that matter; findings below are marked as small.
        control: Both sides of a group that nothing was done to; judged is then the change beyond its.
        changes: What was changed in the business; named beside the facts that changed after it.
        is_watched: Widen intervals and tests so that they hold however often one looks.

    Raises:
        CheckError: E430 if the two have no fact in common, E431 if the rate is not between 0 and 1.

    References:
        Benjamini and Hochberg 1995; Newcombe 1998; Welch 1947; Kitagawa 1955.
    """
    if not 0 < false_discovery_rate < 1:
        raise CheckError(
            Problem(
                "E431",
                f"the false discovery rate is {false_discovery_rate:g}",
                hint="Give a number between 0 and 1, such as 0.05.",
            )
        )
    pairs = pairs_of(before, after)
    if not pairs:
        raise CheckError(
            Problem(
                "E430",
                "the two sides have no fact in common",
                hint="Compare evidence of maps whose steps have the same ids.",
            )
        )
    smallest = smallest or Smallest()
    raw = difference_table(pairs, smallest)
    controls = _controls(pairs, control) if control else [None] * len(pairs)
    judged = _beyond(raw, controls, smallest) if control else raw
    if is_watched:
        raw, judged = watched(raw), watched(judged)
    is_same = _is_same_events(before, after)
    found = _Judge(
        raw, judged, false_discovery_rate, _is_constant(pairs), is_tested=not is_same
    )
    good = Good(pairs, journey_map)
    mixes = Mixes(before, after)
    listed = []
    for place, pair in enumerate(pairs):
        one = found.change(place, pair, good)
        if one.is_shown and pair.before.unit == "share":
            one = replace(one, mixes=mixes.of(pair))
        if controls[place] is not None:
            one = replace(one, control=_control(controls[place], judged, place))
        listed.append(one)
    first, second = _elements(before), _elements(after)
    return Comparison(
        before=_side("before", before),
        after=_side("after", after),
        changes=changes_near(listed, changes, before, after, journey_map),
        only_before=tuple(one for one in first if one not in second),
        only_after=tuple(one for one in second if one not in first),
        false_discovery_rate=false_discovery_rate,
        smallest=smallest,
        is_watched=is_watched,
        notes=(SAME_EVENTS,) if is_same else (),
    )


class _Judge:
    """Verdicts on all facts of one comparison."""

    def __init__(
        self,
        raw: Table,
        judged: Table,
        rate: float,
        is_constant: BoolArray,
        *,
        is_tested: bool,
    ) -> None:
        p = judged.found.p if is_tested else np.full(len(judged.found.p), np.nan)
        self.is_asked = np.isfinite(p)
        # what all do on both sides, or nobody, can never be a finding and must not weaken the others
        p = np.where(is_constant, np.nan, p)
        self.raw, self.judged = raw, judged
        self.rates = benjamini_hochberg(p)
        # an interval that reaches 0 is no finding, whatever the test says
        is_clear = (judged.found.low > 0) | (judged.found.high < 0)
        self.is_shown = (np.nan_to_num(self.rates, nan=1.0) <= rate) & is_clear
        asked = int(np.isfinite(p).sum())
        self.alpha = rate * (int(self.is_shown.sum()) + 1) / max(asked, 1)
        self.alpha = min(self.alpha, rate)
        self.seen_from = seen_at_least(judged.found.error, self.alpha)

    def change(self, place: int, pair: Pair, good: Good) -> FactChange:
        """One fact on both sides, with its verdict."""
        way, why = good.of(pair.before)
        raw, judged = self.raw.found, self.judged.found
        is_time = bool(self.judged.is_time[place])
        value = float(judged.value[place])
        word: Word = "no sign"
        if not self.is_asked[place]:
            word = "not tested"
        elif self.is_shown[place]:
            rises = value > 0
            word = (
                "changed"
                if not way
                else "better"
                if rises == (way == "up")
                else "worse"
            )
        seen = float(self.seen_from[place])
        return FactChange(
            *pair.key,
            unit=pair.before.unit,
            before=_number(pair.before),
            after=_number(pair.after),
            change=_plain(raw.value[place], is_time=is_time),
            low=_plain(raw.low[place], is_time=is_time),
            high=_plain(raw.high[place], is_time=is_time),
            is_ratio=is_time,
            p=_finite(judged.p[place]) if word != "not tested" else None,
            rate=_finite(self.rates[place]),
            verdict=word,
            good=way,
            why_good=why,
            effect=_effect(pair),
            seen_from=_finite(np.expm1(seen) if is_time else seen),
            is_small=bool(
                self.is_shown[place]
                and abs(value) < self.judged.smallest[place]
                and not _is_halved(pair)
            ),
        )


def _is_constant(pairs: Sequence[Pair]) -> BoolArray:
    """bool[k], True for shares that are 0 on both sides, or 1 on both."""
    return np.array(
        [
            pair.before.unit == "share"
            and pair.before.value == pair.after.value
            and pair.before.value in (0.0, 1.0)
            for pair in pairs
        ],
        dtype=np.bool_,
    )


def _is_halved(pair: Pair) -> bool:
    """True for a share that is less than half as large on one side as on the other."""
    before, after = pair.before.value or 0.0, pair.after.value or 0.0
    return pair.before.unit == "share" and min(before, after) * 2 <= max(before, after)


def _controls(
    pairs: Sequence[Pair], control: tuple[Evidence, Evidence]
) -> list[Pair | None]:
    """The same facts in the control group, None where they were not measured there."""
    first, second = (whole_facts(one) for one in control)
    return [
        Pair(first[pair.key], second[pair.key])
        if pair.key in first and pair.key in second
        else None
        for pair in pairs
    ]


def _beyond(raw: Table, controls: Sequence[Pair | None], smallest: Smallest) -> Table:
    known = [pair for pair in controls if pair is not None]
    where = np.full(len(controls), np.nan)
    where[[pair is not None for pair in controls]] = np.arange(len(known))
    return beyond(raw, difference_table(known, smallest), floats(where))


def _control(pair: Pair | None, judged: Table, place: int) -> Control | None:
    found, is_time = judged.found, bool(judged.is_time[place])
    change = _plain(found.value[place], is_time=is_time)
    low, high = (_plain(end[place], is_time=is_time) for end in (found.low, found.high))
    if pair is None or change is None or low is None or high is None:
        return None
    return Control(_number(pair.before), _number(pair.after), change, low, high)


def _is_same_events(before: Evidence, after: Evidence) -> bool:
    """True where two different maps were measured on the very same cases."""
    one, two = (
        (
            side.cases,
            side.events,
            side.customers,
            side.window_from,
            side.window_to,
            dict(side.sources),
        )
        for side in (before, after)
    )
    return one == two


def _elements(evidence: Evidence) -> list[str]:
    """Stages and steps about which there are facts."""
    subjects = dict.fromkeys(fact.subject for fact in evidence.facts)
    return [one for one in subjects if one.startswith(("stage:", "step:"))]


def _side(name: str, evidence: Evidence) -> Side:
    return Side(
        name,
        evidence.cases,
        evidence.customers,
        evidence.window_from,
        evidence.window_to,
    )


def _number(fact: Fact) -> Number:
    return Number(fact.value, fact.low, fact.high, fact.n)


def _effect(pair: Pair) -> float | None:
    before, after = pair.before, pair.after
    if before.value is None or after.value is None:
        return None
    if before.unit == "share" and 0 <= min(before.value, after.value) <= 1:
        return float(effect_of_shares(before.value, after.value))
    if before.spread and after.spread:
        pooled = np.sqrt((before.spread**2 + after.spread**2) / 2)
        return float((after.value - before.value) / pooled)
    return None


def _plain(value: float | FloatArray, *, is_time: bool) -> float | None:
    """A number of the table as the reader sees it: times as ratios, nothing infinite."""
    return _finite(np.exp(value) if is_time else value)


def _finite(value: float | FloatArray) -> float | None:
    number = float(value)
    return number if np.isfinite(number) else None
