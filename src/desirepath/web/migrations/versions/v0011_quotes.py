"""Words of customers released for public pages, one by one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision: str | None = "0010"


def upgrade() -> None:
    """Make the table of released words; of pages that are there, none are shown until somebody releases them."""
    op.create_table(
        "released_quote",
        sa.Column("map", sa.String(200), primary_key=True),
        sa.Column("key", sa.String(64), primary_key=True),
        sa.Column("author", sa.String(200), nullable=False),
        sa.Column("at_us", sa.BigInteger, nullable=False),
    )
