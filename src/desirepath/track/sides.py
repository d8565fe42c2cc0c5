"""Two sides of one log: two windows, followed equally long, or two segments. Measures nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

import numpy as np

from desirepath.errors import CheckError, Problem
from desirepath.events.sequences import IntArray, Sequences
from desirepath.sentences.numerals import Number
from desirepath.sentences.phrase import Phrase, cases

DAY_US = 86_400_000_000
LONG_CASES = 0.95  # cases are followed as long as this share of them lasts
# Cases that end within a hundredth of the window are hardly cut by its end.
SHORT_SHARE = 0.01
# Waiting for cases may not cost more than half of the second window.
MOST_WAITING = 0.5
AS_IN = "Write days as 2024-03-01..2024-03-31, or one day with --split."


@dataclass(frozen=True, slots=True)
class Days:
    """First and last day of a window, both in it; UTC. None for no limit."""

    first: dt.date | None
    last: dt.date | None

    def words(self) -> str:
        """The window as it is typed.

        Examples:
            >>> days_of("2024-03-01..2024-03-31").words(), days_of("..2024-02-29").words()
            ('2024-03-01..2024-03-31', '..2024-02-29')
        """
        return f"{self.first or ''}..{self.last or ''}"


@dataclass(frozen=True, slots=True)
class Sides:
    """Two sides of one log.

    Attributes:
        before: Cases of the first side.
        after: Cases of the second side.
        notes: What was done so that they can be compared.
    """

    before: Sequences
    after: Sequences
    notes: tuple[str, ...] = ()


def days_of(text: str) -> Days:
    """A window typed as ``DATE..DATE``; either may be left out.

    Raises:
        CheckError: E432 if it is none.

    Examples:
        >>> days_of("2024-03-01..").first
        datetime.date(2024, 3, 1)
    """
    first, dots, last = text.strip().partition("..")
    try:
        days = Days(
            *(dt.date.fromisoformat(one) if one else None for one in (first, last))
        )
    except ValueError:
        days = Days(None, None)
    is_span = days.first and days.last and days.first > days.last
    if not dots or days == Days(None, None) or is_span:
        raise CheckError(Problem("E432", f'"{text}" is no window', hint=AS_IN))
    return days


def split_on(day: dt.date) -> tuple[Days, Days]:
    """All before a day, and all from that day on.

    Examples:
        >>> [one.words() for one in split_on(dt.date(2024, 3, 1))]
        ['..2024-02-29', '2024-03-01..']
    """
    return Days(None, day - dt.timedelta(days=1)), Days(day, None)


def two_windows(sequences: Sequences, before: Days, after: Days) -> Sides:
    """Cases that start in one window, and those that start in another.

    Cases near the end of the log have had less time to go on. Where that matters, each case is
    followed equally long from its start, and those that were not watched that long are left out.

    Raises:
        CheckError: E433 if the events have no times, E434 if the windows share a day, E435 if a
            window has no cases.
    """
    if not sequences.has_times:
        raise CheckError(
            Problem(
                "E433",
                "there are no windows: the events have no times",
                hint="Name the column of the time (--time), or compare two segments.",
            )
        )
    if (before.last or dt.date.max) >= (after.first or dt.date.min):
        raise CheckError(
            Problem(
                "E434",
                f"{before.words()} does not end before {after.words()} begins",
                hint=AS_IN,
            )
        )
    first, second = (_inside(sequences, days) for days in (before, after))
    for days, part in ((before, first), (after, second)):
        if not part.case_count:
            raise CheckError(
                Problem(
                    "E435",
                    f"no case starts in {days.words()}",
                    hint=f"Cases start between {_span(sequences)}.",
                )
            )
    return _followed(first, second)


def two_segments(sequences: Sequences, before: str, after: str) -> Sides:
    """Cases of one value of a segment, and those of another.

    Args:
        sequences: The cases.
        before: ``name=value``.
        after: ``name=value``.

    Raises:
        EventsError: E290 if there is no such segment.
        CheckError: E436 if the two share cases.
    """
    first, second = (
        sequences.in_segment(name.strip(), value.strip())
        for name, _, value in (one.partition("=") for one in (before, after))
    )
    if np.isin(first.case_keys, second.case_keys).any():
        raise CheckError(
            Problem(
                "E436",
                f'"{before}" and "{after}" share cases',
                hint="Compare two values of one segment.",
            )
        )
    return Sides(first, second)


def without_segment(sequences: Sequences, segment: str) -> Sequences:
    """Cases that are not in a segment: those to which something may have been done.

    Raises:
        EventsError: E290 if there is no such segment.
    """
    name, _, value = segment.partition("=")
    inside = sequences.in_segment(name.strip(), value.strip())
    return sequences.take(~np.isin(sequences.case_keys, inside.case_keys))


def _inside(sequences: Sequences, days: Days) -> Sequences:
    return sequences.in_window(
        start_us(days.first) if days.first else None,
        start_us(days.last, after=1) if days.last else None,
    )


def start_us(day: dt.date, *, after: int = 0) -> int:
    """Begin of a day, or of one some days after it, in microseconds since 1970 UTC.

    Examples:
        >>> start_us(dt.date(1970, 1, 2)) == start_us(dt.date(1970, 1, 1), after=1) == DAY_US
        True
    """
    return ((day - dt.date(1970, 1, 1)).days + after) * DAY_US


def _span(sequences: Sequences) -> str:
    starts = sequences.starts_us
    days = (np.datetime64(int(one), "us") for one in (starts.min(), starts.max()))
    return " and ".join(str(one.astype("datetime64[D]")) for one in days)


def _followed(before: Sequences, after: Sequences) -> Sides:
    """Both sides with every case followed equally long."""
    spans = np.concatenate([_spans_us(one) for one in (before, after)])
    follow_us = int(np.quantile(spans, LONG_CASES))
    starts = after.starts_us
    window_us = max(int(after.end_us - starts.min()), 1)
    if follow_us <= SHORT_SHARE * window_us:
        return Sides(before, after)
    follow_us = min(follow_us, int(MOST_WAITING * window_us))
    is_watched = [one.starts_us + follow_us <= one.end_us for one in (before, after)]
    left_out = sum(int((~one).sum()) for one in is_watched)
    sides = [
        _cut(side.take(kept), follow_us)
        for side, kept in zip((before, after), is_watched, strict=True)
    ]
    days = Number(follow_us / DAY_US, "plain")
    note = (
        Phrase("compare.followed_without", days=days, cases=cases(left_out))
        if left_out
        else Phrase("compare.followed", days=days)
    )
    return Sides(sides[0], sides[1], (note,))


def _spans_us(sequences: Sequences) -> IntArray:
    """int64[n_cases], time from the first to the last event."""
    return np.asarray(
        sequences.times_us[sequences.offsets[1:] - 1] - sequences.starts_us
    )


def _cut(sequences: Sequences, follow_us: int) -> Sequences:
    """Events within a time of the start of their case; no case is open then."""
    starts = np.repeat(sequences.starts_us, sequences.lengths)
    cut = sequences.keep(sequences.times_us - starts <= follow_us)
    # all were watched to the same age: there is nothing left that could still come
    return replace(cut, end_us=int(sequences.end_us) + 100 * follow_us)
