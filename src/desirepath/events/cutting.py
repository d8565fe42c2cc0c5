"""Cutting customers' events into cases by silence: as long as asked, or as the data say. States what it did."""

from __future__ import annotations

from desirepath.events.cases import cut_before, cut_by_gap
from desirepath.events.context import context_starts
from desirepath.events.sequences import Sequences
from desirepath.events.sessions import US_PER_S, choose_gap
from desirepath.events.times import duration_us

AUTO = "auto"
CONTEXT = "context"


def check_gap(gap: str | None) -> None:
    """Nothing for a gap that can be used, before any event is read.

    Raises:
        EventsError: E230 if it is neither a duration nor ``auto`` nor ``context``.

    Examples:
        >>> check_gap("30m"), check_gap("auto"), check_gap(None)
        (None, None, None)
    """
    if gap and gap not in (AUTO, CONTEXT):
        duration_us(gap)


def cut_by_silence(sequences: Sequences, gap: str) -> tuple[Sequences, str]:
    """Sequences cut by a silence, and what was done in words.

    Args:
        sequences: All events of a customer in one case.
        gap: A duration, ``auto`` for the valley of the customers' waits, or ``context`` for the wait
            together with what stands before and after it.

    Raises:
        EventsError: E280 without times, E282 if ``auto`` finds no valley, E283 if there are too few moves
            for ``context``.
    """
    if gap == CONTEXT:
        cut = cut_before(sequences, context_starts(sequences))
        return cut, "context (by the wait and the activities before and after it)"
    if gap != AUTO:
        return cut_by_gap(sequences, duration_us(gap) / US_PER_S), gap
    valley = choose_gap(sequences)
    said = f"{valley.gap} (auto: the valley of the customers' waits)"
    return cut_by_gap(sequences, valley.gap_s), said
