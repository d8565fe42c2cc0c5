"""Examples: a few real cases that show what the map does not, with their day and what happened around it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from desirepath.events.sequences import IntArray, Sequences
from desirepath.evidence.align import Alignment
from desirepath.evidence.binding import UNBOUND
from desirepath.evidence.facts import Example, Fact

MOST = 3
AROUND = 2  # activities shown before and after
STEADY = 0.5  # of the cases, those of more usual length are examples


def example_cases(
    facts: tuple[Fact, ...], alignment: Alignment, sequences: Sequences
) -> Iterator[Example]:
    """Three cases of usual length, spread over the window, for each thing that happens elsewhere.

    Args:
        facts: Those of the map; whole-window facts ``elsewhere``, ``channel_elsewhere`` and
            ``move_elsewhere`` get examples.
        alignment: Of the cases.
        sequences: The cases.
    """
    case = sequences.case_index()
    activities = np.array(sequences.activities)
    channels = np.array(sequences.channels)
    unbound = np.flatnonzero(alignment.step_of_event == UNBOUND)
    unbound_codes = sequences.codes[unbound]
    arrivals = _Arrivals(alignment, case)
    done: set[tuple[str, str, str]] = set()
    for fact in facts:
        key = (fact.subject, fact.measure, fact.target)
        if fact.segment or key in done:
            continue
        if fact.measure == "elsewhere":
            events = unbound[(activities == fact.target)[unbound_codes]]
        elif fact.measure == "channel_elsewhere":
            events = np.flatnonzero((channels == fact.target)[sequences.codes])
        elif fact.measure == "move_elsewhere":
            events = arrivals.of(fact)
        else:
            continue
        done.add(key)
        yield from _chosen(fact, events, case, sequences)


class _Arrivals:
    """Events that arrive at a step straight from another one, looked for once."""

    def __init__(self, alignment: Alignment, case: IntArray) -> None:
        ids = alignment.binding.step_ids
        self._place = {step: index for index, step in enumerate(ids)}
        steps = alignment.step_of_event
        bound = np.flatnonzero(steps != UNBOUND)
        start, end = bound[:-1], bound[1:]
        is_move = case[start] == case[end]
        start, self._end = start[is_move], end[is_move]
        self._move = steps[start] * len(ids) + steps[self._end]

    def of(self, fact: Fact) -> IntArray:
        """int64[n], events that arrive by the move of a fact."""
        before = fact.subject.removeprefix("transition:").removesuffix(
            f">{fact.target}"
        )
        count = len(self._place)
        move = self._place[before] * count + self._place[fact.target]
        found: IntArray = self._end[self._move == move]
        return found


def _chosen(
    fact: Fact, events: IntArray, case: IntArray, sequences: Sequences
) -> Iterator[Example]:
    cases, first = np.unique(case[events], return_index=True)
    if not len(cases):
        return
    lengths = sequences.lengths[cases]
    far = np.abs(lengths - np.median(lengths))
    rank = min(max(int(STEADY * len(far)), MOST), len(far)) - 1
    usual = np.flatnonzero(far <= np.partition(far, rank)[rank])
    usual = usual[np.argsort(sequences.starts_us[cases[usual]], kind="stable")]
    places = (np.arange(MOST) * 2 + 1) * len(usual) // (2 * MOST)
    for index in (
        sorted(set(places.tolist())) if len(usual) > MOST else range(len(usual))
    ):
        one = usual[index]
        yield _example(fact, int(events[first[one]]), int(cases[one]), sequences)


def _example(fact: Fact, event: int, case: int, sequences: Sequences) -> Example:
    """One case around one event; an activity that repeats at once is said once."""
    start, end = (int(one) for one in sequences.offsets[case : case + 2])
    words: list[str] = []
    at = 0
    for index in range(start, end):
        name = sequences.activities[int(sequences.codes[index])]
        if index == event:
            at = len(words) - (bool(words) and words[-1] == name)
        if not words or words[-1] != name:
            words.append(name)
    low = max(at - AROUND, 0)
    moment = ""
    if sequences.has_times:
        time_us = np.datetime64(int(sequences.times_us[event]), "us")
        moment = str(time_us.astype("datetime64[m]")).replace("T", " ")
    return Example(
        fact.subject,
        fact.measure,
        fact.target,
        moment,
        tuple(words[low : at + AROUND + 1]),
        at - low,
        end - start,
    )
