"""What happens in the cases of a source, counted: reach, transitions, sequences, funnel, segments. Judges nothing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal, TypeAlias, TypedDict

Way: TypeAlias = Literal["read", "counted"]

MOST_VARIANTS = 20
MOST_SHOWN = 100  # events of a sequence


class ReportOptions(TypedDict):
    """What a report is asked for; what each means is said at the functions that make one."""

    goal: str | None
    least_cases: int | None
    most_variants: int


@dataclass(frozen=True, slots=True)
class Reach:
    """How often an activity happens.

    Attributes:
        activity: Its name.
        channel: Its channel, "" where not known.
        events: How often.
        cases: Cases in which it happens.
        starts: Cases that begin with it.
        ends: Cases that end with it.
    """

    activity: str
    channel: str
    events: int
    cases: int
    starts: int
    ends: int


@dataclass(frozen=True, slots=True)
class Move:
    """A transition: one activity directly after another.

    Attributes:
        left: Activity and channel left.
        entered: Activity and channel entered.
        count: How often.
        cases: Cases that make it.
        median_s: Middle of the time between the two, nearest rank; None without times.
        p90_s: 90th percentile, nearest rank.
        p95_s: 95th percentile, nearest rank.
    """

    left: tuple[str, str]
    entered: tuple[str, str]
    count: int
    cases: int
    median_s: float | None
    p90_s: float | None
    p95_s: float | None


@dataclass(frozen=True, slots=True)
class Variant:
    """A sequence of activities from beginning to end.

    Attributes:
        events: Activity and channel of its first 100 events.
        length: Events in all.
        cases: Cases that show it.
    """

    events: tuple[tuple[str, str], ...]
    length: int
    cases: int


@dataclass(frozen=True, slots=True)
class FunnelStep:
    """Cases that come to a step of the funnel, after all steps before it.

    Attributes:
        pattern: What was asked for.
        cases: How many.
    """

    pattern: str
    cases: int


@dataclass(frozen=True, slots=True)
class SegmentValue:
    """Cases of one value of a segment.

    Attributes:
        segment: Its name.
        value: "" where not known.
        cases: How many.
        events: Events of these.
        through: Those that come through the whole funnel; None where none was asked for.
        reach: Triples (activity, channel, cases in which it happens).
    """

    segment: str
    value: str
    cases: int
    events: int
    through: int | None
    reach: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class EventReport:
    """What happens in the cases of a source.

    Attributes:
        way: ``read`` if the events were read and counted here, ``counted`` if their database counted them.
        source: Where they come from.
        sample: Share of the cases that were looked at.
        events: Events.
        cases: Cases.
        customers: Customers.
        from_us: Time of the first event; None without times.
        to_us: Time of the last event.
        dropped: Events left out, by reason.
        least_cases: Fewest cases that a row below rests on; rarer ones are left out.
        reach: Activities, the one of most cases first.
        moves: Transitions, the most frequent first.
        variants: Sequences, the most frequent first.
        funnel: Steps of the funnel that was asked for.
        segments: Values of each segment.
    """

    way: Way
    source: str
    sample: float
    events: int
    cases: int
    customers: int
    from_us: int | None
    to_us: int | None
    dropped: Mapping[str, int] = field(default_factory=dict)
    least_cases: int = 1
    reach: tuple[Reach, ...] = ()
    moves: tuple[Move, ...] = ()
    variants: tuple[Variant, ...] = ()
    funnel: tuple[FunnelStep, ...] = ()
    segments: tuple[SegmentValue, ...] = ()

    @property
    def told(self) -> str:
        """Which way was taken, for a person."""
        which = "all cases"
        if self.sample < 1:
            which = f"a sample of {self.sample * 100:g} % of the cases"
        if self.way == "read":
            return f"{which}, read and counted here"
        return f"{which}, counted in the database; no event left it"

    def to_dict(self) -> dict[str, Any]:
        """Plain data, ready for JSON."""
        return asdict(self) | {"told": self.told}


def in_order(report: EventReport, most_variants: int) -> EventReport:
    """The report with its rows in the order in which people read them, however they were counted."""
    return replace(
        report,
        reach=tuple(
            sorted(report.reach, key=lambda r: (-r.cases, r.activity, r.channel))
        ),
        moves=tuple(sorted(report.moves, key=lambda m: (-m.count, m.left, m.entered))),
        variants=tuple(
            sorted(report.variants, key=lambda v: (-v.cases, v.length, v.events))
        )[:most_variants],
        segments=tuple(
            sorted(report.segments, key=lambda s: (s.segment, -s.cases, s.value))
        ),
    )
