"""Staleness: verdicts whose evidence is too old, or whose number has moved since. Reads no clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from desirepath.check.claims import stated_time
from desirepath.check.parts import Smallest, Staleness, VerdictWord
from desirepath.check.report import CheckReport, Verdict
from desirepath.check.wording import verdict_word
from desirepath.evidence.facts import Evidence
from desirepath.maps.values import seconds_of
from desirepath.sentences.phrase import Phrase, day
from desirepath.stats.intervals import two_sided_z
from desirepath.stats.multiple import benjamini_hochberg
from desirepath.stats.two_groups import (
    Differences,
    end_differences,
    mean_differences,
    share_differences,
)

SETTLED = ("confirmed", "refuted", "mixed")
MIN_CASES = 10
DAY_S = 86400.0


def due_on(window_to: str, review_every: str | None) -> str:
    """Day on which evidence is due for review, as ISO date; "" where it has no window or no term.

    Examples:
        >>> due_on("2024-06-30", "90d"), due_on("2024-06-30", None), due_on("", "90d")
        ('2024-09-28', '', '')
    """
    if not window_to or not review_every:
        return ""
    term = timedelta(days=seconds_of(review_every) / DAY_S)
    try:
        return (date.fromisoformat(window_to) + term).isoformat()
    except OverflowError:
        return ""


def newest_of(
    evidence: Evidence, earlier: CheckReport, newest: Evidence | None
) -> Evidence | None:
    """Evidence from after an earlier check: as given, or its newest window, or all of it.

    Args:
        evidence: The whole evidence of now.
        earlier: The earlier check.
        newest: Measured on the cases that began after the window of the earlier check, if there is one.

    Returns:
        None where nothing in the evidence is from after the earlier check alone.
    """
    if newest is not None:
        return newest
    if not earlier.window_to or not evidence.window_from:
        return None
    if evidence.window_from > earlier.window_to:
        return evidence
    later = [
        fact
        for fact in evidence.facts
        if not fact.segment and fact.window_from > earlier.window_to
    ]
    if not later:
        return None
    begin, end = max((fact.window_from, fact.window_to) for fact in later)
    facts = tuple(
        fact for fact in later if (fact.window_from, fact.window_to) == (begin, end)
    )
    return replace(evidence, facts=facts, window_from=begin, window_to=end)


def settled_before(earlier: CheckReport, verdict: Verdict) -> Verdict | None:
    """The earlier verdict on the same claim, where it was settled by a number.

    One that was stale counts as what it was then: its numbers are those of its newest evidence.
    """
    for one in earlier.of(verdict.subject):
        is_same = (one.kind, one.claim, one.unit) == (
            verdict.kind,
            verdict.claim,
            verdict.unit,
        )
        if is_same and one.word_now in SETTLED and one.value is not None and one.n:
            return one
    return None


def drifted(
    before: Sequence[Verdict | None],
    now: Sequence[Verdict],
    rate: float,
    smallest: Smallest,
) -> dict[int, float]:
    """Claims whose number has moved by what matters, with the adjusted p-value, by their index.

    Args:
        before: Earlier verdicts, None where there is nothing to compare.
        now: Verdicts on the same claims by the newest evidence.
        rate: Share of wrong findings among the findings that is accepted, over the whole map.
        smallest: Smallest changes that matter.
    """
    changes = [
        _change(old, new) if old else None for old, new in zip(before, now, strict=True)
    ]
    p_values = [float(change.p) if change else np.nan for change in changes]
    adjusted = benjamini_hochberg(np.array(p_values))
    return {
        index: float(p)
        for index, (change, p) in enumerate(zip(changes, adjusted, strict=True))
        # rounding must not decide about a change of exactly the smallest size
        if change
        and p <= rate
        and abs(float(change.value)) >= smallest.of(now[index].unit) - 1e-9
    }


def _change(before: Verdict, now: Verdict) -> Differences | None:
    """Difference between two numbers of one claim; None where it cannot be told."""
    if before.value is None or now.value is None or min(before.n, now.n) < MIN_CASES:
        return None
    if now.unit == "share":
        return share_differences(
            before.value * before.n, before.n, now.value * now.n, now.n
        )
    if now.unit == "s":
        old, new = _log_ends(before), _log_ends(now)
        return end_differences(old, new) if old and new else None
    old_spread, new_spread = _spread(before), _spread(now)
    if old_spread is None or new_spread is None:
        return None
    return mean_differences(
        before.value, old_spread, before.n, now.value, new_spread, now.n
    )


def _log_ends(one: Verdict) -> tuple[float, float, float] | None:
    """Logarithms of a time and of the ends of its interval."""
    if one.value is None or one.value <= 0:
        return None
    low = np.log(one.low) if one.low else -np.inf
    high = np.log(one.high) if one.high is not None else np.inf
    return float(np.log(one.value)), float(low), float(high)


def _spread(one: Verdict) -> float | None:
    """Standard deviation behind a mean; from its interval where it was not kept."""
    if one.spread is not None:
        return one.spread
    if one.low is None or one.high is None:
        return None
    return (one.high - one.low) / 2 / two_sided_z(0.95) * float(np.sqrt(one.n))


def by_drift(verdict: Verdict, was: Verdict, earlier: CheckReport, p: float) -> Verdict:
    """A verdict of the newest evidence as a stale one.

    Args:
        verdict: What the newest evidence says by itself, with its numbers.
        was: What was said before.
        earlier: The check in which.
        p: Adjusted p-value of "it has not moved".
    """
    staleness = _staleness(verdict, was, earlier.window_from, earlier.window_to)
    return replace(
        verdict,
        verdict="stale",
        reason=_moved_words(verdict, was, earlier.window_to),
        staleness=replace(staleness, because="drift", p=p),
        further_cases=None,
    )


def _moved_words(now: Verdict, was: Verdict, last: str) -> Phrase:
    """Why a verdict is stale by drift, and what is true now.

    A claim may stay true while its number moves; that is said too.
    """
    word = verdict_word(now.verdict)
    if now.verdict == "unknown":
        after = Phrase("stale.open")
    elif now.verdict == was.word_now:
        after = Phrase("stale.still", word=word)
    else:
        after = Phrase("stale.now", word=word)
    until = day(last)
    return Phrase(
        "stale.moved", word=verdict_word(was.word_now), day=until, after=after
    )


def by_age(verdict: Verdict, window: tuple[str, str], review_every: str) -> Verdict:
    """A settled verdict whose evidence is too old, as a stale one."""
    staleness = _staleness(verdict, verdict, *window)
    reason = Phrase(
        "stale.old",
        word=verdict_word(verdict.verdict),
        day=day(window[1]),
        due=day(verdict.due),
        term=stated_time(review_every),
    )
    return replace(verdict, verdict="stale", reason=reason, staleness=staleness)


def _staleness(now: Verdict, was: Verdict, start: str, end: str) -> Staleness:
    word: VerdictWord = was.word_now
    return Staleness(
        because="age",
        was=word,
        value=was.value,
        n=was.n,
        low=was.low,
        high=was.high,
        window_from=start,
        window_to=end,
        now=now.verdict,
    )
