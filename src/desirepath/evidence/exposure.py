"""Who is compared with whom: cases that meet something, and cases that were still there and did not. Measures nothing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from desirepath.events import kernels
from desirepath.events.sequences import BoolArray, IntArray
from desirepath.evidence.laid import Laid

SEED = 20_261_101  # of the moments at which those who do not meet it are compared
NEARLY_ALL = 0.9
SLOW_QUANTILE = 0.75
NEVER = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True)
class Compared:
    """Cases compared, from a landmark on.

    Attributes:
        cases: int64[k], indices of the cases.
        is_exposed: bool[k], those that meet it.
        landmark: int64[k], index of the event from which on they are compared: what came before is held
            equal, what comes after is the outcome.
    """

    cases: IntArray
    is_exposed: BoolArray
    landmark: IntArray


def compared(meets: IntArray, gate: IntArray, laid: Laid, salt: int = 0) -> Compared:
    """Cases that pass a gate: those that then meet something, and those that have not met it yet.

    Whoever stays longer meets more. So each case is also looked at from a moment drawn from those that
    meet it, as many events after the gate, and is compared if by then it had not left, not reached the
    goal and not met it. What it does later counts for neither: the future must not choose who is
    compared.

    Args:
        meets: int64[n_cases], index of the event at which the case meets it, -1 for never.
        gate: int64[n_cases], index of the event of the gate, -1 where the case never passes it.
        laid: Map and cases.
        salt: Another number gives other moments.

    References:
        Zhou, Rahme, Abrahamowicz and Pilote 2005, American J. Epidemiology 162:1016 (matching the
        moments against immortal-time bias); Hernán and Robins 2016, same journal 183:758 (not yet
        exposed as the others).
    """
    goal = np.where(laid.goal, laid.aligned.goal, NEVER)
    at_risk = (gate >= 0) & (gate < goal)
    is_late = (meets >= 0) & (meets <= gate)
    is_exposed = at_risk & (meets > gate) & (meets < goal)
    exposed = np.flatnonzero(is_exposed)
    # who met it before the gate is neither; who meets it later has not met it yet
    others = np.flatnonzero(at_risk & ~is_late)
    lags = np.sort(meets[exposed] - gate[exposed])
    if not len(lags) or not len(others):
        none = np.zeros(0, dtype=np.int64)
        return Compared(none, none.astype(np.bool_), none)
    rng = np.random.default_rng((SEED, salt))
    moment = gate[others] + lags[rng.integers(0, len(lags), len(others))]
    is_there = (moment <= laid.sequences.offsets[1:][others]) & (moment <= goal[others])
    is_there &= (meets[others] < 0) | (meets[others] > moment)
    others, moment = others[is_there], moment[is_there]
    return Compared(
        np.concatenate([exposed, others]),
        np.arange(len(exposed) + len(others)) < len(exposed),
        np.concatenate([meets[exposed], moment]),
    )


def at_step(place: int, laid: Laid) -> Compared:
    """Cases that come to a step, against those that passed the point before it and did not."""
    meets = laid.aligned.first[:, place]
    return compared(meets, gate_of(meets, place, laid), laid, place)


def gate_of(meets: IntArray, place: int, laid: Laid) -> IntArray:
    """int64[n_cases], first event of the nearest earlier step that nearly all pass who come here.

    The first event of the case where there is no such step.
    """
    here = meets >= 0
    for before in range(place - 1, -1, -1):
        first = laid.aligned.first[:, before]
        passes = (first[here] >= 0) & (first[here] < meets[here])
        if len(passes) and passes.mean() >= NEARLY_ALL:
            return first
    return np.asarray(laid.sequences.offsets[:-1], dtype=np.int64)


def coming_back(place: int, laid: Laid) -> Compared:
    """Cases that come back to a step after another one, against those that go on."""
    steps, offsets = laid.aligned.step_of_event, laid.sequences.offsets
    bound = np.flatnonzero(steps >= 0)
    arrives = np.ones(len(bound), dtype=np.bool_)
    arrives[1:] = steps[bound[1:]] != steps[bound[:-1]]
    is_arrival = np.zeros(len(steps), dtype=np.bool_)
    is_arrival[bound[arrives & (steps[bound] == place)]] = True
    first = laid.aligned.first[:, place]
    return compared(kernels.first_after(is_arrival, first, offsets), first, laid, place)


def showing(is_shown: BoolArray, gate: IntArray, laid: Laid, salt: int = 0) -> Compared:
    """Cases that show an event after a gate, against those that do not.

    Args:
        is_shown: bool[n_events].
        gate: int64[n_cases], index of an event, -1 where the case never passes it.
        laid: Map and cases.
        salt: Another number gives other moments.
    """
    meets = kernels.first_after(is_shown, gate, laid.sequences.offsets)
    return compared(meets, gate, laid, salt)


def waiting(place: int, laid: Laid) -> Compared:
    """Cases that came to a step after a long wait (the slowest quarter), against all others."""
    none = np.zeros(0, dtype=np.int64)
    nobody = Compared(none, none.astype(np.bool_), none)
    first = laid.aligned.first[:, place]
    goal = np.where(laid.goal, laid.aligned.goal, NEVER)
    cases = np.flatnonzero((first > laid.sequences.offsets[:-1]) & (first < goal))
    if not laid.sequences.has_times or not len(cases):
        return nobody
    times = laid.sequences.times_us
    waits = times[first[cases]] - times[first[cases] - 1]
    return Compared(cases, waits > np.quantile(waits, SLOW_QUANTILE), first[cases])
