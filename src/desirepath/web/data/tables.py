"""Tables of sources and of what is done with them. They hold names and counts, never a value of a row."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, MetaData, String, Table, Text

METADATA = MetaData()

SOURCES = Table(
    "source",
    METADATA,
    # Name of its folder too.
    Column("id", String(32), primary_key=True),
    # The map it speaks of, "" for all maps of the project.
    Column("map", String(200), nullable=False),
    Column("name", String(200), nullable=False),
    # events or feedback, "" until the file was read
    Column("kind", String(10), nullable=False),
    # arrived until the file was read, proposed until somebody said yes, then confirmed
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

# What is to be done with a file and takes a while: one thing at a time, gone when it is done.
WORKS = Table(
    "source_work",
    METADATA,
    Column("source", String(32), primary_key=True),
    # read, correct, about, keep
    Column("act", String(10), nullable=False),
    # What was said besides, as JSON.
    Column("given", Text, nullable=False),
    # waiting, running, failed
    Column("state", String(10), nullable=False),
    # Who asked, the id of their account and how they had come in, for the audit trail.
    Column("who", String(200), nullable=False),
    Column("person", String(32), nullable=False),
    Column("came", String(10), nullable=False),
    Column("at_us", BigInteger, nullable=False),
    # The server that does it, when that last said so, and how often one began.
    Column("server", String(32), nullable=False),
    Column("alive_us", BigInteger, nullable=False),
    Column("tries", Integer, nullable=False),
)
