"""Counts of a flow: stops, moves and ways of the same cases, each with its interval."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

import numpy as np

from desirepath.events.sequences import BoolArray, IntArray
from desirepath.evidence.facts import whole_cases
from desirepath.evidence.flow import (
    CaseShare,
    Move,
    Stop,
    Waits,
)
from desirepath.evidence.stays import (
    Stays,
    first_places,
    gathered,
    is_first_of_run,
    stays_among,
)
from desirepath.evidence.stops import Ground
from desirepath.stats.arrays import FloatArray
from desirepath.stats.clusters import effective_n_among
from desirepath.stats.intervals import wilson

MOVES_PER_STOP = 3  # more are a hairball; the strongest way in and out always stays
MIN_WAY_SHARE = 0.05  # of the cases at a stop; less is no way at all
US_PER_S = 1e6
QUANTILES = (0.1, 0.25, 0.5, 0.75, 0.9)


def how_many(cases: BoolArray) -> int:
    """Cases that are marked; many times faster than their sum."""
    return int(np.count_nonzero(cases))


class Counter:
    """Counts of all stops and moves over the same cases.

    Attributes:
        ground: The cases, with all their stops.
        old: int64[n_stops], the number each stop has there.
        stays: Where cases stay.
        here: bool[n_stops, n_cases], cases that come to each stop.
        pairs: int64[m], start * stops + end of every move made, in order of cases.
        movers: int64[m], the case of each.
        move_keys: int64[k], pair * case_count + case of every move and case that makes it; rising.
    """

    def __init__(
        self, ground: Ground, kept: BoolArray, groups: Sequence[BoolArray] = ()
    ) -> None:
        self.ground = ground
        self.kept = kept
        self.groups = groups
        self.sequences, self.marked = ground.sequences, ground.marked
        self.customers, self.customer_count = ground.customers, ground.customer_count
        self.goal, self.is_open = ground.goal, ground.is_open
        self.old = np.flatnonzero(kept)
        self.size = self.sequences.case_count
        self.everyone = np.ones(self.size, dtype=np.bool_)
        self.stays = self._stays()
        self.is_last = self.stays.is_last
        self._at, self._bounds = gathered(self.stays.stops, len(self.old))
        self._firsts = self._first_stays()
        self.here = np.zeros((len(self.old), self.size), dtype=np.bool_)
        self.here[self.stays.stops[self._firsts], self.stays.cases[self._firsts]] = True
        self._moves = np.flatnonzero(~self.is_last)
        starts, ends = self.stays.stops[self._moves], self.stays.stops[self._moves + 1]
        self.pairs = starts * len(self.old) + ends
        self.movers = self.stays.cases[self._moves]
        self._made, self._pair_bounds = gathered(self.pairs, len(self.old) ** 2)
        keys = self.pairs[self._made] * self.size + self.movers[self._made]
        self.move_keys = keys[is_first_of_run(keys)]

    def _stays(self) -> Stays:
        """Stays at the stops that are kept, numbered anew."""
        ground = self.ground
        inside = np.flatnonzero(self.kept[ground.stops])
        new = np.cumsum(self.kept) - 1
        return stays_among(
            ground.events[inside],
            new[ground.stops[inside]],
            ground.cases[inside],
            self.sequences,
        )

    def _first_stays(self) -> IntArray:
        """int64[k], the first stay of each case at each stop, stop after stop."""
        keys = self.stays.stops[self._at] * self.size + self.stays.cases[self._at]
        return self._at[is_first_of_run(keys)]

    @cached_property
    def places(self) -> FloatArray:
        """float64[n_stops], where in the cases each stop comes."""
        return first_places(self.stays, self._firsts, len(self.old))

    @cached_property
    def pair_counts(self) -> IntArray:
        """int64[n_stops ** 2], how often each move is made."""
        return np.diff(self._pair_bounds)

    def share(
        self, asked: BoolArray, hits: BoolArray, within: BoolArray | None = None
    ) -> CaseShare:
        """Of the cases asked, those that are hits; customers are the unit."""
        if within is not None:
            asked = asked & within
        hits = hits & asked
        total, hit = how_many(asked), how_many(hits)
        n = float(total)
        if self.customer_count < self.size:
            n = effective_n_among(asked, hits, self.customers)
        found = wilson(hit / total * n if total else 0.0, n)
        return CaseShare(
            hit, total, float(found.low), float(found.high), whole_cases(n)
        )

    def choose_moves(self, min_share: float) -> list[int]:
        """Start * stops + end of the moves that stay, made by most cases first."""
        keys = self.move_keys
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
        return self._cases(self.movers[self._of_pair(pair)])

    def _of_pair(self, pair: int) -> IntArray:
        """Where a move is made, in order of cases."""
        start, end = self._pair_bounds[pair : pair + 2]
        return self._made[start:end]

    def _at_stop(self, number: int) -> IntArray:
        """Stays at a stop, in order of cases."""
        start, end = self._bounds[number : number + 2]
        return self._at[start:end]

    def _cases(self, indices: IntArray) -> BoolArray:
        """bool[n_cases], cases given by their indices."""
        found = np.zeros(self.size, dtype=np.bool_)
        found[indices] = True
        return found

    @cached_property
    def stops(self) -> tuple[Stop, ...]:
        """All stops measured."""
        return tuple(self._stop(number) for number in range(len(self.old)))

    def _stop(self, number: int) -> Stop:
        """One stop measured; its position comes from the map or from the cases."""
        stays, old = self.stays, int(self.old[number])
        here, at = self.here[number], self._at_stop(number)
        cases = stays.cases[at]
        is_first = (at == 0) | (stays.cases[at - 1] != cases)
        low, high = np.searchsorted(stays.again, [number * self.size, (number + 1) * self.size])  # fmt: skip
        again = self._cases(stays.again[low:high] % self.size)
        is_map = bool(self.marked.map_id)
        position = old / max(len(self.kept) - 1, 1) if is_map else self.places[number]
        return Stop(
            key=self.marked.keys[old],
            name=self.marked.names[old],
            position=float(position),
            visits=len(at),
            customers=self.people(here),
            reach=self.share(self.everyone, here),
            begin=self.share(self.everyone, self._cases(cases[is_first])),
            leave=self.share(*self.leaves(number)),
            again=self.share(here, again),
            goal=self.share(here, self.goal) if self.marked.success else None,
            is_goal=bool(self.marked.is_goal[old]),
            channels=self._channels(number),
        )

    def leaves(self, number: int) -> tuple[BoolArray, BoolArray]:
        """bool[n_cases], cases at a stop that are over, and those that end there without the goal."""
        at = self._at_stop(number)
        end = self._cases(self.stays.cases[at[self.is_last[at]]])
        return self.here[number] & ~self.is_open, end & ~self.goal

    def move(self, pair: int) -> Move:
        """One move measured."""
        start, end = divmod(pair, len(self.old))
        made = self.made(pair)
        at = self._moves[self._of_pair(pair)]
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
        if self.customer_count == self.size:
            return how_many(cases)
        return int(np.count_nonzero(np.bincount(self.customers[cases])))

    def _channels(self, number: int) -> tuple[tuple[str, int], ...]:
        at = self.stays.first_events[self._at_stop(number)]
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
