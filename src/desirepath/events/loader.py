"""From the three answers of an engine to sequences: clean order, customers, segments. Knows no file and no table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desirepath.events import clean
from desirepath.events.clean import plain
from desirepath.events.engine.contract import Contract, Dialect
from desirepath.events.engine.database import Database
from desirepath.events.engine.duckdb import DuckDB
from desirepath.events.loaded import IdsTaken, Loaded
from desirepath.events.plain_names import differ_in_ids
from desirepath.events.schema import MAX_SEGMENT_VALUES, MAX_SEGMENTS, fail
from desirepath.events.sequences import (
    MAX_UINT16,
    CodeArray,
    IntArray,
    Segment,
    Sequences,
    code_type,
)
from desirepath.events.table import TableRead, segment_name
from desirepath.steps import step

MAX_ACTIVITIES = 1_000_000
MAX_MIXED_SHARE = 0.01
MAX_BOTS_LISTED = 20


class CollisionError(Exception):
    """Two case ids share their fast key; the slow one must be used."""


class Loader:
    """Asks the engine the three questions and builds sequences from the answers."""

    def __init__(
        self,
        engine: DuckDB | Database,
        reads: Sequence[TableRead],
        dialect: Dialect,
        given: frozenset[str] | None = None,
        *,
        without_ids: bool = False,
    ) -> None:
        self.engine = engine
        self.given = _given(reads) if given is None else given
        self.reads = reads
        self.segments = tuple(
            dict.fromkeys(name for read in reads for name in read.segments)
        )
        shapes = [read.shape for read in reads]
        self.has_channels = any(shape.channel is not None for shape in shapes)
        self.has_customers = any(
            shape.customer not in (None, shape.case) or len(shapes) > 1 or shape.keys
            for shape in shapes
            if shape.customer is not None
        )
        self.has_sequence = any(shape.sequence is not None for shape in shapes)
        timed = [bool(read.times) for read in reads]
        self.has_times = all(timed)
        if any(timed) and not self.has_times:
            label = reads[timed.index(False)].part.table.place
            raise fail(
                "E222",
                "this table has no times while others have",
                label,
                "Give its column of times, or leave it out.",
            )
        self.contract = Contract(
            dialect, has_sequence=self.has_sequence, without_ids=without_ids
        )
        self.ids: IdsTaken | None = None
        self.overfull: set[str] = set()
        self.dropped: dict[str, int] = {}
        self.dropped_cases: dict[str, int] = {}

    def run(self, *, keep_duplicates: bool, drop_bots: bool) -> Loaded:
        """Everything, in order."""
        stream, activities, channels = self.stream()
        stream, newest_first = clean.oldest_first(stream)
        repeated = self._repeated(stream)
        duplicate_count = int(np.count_nonzero(repeated))
        if duplicate_count and not keep_duplicates:
            self.dropped["exact duplicates"] = duplicate_count
            self.dropped_cases["exact duplicates"] = len(
                np.unique(stream.keys[repeated])
            )
            stream = stream.take(~repeated)
        sequences = self._sequences(stream, activities, channels)
        counts = {"duplicates": duplicate_count, "ties": 0, "backward": 0}
        if self.has_times:
            counts["ties"] = clean.tie_count(stream)
            counts["backward"] = clean.backward_count(stream)
        return self._loaded(
            sequences, counts, drop_bots=drop_bots, newest_first=newest_first
        )

    def _loaded(
        self,
        sequences: Sequences,
        counts: Mapping[str, int],
        *,
        drop_bots: bool,
        newest_first: bool,
    ) -> Loaded:
        """What was read, with what was seen on the way: duplicates, ties, events that stand backward."""
        is_bot = clean.bots(
            sequences.offsets, sequences.times_us, has_times=self.has_times
        )
        bot_cases = self._case_ids(sequences, is_bot)
        if drop_bots and is_bot.any():
            self.dropped["cases of bots"] = int(sequences.lengths[is_bot].sum())
            self.dropped_cases["cases of bots"] = int(is_bot.sum())
            sequences = sequences.take(~is_bot)
        return Loaded(
            sequences=sequences,
            tables=tuple(read.reading(sequences.segments) for read in self.reads),
            row_count=sum(read.row_count for read in self.reads),
            dropped=self.dropped,
            dropped_cases=self.dropped_cases,
            duplicate_count=counts["duplicates"],
            tie_count=counts["ties"],
            tie_rule=self._tie_rule(newest_first=newest_first),
            backward_count=0 if newest_first else counts["backward"],
            newest_first=newest_first,
            bot_cases=bot_cases,
            bot_count=int(np.count_nonzero(is_bot)),
            ids=self.ids,
        )

    def stream(
        self, *, may_be_empty: bool = False
    ) -> tuple[clean.Stream, tuple[str, ...], tuple[str, ...]]:
        """The events in order as the source has them, and activity and channel of each code."""
        self._relate()
        with step("names of activities"):
            if self.contract.without_ids:
                self.ids = IdsTaken(*map(int, self.engine.rows(self.contract.ids())[0]))
            activities, channels = self._vocabulary()
        with step("events in order"):
            stream = self._stream(len(activities), may_be_empty=may_be_empty)
        return _used(stream, activities, channels)

    def _relate(self) -> None:
        """Make the relation that the questions are about."""
        selects = [
            select
            for read in self.reads
            for select in replace(
                read.shape,
                segments=tuple(
                    read.roles.segments[read.segments.index(name)]
                    if name in read.segments
                    else None
                    for name in self.segments
                ),
            ).selects()
        ]
        self.engine.relate(selects)

    def _tie_rule(self, *, newest_first: bool) -> str:
        """What decides the order of events of one moment."""
        if self.has_sequence:
            return "their sequence number"
        return (
            "order of the rows, last row first" if newest_first else "order of the rows"
        )

    def _vocabulary(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Activity and channel of each code; the mapping is handed back to the engine."""
        words = self.engine.arrays(self.contract.vocab(MAX_ACTIVITIES + 1))
        raw = words["activity"].tolist()
        raw_channels = [text or "" for text in words["channel"].tolist()]
        if len(raw) > MAX_ACTIVITIES:
            raise self._too_many(raw)
        pairs = [
            (activity.strip() or activity, channel.strip())
            for activity, channel in zip(raw, raw_channels, strict=True)
        ]
        known = sorted(set(pairs))
        codes = {pair: code for code, pair in enumerate(known)}
        self.engine.put(
            "m",
            {
                "activity": ("VARCHAR", raw),
                "channel": ("VARCHAR", raw_channels),
                "code": (
                    "USMALLINT" if len(known) <= MAX_UINT16 else "UINTEGER",
                    [codes[pair] for pair in pairs],
                ),
            },
        )
        return tuple(pair[0] for pair in known), tuple(pair[1] for pair in known)

    def _too_many(self, names: Sequence[str]) -> Exception:
        """Error for more activities than can be told apart, with what would help."""
        place = self.reads[0].part.table.label
        if not self.contract.without_ids and differ_in_ids(names):
            return fail(
                "E249",
                f"there are more than {MAX_ACTIVITIES:,} different activities",
                place,
                "Take ids and queries out of their names with --without-ids, or choose another column with --activity.",
            )
        return fail(
            "E249",
            f"there are more than {MAX_ACTIVITIES:,} different activities",
            place,
            "Choose a column with fewer values with --activity.",
        )

    def _stream(self, activity_count: int, *, may_be_empty: bool) -> clean.Stream:
        """The events in order; what cannot be used is counted."""
        stream = self._answers(activity_count)
        self._count_missing(len(stream.keys))
        stream, timeless = clean.without_time(stream)
        if timeless:
            self.dropped["no time that can be read"] = timeless
        if not len(stream.keys) and not may_be_empty:
            reasons = ", ".join(
                f"{count:,} with {reason}" for reason, count in self.dropped.items()
            )
            raise fail(
                "E227",
                f"no event can be used: {reasons or 'all were filtered out'}",
                self.reads[0].part.asked.place or self.reads[0].part.table.place,
                "Choose other columns with --case, --activity and --time.",
            )
        return stream

    def _answers(self, activity_count: int) -> clean.Stream:
        """The events as the engine gives them."""
        columns = self.engine.arrays(self.contract.core(has_channels=self.has_channels))
        return clean.Stream(
            keys=plain(columns["c"]),
            times_us=plain(columns["t"]),
            rows=plain(columns["r"])
            if self.contract.has_rows
            else np.arange(len(columns["c"]), dtype=np.int64),
            codes=np.asarray(columns["code"], dtype=code_type(activity_count)),
            sequence=plain(columns["s"]) if self.has_sequence else None,
        )

    def _count_missing(self, used: int) -> None:
        """Count rows without case or activity; only asked for where some are missing."""
        total = sum(read.row_count for read in self.reads if not read.shape.is_wide)
        if used == total and not any(read.shape.is_wide for read in self.reads):
            return
        seen, caseless, nameless = self.engine.rows(self.contract.missing())[0]
        for reason, count in (
            ("no case", caseless),
            ("no activity", nameless),
            ("where", total - seen if total > seen else 0),
        ):
            if count:
                self.dropped[reason] = int(count)

    def _repeated(self, stream: clean.Stream) -> NDArray[np.bool_]:
        """bool[n_events], True for whole rows that occurred before."""
        nothing = np.zeros(len(stream.keys), dtype=np.bool_)
        if not self.has_times or not clean.has_likely_duplicates(stream):
            return nothing
        likely = clean.likely_duplicates(stream)
        if not len(likely):
            return nothing
        rows = stream.rows[likely]
        if not isinstance(self.engine, DuckDB):
            raise TypeError
        hashes = self.engine.row_hashes([read.shape for read in self.reads], rows)
        return clean.repeated(stream, likely, hashes)

    @step("customers and segments")
    def _sequences(
        self,
        stream: clean.Stream,
        activities: tuple[str, ...],
        channels: tuple[str, ...],
    ) -> Sequences:
        """Compact columns with customers and segments."""
        offsets = clean.case_offsets(stream.keys)
        keys = stream.keys[offsets[:-1]]
        values = self.put_segments()
        attrs = self.engine.arrays(
            self.contract.attrs(len(values), has_customers=self.has_customers)
        )
        known = np.asarray(attrs["c"])
        self._check_known(keys, known)
        if (known[1:] == known[:-1]).any():
            raise CollisionError
        columns = {name: np.asarray(column) for name, column in attrs.items()}
        table = clean.aligned(keys, known, columns)
        times = stream.times_us
        if not self.has_times:
            times = np.arange(len(times), dtype=np.int64) - np.repeat(
                offsets[:-1], np.diff(offsets)
            )
        sequences = Sequences(
            activities=activities,
            channels=channels,
            offsets=offsets,
            codes=stream.codes,
            times_us=times,
            case_keys=table["k"].astype(np.int64),
            customers=table["u" if self.has_customers else "k"].astype(np.int64),
            segments=self._segments(values, table),
            has_times=self.has_times,
            end_us=int(times.max()) if self.has_times and len(times) else 0,
        )
        return sequences.take(np.argsort(sequences.case_keys, kind="stable"))

    def _check_known(self, keys: IntArray, known: IntArray) -> None:
        """Refuse answers that do not belong together; those of our own engine do."""

    def put_segments(self, fewest: int = 2) -> Mapping[str, tuple[str, ...]]:
        """Values of each likely segment; their codes are handed to the engine.

        Args:
            fewest: Values from which on a segment that was not asked for is one.
        """
        found: dict[str, tuple[str, ...]] = {}
        for index, name in enumerate(self.segments):
            limit = MAX_UINT16 if self._is_given(name) else MAX_SEGMENT_VALUES + 1
            rows = self.engine.rows(self.contract.values(index, limit))
            values = sorted(row[0] for row in rows)
            is_one = self._is_given(name) or fewest <= len(values) <= MAX_SEGMENT_VALUES
            found[name] = ("", *values) if is_one else ("",)
            if len(values) > len(found[name]):
                self.overfull.add(name)
            self.engine.put(
                f"g{index}",
                {
                    "value": ("VARCHAR", found[name][1:]),
                    "code": ("INTEGER", range(1, len(found[name]))),
                },
            )
        return found

    def _is_given(self, name: str) -> bool:
        """True if the user asked for the segment."""
        return name in self.given

    def _segments(
        self, values: Mapping[str, tuple[str, ...]], table: Mapping[str, NDArray[Any]]
    ) -> Mapping[str, Segment]:
        """Segments that hold one value per case; those that were given are kept with the lowest value."""
        segments: dict[str, Segment] = {}
        for index, (name, names) in enumerate(values.items()):
            low, high = table[f"low{index}"], table[f"high{index}"]
            mixed = np.count_nonzero(low != high) > MAX_MIXED_SHARE * len(low)
            is_given = self._is_given(name)
            few = is_given or len(segments) < MAX_SEGMENTS
            if len(names) > 1 and few and (is_given or not mixed):
                codes: CodeArray = low.astype(np.uint16)
                segments[name] = Segment(names, codes)
        return segments

    def _case_ids(
        self, sequences: Sequences, chosen: NDArray[np.bool_]
    ) -> tuple[str, ...]:
        """Ids of some cases, busiest first."""
        at = np.flatnonzero(chosen)
        at = at[np.argsort(-sequences.lengths[at], kind="stable")][:MAX_BOTS_LISTED]
        if not len(at):
            return ()
        keys: IntArray = sequences.case_keys[at]
        ids = self.engine.case_ids(self.contract, keys.tolist())
        return tuple(ids[key] for key in keys.tolist() if key in ids)


def _given(reads: Sequence[TableRead]) -> frozenset[str]:
    """Segments that the user asked for."""
    return frozenset(
        segment_name(column)
        for read in reads
        for column in read.part.asked.columns.segments or ()
    )


def _used(
    stream: clean.Stream, activities: tuple[str, ...], channels: tuple[str, ...]
) -> tuple[clean.Stream, tuple[str, ...], tuple[str, ...]]:
    """The stream without activities that only unusable rows have."""
    is_used = np.bincount(stream.codes, minlength=len(activities)) > 0
    if is_used.all():
        return stream, activities, channels
    codes = (np.cumsum(is_used) - 1).astype(stream.codes.dtype)[stream.codes]
    kept = np.flatnonzero(is_used).tolist()
    return (
        replace(stream, codes=codes),
        tuple(activities[code] for code in kept),
        tuple(channels[code] for code in kept),
    )
