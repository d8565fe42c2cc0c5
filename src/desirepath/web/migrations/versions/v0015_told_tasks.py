"""Of which tasks was told by e-mail or webhook that they are due."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision: str | None = "0014"


def upgrade() -> None:
    """Give tasks a column for the day that was told."""
    column = sa.Column("told", sa.String(10), nullable=False, server_default="")
    op.add_column("task", column)
