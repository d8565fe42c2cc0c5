"""Tables of workshops. One definition for SQLite and PostgreSQL."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, MetaData, String, Table, Text

METADATA = MetaData()

# One workshop a map: what is planned, what runs, who leads where.
WORKSHOPS = Table(
    "workshop",
    METADATA,
    Column("map", String(200), primary_key=True),
    # how often it was changed, so that nobody writes over what another server wrote
    Column("n", BigInteger, nullable=False),
    Column("said", Text, nullable=False),
)

VOTES = Table(
    "vote",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("map", String(200), nullable=False),
    Column("state", String(20), nullable=False),
    Column("author", String(200), nullable=False),
    Column("made_us", BigInteger, nullable=False),
    Column("revealed_us", BigInteger, nullable=False),
    Column("said", Text, nullable=False),
    # Ballots of guests, and how often these had come in, once it is revealed.
    Column("guests", BigInteger, nullable=False, server_default="0"),
    Column("entries", BigInteger, nullable=False, server_default="0"),
)
Index("vote_by_map", VOTES.c.map, VOTES.c.made_us)

# Who has voted while a vote is secret: hashes of accounts, and of sessions of guests.
VOTERS = Table(
    "voter",
    METADATA,
    Column("vote", String(32), primary_key=True),
    Column("voter", String(64), primary_key=True),
    Column("is_guest", Boolean, nullable=False),
)

# Ballots, each known by a hash of a secret that only the browser of its voter has, and by nothing
# once the vote is revealed. In both tables rows stand in order of their hashes.
BALLOTS = Table(
    "ballot",
    METADATA,
    Column("vote", String(32), primary_key=True),
    Column("voter", String(64), primary_key=True),
    Column("department", String(100), nullable=False),
    Column("said", Text, nullable=False),
)

# What was told by phone; rows of the state accepted are evidence, others wait.
STORIES = Table(
    "story",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("map", String(200), nullable=False),
    Column("link", String(32), nullable=False),
    Column("state", String(20), nullable=False),
    Column("at_us", BigInteger, nullable=False),
    Column("said", Text, nullable=False),
)
Index("story_by_map", STORIES.c.map, STORIES.c.at_us)

# How much was told by each link on each day, rejected or not.
STORY_DAYS = Table(
    "story_day",
    METADATA,
    Column("link", String(32), primary_key=True),
    Column("day", BigInteger, primary_key=True, autoincrement=False),
    Column("count", BigInteger, nullable=False),
)

# Sticky notes that wait to be put on the map.
NOTES = Table(
    "note",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("map", String(200), nullable=False),
    Column("pos", BigInteger, nullable=False),
    Column("said", Text, nullable=False),
)
Index("note_by_map", NOTES.c.map, NOTES.c.pos)
