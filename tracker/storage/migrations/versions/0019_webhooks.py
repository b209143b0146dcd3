"""Webhooks: whose they are, how they are signed, and how their posts went."""

import sqlalchemy as sa
from alembic import op

from tracker.storage import columns

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "webhook",
        sa.Column("subscription_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("owner", sa.String(length=254), nullable=False),
        sa.Column("owner_hash", sa.String(length=64), nullable=False),
        sa.Column("host", sa.String(length=300), nullable=False),
        sa.Column("template", sa.String(length=40), nullable=False),
        sa.Column("nonce", sa.String(length=32), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("turned_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("failing_since_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("again_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("paused_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("disabled_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("disabled_why", sa.String(length=400), nullable=False),
        sa.ForeignKeyConstraint(["subscription_id"], ["subscription.id"]),
        sa.PrimaryKeyConstraint("subscription_id"),
    )
    op.create_index(op.f("ix_webhook_owner_hash"), "webhook", ["owner_hash"], unique=False)
    op.create_table(
        "webhook_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("subscription_id", sa.Integer(), nullable=False),
        sa.Column("at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("post_id", sa.String(length=60), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("taken", sa.Boolean(), nullable=False),
        sa.Column("answer", sa.String(length=200), nullable=False),
        sa.Column("error", sa.String(length=400), nullable=False),
        sa.Column("next_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["subscription_id"], ["subscription.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    for column in ("at", "subscription_id"):
        name = op.f(f"ix_webhook_attempt_{column}")
        op.create_index(name, "webhook_attempt", [column], unique=False)
