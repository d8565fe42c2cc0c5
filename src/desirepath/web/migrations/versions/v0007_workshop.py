"""Workshops: their plans, votes, stories told by phone, and sticky notes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision: str | None = "0006"


def upgrade() -> None:
    """Make the tables of workshops."""
    op.create_table(
        "workshop",
        sa.Column("map", sa.String(200), primary_key=True),
        sa.Column("n", sa.BigInteger, nullable=False),
        sa.Column("said", sa.Text, nullable=False),
    )
    op.create_table(
        "vote",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("map", sa.String(200), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("author", sa.String(200), nullable=False),
        sa.Column("made_us", sa.BigInteger, nullable=False),
        sa.Column("revealed_us", sa.BigInteger, nullable=False),
        sa.Column("said", sa.Text, nullable=False),
    )
    op.create_index("vote_by_map", "vote", ["map", "made_us"])
    op.create_table(
        "ballot",
        sa.Column("vote", sa.String(32), primary_key=True),
        sa.Column("voter", sa.String(64), primary_key=True),
        sa.Column("department", sa.String(100), nullable=False),
        sa.Column("said", sa.Text, nullable=False),
    )
    op.create_table(
        "story",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("map", sa.String(200), nullable=False),
        sa.Column("link", sa.String(32), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("at_us", sa.BigInteger, nullable=False),
        sa.Column("said", sa.Text, nullable=False),
    )
    op.create_index("story_by_map", "story", ["map", "at_us"])
    op.create_table(
        "story_day",
        sa.Column("link", sa.String(32), primary_key=True),
        sa.Column("day", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("count", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "note",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("map", sa.String(200), nullable=False),
        sa.Column("pos", sa.BigInteger, nullable=False),
        sa.Column("said", sa.Text, nullable=False),
    )
    op.create_index("note_by_map", "note", ["map", "pos"])
