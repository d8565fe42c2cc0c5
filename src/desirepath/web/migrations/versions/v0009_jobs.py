"""Jobs, what they found, and what is done again by itself."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision: str | None = "0008"


def upgrade() -> None:
    """Make the tables of jobs, of snapshots of evidence and their parts, and of schedules."""
    op.create_table(
        "job",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("map", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("asked_by", sa.String(200), nullable=False),
        sa.Column("person", sa.String(32), nullable=False),
        sa.Column("asked_us", sa.BigInteger, nullable=False),
        sa.Column("began_us", sa.BigInteger, nullable=False),
        sa.Column("ended_us", sa.BigInteger, nullable=False),
        sa.Column("share", sa.Float, nullable=False),
        sa.Column("doing", sa.String(300), nullable=False),
        sa.Column("given", sa.Text, nullable=False),
        sa.Column("problem", sa.Text, nullable=False),
        sa.Column("server", sa.String(32), nullable=False),
        sa.Column("alive_us", sa.BigInteger, nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("is_unwanted", sa.Boolean, nullable=False),
        sa.Column("snapshot", sa.String(32), nullable=False),
    )
    op.create_index("job_by_map", "job", ["map", "asked_us"])
    op.create_index("job_by_state", "job", ["state", "asked_us"])
    op.create_table(
        "evidence_snapshot",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("map", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("epoch", sa.String(32), nullable=False),
        sa.Column("made_us", sa.BigInteger, nullable=False),
        sa.Column("by", sa.String(200), nullable=False),
        sa.Column("sources", sa.Text, nullable=False),
        sa.Column("extent", sa.Text, nullable=False),
    )
    op.create_index("evidence_by_map", "evidence_snapshot", ["map", "kind", "made_us"])
    op.create_table(
        "evidence_part",
        sa.Column("snapshot", sa.String(32), primary_key=True),
        sa.Column("name", sa.String(200), primary_key=True),
        sa.Column("data", sa.LargeBinary, nullable=False),
        sa.Column("sum", sa.String(64), nullable=False),
        sa.Column("at_us", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "schedule",
        sa.Column("map", sa.String(200), primary_key=True),
        sa.Column("kind", sa.String(20), primary_key=True),
        sa.Column("every", sa.String(10), nullable=False),
        sa.Column("hour", sa.Integer, nullable=False),
        sa.Column("zone", sa.String(60), nullable=False),
        sa.Column("by", sa.String(200), nullable=False),
        sa.Column("due_us", sa.BigInteger, nullable=False),
    )
