"""What customers really do, activity by activity: how many, where, when, and what stands before and after."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from desirepath.events import kernels
from desirepath.events.near_names import NameGroup, suggest_names
from desirepath.events.sequences import IntArray, Sequences

MOST_ACTIVITIES = 2_000
MOST_BESIDE = 3
MOST_NEAR = 50


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands next to an activity, and how often."""

    activity: str
    count: int


@dataclass(frozen=True, slots=True)
class Heard:
    """An activity in one of its channels."""

    channel: str
    events: int
    customers: int


@dataclass(frozen=True, slots=True)
class Activity:
    """An activity of customers.

    Attributes:
        activity: Its name.
        events: How often it occurs.
        cases: Cases that show it.
        customers: Customers who do.
        share: Of all customers.
        first_us: When it first occurs; None without times.
        last_us: When it last occurs.
        channels: Its channels, most events first; one without a name where none is known.
        before: What mostly stands right before it in a case, most frequent first.
        after: What mostly stands right after it.
    """

    activity: str
    events: int
    cases: int
    customers: int
    share: float
    first_us: int | None
    last_us: int | None
    channels: tuple[Heard, ...]
    before: tuple[Beside, ...] = ()
    after: tuple[Beside, ...] = ()


@dataclass(frozen=True, slots=True)
class Activities:
    """All activities, those of most customers first.

    Attributes:
        activities: At most 2,000.
        count: How many there are.
        customers: How many customers there are.
        cases: How many cases.
        near: Names that are probably one, with those that differ in little first.
    """

    activities: tuple[Activity, ...]
    count: int
    customers: int
    cases: int
    near: tuple[NameGroup, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Plain data, ready for JSON."""
        return asdict(self)


def list_activities(sequences: Sequences) -> Activities:
    """What customers do, those activities first that most of them show.

    Examples:
        >>> from desirepath.events.read import read_events
        >>> found = list_activities(read_events({
        ...     "session_id": np.array(["a", "a", "b"]),
        ...     "event": np.array(["home", "buy", "home"]),
        ...     "timestamp": np.array(["2024-01-02 10:00", "2024-01-02 10:05", "2024-01-03 09:00"]),
        ... }))
        >>> [(one.activity, one.customers, one.share) for one in found.activities]
        [('home', 2, 1.0), ('buy', 1, 0.5)]
        >>> found.activities[1].before
        (Beside(activity='home', count=1),)
    """
    names, of_code = np.unique(np.array(sequences.activities), return_inverse=True)
    counting = _Counting(sequences, names, of_code)
    order = np.lexsort((names, -counting.customers))
    found = tuple(counting.one(int(n)) for n in order[:MOST_ACTIVITIES])
    told = {str(names[n]): int(counting.events[n]) for n in order}
    near = suggest_names(told).groups[:MOST_NEAR]
    return Activities(found, len(names), counting.size, sequences.case_count, near)


class _Counting:
    """Counts of one log, made once for all activities."""

    def __init__(self, sequences: Sequences, names: Any, of_code: IntArray) -> None:
        self.sequences = sequences
        self.names = names
        self.of_code = of_code
        people, whose = np.unique(sequences.customers, return_inverse=True)
        self.size = len(people)
        self.cases = sequences.case_index()
        self.whose = whose[self.cases]
        of_event = of_code[sequences.codes]
        self.events = np.bincount(of_event, minlength=len(names))
        self.case_counts = self._distinct(of_event, len(names), self.cases, sequences.case_count)  # fmt: skip
        self.customers = self._distinct(of_event, len(names), self.whose, self.size)
        count = len(sequences.activities)
        self.code_events = np.bincount(sequences.codes, minlength=count)
        self.code_customers = self._distinct(sequences.codes.astype(np.int64), count, self.whose, self.size)  # fmt: skip
        self.first, self.last = self._span(of_event, len(names))
        self.pairs, self.pair_counts = self._beside(of_event, len(names))

    @staticmethod
    def _distinct(group: IntArray, count: int, what: IntArray, size: int) -> IntArray:
        """int64[count], different values of `what` in each group."""
        seen = kernels.distinct(group * size + what)
        return np.bincount(seen // max(size, 1), minlength=count)

    def _span(self, of_event: IntArray, count: int) -> tuple[IntArray, IntArray]:
        first = np.full(count, np.iinfo(np.int64).max)
        last = np.full(count, np.iinfo(np.int64).min)
        np.minimum.at(first, of_event, self.sequences.times_us)
        np.maximum.at(last, of_event, self.sequences.times_us)
        return first, last

    def _beside(self, of_event: IntArray, count: int) -> tuple[IntArray, IntArray]:
        """Pairs of neighbors within cases, as left * count + right, and how often each occurs."""
        is_same = self.cases[1:] == self.cases[:-1]
        pairs = of_event[:-1][is_same] * count + of_event[1:][is_same]
        return np.unique(pairs, return_counts=True)

    def one(self, number: int) -> Activity:
        """An activity by its number."""
        has_times = self.sequences.has_times
        count = len(self.names)
        after = self.pairs // count == number
        before = self.pairs % count == number
        return Activity(
            activity=str(self.names[number]),
            events=int(self.events[number]),
            cases=int(self.case_counts[number]),
            customers=int(self.customers[number]),
            share=int(self.customers[number]) / max(self.size, 1),
            first_us=int(self.first[number]) if has_times else None,
            last_us=int(self.last[number]) if has_times else None,
            channels=self._channels(number),
            before=self._listed(self.pairs[before] // count, self.pair_counts[before]),
            after=self._listed(self.pairs[after] % count, self.pair_counts[after]),
        )

    def _channels(self, number: int) -> tuple[Heard, ...]:
        codes = np.flatnonzero(self.of_code == number)
        order = codes[np.argsort(-self.code_events[codes], kind="stable")]
        return tuple(
            Heard(
                self.sequences.channels[code],
                int(self.code_events[code]),
                int(self.code_customers[code]),
            )
            for code in order.tolist()
        )

    def _listed(self, others: IntArray, counts: IntArray) -> tuple[Beside, ...]:
        order = np.argsort(-counts, kind="stable")[:MOST_BESIDE]
        return tuple(
            Beside(str(self.names[others[n]]), int(counts[n])) for n in order.tolist()
        )
