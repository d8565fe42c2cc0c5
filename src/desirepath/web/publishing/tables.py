"""Tables of public pages of maps and of words released for them. Secrets are kept as hashes only."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, MetaData, String, Table, Text

METADATA = MetaData()

PAGES = Table(
    "public_page",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("hash", String(64), nullable=False, unique=True),
    Column("map", String(200), nullable=False),
    # Layers shown, and origins whose pages may hold it in a frame; JSON lists.
    Column("layers", Text, nullable=False),
    Column("origins", Text, nullable=False),
    # Name and last edit of the version shown, "" and 0 for the map as it stands.
    Column("version", String(200), nullable=False),
    Column("upto", BigInteger, nullable=False),
    # Id of the snapshot of evidence shown with a version, "" for the newest.
    Column("snapshot", String(64), nullable=False),
    Column("password", String(200), nullable=False),
    # 0 for a page that does not end by itself.
    Column("until_us", BigInteger, nullable=False),
    Column("author", String(200), nullable=False),
    Column("at_us", BigInteger, nullable=False),
)
Index("public_page_by_map", PAGES.c.map)

RELEASED = Table(
    "released_quote",
    METADATA,
    Column("map", String(200), primary_key=True),
    # Hash of the step and the words, so that words that are gone are not kept here.
    Column("key", String(64), primary_key=True),
    Column("author", String(200), nullable=False),
    Column("at_us", BigInteger, nullable=False),
)
