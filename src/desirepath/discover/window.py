"""Window: journeys that start within some days, and what lies outside, counted."""

from __future__ import annotations

import datetime as dt

import numpy as np

from desirepath.discover.ledger import Line, whole_line
from desirepath.errors import CheckError, Problem
from desirepath.events.sequences import Sequences

DAY_US = 86_400_000_000
EPOCH = dt.date(1970, 1, 1)


def in_days(
    sequences: Sequences, since: dt.date | None, until: dt.date | None
) -> tuple[Sequences, tuple[Line, ...]]:
    """Cases that start from one day to another (UTC, both included), and the line that counts the others.

    Args:
        sequences: The cases.
        since: First day, None for no limit.
        until: Last day, None for no limit.

    Raises:
        CheckError: E412 if the events have no times, E413 if no case starts in between.
    """
    if (since is None and until is None) or not sequences.case_count:
        return sequences, ()
    if not sequences.has_times:
        raise CheckError(
            Problem(
                "E412",
                "the events have no times, so no days can be chosen",
                hint="Leave out --since and --until, or name the column of the time (--time).",
            )
        )
    after = None if until is None else until + dt.timedelta(days=1)
    inside = sequences.in_window(_start_us(since), _start_us(after))
    if not inside.case_count:
        first, last = (
            np.datetime64(int(end), "us").astype("datetime64[D]")
            for end in (sequences.starts_us.min(), sequences.starts_us.max())
        )
        raise CheckError(
            Problem(
                "E413",
                "no case starts in the days asked for",
                hint=f"Cases start from {first} to {last}.",
            )
        )
    cut = sequences.case_count - inside.case_count
    return inside, whole_line("window", cut, sequences.event_count - inside.event_count)


def _start_us(day: dt.date | None) -> int | None:
    return None if day is None else (day - EPOCH).days * DAY_US
