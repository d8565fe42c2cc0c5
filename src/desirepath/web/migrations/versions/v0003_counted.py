"""Last numbers of pages whose edits are no longer kept one by one; longer names of pages."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision: str | None = "0002"


def upgrade() -> None:
    """Make the table of counts, and room for the name of a page with its person before it."""
    op.create_table(
        "counted",
        sa.Column("map", sa.String(200), primary_key=True),
        sa.Column("client", sa.String(100), primary_key=True),
        sa.Column("n", sa.BigInteger, nullable=False),
    )
    if (
        op.get_bind().dialect.name != "sqlite"
    ):  # which does not mind the length of texts
        op.alter_column(
            "edit", "client", type_=sa.String(100), existing_type=sa.String(64), existing_nullable=False
        )  # fmt: skip
