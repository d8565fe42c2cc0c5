"""Of which reviews was told by e-mail or webhook."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision: str | None = "0013"


def upgrade() -> None:
    """Make the table of what was told."""
    op.create_table(
        "reminded",
        sa.Column("map", sa.String(200), primary_key=True),
        sa.Column("due", sa.String(10), nullable=False),
        sa.Column("at_us", sa.BigInteger, nullable=False),
    )
