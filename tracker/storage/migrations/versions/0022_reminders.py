"""Reminders to bodies: what went in which letter, mailboxes that get none, and where a mailbox is published."""

import sqlalchemy as sa
from alembic import op

from tracker.storage import columns

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def _at(name: str, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(name, columns.UtcDateTime(timezone=True), nullable=nullable)


def upgrade() -> None:
    op.add_column("body_reach", sa.Column("source_url", sa.String(length=2000), nullable=True))
    _rounds()
    _reminders()
    _stops()


def _rounds() -> None:
    op.create_table(
        "reminder_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("reach_id", sa.Integer(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("letter_id", sa.Integer(), nullable=False),
        _at("queued_at"),
        sa.Column("fate", sa.String(length=20), nullable=False),
        _at("settled_at", nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"]),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"]),
        sa.ForeignKeyConstraint(["reach_id"], ["body_reach.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("body_id", "on_day"),
        sa.UniqueConstraint("letter_id"),
    )
    _index("reminder_round", "body_id", "on_day")


def _reminders() -> None:
    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=True),
        _at("recorded_at"),
        sa.Column("recorded_by", sa.String(length=120), nullable=False),
        sa.Column("held_reason", sa.String(length=1000), nullable=False),
        _at("dropped_at", nullable=True),
        sa.ForeignKeyConstraint(["obligation_id"], ["obligation.id"]),
        sa.ForeignKeyConstraint(["round_id"], ["reminder_round.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("obligation_id", "due_on", "stage"),
    )
    _index("reminder", "obligation_id", "round_id", "recorded_at")


def _stops() -> None:
    op.create_table(
        "reminder_stop",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reach_id", sa.Integer(), nullable=False),
        _at("recorded_at"),
        _at("lifted_at", nullable=True),
        sa.Column("lifted_by", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["reach_id"], ["body_reach.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    _index("reminder_stop", "reach_id")


def _index(table: str, *names: str) -> None:
    for name in names:
        op.create_index(op.f(f"ix_{table}_{name}"), table, [name], unique=False)
