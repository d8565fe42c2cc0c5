"""From tables to sequences: roles, times, customers of keys, and the loader on top. Knows nothing of files."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from desirepath.errors import did_you_mean
from desirepath.events import sliced
from desirepath.events.aliases import read_aliases
from desirepath.events.clean import plain
from desirepath.events.engine.contract import DUCKDB
from desirepath.events.engine.duckdb import DuckDB
from desirepath.events.identity import Stitching, own_name
from desirepath.events.loaded import Loaded
from desirepath.events.loader import CollisionError, Loader
from desirepath.events.schema import IdentityRule, Part, fail
from desirepath.events.stitch import stitch
from desirepath.events.table import TableRead, read_table
from desirepath.events.tell import tell
from desirepath.events.told import ColumnRule


def load(
    parts: Sequence[Part],
    scratch: Path,
    *,
    keep_duplicates: bool = False,
    drop_bots: bool = False,
    by_customer: bool = False,
    identity: IdentityRule | None = None,
    tell_by: Sequence[ColumnRule] = (),
    without_ids: bool = False,
) -> Loaded:
    """Sequences of all tables together.

    Args:
        parts: Tables and what was said about them.
        scratch: Folder of our own, for what does not fit into memory.
        keep_duplicates: Keep rows that are equal in every column.
        drop_bots: Leave out cases with inhuman activity.
        by_customer: Take the customer for the case where both are known and no case was given.
        identity: By which keys customers are known across tables, if by keys.
        tell_by: Columns with values to be counted for each activity.
        without_ids: Call activities by their plain names.

    Raises:
        EventsError: E203 to E229 if the tables cannot be understood.
    """
    with DuckDB([part.table for part in parts], scratch) as engine:
        reads = [
            read_table(engine, number, part, by_customer=by_customer, identity=identity)
            for number, part in enumerate(parts)
        ]
        stitching = stitch_keys(engine, reads, identity) if identity else None
        try:
            loaded = _loader(engine, reads, scratch, without_ids=without_ids).run(
                keep_duplicates=keep_duplicates, drop_bots=drop_bots
            )
        except CollisionError:
            safe = replace(DUCKDB, fast_key="")
            loaded = Loader(engine, reads, safe, without_ids=without_ids).run(
                keep_duplicates=keep_duplicates, drop_bots=drop_bots
            )
        told = tuple(tell(engine, reads, rule) for rule in tell_by)
    return replace(loaded, stitching=stitching, told=told)


def _loader(
    engine: DuckDB, reads: Sequence[TableRead], scratch: Path, *, without_ids: bool
) -> Loader:
    """What asks the engine; of large logs in slices, to arrays on disk."""
    is_large = sum(read.row_count for read in reads) >= sliced.LARGE
    # Windows keeps files that are mapped, so that they could not be taken away afterwards
    if is_large and all(read.times for read in reads) and os.name != "nt":
        folder = scratch / "sequences"
        folder.mkdir()
        return sliced.SlicedLoader(
            engine, reads, DUCKDB, folder, without_ids=without_ids
        )
    return Loader(engine, reads, DUCKDB, without_ids=without_ids)


def stitch_keys(
    engine: DuckDB, reads: Sequence[TableRead], identity: IdentityRule
) -> Stitching:
    """Hand the engine the customers of the keys; how they were joined."""
    found = [
        any(read.shape.keys[i] is not None for read in reads)
        for i in range(len(identity.keys))
    ]
    if not all(found):
        missing = identity.keys[found.index(False)]
        columns = [name for read in reads for name in read.columns]
        raise fail(
            "E246",
            f'no table has a column for the key "{missing}"',
            identity.place,
            did_you_mean(missing, columns),
        )
    aliases = read_aliases(identity.aliases, identity.keys) if identity.aliases else []
    rows = engine.key_rows([read.shape for read in reads])
    who = stitch(
        identity.keys,
        [rows[f"k{i}"] for i in range(len(identity.keys))],
        plain(rows["n"]),
        aliases,
        identity.limit,
    )
    tags = [own_name(key, "", is_first=False) for key in identity.keys]
    engine.put_customers(tags, who.customers)
    return who.stitching
