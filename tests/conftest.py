"""Sequences written by hand, for everyone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import pytest

from desirepath.events.sequences import Segment, Sequences

START_US = 1_704_067_200_000_000  # 2024-01-01 UTC
SECOND_US = 1_000_000
YEARS_US = 10**9 * SECOND_US


def write_log(
    *cases: str,
    customers: Sequence[int] | None = None,
    segments: Mapping[str, Sequence[str]] | None = None,
    has_times: bool = True,
    end_s: float | None = None,
) -> Sequences:
    """Sequences of cases such as ``"look:0 pay@web:60"``: activity, channel, second since 2024.

    An event without a time comes a minute after the one before. Observation ends decades later, so
    that no case is open, unless `end_s` says otherwise.
    """
    events: list[tuple[str, str]] = []
    times_s: list[float] = []
    lengths = []
    for case in cases:
        clock = -60.0
        for word in case.split():
            name, _, second = word.partition(":")
            activity, _, channel = name.partition("@")
            clock = float(second) if second else clock + 60
            events.append((activity, channel))
            times_s.append(clock)
        lengths.append(len(case.split()))
    pairs = sorted(set(events))
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    places = np.arange(len(events)) - np.repeat(offsets[:-1], lengths)
    keys = np.arange(1, len(cases) + 1, dtype=np.int64)
    given = segments or {}
    return Sequences(
        activities=tuple(activity for activity, _ in pairs),
        channels=tuple(channel for _, channel in pairs),
        offsets=offsets,
        codes=np.array([pairs.index(event) for event in events], dtype=np.uint16),
        times_us=START_US + (np.array(times_s) * SECOND_US).astype(np.int64)
        if has_times
        else places.astype(np.int64),
        case_keys=keys,
        customers=keys if customers is None else np.array(customers, dtype=np.int64),
        segments={name: _segment(values) for name, values in given.items()},
        has_times=has_times,
        end_us=START_US + (YEARS_US if end_s is None else int(end_s * SECOND_US)),
        source={"files": "by hand"},
    )


def _segment(values: Sequence[str]) -> Segment:
    names = ("", *sorted(set(values) - {""}))
    return Segment(
        names, np.array([names.index(one) for one in values], dtype=np.uint16)
    )


@pytest.fixture(scope="session")
def log() -> Callable[..., Sequences]:
    return write_log
