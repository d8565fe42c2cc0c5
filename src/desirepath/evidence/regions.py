"""The region a statement claims for one number, and on which side of it a fact lies. Tests nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from typing import Literal

from desirepath.evidence.facts import Evidence, Fact
from desirepath.maps.claims import Bounds, Claim, ScoreClaim, TimeClaim
from desirepath.maps.model import Statement
from desirepath.maps.values import seconds_of, share_of

HALF_A_STEP = {"nps": 10.0}
FEELING = "emotion"
Side = Literal["for", "against", ""]


@dataclass(frozen=True, slots=True)
class Region:
    """What a claim says of one number.

    Attributes:
        key: (kind, target): two claims with the same key speak of the same number.
        at_least: Lower limit; None where there is none.
        at_most: Upper limit.
        unit: share, s, emotion, nps or score.
        words: "says at least 20 % of search_empty".
        fact: (measure, target) of the fact it is about.
    """

    key: tuple[str, str]
    at_least: float | None
    at_most: float | None
    unit: str
    words: str
    fact: tuple[str, str]


def region_of(statement: Statement) -> Region | None:
    """Region of a statement; None where it claims no number."""
    claim = statement.claim
    if claim is None:
        is_feeling = statement.lane == FEELING and statement.score is not None
        return _of_score(ScoreClaim(about=statement.score)) if is_feeling else None
    if claim.score:
        return _of_score(claim.score)
    if claim.time:
        return _of_time(claim.time)
    return _of_share(claim)


def _of_score(claim: ScoreClaim) -> Region | None:
    low, high = claim.at_least, claim.at_most
    if claim.about is not None:
        near = HALF_A_STEP.get(claim.measure, 0.5)
        low, high = claim.about - near, claim.about + near
    if low is None and high is None:
        return None
    unit = claim.measure if claim.measure in (FEELING, "nps") else "score"
    return Region(
        ("score", claim.measure),
        low,
        high,
        unit,
        _bounds(low, high, lambda value: f"{value:+g}") + f" as {claim.measure}",
        ("score", claim.measure),
    )


def _of_time(claim: TimeClaim) -> Region:
    quantile = "time" if claim.typical_at_most or claim.typical_at_least else "time_p90"
    low = claim.typical_at_least or claim.p90_at_least
    high = claim.typical_at_most or claim.p90_at_most
    limits = (seconds_of(low) if low else None, seconds_of(high) if high else None)
    kind = "typically" if quantile == "time" else "in nine of ten cases"
    return Region(
        (quantile, claim.to),
        *limits,
        "s",
        f"{_bounds(*limits, duration_words)} to {claim.to}, {kind}",
        (quantile, claim.to),
    )


def _of_share(claim: Claim) -> Region | None:
    part = getattr(claim, claim.kind)
    if not isinstance(part, Bounds) or (part.at_least is None and part.at_most is None):
        return None
    names = ("activity", "channel", "after", "step", "theme")
    target = next((str(v) for n in names if (v := getattr(part, n, None))), "")
    low = share_of(part.at_least) if part.at_least else None
    high = share_of(part.at_most) if part.at_most else None
    of = f" for {claim.kind} {target}".rstrip()
    words = _bounds(low, high, _percent) + of
    return Region((claim.kind, target), low, high, "share", words, (claim.kind, target))


def side_of(
    statement: Statement, evidence: Evidence
) -> tuple[Side, Fact | None, Region | None]:
    """Whether what was measured speaks for or against a statement; "" where it does neither.

    It speaks for it where the whole 95 % interval lies inside what is claimed, against it where the
    interval lies outside. This is for showing both sides; verdicts are corrected for many questions
    and need more.
    """
    region = region_of(statement)
    if region is None:
        return "", None, None
    subject = f"statement:{statement.id}"
    measure, target = region.fact
    fact = evidence.find(subject, measure, target=target)
    if fact is None or fact.value is None:
        return "", fact, region
    least = -inf if region.at_least is None else region.at_least
    most = inf if region.at_most is None else region.at_most
    low = -inf if fact.low is None else fact.low
    high = inf if fact.high is None else fact.high
    if low >= least and high <= most:
        return "for", fact, region
    if high < least or low > most:
        return "against", fact, region
    return "", fact, region


def _bounds(
    low: float | None, high: float | None, number: Callable[[float], str]
) -> str:
    if low is not None and high is not None:
        return f"says {number(low)} to {number(high)}"
    if low is not None:
        return f"says at least {number(low)}"
    return f"says at most {number(high)}" if high is not None else "says nothing"


def _percent(value: float) -> str:
    return f"{value * 100:g} %"


def duration_words(seconds: float) -> str:
    """Duration in the unit a person would choose.

    Examples:
        >>> duration_words(90), duration_words(7200), duration_words(3 * 86400)
        ('1.5 min', '2 h', '3 d')
    """
    for unit, size in (("d", 86400.0), ("h", 3600.0), ("min", 60.0)):
        if abs(seconds) >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds:.3g} s"
