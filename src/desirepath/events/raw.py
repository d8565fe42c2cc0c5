"""Raw events: what files say before anything is left out, kept so that later files can be merged with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desirepath.events import clean
from desirepath.events.clean import plain
from desirepath.events.engine.contract import DUCKDB, Dialect
from desirepath.events.engine.duckdb import DuckDB
from desirepath.events.engine.relation import PART_BITS
from desirepath.events.load import stitch_keys
from desirepath.events.loader import CollisionError, Loader
from desirepath.events.schema import IdentityRule, Part
from desirepath.events.sequences import BoolArray, CodeArray, IntArray, code_type
from desirepath.events.table import TableRead, read_table, segment_name

NO_INTS = np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class Spread:
    """Lowest and highest value of a property in the rows of each case; 0 where there is none.

    Attributes:
        values: Names in order; code 0 is "". Only ("",) where there were too many.
        low: uint16[n_cases], index into `values`.
        high: Idem.
    """

    values: tuple[str, ...]
    low: CodeArray
    high: CodeArray


@dataclass(frozen=True, slots=True)
class Raw:
    """All usable rows, by case key, time, source order, piece and row; cases without any are kept for what they say.

    Attributes:
        activities: Name of the activity of each code, sorted together with `channels`.
        channels: Channel of each code.
        case_keys: int64[n_cases], rising.
        offsets: int64[n_cases + 1].
        customers: int64[n_cases], 0 where not known.
        has_customer: bool[n_cases].
        spreads: Properties of cases.
        times_us: int64[n_events].
        codes: uint16 or uint32[n_events].
        pieces: uint32[n_events], number of the piece of a file they come from.
        rows: int64[n_events], row in the piece.
        sequence: int64[n_events], order given by the source; empty where there is none.
        hashes: uint64[n_events], of the whole row.
    """

    activities: tuple[str, ...]
    channels: tuple[str, ...]
    case_keys: IntArray
    offsets: IntArray
    customers: IntArray
    has_customer: BoolArray
    spreads: Mapping[str, Spread]
    times_us: IntArray
    codes: CodeArray
    pieces: CodeArray
    rows: IntArray
    sequence: IntArray
    hashes: NDArray[np.uint64]

    @property
    def event_count(self) -> int:
        """Number of rows."""
        return len(self.codes)

    @property
    def case_count(self) -> int:
        """Number of cases."""
        return len(self.case_keys)


def no_raw() -> Raw:
    """Nothing read yet.

    Examples:
        >>> no_raw().event_count
        0
    """
    return Raw(
        (),
        (),
        NO_INTS,
        np.zeros(1, dtype=np.int64),
        NO_INTS,
        np.zeros(0, dtype=np.bool_),
        {},
        NO_INTS,
        np.zeros(0, dtype=np.uint16),
        np.zeros(0, dtype=np.uint32),
        NO_INTS,
        NO_INTS,
        np.zeros(0, dtype=np.uint64),
    )


@dataclass(frozen=True, slots=True)
class Batch:
    """Some pieces, read together.

    Attributes:
        raw: Their rows; pieces are numbered as the parts.
        reads: How each part was understood.
        dropped: Rows that cannot be used, by reason.
        has_times: False where the order of the rows is all there is.
        overfull: Properties with too many values.
        plain_count: Events that are called by another name, without ids.
    """

    raw: Raw
    reads: tuple[TableRead, ...]
    dropped: Mapping[str, int]
    has_times: bool
    overfull: frozenset[str] = field(default_factory=frozenset)
    plain_count: int = 0


def read_raw(
    parts: Sequence[Part],
    scratch: Path,
    *,
    by_customer: bool,
    given: frozenset[str],
    identity: IdentityRule | None = None,
    without_ids: bool = False,
) -> Batch:
    """Rows of some parts, each of one file.

    Args:
        parts: The files as tables, with what was asked of them.
        scratch: Folder of our own.
        by_customer: Take the customer for the case where both are known and no case was given.
        given: Segments that the user asked for.
        identity: By which keys customers are known across tables, if by keys.
        without_ids: Call activities by their plain names.

    Raises:
        EventsError: E203 to E229 and E246 as `read_events` would.
    """
    with DuckDB([part.table for part in parts], scratch) as engine:
        reads = tuple(
            read_table(
                engine,
                number,
                _with_known_segments(part, engine.columns[number], given),
                by_customer=by_customer,
                identity=identity,
            )
            for number, part in enumerate(parts)
        )
        if identity:
            stitch_keys(engine, reads, identity)
        try:
            return _batch(engine, reads, DUCKDB, given, without_ids=without_ids)
        except CollisionError:
            safe = replace(DUCKDB, fast_key="")
            return _batch(engine, reads, safe, given, without_ids=without_ids)


def _with_known_segments(
    part: Part, names: Sequence[str], given: frozenset[str]
) -> Part:
    """The part without segments that an earlier file had and nobody asked for."""
    columns = part.asked.columns
    if columns.segments is None:
        return part
    kept = tuple(
        name
        for name in columns.segments
        if name in names or segment_name(name) in given
    )
    return replace(
        part, asked=replace(part.asked, columns=replace(columns, segments=kept))
    )


def _batch(
    engine: DuckDB,
    reads: tuple[TableRead, ...],
    dialect: Dialect,
    given: frozenset[str],
    *,
    without_ids: bool,
) -> Batch:
    """Ask the engine and put its answers in the order of the keys of cases."""
    loader = Loader(engine, reads, dialect, given, without_ids=without_ids)
    stream, activities, channels = loader.stream(may_be_empty=True)
    hashes = _row_hashes(engine, reads, stream.rows)
    values = loader.put_segments(fewest=0)
    has_customers = any(read.shape.customer is not None for read in reads)
    attrs = engine.arrays(
        loader.contract.attrs(len(values), has_customers=has_customers)
    )
    sort_keys = plain(attrs["c"])
    if (sort_keys[1:] == sort_keys[:-1]).any():
        raise CollisionError
    known = _with_customer(engine, loader) if has_customers else NO_INTS
    first = clean.case_offsets(stream.keys)
    at = np.searchsorted(sort_keys, stream.keys[first[:-1]])
    lengths = np.zeros(len(sort_keys), dtype=np.int64)
    lengths[at] = np.diff(first)
    begins = np.zeros(len(sort_keys), dtype=np.int64)
    begins[at] = first[:-1]
    case_keys = plain(attrs["k"])
    order = np.argsort(case_keys, kind="stable")
    offsets = np.concatenate([[0], np.cumsum(lengths[order])]).astype(np.int64)
    events = np.repeat(begins[order] - offsets[:-1], lengths[order]) + np.arange(
        offsets[-1], dtype=np.int64
    )
    has_customer = np.isin(sort_keys, known)[order]
    customers = plain(attrs["u"])[order] if has_customers else case_keys[order]
    rows = stream.rows[events]
    raw = Raw(
        activities=activities,
        channels=channels,
        case_keys=case_keys[order],
        offsets=offsets,
        customers=np.where(has_customer, customers, 0),
        has_customer=has_customer,
        spreads={
            name: Spread(
                names,
                attrs[f"low{i}"][order].astype(np.uint16),
                attrs[f"high{i}"][order].astype(np.uint16),
            )
            for i, (name, names) in enumerate(values.items())
        },
        times_us=stream.times_us[events],
        codes=stream.codes[events],
        pieces=(rows >> PART_BITS).astype(np.uint32),
        rows=rows & ((1 << PART_BITS) - 1),
        sequence=NO_INTS if stream.sequence is None else stream.sequence[events],
        hashes=hashes[events],
    )
    return Batch(
        replace(raw, codes=raw.codes.astype(code_type(len(activities)))),
        reads,
        loader.dropped,
        loader.has_times,
        frozenset(loader.overfull),
        loader.ids.event_count if loader.ids else 0,
    )


def _row_hashes(
    engine: DuckDB, reads: Sequence[TableRead], rows: IntArray
) -> NDArray[np.uint64]:
    """uint64[n_events], hash over all columns of the row of each event.

    Most rows are wanted here, so that all are hashed in their order and none is searched for.
    """
    wanted = rows >> PART_BITS
    hashes = np.zeros(len(rows), dtype=np.uint64)
    for read in reads:
        number, width = read.shape.number, len(read.shape.times)
        columns = ", ".join(f"x.c{i}" for i in range(len(read.columns)))
        found = engine.arrays(
            f"SELECT x.r * {width} + p.p AS r, hash({columns}, p.p) AS h FROM raw{number} x, (SELECT UNNEST(range({width})) AS p) p"  # noqa: S608 - numbers of ours
        )
        numbers, values = plain(found["r"]), np.asarray(found["h"], dtype=np.uint64)
        mine = wanted == number
        own = rows[mine] & ((1 << PART_BITS) - 1)
        if np.array_equal(numbers, np.arange(len(numbers))):
            hashes[mine] = values[own]
        else:
            order = np.argsort(numbers)
            hashes[mine] = values[order[np.searchsorted(numbers[order], own)]]
    return hashes


def _with_customer(engine: DuckDB, loader: Loader) -> IntArray:
    """Sort keys of the cases whose customer is known."""
    key = loader.contract.sort_key.format("case_id")
    found = engine.arrays(
        f"SELECT {key} AS c FROM (SELECT DISTINCT case_id FROM events WHERE case_id <> '' AND customer <> '')"  # noqa: S608 - a text of ours
    )
    return plain(found["c"])
