"""Sequences: events folded into compact columns, one run of each case after the other. Knows no map and no database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from desirepath.errors import EventsError, Problem
from desirepath.events.treatment import Treatment

IntArray: TypeAlias = NDArray[np.signedinteger[Any]]
CodeArray: TypeAlias = NDArray[np.unsignedinteger[Any]]
BoolArray: TypeAlias = NDArray[np.bool_]

MAX_UINT16 = 2**16


def code_type(count: int) -> type[np.unsignedinteger[Any]]:
    """Smallest type of codes for so many activities.

    Examples:
        >>> code_type(2**16).__name__, code_type(2**16 + 1).__name__
        ('uint16', 'uint32')
    """
    return np.uint16 if count <= MAX_UINT16 else np.uint32


@dataclass(frozen=True, slots=True)
class Segment:
    """A property of cases with few values, such as the platform.

    Attributes:
        values: Names; code 0 is "" (not known).
        codes: uint16[n_cases], index into `values`.
    """

    values: tuple[str, ...]
    codes: CodeArray


@dataclass(frozen=True, slots=True)
class Sequences:
    """Events of all cases in order.

    Attributes:
        activities: Name of the activity of each code.
        channels: Channel of each code, "" where not known; the pair (activity, channel) is unique.
        offsets: int64[n_cases + 1]; events of case i are offsets[i] to offsets[i + 1].
        codes: uint16 or uint32[n_events], index into `activities`.
        times_us: int64[n_events], microseconds since 1970 UTC, never falling within a case; the
            position within the case where the source has no times.
        case_keys: int64[n_cases], first 60 bits of md5 of the case id (plus the part number where
            cases were cut).
        customers: int64[n_cases], key of the customer; equal to `case_keys` where not known.
        segments: Properties of cases by name.
        has_times: False where the source has no usable times; durations are then unknown.
        end_us: Time at which observation ended; customers may have gone on after it.
        source: Where the events come from and which rules were applied, for the reader.
        account: What reading left out, joined, renamed and cut, counted over all that was read.
    """

    activities: tuple[str, ...]
    channels: tuple[str, ...]
    offsets: IntArray
    codes: CodeArray
    times_us: IntArray
    case_keys: IntArray
    customers: IntArray
    segments: Mapping[str, Segment] = field(default_factory=dict)
    has_times: bool = True
    end_us: int = 0
    source: Mapping[str, str] = field(default_factory=dict)
    account: tuple[Treatment, ...] = ()

    @property
    def case_count(self) -> int:
        """Number of cases."""
        return len(self.offsets) - 1

    @property
    def event_count(self) -> int:
        """Number of events."""
        return len(self.codes)

    @property
    def starts_us(self) -> IntArray:
        """int64[n_cases], time of the first event of each case."""
        return self.times_us[self.offsets[:-1]]

    @property
    def lengths(self) -> IntArray:
        """int64[n_cases], events of each case."""
        return np.diff(self.offsets)

    def case_index(self) -> IntArray:
        """int64[n_events], index of the case of each event."""
        return np.repeat(np.arange(self.case_count, dtype=np.int64), self.lengths)

    def take(self, cases: IntArray | BoolArray) -> Sequences:
        """Only the given cases, in the order given.

        Args:
            cases: Indices, or a mask over all cases.
        """
        chosen = (
            np.flatnonzero(cases)
            if cases.dtype == np.bool_
            else np.asarray(cases, dtype=np.int64)
        )
        lengths = self.lengths[chosen]
        offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        events = np.repeat(
            self.offsets[:-1][chosen] - offsets[:-1], lengths
        ) + np.arange(offsets[-1], dtype=np.int64)
        return replace(
            self,
            offsets=offsets,
            codes=self.codes[events],
            times_us=self.times_us[events],
            case_keys=self.case_keys[chosen],
            customers=self.customers[chosen],
            segments={
                name: Segment(part.values, part.codes[chosen])
                for name, part in self.segments.items()
            },
        )

    def keep(self, is_kept: BoolArray) -> Sequences:
        """Only the given events; cases without any are left out.

        Args:
            is_kept: bool[n_events].
        """
        total = np.concatenate([[0], np.cumsum(is_kept)])
        lengths = np.diff(total[self.offsets])
        cases = np.flatnonzero(lengths)
        whole = self.take(cases)
        return replace(
            whole,
            offsets=np.concatenate([[0], np.cumsum(lengths[cases])]).astype(np.int64),
            codes=self.codes[is_kept],
            times_us=self.times_us[is_kept],
        )

    def in_window(
        self, from_us: int | None = None, to_us: int | None = None
    ) -> Sequences:
        """Cases that start in [from_us, to_us), whole.

        Cases are never cut by a window: a case belongs to the window in which it starts.
        """
        starts = self.starts_us
        inside = np.ones(self.case_count, dtype=np.bool_)
        if from_us is not None:
            inside &= starts >= from_us
        if to_us is not None:
            inside &= starts < to_us
        return self.take(inside)

    def in_segment(self, name: str, value: str) -> Sequences:
        """Cases whose segment `name` is `value`.

        Raises:
            EventsError: E290 if there is no such segment or value.
        """
        segment = self.segments.get(name)
        if segment is None or value not in segment.values:
            known = (
                ", ".join(sorted(self.segments))
                if segment is None
                else ", ".join(v for v in segment.values if v)
            )
            raise EventsError(
                Problem(
                    "E290",
                    f'no segment is called "{name}={value}"',
                    hint=f"Known: {known or 'none'}.",
                )
            )
        return self.take(segment.codes == segment.values.index(value))
