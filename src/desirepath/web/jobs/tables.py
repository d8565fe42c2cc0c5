"""Tables of jobs, of what they found, and of what is done again by itself."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

METADATA = MetaData()

JOBS = Table(
    "job",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("map", String(200), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("state", String(10), nullable=False),
    Column("asked_by", String(200), nullable=False),
    # Id of the account that asked, "" for the server itself.
    Column("person", String(32), nullable=False),
    Column("asked_us", BigInteger, nullable=False),
    Column("began_us", BigInteger, nullable=False),
    Column("ended_us", BigInteger, nullable=False),
    # From 0 to 1, and what is done at the moment, in words.
    Column("share", Float, nullable=False),
    Column("doing", String(300), nullable=False),
    Column("given", Text, nullable=False),
    # Problems as JSON, "" for none.
    Column("problem", Text, nullable=False),
    # The server that runs it, when that last said so, and how often one began.
    Column("server", String(32), nullable=False),
    Column("alive_us", BigInteger, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("is_unwanted", Boolean, nullable=False),
    # The snapshot it made, "" for none.
    Column("snapshot", String(32), nullable=False),
)
Index("job_by_map", JOBS.c.map, JOBS.c.asked_us)
Index("job_by_state", JOBS.c.state, JOBS.c.asked_us)

EVIDENCE = Table(
    "evidence_snapshot",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("map", String(200), nullable=False),
    Column("kind", String(20), nullable=False),
    # The state of the map that was judged.
    Column("seq", BigInteger, nullable=False),
    Column("epoch", String(32), nullable=False),
    Column("made_us", BigInteger, nullable=False),
    Column("by", String(200), nullable=False),
    Column("sources", Text, nullable=False),
    Column("extent", Text, nullable=False),
)
Index("evidence_by_map", EVIDENCE.c.map, EVIDENCE.c.kind, EVIDENCE.c.made_us)

# Parts are written before the row of their snapshot, which makes them count.
PARTS = Table(
    "evidence_part",
    METADATA,
    Column("snapshot", String(32), primary_key=True),
    Column("name", String(200), primary_key=True),
    Column("data", LargeBinary, nullable=False),
    Column("sum", String(64), nullable=False),
    Column("at_us", BigInteger, nullable=False),
)

SCHEDULES = Table(
    "schedule",
    METADATA,
    Column("map", String(200), primary_key=True),
    Column("kind", String(20), primary_key=True),
    Column("every", String(10), nullable=False),
    Column("hour", Integer, nullable=False),
    Column("zone", String(60), nullable=False),
    Column("by", String(200), nullable=False),
    Column("due_us", BigInteger, nullable=False),
)

# Of which review of a map was told by e-mail or webhook.
REMINDED = Table(
    "reminded",
    METADATA,
    Column("map", String(200), primary_key=True),
    Column("due", String(10), nullable=False),
    Column("at_us", BigInteger, nullable=False),
)
