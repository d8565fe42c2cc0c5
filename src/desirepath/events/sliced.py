"""Logs that are larger than memory: the engine sorts them on disk, slices of whole cases go to arrays on disk."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from desirepath.events import clean
from desirepath.events.clean import plain
from desirepath.events.engine.contract import NO_TIME_US, Dialect
from desirepath.events.engine.duckdb import DuckDB
from desirepath.events.loaded import IdsTaken, Loaded
from desirepath.events.loader import MAX_MIXED_SHARE, CollisionError, Loader
from desirepath.events.schema import MAX_SEGMENTS, fail
from desirepath.events.segments import chosen_segments
from desirepath.events.sequences import CodeArray, Segment, Sequences, code_type
from desirepath.events.table import TableRead
from desirepath.steps import step

LARGE = 50_000_000  # rows from which on
AT_ONCE = 4_000_000  # rows of a slice, about
KEY_BITS = 60


class GrowingArray:
    """An array on disk that grows at its end; closed, it is a file of NumPy like any other."""

    def __init__(self, path: Path, kind: np.dtype[Any]) -> None:
        self.path = path
        self.kind = kind
        self.length = 0
        with path.open("wb") as file:
            self._head(file)

    def _head(self, file: BinaryIO) -> None:
        """Write the header; NumPy leaves room in it for any length."""
        head = {
            "descr": np.lib.format.dtype_to_descr(self.kind),
            "fortran_order": False,
            "shape": (self.length,),
        }
        np.lib.format.write_array_header_1_0(file, head)

    def add(self, values: NDArray[Any]) -> None:
        """Values after those there are."""
        with self.path.open("ab") as file:
            file.write(np.ascontiguousarray(values, dtype=self.kind).data)
        self.length += len(values)

    def close(self) -> NDArray[Any]:
        """The array, mapped from the disk."""
        with self.path.open("r+b") as file:
            self._head(file)
        if not self.length:
            return np.zeros(0, dtype=self.kind)
        found: NDArray[Any] = np.load(self.path, mmap_mode="r", allow_pickle=False)
        return found


@dataclass(slots=True)
class _Out:
    """Arrays that grow slice by slice, and what is counted on the way."""

    arrays: Mapping[str, GrowingArray]
    counts: Counter[str]
    end_us: int = NO_TIME_US

    def add(self, **columns: NDArray[Any]) -> None:
        """One slice."""
        for name, values in columns.items():
            self.arrays[name].add(values)


class SlicedLoader(Loader):
    """Asks the engine as every loader does, and takes its answers in slices of whole cases.

    Args:
        engine: Holds the tables.
        reads: How they are understood; all with times.
        dialect: Spelling of the engine.
        folder: Where the arrays go; they are gone with it.
        without_ids: Call activities by their plain names.
    """

    def __init__(
        self,
        engine: DuckDB,
        reads: Sequence[TableRead],
        dialect: Dialect,
        folder: Path,
        *,
        without_ids: bool,
    ) -> None:
        # cases come in the order of their keys, so that slices of it follow one another
        super().__init__(
            engine, reads, replace(dialect, fast_key=""), without_ids=without_ids
        )
        self.folder = folder

    def run(self, *, keep_duplicates: bool, drop_bots: bool) -> Loaded:
        """Everything, in order."""
        activities, channels, table = self._prepare()
        values = self.put_segments()
        with step("customers and segments"):
            self._keep(
                "attrs",
                self.contract.attrs(len(values), has_customers=self.has_customers),
            )
        out = self._sliced(table, values, keep_duplicates=keep_duplicates)
        counts = out.counts
        newest_first = self._is_newest_first(counts)
        if newest_first:
            out = self._sliced(
                table, values, keep_duplicates=keep_duplicates, is_turned=True
            )
            counts = out.counts
        if counts["duplicates"] and not keep_duplicates:
            self.dropped["exact duplicates"] = counts["duplicates"]
            self.dropped_cases["exact duplicates"] = counts["duplicate cases"]
        sequences = self._closed(out, activities, channels, values)
        return self._loaded(
            sequences, counts, drop_bots=drop_bots, newest_first=newest_first
        )

    def _prepare(self) -> tuple[tuple[str, ...], tuple[str, ...], CodeArray]:
        """Names of the activities that are used, and their code by the engine's; events sorted on disk."""
        self._relate()
        with step("names of activities"):
            if self.contract.without_ids:
                self.ids = IdsTaken(*map(int, self.engine.rows(self.contract.ids())[0]))
            activities, channels = self._vocabulary()
        with step("events in order, on disk"):
            self._keep("core", self.contract.core(has_channels=self.has_channels))
        self._count_missing(int(self.engine.rows("SELECT COUNT(*) FROM core")[0][0]))
        found = self.engine.rows(
            f"SELECT code FROM core WHERE t <> {NO_TIME_US} GROUP BY code ORDER BY code"  # noqa: S608 - a number of ours
        )
        used = [row[0] for row in found]
        if not used:
            raise fail(
                "E227",
                "no event can be used",
                self.reads[0].part.table.place,
                "Choose other columns with --case, --activity and --time.",
            )
        table = np.zeros(len(activities), dtype=code_type(len(activities)))
        table[used] = np.arange(len(used))
        return (
            tuple(activities[code] for code in used),
            tuple(channels[code] for code in used),
            table,
        )

    def _keep(self, name: str, sql: str) -> None:
        """Hold an answer in the engine, which puts it on disk where memory is short."""
        if isinstance(self.engine, DuckDB):
            self.engine.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {sql}")

    def _is_newest_first(self, counts: Counter[str]) -> bool:
        return clean.lists_newest_first(
            counts["later"], counts["down"], has_sequence=self.has_sequence
        )

    @step("slices of cases")
    def _sliced(
        self,
        table: CodeArray,
        values: Mapping[str, tuple[str, ...]],
        *,
        keep_duplicates: bool,
        is_turned: bool = False,
    ) -> _Out:
        """Arrays of all slices."""
        kinds = {
            "lengths": np.dtype(np.int64),
            "codes": table.dtype,
            "times_us": np.dtype(np.int64),
            "case_keys": np.dtype(np.int64),
            "customers": np.dtype(np.int64),
        } | {f"segment{i}": np.dtype(np.uint16) for i in range(len(values))}
        out = _Out(
            {
                name: GrowingArray(self.folder / f"{name}.npy", kind)
                for name, kind in kinds.items()
            },
            Counter(),
        )
        rows = int(self.engine.rows("SELECT COUNT(*) FROM core")[0][0])
        count = max(1, -(-rows // AT_ONCE))
        bounds = [(1 << KEY_BITS) * i // count for i in range(count + 1)]
        for low, high in pairwise(bounds):
            stream = self._between(low, high, table)
            self._add(
                out,
                stream,
                (low, high),
                list(values),
                keep_duplicates=keep_duplicates,
                is_turned=is_turned,
            )
        if out.counts["timeless"]:
            self.dropped["no time that can be read"] = out.counts["timeless"]
        return out

    def _between(self, low: int, high: int, table: CodeArray) -> clean.Stream:
        """Events of the cases with keys from `low` up to, not with, `high`."""
        order = "c, t, s, r" if self.has_sequence else "c, t, r"
        columns = self.engine.arrays(
            f"SELECT * FROM core WHERE c >= {low} AND c < {high} ORDER BY {order}"  # noqa: S608 - numbers of ours
        )
        return clean.Stream(
            keys=plain(columns["c"]),
            times_us=plain(columns["t"]),
            rows=plain(columns["r"]),
            codes=table[np.asarray(columns["code"])],
            sequence=plain(columns["s"]) if self.has_sequence else None,
        )

    def _add(
        self,
        out: _Out,
        stream: clean.Stream,
        bounds: tuple[int, int],
        names: Sequence[str],
        *,
        keep_duplicates: bool,
        is_turned: bool,
    ) -> None:
        """Clean a slice as the whole would be, and write it."""
        counts = out.counts
        stream, timeless = clean.without_time(stream)
        later, down = clean.later_counts(stream)
        if is_turned:
            stream = stream.take(
                np.lexsort((-stream.rows, stream.times_us, stream.keys))
            )
        gone = self._repeated(stream)
        counts.update(
            {
                "timeless": timeless,
                "later": later,
                "down": down,
                "duplicates": int(np.count_nonzero(gone)),
                "duplicate cases": len(np.unique(stream.keys[gone])),
            }
        )
        if gone.any() and not keep_duplicates:
            stream = stream.take(~gone)
        if not len(stream.keys):
            return
        counts.update(
            {"ties": clean.tie_count(stream), "backward": clean.backward_count(stream)}
        )
        offsets = clean.case_offsets(stream.keys)
        found = self.engine.arrays(
            f"SELECT * FROM attrs WHERE c >= {bounds[0]} AND c < {bounds[1]} ORDER BY c"  # noqa: S608 - numbers of ours
        )
        known = np.asarray(found["c"])
        if (known[1:] == known[:-1]).any():
            raise CollisionError
        columns = {name: np.asarray(column) for name, column in found.items()}
        attrs = clean.aligned(stream.keys[offsets[:-1]], known, columns)
        for i, name in enumerate(names):
            low, high = attrs[f"low{i}"], attrs[f"high{i}"]
            counts[f"mixed {name}"] += int(np.count_nonzero(low != high))
        out.end_us = max(out.end_us, int(stream.times_us.max()))
        out.add(
            lengths=np.diff(offsets),
            codes=stream.codes,
            times_us=stream.times_us,
            case_keys=attrs["k"],
            customers=attrs["u" if self.has_customers else "k"],
            **{f"segment{i}": attrs[f"low{i}"] for i in range(len(names))},
        )

    def _closed(
        self,
        out: _Out,
        activities: tuple[str, ...],
        channels: tuple[str, ...],
        values: Mapping[str, tuple[str, ...]],
    ) -> Sequences:
        """Sequences whose columns are mapped from the disk."""
        arrays = {name: array.close() for name, array in out.arrays.items()}
        lengths = arrays["lengths"]
        chosen = chosen_segments(
            {name: len(names) - 1 for name, names in values.items()},
            {name: out.counts[f"mixed {name}"] for name in values},
            len(lengths),
            self.given,
            (MAX_MIXED_SHARE, MAX_SEGMENTS),
        )
        numbers = {name: i for i, name in enumerate(values)}
        kind = code_type(len(activities))
        return Sequences(
            activities=activities,
            channels=channels,
            offsets=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64),
            codes=arrays["codes"].astype(kind, copy=False),
            times_us=arrays["times_us"],
            case_keys=arrays["case_keys"],
            customers=arrays["customers"],
            segments={
                name: Segment(values[name], arrays[f"segment{numbers[name]}"])
                for name in chosen
            },
            end_us=out.end_us,
        )
