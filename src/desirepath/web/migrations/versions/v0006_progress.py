"""Series of numbers, changes made in the business, and public pages."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision: str | None = "0005"


def upgrade() -> None:
    """Make the tables of series, their points, changes in the business, and public pages."""
    op.create_table(
        "series",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("map", sa.String(200), nullable=False),
        sa.Column("ref", sa.String(400), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("unit", sa.String(40), nullable=False),
        sa.Column("way", sa.String(10), nullable=False),
        sa.Column("target", sa.Float),
        sa.Column("measure", sa.String(60), nullable=False),
        sa.Column("fact_target", sa.String(400), nullable=False),
        sa.Column("author", sa.String(200), nullable=False),
        sa.Column("at_us", sa.BigInteger, nullable=False),
    )
    op.create_index("series_by_map", "series", ["map"])
    op.create_table(
        "series_point",
        sa.Column("series", sa.String(32), primary_key=True),
        sa.Column("key", sa.String(120), primary_key=True),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("value", sa.Float),
        sa.Column("n", sa.BigInteger),
        sa.Column("low", sa.Float),
        sa.Column("high", sa.Float),
        sa.Column("source", sa.String(20), nullable=False),
        sa.Column("author", sa.String(200), nullable=False),
        sa.Column("at_us", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "business_change",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("map", sa.String(200), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("until", sa.String(10), nullable=False),
        sa.Column("what", sa.String(400), nullable=False),
        sa.Column("refs", sa.Text, nullable=False),
        sa.Column("owner", sa.String(200), nullable=False),
        sa.Column("author", sa.String(200), nullable=False),
        sa.Column("at_us", sa.BigInteger, nullable=False),
    )
    op.create_index("business_change_by_map", "business_change", ["map"])
    op.create_table(
        "public_page",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("hash", sa.String(64), nullable=False, unique=True),
        sa.Column("map", sa.String(200), nullable=False),
        sa.Column("layers", sa.Text, nullable=False),
        sa.Column("origins", sa.Text, nullable=False),
        sa.Column("version", sa.String(200), nullable=False),
        sa.Column("upto", sa.BigInteger, nullable=False),
        sa.Column("snapshot", sa.String(64), nullable=False),
        sa.Column("password", sa.String(200), nullable=False),
        sa.Column("until_us", sa.BigInteger, nullable=False),
        sa.Column("author", sa.String(200), nullable=False),
        sa.Column("at_us", sa.BigInteger, nullable=False),
    )
    op.create_index("public_page_by_map", "public_page", ["map"])
