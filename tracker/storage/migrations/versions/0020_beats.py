"""What workers did last, how their clock was set, and events that were announced while it was ahead."""

import sqlalchemy as sa
from alembic import op

from tracker.storage import columns

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "worker_beat",
        sa.Column("worker", sa.String(length=120), nullable=False),
        sa.Column("started_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("seen_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("stopped_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("jobs", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("worker"),
    )
    op.create_index("ix_worker_beat_seen_at", "worker_beat", ["seen_at"])
    op.create_table(
        "clock_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("worker", sa.String(length=120), nullable=False),
        sa.Column("from_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("to_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_clock_step_to_at", "clock_step", ["to_at"])
    op.create_table(
        "event_retimed",
        sa.Column("event_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("announced_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["event.id"]),
        sa.PrimaryKeyConstraint("event_id"),
    )
    op.create_index("ix_event_retimed_announced_at", "event_retimed", ["announced_at"])
