"""Votes: who has voted stands apart from what they voted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision: str | None = "0009"


def upgrade() -> None:
    """Make the table of voters; open votes end, because nobody could be told from another in them."""
    op.create_table(
        "voter",
        sa.Column("vote", sa.String(32), primary_key=True),
        sa.Column("voter", sa.String(64), primary_key=True),
        sa.Column("is_guest", sa.Boolean, nullable=False),
    )
    for name in ("guests", "entries"):
        column = sa.Column(name, sa.BigInteger, nullable=False, server_default="0")
        op.add_column("vote", column)
    op.execute("UPDATE vote SET state = 'closed' WHERE state = 'open'")
