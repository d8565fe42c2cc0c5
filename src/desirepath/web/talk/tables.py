"""Tables of comments, tasks, proposals and the audit trail."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
)

METADATA = MetaData()

# What comments are about: something on a map, or a finding about it.
THREADS = Table(
    "thread",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("map", String(200), nullable=False),
    Column("ref", String(300), nullable=False),
    Column("at_us", BigInteger, nullable=False),
    # Who said that it is done, "" while it is open.
    Column("resolved_by", String(200), nullable=False),
    Column("resolved_us", BigInteger, nullable=False),
    # A finding as it was when it was first spoken of, "" for what stands on the map.
    Column("finding", Text, nullable=False, server_default=""),
)
Index("thread_by_map", THREADS.c.map, THREADS.c.ref)

COMMENTS = Table(
    "comment",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("thread", String(32), nullable=False),
    Column("map", String(200), nullable=False),
    # Its number in the thread, from 1.
    Column("n", Integer, nullable=False),
    Column("author", String(200), nullable=False),
    # Account of the author; "" for guests, who have the session they came with.
    Column("person", String(32), nullable=False),
    Column("session", String(32), nullable=False),
    Column("at_us", BigInteger, nullable=False),
    Column("edited_us", BigInteger, nullable=False),
    # Its text is gone from then on.
    Column("deleted_us", BigInteger, nullable=False),
    Column("text", Text, nullable=False),
)
Index("comment_in_thread", COMMENTS.c.thread, COMMENTS.c.n, unique=True)
Index("comment_by_map", COMMENTS.c.map, COMMENTS.c.at_us)

MENTIONS = Table(
    "mention",
    METADATA,
    Column("comment", String(32), primary_key=True),
    Column("person", String(32), primary_key=True),
)
Index("mention_by_person", MENTIONS.c.person)

# Up to which comment of a thread somebody has read.
SEEN = Table(
    "seen",
    METADATA,
    Column("person", String(32), primary_key=True),
    Column("thread", String(32), primary_key=True),
    Column("n", Integer, nullable=False),
)

# A thread that somebody is to see to; it is done when the thread is.
TASKS = Table(
    "task",
    METADATA,
    Column("thread", String(32), primary_key=True),
    Column("map", String(200), nullable=False),
    # Account of who is to do it, "" for nobody yet.
    Column("person", String(32), nullable=False),
    # ISO date by when, "" for any day.
    Column("due", String(10), nullable=False),
    # Who said so last, and when.
    Column("author", String(200), nullable=False),
    Column("at_us", BigInteger, nullable=False),
    # For which day a letter told that it is due, "" for none.
    Column("told", String(10), nullable=False, server_default=""),
)
Index("task_by_map", TASKS.c.map)
Index("task_by_person", TASKS.c.person)

PROPOSALS = Table(
    "proposal",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("map", String(200), nullable=False),
    # The edit its author saw last, and what the cards it is about were then.
    Column("seq", BigInteger, nullable=False),
    Column("base", Text, nullable=False),
    Column("title", String(200), nullable=False),
    Column("reason", Text, nullable=False),
    Column("author", String(200), nullable=False),
    Column("person", String(32), nullable=False),
    Column("session", String(32), nullable=False),
    Column("by_model", Boolean, nullable=False),
    Column("at_us", BigInteger, nullable=False),
    Column("withdrawn_us", BigInteger, nullable=False),
)
Index("proposal_by_map", PROPOSALS.c.map, PROPOSALS.c.at_us)

ITEMS = Table(
    "proposal_item",
    METADATA,
    Column("proposal", String(32), primary_key=True),
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("edit", Text, nullable=False),
    # What it changes, as it was when it was proposed.
    Column("told", Text, nullable=False),
    # open, taken while its edit is being written, accepted or rejected
    Column("state", String(10), nullable=False),
    Column("decided_by", String(200), nullable=False),
    Column("decided_us", BigInteger, nullable=False),
    Column("comment", Text, nullable=False),
    # Number of the edit it became, 0 for none.
    Column("seq", BigInteger, nullable=False),
)

# Only ever added to. Ids rise with time.
AUDIT = Table(
    "audit",
    METADATA,
    Column("id", String(40), primary_key=True),
    Column("at_us", BigInteger, nullable=False),
    Column("who", String(200), nullable=False),
    Column("person", String(32), nullable=False),
    # session, token, guest, or server for what nobody asked for
    Column("kind", String(10), nullable=False),
    Column("action", String(60), nullable=False),
    Column("map", String(200), nullable=False),
    Column("ref", String(300), nullable=False),
    Column("detail", Text, nullable=False),
)
Index("audit_by_map", AUDIT.c.map, AUDIT.c.id)
