"""What is done with files of sources while nobody waits for it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision: str | None = "0015"


def upgrade() -> None:
    """Make the table of what is to be done with sources."""
    op.create_table(
        "source_work",
        sa.Column("source", sa.String(32), primary_key=True),
        sa.Column("act", sa.String(10), nullable=False),
        sa.Column("given", sa.Text, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("who", sa.String(200), nullable=False),
        sa.Column("person", sa.String(32), nullable=False),
        sa.Column("came", sa.String(10), nullable=False),
        sa.Column("at_us", sa.BigInteger, nullable=False),
        sa.Column("server", sa.String(32), nullable=False),
        sa.Column("alive_us", sa.BigInteger, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
    )
