"""`inspect_events`: what is in the events and what would be done to them, before anybody relies on them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Unpack

import numpy as np

from desirepath.events.clean import Silence, silence
from desirepath.events.read import Reading, ReadOptions, read_all
from desirepath.events.schema import ActivityCount, Inspection
from desirepath.events.sequences import Sequences

MAX_TOP = 20


def inspect_events(source: object, **options: Unpack[ReadOptions]) -> Inspection:
    """Inspection of events; the arguments are those of `read_events`.

    Raises:
        EventsError: E2xx as `read_events` would.
        TypeError: an option is not one of `read_events`.

    Examples:
        >>> seen = inspect_events({
        ...     "session_id": np.array(["a", "a", "b"]),
        ...     "event": np.array(["home", "buy", "home"]),
        ...     "timestamp": np.array(["2024-01-02 10:00", "2024-01-02 10:05", "2024-01-03 09:00"]),
        ... })
        >>> seen.case_count, seen.tables[0].times[0].zone_source, seen.top_activities[0].activity
        (2, 'assumed', 'home')
    """
    return report(
        read_all(source, **options),
        keep_duplicates=options.get("keep_duplicates", False),
        drop_bots=options.get("drop_bots", False),
    )


def report(
    reading: Reading, *, keep_duplicates: bool = False, drop_bots: bool = False
) -> Inspection:
    """Inspection of events that have been read."""
    cut, loaded = reading.sequences, reading.loaded
    pauses = silence(cut.times_us) if cut.has_times else Silence(None, None, 0, 0)
    activities, channels = _counts(cut)
    lengths = cut.lengths
    return Inspection(
        tables=loaded.tables,
        row_count=loaded.row_count,
        event_count=loaded.sequences.event_count,
        dropped=loaded.dropped,
        case_count=cut.case_count,
        customer_count=len(np.unique(cut.customers)),
        activity_count=len(activities),
        duplicate_count=loaded.duplicate_count,
        duplicates_kept=keep_duplicates,
        tie_count=loaded.tie_count,
        tie_rule=loaded.tie_rule,
        backward_count=loaded.backward_count,
        newest_first=loaded.newest_first,
        silence_s=pauses.longest_s,
        silence_from_us=pauses.from_us,
        empty_day_count=pauses.empty_day_count,
        from_us=int(cut.times_us.min()) if cut.has_times else None,
        to_us=int(cut.times_us.max()) if cut.has_times else None,
        implausible_count=pauses.implausible_count,
        bot_cases=loaded.bot_cases,
        bot_count=loaded.bot_count,
        bots_dropped=drop_bots,
        longest_case=int(lengths.max()),
        median_case=float(np.median(lengths)),
        top_activities=tuple(
            ActivityCount(name, count) for name, count in activities[:MAX_TOP]
        ),
        channels=channels,
        segments={
            name: tuple(value for value in segment.values if value)
            for name, segment in cut.segments.items()
        },
        rules={
            name: text
            for name, text in reading.rules.items()
            if name in ("gap", "ends with", "identity", "ids")
        },
        has_times=cut.has_times,
        names=reading.names,
        identity=loaded.stitching.to_dict() if loaded.stitching else None,
    )


def _counts(
    sequences: Sequences,
) -> tuple[list[tuple[str, int]], tuple[str, ...]]:
    """Activities with counts and channels, most frequent first."""
    counts = np.bincount(sequences.codes, minlength=len(sequences.activities)).tolist()
    activities: dict[str, int] = {}
    channels: dict[str, int] = {}
    for name, channel, count in zip(
        sequences.activities, sequences.channels, counts, strict=True
    ):
        activities[name] = activities.get(name, 0) + count
        if channel:
            channels[channel] = channels.get(channel, 0) + count
    return _ranked(activities), tuple(name for name, _ in _ranked(channels))


def _ranked(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    """Names by falling count, then by name."""
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))
