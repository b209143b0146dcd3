"""Subscriptions to the same list share a key; indexes over what is open in the ledger instead of over all of it."""

import hashlib
import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_LIVE = "confirmed_at IS NOT NULL AND ended_at IS NULL"
_PARTIAL: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("ix_subscription_list", "subscription", _LIVE, ("list_key", "queued_to_seq")),
    ("ix_subscription_at_once", "subscription", f"next_due_at IS NULL AND {_LIVE}", ("queued_to_seq",)),
    ("ix_subscription_pending", "subscription", "confirmed_at IS NULL AND ended_at IS NULL", ("created_at",)),
    ("ix_delivery_waiting", "delivery", "state = 'queued' AND batch = ''", ("channel", "next_at", "id")),
    ("ix_delivery_held", "delivery", "state = 'queued' AND batch <> ''", ("channel", "next_at")),
    ("ix_delivery_leased", "delivery", "state = 'sending'", ("lease_until_at",)),
    ("ix_delivery_in_batch", "delivery", "batch <> ''", ("batch",)),
    ("ix_delivery_letter", "delivery", "letter <> ''", ("subscription_id",)),
)
_SUPERFLUOUS = ("subscription_id", "event_id", "state", "batch", "next_at")
"""Each row of the ledger changes twice; the unique constraint begins with the subscription."""


def upgrade() -> None:
    op.add_column("subscription", sa.Column("list_key", sa.String(length=64), nullable=True))
    _fill(op.get_bind())
    for column in _SUPERFLUOUS:
        op.drop_index(f"ix_delivery_{column}", "delivery")
    for name, table, where, columns in _PARTIAL:
        op.create_index(name, table, columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))
    op.create_index("ix_token_subject", "token", ["subject", "purpose"])


def _fill(connection: sa.Connection) -> None:
    table: Any = sa.table(
        "subscription",
        sa.column("list_name", sa.String),
        sa.column("filters", sa.JSON),
        sa.column("list_key", sa.String),
    )
    filters = sa.cast(table.c.filters, sa.Text)
    for name, text in connection.execute(sa.select(table.c.list_name, filters).distinct()).all():
        same = [table.c.list_name == name, filters == text]
        connection.execute(sa.update(table).where(*same).values(list_key=_key(name, text)))


def _key(name: str, filters: str) -> str:
    given = {key: str(value) for key, value in json.loads(filters).items() if value}
    return hashlib.sha256(json.dumps([name, given], sort_keys=True).encode()).hexdigest()
