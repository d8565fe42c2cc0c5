"""Flow: how cases move between activities, or between the steps of a map. Counts nothing itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CaseShare:
    """How many of some cases do a thing.

    Attributes:
        cases: Cases that do it.
        of: Cases that could.
        low: Lower end of the 95 % interval of the share.
        high: Upper end.
        n: Effective number of independent cases behind the share.
    """

    cases: int
    of: int
    low: float
    high: float
    n: int

    @property
    def share(self) -> float:
        """Between 0 and 1; 0 where there are none that could."""
        return self.cases / self.of if self.of else 0.0


@dataclass(frozen=True, slots=True)
class Waits:
    """Quantiles of a time in seconds; nearest rank, so each was seen."""

    p10_s: float
    p25_s: float
    median_s: float
    p75_s: float
    p90_s: float
    count: int


@dataclass(frozen=True, slots=True)
class Stop:
    """An activity, or a step of a map, that cases come to.

    Attributes:
        key: Activity, or id of the step.
        name: What people call it.
        position: Mean of where in the case it comes first, 0 (start) to 1; for a map its place there.
        visits: Stays here; an activity that follows itself is one stay.
        customers: Customers who come here.
        reach: Of all cases, those that come here.
        begin: Of all cases, those that begin here.
        leave: Of the cases here that are over, those that end here without the goal.
        again: Of the cases here, those in which it follows itself.
        goal: Of the cases here, those that reach the goal; None where no goal is known.
        is_goal: True where coming here is the goal.
        channels: Channel and visits through it, most first; channels that are not known are left out.
    """

    key: str
    name: str
    position: float
    visits: int
    customers: int
    reach: CaseShare
    begin: CaseShare
    leave: CaseShare
    again: CaseShare
    goal: CaseShare | None = None
    is_goal: bool = False
    channels: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Move:
    """From one stop to the next.

    Attributes:
        start: Number of the stop it leaves, in `Flow.stops`.
        end: Number of the stop it comes to.
        count: How often it is made.
        customers: Customers who make it.
        all: Of all cases, those that make it.
        onward: Of the cases that come to `start`, those that make it.
        waits: Time from the last event there to the first here; None without times.
    """

    start: int
    end: int
    count: int
    customers: int
    all: CaseShare
    onward: CaseShare
    waits: Waits | None = None


@dataclass(frozen=True, slots=True)
class Journey:
    """One way through the stops that cases take, first to last.

    Attributes:
        stops: Numbers of the stops.
        all: Of all cases, those that go exactly this way.
        has_goal: True where it reaches the goal.
    """

    stops: tuple[int, ...]
    all: CaseShare
    has_goal: bool = False


@dataclass(frozen=True, slots=True)
class SegmentFlow:
    """The counts of one segment.

    Attributes:
        segment: ``name=value``.
        cases: Cases of the segment.
        customers: Customers behind them.
        stop_cases: Cases that come to each stop of the flow.
        move_cases: Cases that make each move of the flow.
        over_cases: Cases that come to each stop and are over; empty where nobody counted.
        leave_cases: Of them, those that end there without the goal.
    """

    segment: str
    cases: int
    customers: int
    stop_cases: tuple[int, ...]
    move_cases: tuple[int, ...]
    over_cases: tuple[int, ...] = ()
    leave_cases: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What the flow does not hold.

    Attributes:
        stops: Name and share of cases of each activity left out; moves lead over it.
        events: Events at them.
        moves: Distinct moves left out.
        move_share: Share of all moves made that these are.
        cases: Cases that come to none of the stops.
        journeys: Distinct ways left out.
    """

    stops: tuple[tuple[str, float], ...] = ()
    events: int = 0
    moves: int = 0
    move_share: float = 0.0
    cases: int = 0
    journeys: int = 0


@dataclass(frozen=True, slots=True)
class Flow:
    """How cases move; everything at or above one share of the cases.

    Attributes:
        min_share: Stops and moves of a smaller share of cases are left out.
        stops: From first to last: as on the map, or so that few cases run back.
        moves: The most frequent first.
        journeys: The most frequent ways, most first.
        cases: Cases measured.
        customers: Customers behind them.
        events: Events in them.
        open_cases: Cases that may still go on; they leave nowhere.
        window_from: First day, ISO date, UTC; "" without times.
        window_to: Last day.
        left_out: What is not here.
        by_segment: Counts of each segment with 30 cases or more.
        segment: ``name=value`` where only one was measured.
        map_id: Map whose steps the stops are; "" where they are activities.
    """

    min_share: float
    stops: tuple[Stop, ...]
    moves: tuple[Move, ...]
    journeys: tuple[Journey, ...]
    cases: int
    customers: int
    events: int
    open_cases: int = 0
    window_from: str = ""
    window_to: str = ""
    left_out: LeftOut = LeftOut()
    by_segment: tuple[SegmentFlow, ...] = ()
    segment: str = ""
    map_id: str = ""

    @property
    def is_goal_known(self) -> bool:
        """True where a goal was given and occurs."""
        return any(stop.goal is not None for stop in self.stops)

    @property
    def channels(self) -> tuple[str, ...]:
        """Channels at any stop, the most visited first."""
        visits: dict[str, int] = {}
        for stop in self.stops:
            for channel, count in stop.channels:
                visits[channel] = visits.get(channel, 0) + count
        return tuple(sorted(visits, key=lambda one: (-visits[one], one)))
