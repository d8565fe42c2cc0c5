"""What is answered about the evidence of a map. Reads nothing."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from desirepath.check.parts import GapKind, VerdictWord


class Said(BaseModel):
    """Something that is answered: exact types, and nothing beside its fields."""

    # as in `web.api.describe`, which knows this room; not the other way round
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class MeasuredSaid(Said):
    """A number with its n and its 95 % interval; `hits` of `cases` for shares."""

    value: float | None
    unit: str
    low: float | None
    high: float | None
    n: int
    hits: int
    cases: int


class CheckedSourceSaid(Said):
    """A file or table that was read; `rows` is -1 where nobody counted."""

    name: str
    rows: int


class CheckSaid(Said):
    """One check: when it was made, of which state of the map, on which evidence."""

    id: str
    made_us: int
    by: str
    seq: int
    cases: int
    customers: int
    events: int
    window_from: str
    window_to: str
    sources: list[CheckedSourceSaid]


class CheckedGroupSaid(Said):
    """Customers that were judged apart; `segment` is `name=value`, `persona=ID` or "" for all."""

    key: str
    segment: str
    window_from: str
    window_to: str
    cases: int


class WasSaid(Said):
    """What a stale verdict was, and why it is stale: by age, or because the number has moved."""

    because: str
    verdict: VerdictWord
    now: VerdictWord
    number: MeasuredSaid
    window_from: str
    window_to: str


class AgainstSaid(Said):
    """Settled evidence that speaks against a verdict."""

    kind: str
    name: str
    verdict: str
    number: MeasuredSaid | None


class ByGroupSaid(Said):
    """What a verdict is for one kind of customers."""

    segment: str
    verdict: str


class MarkSaid(Said):
    """What the evidence says of one claim of a card.

    Attributes:
        ref: Of the card it is shown at.
        kind: Kind of claim, "" where there is none.
        claim: The claim in words.
        is_implied: Whether the map claims it by its shape.
        reason: One sentence.
        source: Where the number comes from: events, feedback.
        further: Cases, or answers for a score, that would settle it.
        proposal: How to word a claim that can be counted.
        advice: What would settle it.
        question: What to ask customers.
        due: Day on which it is due for review.
        was: For stale: what it was.
        is_changed: The card has changed since it was judged; the verdict is about what it said then.
        limits: Limits of the claim in the unit of its number.
    """

    ref: str
    kind: str
    claim: str
    is_implied: bool
    verdict: VerdictWord
    reason: str
    number: MeasuredSaid | None
    source: str
    window_from: str
    window_to: str
    further: int | None
    proposal: str
    advice: str
    question: str
    persona: str
    due: str
    was: WasSaid | None
    segments: list[ByGroupSaid]
    against: list[AgainstSaid]
    is_changed: bool
    limits: list[float]


class MetStepSaid(Said):
    """How a step is met: who comes, who leaves, how long it took to come here, how it felt."""

    ref: str
    reach: MeasuredSaid | None
    left: MeasuredSaid | None
    again: MeasuredSaid | None
    time: MeasuredSaid | None
    time_from: str
    felt: MeasuredSaid | None


class KeptSaid(Said):
    """How often a promise was kept; `ref` of the statement or touchpoint that makes it."""

    ref: str
    number: MeasuredSaid


class HeldSaid(Said):
    """Promise, expectation and delivery of a step or touchpoint side by side; None where nobody knows.

    Attributes:
        ref: Of the step or touchpoint.
        made: Share of the cases that a touchpoint makes its promise to.
        kept: Promises made here that events can tell of.
        expected: What customers said they expected, on the emotion scale.
        delivered: What they got, on the same scale.
        gap: Delivered minus expected.
        sign: Less than expected, more, or none shown; "" where there is no gap.
        is_paired: Whether each customer is compared with themselves.
        window_from: First day of the cases behind it.
        window_to: Last day.
    """

    ref: str
    made: MeasuredSaid | None
    kept: list[KeptSaid]
    expected: MeasuredSaid | None
    delivered: MeasuredSaid | None
    gap: MeasuredSaid | None
    sign: Literal["short", "better", "even", ""]
    is_paired: bool
    window_from: str
    window_to: str


class MapCoverageSaid(Said):
    """How many statements are settled by fresh evidence; the parts add up to `statements`."""

    statements: int
    settled: int
    confirmed: int
    refuted: int
    mixed: int
    stale: int
    unknown: int
    untestable: int


class RealCaseSaid(Said):
    """One real case around what it is an example of; names of activities only."""

    activities: list[str]
    at: int
    moment: str


class GapAdditionSaid(Said):
    """The statement that would put something on the map."""

    at: str
    lane: str
    text: str
    claim: dict[str, Any]


class GapSaid(Said):
    """What customers do and the map does not show.

    Attributes:
        after: Ref of the step it mostly follows, "" where it mostly comes first.
        goal: Difference in goal share between cases with and without it: an association.
    """

    kind: GapKind
    name: str
    share: MeasuredSaid
    goal: MeasuredSaid | None
    after: str
    examples: list[RealCaseSaid]
    addition: GapAdditionSaid | None


class DeadStepSaid(Said):
    """A step nobody does: how many of the cases came to it."""

    ref: str
    reach: MeasuredSaid


class QuotedSaid(Said):
    """Words of one customer; `tone` is "" where they are neither praise nor blame.

    `by_last` says that they name no place, and stand at the step the customer came to last before.
    """

    step: str
    theme: str
    text: str
    language: str
    day: str
    channel: str
    tone: Literal["good", "bad", ""]
    by_last: bool


class VerdictsSaid(Said):
    """What the newest check says of a map; without a snapshot nothing was checked yet.

    Attributes:
        seq: Number of the last edit of the map the verdicts were compared with.
        group: Whose numbers these are; None for everybody.
        unchecked: Refs of statements that nothing was said of, because they are newer.
    """

    snapshot: CheckSaid | None
    seq: int
    group: CheckedGroupSaid | None
    groups: list[CheckedGroupSaid]
    coverage: MapCoverageSaid | None
    due: str
    marks: list[MarkSaid]
    steps: list[MetStepSaid]
    held: list[HeldSaid]
    missing: list[GapSaid]
    dead: list[DeadStepSaid]
    quotes: list[QuotedSaid]
    unchecked: list[str]
    notes: list[str]
