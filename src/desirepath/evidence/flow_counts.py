"""Counts of a flow: stops, moves and ways of the same cases, each with its interval."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from desirepath.events import kernels
from desirepath.events.goals import first_of_any
from desirepath.events.sequences import BoolArray, IntArray, Sequences
from desirepath.evidence.align import open_cases
from desirepath.evidence.facts import whole_cases
from desirepath.evidence.flow import (
    CaseShare,
    Move,
    Stop,
    Waits,
)
from desirepath.evidence.stays import first_places, stays_of, without
from desirepath.evidence.stops import Marked
from desirepath.stats.clusters import effective_n_ratio, number_clusters
from desirepath.stats.intervals import wilson

MOVES_PER_STOP = 3  # more are a hairball; the strongest way in and out always stays
MIN_WAY_SHARE = 0.05  # of the cases at a stop; less is no way at all
US_PER_S = 1e6
QUANTILES = (0.1, 0.25, 0.5, 0.75, 0.9)


class Counter:
    """Counts of all stops and moves over the same cases, each asked for once.

    Attributes:
        stays: Where cases stay.
        here: bool[n_stops, n_cases], cases that come to each stop.
        goal: bool[n_cases], cases that reach the goal.
        pairs: int64[m], start * stops + end of every move made, in order of cases.
        movers: int64[m], the case of each.
    """

    def __init__(
        self,
        sequences: Sequences,
        marked: Marked,
        kept: BoolArray,
        groups: Sequence[BoolArray] = (),
    ) -> None:
        self.sequences = sequences
        self.marked = marked
        self.kept = kept
        self.groups = groups
        self.stop_of_event, self.old = without(marked.stop_of_event, kept)
        self.stays = stays_of(self.stop_of_event, sequences)
        self.size = sequences.case_count
        self.everyone = np.ones(self.size, dtype=np.bool_)
        self.customers = number_clusters(sequences.customers)
        self.customer_count = int(self.customers.max()) + 1
        self.goal = first_of_any(marked.success, sequences) >= 0
        self.is_open = open_cases(sequences)
        self.here = np.zeros((len(self.old), self.size), dtype=np.bool_)
        self.here[self.stays.stops, self.stays.cases] = True
        self.places = first_places(self.stays, len(self.old))
        self.is_first, self.is_last = self.stays.is_first, self.stays.is_last
        at = self.stays.moves
        self.pairs = self.stays.stops[at] * len(self.old) + self.stays.stops[at + 1]
        self.movers = self.stays.cases[at]
        self._made: dict[int, BoolArray] = {}

    def share(
        self, asked: BoolArray, hits: BoolArray, within: BoolArray | None = None
    ) -> CaseShare:
        """Of the cases asked, those that are hits; customers are the unit."""
        if within is not None:
            asked = asked & within
        hits = hits & asked
        total, hit = int(asked.sum()), int(hits.sum())
        n = float(total)
        if self.customer_count < self.size:
            n = effective_n_ratio(
                hits.astype(np.float64), asked.astype(np.float64), self.customers
            )
        found = wilson(hit / total * n if total else 0.0, n)
        return CaseShare(
            hit, total, float(found.low), float(found.high), whole_cases(n)
        )

    def choose_moves(self, min_share: float) -> list[int]:
        """Start * stops + end of the moves that stay, made by most cases first."""
        keys = kernels.distinct(self.pairs * self.size + self.movers)
        width = len(self.old)
        counts = np.bincount(keys // self.size, minlength=width * width)
        shares = np.zeros(width * width)
        for group in self.groups or (self.everyone,):
            inside = keys[group[keys % self.size]] // self.size
            part = np.bincount(inside, minlength=width * width)
            shares = np.maximum(shares, part / max(int(group.sum()), 1))
        table = counts.reshape(width, width) if width else np.zeros((0, 0), np.int64)
        must = {int(one) for one in _strongest(table, self.here.sum(axis=1))}
        order = np.argsort(-counts, kind="stable")
        free = max(MOVES_PER_STOP * width - len(must), 0)
        chosen = []
        for pair in order[: np.count_nonzero(counts)].tolist():
            if pair in must:
                chosen.append(pair)
            elif shares[pair] >= min_share and free:
                chosen.append(pair)
                free -= 1
        return chosen

    def made(self, pair: int) -> BoolArray:
        """bool[n_cases], cases that make a move."""
        if pair not in self._made:
            found = np.zeros(self.size, dtype=np.bool_)
            found[self.movers[self.pairs == pair]] = True
            self._made[pair] = found
        return self._made[pair]

    def stop(self, number: int) -> Stop:
        """One stop measured; its position comes from the map or from the cases."""
        stays, old = self.stays, int(self.old[number])
        here, at = self.here[number], stays.stops == number
        begin, again = (np.zeros(self.size, dtype=np.bool_) for _ in range(2))
        begin[stays.cases[at & self.is_first]] = True
        pairs = stays.again[stays.again // self.size == number]
        again[pairs % self.size] = True
        is_map = bool(self.marked.map_id)
        position = old / max(len(self.kept) - 1, 1) if is_map else self.places[number]
        return Stop(
            key=self.marked.keys[old],
            name=self.marked.names[old],
            position=float(position),
            visits=int(at.sum()),
            customers=self.people(here),
            reach=self.share(self.everyone, here),
            begin=self.share(self.everyone, begin),
            leave=self.share(*self.leaves(number)),
            again=self.share(here, again),
            goal=self.share(here, self.goal) if self.marked.success else None,
            is_goal=bool(self.marked.is_goal[old]),
            channels=self._channels(number),
        )

    def leaves(self, number: int) -> tuple[BoolArray, BoolArray]:
        """bool[n_cases], cases at a stop that are over, and those that end there without the goal."""
        stays = self.stays
        end = np.zeros(self.size, dtype=np.bool_)
        end[stays.cases[(stays.stops == number) & self.is_last]] = True
        return self.here[number] & ~self.is_open, end & ~self.goal

    def move(self, pair: int) -> Move:
        """One move measured."""
        start, end = divmod(pair, len(self.old))
        made = self.made(pair)
        at = self.stays.moves[self.pairs == pair]
        return Move(
            start=start,
            end=end,
            count=len(at),
            customers=self.people(made),
            all=self.share(self.everyone, made),
            onward=self.share(self.here[start], made),
            waits=self._waits(at),
        )

    def _waits(self, at: IntArray) -> Waits | None:
        if not self.sequences.has_times or not len(at):
            return None
        times = self.sequences.times_us
        left = times[self.stays.last_events[at]]
        waits_s = (times[self.stays.first_events[at + 1]] - left) / US_PER_S
        marks = np.quantile(waits_s, QUANTILES, method="inverted_cdf")
        p10, p25, median, p75, p90 = (float(mark) for mark in marks)
        return Waits(p10, p25, median, p75, p90, len(at))

    def people(self, cases: BoolArray) -> int:
        """Customers behind some cases."""
        return len(kernels.distinct(self.customers[cases])) if cases.any() else 0

    def _channels(self, number: int) -> tuple[tuple[str, int], ...]:
        at = self.stays.first_events[self.stays.stops == number]
        counts: dict[str, int] = {}
        for code, count in enumerate(np.bincount(self.sequences.codes[at]).tolist()):
            name = self.sequences.channels[code]
            counts[name] = counts.get(name, 0) + count
        ranked = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
        return tuple((name, count) for name, count in ranked if name and count)


def _strongest(table: IntArray, here: IntArray) -> Iterator[int]:
    """Start * stops + end of the strongest way out of and into each stop, where it is one.

    Args:
        table: int64[n_stops, n_stops], cases that make each move.
        here: int64[n_stops], cases that come to each stop.
    """
    width = len(table)
    for one in range(width):
        least = MIN_WAY_SHARE * here[one]
        if table[one].max() >= max(least, 1):
            yield one * width + int(table[one].argmax())
        if table[:, one].max() >= max(least, 1):
            yield int(table[:, one].argmax()) * width + one
