"""How many obligations stand where is kept (0032 counts); the stretches that are listed are found by indexes."""

import sqlalchemy as sa
from alembic import op

from tracker.storage.columns import UtcDateTime
from tracker.storage.segment_indexes import index_segments

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "standing_shift",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("scope", sa.String(length=10), nullable=False),
        sa.Column("scope_id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(length=60), nullable=False),
        sa.Column("at", UtcDateTime(timezone=True), nullable=False),
        sa.Column("standing", sa.String(length=40), nullable=False),
        sa.Column("basis", sa.String(length=40), nullable=False),
        sa.Column("flagged", sa.Boolean(), nullable=False),
        sa.Column("stale", sa.Boolean(), nullable=False),
        sa.Column("dated", sa.Boolean(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("folded", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_standing_shift_of_one", "standing_shift", ["scope", "scope_id", "topic", "at"])
    op.create_index(
        "ix_standing_shift_folded",
        "standing_shift",
        ["at"],
        sqlite_where=sa.text("folded IS 1"),
        postgresql_where=sa.text("folded IS true"),
    )
    # By one of few words a third of all rows was found, which led the planner off the indexes that show the order.
    for column in ("standing", "basis"):
        op.drop_index(f"ix_segment_{column}", "segment")
    index_segments(op.get_bind())
