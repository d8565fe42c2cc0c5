"""Tables of the edit log. One definition for SQLite and PostgreSQL."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

METADATA = MetaData()

MAPS = Table(
    "map",
    METADATA,
    Column("id", String(200), primary_key=True),
    # Another one whenever the past of a map is replaced, so that pages left open notice.
    Column("epoch", String(32), nullable=False),
    Column("created_us", BigInteger, nullable=False),
)

EDITS = Table(
    "edit",
    METADATA,
    Column("map", String(200), primary_key=True),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("author", String(200), nullable=False),
    # Who sent it and as which of theirs: an edit sent again after a lost answer is the same edit.
    Column("client", String(100), nullable=False),
    Column("n", BigInteger, nullable=False),
    Column("at_us", BigInteger, nullable=False),
    Column("data", Text, nullable=False),
    Column("inverse", Text, nullable=False),
    Column("replaced", Text, nullable=False),
    Column("sum", String(64), nullable=False),
    UniqueConstraint("map", "client", "n", name="edit_once"),
)

SNAPSHOTS = Table(
    "snapshot",
    METADATA,
    Column("map", String(200), primary_key=True),
    Column("upto", BigInteger, primary_key=True, autoincrement=False),
    # "" for what the log was folded into; else a version that people named.
    Column("name", String(200), primary_key=True),
    Column("author", String(200), nullable=False),
    Column("at_us", BigInteger, nullable=False),
    Column("document", Text, nullable=False),
    Column("sum", String(64), nullable=False),
)
Index("snapshot_by_map", SNAPSHOTS.c.map, SNAPSHOTS.c.upto)

# Last numbers of clients whose edits are no longer kept one by one: none of those is done again.
COUNTED = Table(
    "counted",
    METADATA,
    Column("map", String(200), primary_key=True),
    Column("client", String(100), primary_key=True),
    Column("n", BigInteger, nullable=False),
)
