"""Habits of customers as numbers: what they do beyond what anybody does at the same step, and customers all alike."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desirepath.events.sequences import BoolArray, IntArray
from desirepath.evidence.binding import UNBOUND
from desirepath.evidence.laid import US_PER_S, Laid
from desirepath.stats.arrays import FloatArray, floats

LEAST_SPREAD = 0.01  # habits that nearly all share say nothing
LONGEST = 300  # events of a simulated case


@dataclass(frozen=True, slots=True)
class Moves:
    """How all customers move, as if they were of one kind.

    Attributes:
        targets: int64[n_moves], state after each move, by state before; the last state is the end.
        waits_s: float64[n_moves], wait of each move; 0 without times.
        starts: int64[n_states + 1], moves of state i are starts[i] to starts[i + 1]; the state before
            the first event is the one before the end.
        channels: int64[n_events], channels of the events of each state.
        channel_starts: int64[n_states + 1], as `starts`.
        visits: int64[n_customers], cases of each customer.
        channel_names: Name of each channel, "" among them.
    """

    targets: IntArray
    waits_s: FloatArray
    starts: IntArray
    channels: IntArray
    channel_starts: IntArray
    visits: IntArray
    channel_names: tuple[str, ...]


@dataclass(frozen=True)
class Habits:
    """What each customer does.

    Attributes:
        steps: float64[n_customers, k], share of their cases that come to each step.
        step_numbers: Number of the step of each column; the goal is not among them.
        channels: float64[n_customers, c], share of their events in each channel.
        channel_names: Channel of each column.
        times_s: float64[n_customers], median time from the first to the last event; nan without times.
        visits: float64[n_customers], cases.
        beyond: For steps, channels and times, float64[n_customers, d], what they do beyond what is
            expected of anybody at the same step: moves to each step, events in each channel, and the
            logarithm of waits.
        owner: int64[n_cases], customer of each case.
        moves: How all of them move.
    """

    steps: FloatArray
    step_numbers: tuple[int, ...]
    channels: FloatArray
    channel_names: tuple[str, ...]
    times_s: FloatArray
    visits: FloatArray
    beyond: tuple[FloatArray, ...]
    owner: IntArray
    moves: Moves

    @property
    def customer_count(self) -> int:
        """Number of customers."""
        return len(self.visits)

    def points(self) -> FloatArray:
        """float64[n_customers, d], habits in blocks that weigh alike.

        Moves, channels, waits and visits each have the same variance in sum; visits count by their
        logarithm. How far customers come says little about their kind, so it is not looked at by
        itself, only what they do next where others are, too.
        """
        blocks = [*self.beyond, np.log(self.visits)[:, None]]
        scaled = []
        for block in blocks:
            spread = block.std(axis=0)
            kept = block[:, spread > LEAST_SPREAD]
            if kept.shape[1]:
                total = np.sqrt(kept.var(axis=0).sum())
                scaled.append((kept - kept.mean(axis=0)) / total)
        empty = np.zeros((self.customer_count, 0))
        return floats(np.hstack(scaled) if scaled else empty)


def habits_of(laid: Laid) -> Habits:
    """Habits of the customers of some cases."""
    sequences = laid.sequences
    _, owner = np.unique(sequences.customers, return_inverse=True)
    names, channel = np.unique(np.array(sequences.channels), return_inverse=True)
    states = np.where(
        laid.aligned.step_of_event == UNBOUND,
        len(laid.place),
        laid.aligned.step_of_event,
    )
    goals = laid.aligned.binding.codes[:, laid.aligned.binding.completing].any(axis=1)
    known = laid.is_bound & ~goals
    times_us = sequences.times_us if sequences.has_times else None
    log = _Log(
        states,
        channel[sequences.codes],
        sequences.offsets,
        owner.astype(np.int64),
        None if times_us is None else floats(times_us) / US_PER_S,
    )
    channel_names = tuple(str(one) for one in names)
    moves = _moves(log, len(laid.place) + 1, channel_names)
    return _habits(log, known, moves)


def one_kind(habits: Habits, customers: int, rng: np.random.Generator) -> Habits:
    """Habits of customers who are all alike and move by chance as all of these do together.

    Each event depends on the step before it only; waits depend on the two steps, the channel on the
    step, and visits on nothing.

    Args:
        habits: Of the customers seen.
        customers: How many to draw, at most as many as were seen.
        rng: Generator of the draws.
    """
    moves = habits.moves
    count = min(customers, habits.customer_count)
    visits = moves.visits[rng.integers(len(moves.visits), size=count)]
    owner = np.repeat(np.arange(count), visits)
    log = _walk(moves, owner, rng, has_times=bool(np.isfinite(habits.times_s).any()))
    known = np.zeros(len(moves.starts) - 3, dtype=np.bool_)
    known[list(habits.step_numbers)] = True
    return _habits(log, known, moves)


@dataclass(frozen=True, slots=True)
class _Log:
    """Events as states and channels; times in seconds, None without."""

    states: IntArray
    channels: IntArray
    offsets: IntArray
    owner: IntArray
    times_s: FloatArray | None


def _moves(log: _Log, state_count: int, names: tuple[str, ...]) -> Moves:
    begin, end = state_count, state_count + 1
    lengths = np.diff(log.offsets)
    case = np.repeat(np.arange(len(lengths)), lengths)
    is_last = np.ones(len(case), dtype=np.bool_)
    is_last[:-1] = case[1:] != case[:-1]
    after = np.append(log.states[1:], end)
    after = np.where(is_last, end, after)
    waits = np.zeros(len(case))
    if log.times_s is not None:
        waits[:-1] = np.diff(log.times_s)
        waits = np.where(is_last, 0.0, waits)
    first = log.states[log.offsets[:-1]]
    sources = np.concatenate([log.states, np.full(len(first), begin)])
    targets = np.concatenate([after, first])
    waits = np.concatenate([waits, np.zeros(len(first))])
    order = np.argsort(sources, kind="stable")
    starts = np.searchsorted(sources[order], np.arange(state_count + 2))
    by_state = np.argsort(log.states, kind="stable")
    channel_starts = np.searchsorted(log.states[by_state], np.arange(state_count + 1))
    return Moves(
        targets[order],
        floats(waits[order]),
        starts,
        log.channels[by_state],
        channel_starts,
        np.bincount(log.owner),
        names,
    )


def _walk(
    moves: Moves, owner: IntArray, rng: np.random.Generator, *, has_times: bool
) -> _Log:
    """Cases drawn move by move, all at once."""
    begin = len(moves.starts) - 2
    end = begin + 1
    state = np.full(len(owner), begin)
    clock = np.zeros(len(owner))
    under_way = np.arange(len(owner))
    cases, states, times = [], [], []
    for _ in range(LONGEST):
        here = state[under_way]
        span = moves.starts[here + 1] - moves.starts[here]
        drawn = moves.starts[here] + (rng.random(len(here)) * span).astype(np.int64)
        clock[under_way] += moves.waits_s[drawn]
        state[under_way] = moves.targets[drawn]
        under_way = under_way[moves.targets[drawn] != end]
        if not len(under_way):
            break
        cases.append(under_way)
        states.append(state[under_way])
        times.append(clock[under_way])
    case, step, time = (np.concatenate(part) for part in (cases, states, times))
    order = np.argsort(case, kind="stable")
    step = step[order]
    span = moves.channel_starts[step + 1] - moves.channel_starts[step]
    at = moves.channel_starts[step] + (rng.random(len(step)) * span).astype(np.int64)
    lengths = np.bincount(case, minlength=len(owner))
    return _Log(
        step,
        moves.channels[at],
        np.concatenate([[0], np.cumsum(lengths)]),
        owner,
        floats(time[order]) if has_times else None,
    )


def _habits(log: _Log, known: BoolArray, moves: Moves) -> Habits:
    """Habits of the customers of a log.

    Args:
        log: Events.
        known: bool[n_steps], steps that are looked at.
        moves: How all move.
    """
    names = moves.channel_names
    lengths = np.diff(log.offsets)
    case = np.repeat(np.arange(len(lengths)), lengths)
    count = int(log.owner.max()) + 1
    visits = floats(np.bincount(log.owner, minlength=count))
    reached = np.zeros((len(lengths), len(known) + 1), dtype=np.bool_)
    reached[case, log.states] = True
    numbers = tuple(np.flatnonzero(known).tolist())
    steps = np.column_stack(
        [np.bincount(log.owner, reached[:, one], count) / visits for one in numbers]
    )
    customer = log.owner[case]
    wide = len(names)
    events = np.bincount(customer * wide + log.channels, minlength=count * wide)
    shares = events.reshape(count, wide) / np.maximum(
        np.bincount(customer, minlength=count)[:, None], 1
    )
    kept = [one for one in range(wide) if names[one]]
    return Habits(
        floats(steps),
        numbers,
        floats(shares[:, kept]),
        tuple(names[one] for one in kept),
        _typical_s(log, count),
        visits,
        _beyond(log, len(moves.starts) - 2, wide),
        log.owner,
        moves,
    )


def _typical_s(log: _Log, count: int) -> FloatArray:
    """float64[n_customers], mean logarithm of the time of their cases, as a time; nan without times."""
    if log.times_s is None:
        return np.full(count, np.nan)
    ends = log.times_s[np.maximum(log.offsets[1:] - 1, 0)]
    spans = np.where(
        np.diff(log.offsets) > 0,
        ends - log.times_s[np.minimum(log.offsets[:-1], len(log.times_s) - 1)],
        0.0,
    )
    totals = np.bincount(log.owner, np.log1p(np.maximum(spans, 0.0)), count)
    return floats(np.expm1(totals / np.bincount(log.owner, minlength=count)))


def _beyond(log: _Log, state_count: int, channel_count: int) -> tuple[FloatArray, ...]:
    """What each customer does beyond what is expected at the same steps.

    Under one kind of customers each of these has the expectation 0, however far they come.
    """
    lengths = np.diff(log.offsets)
    case = np.repeat(np.arange(len(lengths)), lengths)
    customer = log.owner[case]
    count = int(log.owner.max()) + 1
    is_last = np.ones(len(case), dtype=np.bool_)
    is_last[:-1] = case[1:] != case[:-1]
    # the end is a target as well
    after = np.where(is_last, state_count, np.append(log.states[1:], 0))
    moved = _surplus(log.states, after, state_count, state_count + 1, customer)
    moved /= np.bincount(log.owner, minlength=count)[:, None]
    events = np.maximum(np.bincount(customer, minlength=count), 1)[:, None]
    channels = _surplus(log.states, log.channels, state_count, channel_count, customer)
    blocks = [moved, channels / events]
    if log.times_s is not None:
        goes_on = np.flatnonzero(~is_last)
        waits = np.log1p(
            np.maximum(log.times_s[goes_on + 1] - log.times_s[goes_on], 0.0)
        )
        pair = log.states[goes_on] * state_count + log.states[goes_on + 1]
        seen = np.maximum(np.bincount(pair), 1)
        waits = waits - (np.bincount(pair, waits) / seen)[pair]
        total = np.bincount(customer[goes_on], waits, count)
        moves = np.maximum(np.bincount(customer[goes_on], minlength=count), 1)
        blocks.append((total / moves)[:, None])
    return tuple(floats(block) for block in blocks)


def _surplus(
    states: IntArray,
    outcome: IntArray,
    state_count: int,
    outcome_count: int,
    customer: IntArray,
) -> FloatArray:
    """float64[n_customers, outcomes], how much more often each customer has each outcome than expected."""
    count = int(customer.max()) + 1
    table = _counts(states, outcome, state_count, outcome_count)
    table /= np.maximum(table.sum(axis=1, keepdims=True), 1)
    found = _counts(customer, outcome, count, outcome_count)
    return floats(found - _counts(customer, states, count, state_count) @ table)


def _counts(rows: IntArray, columns: IntArray, height: int, width: int) -> FloatArray:
    """float64[height, width], how often each pair occurs."""
    cells = np.bincount(rows * width + columns, minlength=height * width)
    return floats(cells.reshape(height, width))
