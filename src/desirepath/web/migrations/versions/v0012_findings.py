"""Threads about findings keep what was found."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision: str | None = "0011"


def upgrade() -> None:
    """Give threads a column for their finding."""
    column = sa.Column("finding", sa.Text, nullable=False, server_default="")
    op.add_column("thread", column)
