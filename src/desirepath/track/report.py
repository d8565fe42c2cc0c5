"""Comparison: what got better, what got worse, and where there is no sign of a change."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

from desirepath.check.parts import Smallest
from desirepath.sentences.kept import phrases_in

Word = Literal["better", "worse", "changed", "no sign", "not tested"]
Way = Literal["up", "down", ""]


@dataclass(frozen=True, slots=True)
class Side:
    """What was measured on one side.

    Attributes:
        name: For the reader: before, after, device=mobile.
        cases: Cases.
        customers: Customers behind them.
        window_from: First day, for windows of one log the first on which a case starts; "" without
            times.
        window_to: Last day, as `window_from`.
    """

    name: str
    cases: int
    customers: int
    window_from: str
    window_to: str


@dataclass(frozen=True, slots=True)
class Number:
    """A value with interval and n."""

    value: float | None
    low: float | None
    high: float | None
    n: int


@dataclass(frozen=True, slots=True)
class Mix:
    """How much of the change of a share comes from other weights of a segment.

    Attributes:
        segment: Name of the segment.
        mix: Part of the change that follows from the weights.
        within: Part that follows from changes within the values of the segment.
        low: Lower end of the interval of `within`.
        high: Upper end.
        is_explained: True where the weights make at least half of the change and nothing is shown to
            have changed within.
    """

    segment: str
    mix: float
    within: float
    low: float
    high: float
    is_explained: bool


@dataclass(frozen=True, slots=True)
class Control:
    """The same change among those whom it should not have touched.

    Attributes:
        before: In the control group, before.
        after: In the control group, after.
        beyond: Change beyond that of the control group; a ratio of ratios for times.
        low: Lower end of its interval.
        high: Upper end.
    """

    before: Number
    after: Number
    beyond: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class FactChange:
    """One fact on both sides.

    Attributes:
        subject: Ref of the element.
        measure: What is measured.
        target: The other side where there is one.
        unit: share, s, emotion, nps, score or another unit of facts.
        before: On the first side.
        after: On the second side.
        change: After minus before; after divided by before for times. None where it cannot be told.
        low: Lower end of its 95 % interval; None where unbounded.
        high: Upper end.
        is_ratio: True for times, whose change is a ratio.
        p: p-value of "no change", of the change beyond the control group where there is one.
        rate: False-discovery rate at which it would still be a finding.
        verdict: The word; ``changed`` where neither way is good.
        good: Which way is good; "" for neither.
        why_good: Why.
        effect: Standardized change: Cohen's h for shares, d for scores; None for others.
        seen_from: Smallest change that would have been shown with a chance of 80 %, as a difference
            or for times as a share of the time; None where it cannot be told.
        is_small: True where a shown change is smaller than what matters.
        mixes: Parts of the change that follow from other weights of segments.
        control: The control group, where there is one.
        log: Changes in the business before it, in words. That they came before does not show that
            they are the cause.
    """

    subject: str
    measure: str
    target: str
    unit: str
    before: Number
    after: Number
    change: float | None
    low: float | None
    high: float | None
    is_ratio: bool
    p: float | None
    rate: float | None
    verdict: Word
    good: Way
    why_good: str
    effect: float | None
    seen_from: float | None
    is_small: bool
    mixes: tuple[Mix, ...] = ()
    control: Control | None = None
    log: tuple[str, ...] = ()

    @property
    def is_shown(self) -> bool:
        """True where a change is shown, whichever way."""
        return self.verdict in ("better", "worse", "changed")


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two sides of the same journey, fact by fact.

    Attributes:
        before: First side.
        after: Second side.
        changes: Every fact that both sides have, in map order.
        only_before: Refs of stages and steps that are measured on the first side only.
        only_after: On the second side only.
        false_discovery_rate: Share of wrong findings accepted among all findings.
        smallest: Smallest changes that matter.
        is_watched: True where the intervals hold however often one looks.
        notes: What the reader must know.
    """

    before: Side
    after: Side
    changes: tuple[FactChange, ...]
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]
    false_discovery_rate: float
    smallest: Smallest
    is_watched: bool = False
    notes: tuple[str, ...] = ()

    def count(self, verdict: Word) -> int:
        """Number of facts with this verdict."""
        return sum(one.verdict == verdict for one in self.changes)

    def of(self, subject: str, measure: str, target: str = "") -> FactChange | None:
        """The change of one fact, None where it was not measured on both sides."""
        wanted = (subject, measure, target)
        found = (
            one
            for one in self.changes
            if (one.subject, one.measure, one.target) == wanted
        )
        return next(found, None)

    def to_dict(self) -> dict[str, Any]:
        """Plain data for JSON, stable in keys and order; `phrases` holds the parts of its sentences."""
        data = asdict(self)
        phrases = phrases_in(data)
        return {"format": "desirepath/comparison/1", **data, "phrases": phrases}
