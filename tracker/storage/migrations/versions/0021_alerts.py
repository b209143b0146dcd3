"""What accounts want to hear of by mail, and what each was told."""

import sqlalchemy as sa
from alembic import op

from tracker.storage import columns

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def _instant(name: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, columns.UtcDateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    op.create_table(
        "alert_wish",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("chosen", sa.JSON(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        sa.Column("workdays", sa.Boolean(), nullable=False),
        sa.Column("zone", sa.String(length=60), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        _instant("created_at"),
        _instant("next_at"),
        _instant("soon_at"),
        _instant("daily_at"),
        _instant("weekly_at"),
        sa.Column("letter_id", sa.Integer(), nullable=True),
        _instant("told_at", nullable=True),
        _instant("stopped_at", nullable=True),
        sa.Column("stopped_why", sa.String(length=300), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"]),
        sa.PrimaryKeyConstraint("user_id"),
    )
    op.create_index("ix_alert_wish_next_at", "alert_wish", ["next_at"])
    op.create_table(
        "alert_told",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(length=20), nullable=False),
        sa.Column("thing", sa.String(length=120), nullable=False),
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        _instant("told_at"),
        sa.Column("letter_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("user_id", "topic", "thing", "channel"),
    )
    op.create_index("ix_alert_told_letter_id", "alert_told", ["letter_id"])
