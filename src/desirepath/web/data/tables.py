"""The table of sources. It holds names and counts, never a value of a row."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, MetaData, String, Table, Text

METADATA = MetaData()

SOURCES = Table(
    "source",
    METADATA,
    # Name of its folder too.
    Column("id", String(32), primary_key=True),
    # The map it speaks of, "" for all maps of the project.
    Column("map", String(200), nullable=False),
    Column("name", String(200), nullable=False),
    # events or feedback
    Column("kind", String(10), nullable=False),
    # proposed until somebody has looked at it and said yes, then confirmed
    Column("state", String(10), nullable=False),
    # Name of the file in its folder, and what must be found in it.
    Column("file", String(200), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("bytes", BigInteger, nullable=False),
    Column("row_count", BigInteger, nullable=False),
    # JSON: which column plays which role, how private columns are treated, what was counted.
    Column("recipe", Text, nullable=False),
    Column("privacy", Text, nullable=False),
    Column("counts", Text, nullable=False),
    Column("author", String(200), nullable=False),
    Column("at_us", BigInteger, nullable=False),
    Index("source_of_map", "map", "state"),
)
