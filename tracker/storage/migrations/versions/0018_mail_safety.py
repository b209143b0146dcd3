"""Addresses that are written to no more, reports of mail services, how much was asked for; contacts out of reach."""

import sqlalchemy as sa
from alembic import op

from tracker.storage import columns

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

INSTANT = columns.UtcDateTime(timezone=True)
KEY = sa.String(length=64)
INDEXED: dict[str, dict[str, bool]] = {
    "mail_stop": {"address_hash": False, "reason": False},
    "deferred_address": {"address_hash": True, "last_at": False},
    "mail_report": {"id_hash": True, "received_at": False},
    "tally": {"hour_at": False},
}


def upgrade() -> None:
    op.create_table(
        "mail_stop",
        _id(),
        sa.Column("address_hash", KEY, nullable=False),
        sa.Column("reason", sa.String(length=20), nullable=False),
        sa.Column("told_by", sa.String(length=20), nullable=False),
        sa.Column("at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "deferred_address",
        _id(),
        sa.Column("address_hash", KEY, nullable=False),
        sa.Column("since_at", INSTANT, nullable=False),
        sa.Column("last_at", INSTANT, nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "mail_report",
        _id(),
        sa.Column("id_hash", KEY, nullable=False),
        sa.Column("received_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "tally",
        _id(),
        sa.Column("key", KEY, nullable=False),
        sa.Column("hour_at", INSTANT, nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key", "hour_at"),
    )
    for table, names in INDEXED.items():
        for name, unique in names.items():
            op.create_index(op.f(f"ix_{table}_{name}"), table, [name], unique=unique)
    for table in ("body_reach", "body_contact"):
        op.add_column(table, sa.Column("bounced_at", INSTANT, nullable=True))


def _id() -> sa.Column[int]:
    return sa.Column("id", sa.Integer(), nullable=False)
