"""Tables of series of numbers, and of what was changed in the business."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, Index, MetaData, String, Table, Text

METADATA = MetaData()

SERIES = Table(
    "series",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("map", String(200), nullable=False),
    Column("ref", String(400), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("name", String(200), nullable=False),
    Column("unit", String(40), nullable=False),
    # "up" or "down": which way is good; "" for neither.
    Column("way", String(10), nullable=False),
    Column("target", Float),
    # Measure and target of the fact it follows, "" where no fact of the evidence feeds it.
    Column("measure", String(60), nullable=False),
    Column("fact_target", String(400), nullable=False),
    Column("author", String(200), nullable=False),
    Column("at_us", BigInteger, nullable=False),
)
Index("series_by_map", SERIES.c.map)

POINTS = Table(
    "series_point",
    METADATA,
    Column("series", String(32), primary_key=True),
    # What makes it the same point when it comes again: its source and the snapshot or the day.
    Column("key", String(120), primary_key=True),
    Column("day", String(10), nullable=False),
    # None for a snapshot in which the fact was not measured.
    Column("value", Float),
    Column("n", BigInteger),
    Column("low", Float),
    Column("high", Float),
    # Whether it was measured, imported or typed.
    Column("source", String(20), nullable=False),
    Column("author", String(200), nullable=False),
    Column("at_us", BigInteger, nullable=False),
)

CHANGES = Table(
    "business_change",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("map", String(200), nullable=False),
    Column("day", String(10), nullable=False),
    # Last day of what did not last, else "".
    Column("until", String(10), nullable=False),
    Column("what", String(400), nullable=False),
    # Refs of steps and stages as JSON, none for the whole journey.
    Column("refs", Text, nullable=False),
    Column("owner", String(200), nullable=False),
    Column("author", String(200), nullable=False),
    Column("at_us", BigInteger, nullable=False),
)
Index("business_change_by_map", CHANGES.c.map)
