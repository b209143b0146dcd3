"""The events of a body, of a process and of an obligation in their order, and those that were entered late."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

_ORDERED = {
    "ix_event_of_obligation": ("obligation_id", "id"),
    "ix_event_of_body": ("body_id", "announced_at", "id"),
    "ix_event_of_process": ("process_id", "announced_at", "id"),
}


def upgrade() -> None:
    for name, columns in _ORDERED.items():
        op.create_index(name, "event", list(columns))
        op.drop_index(f"ix_event_{columns[0]}", "event")
    op.create_index(
        "ix_event_backfill",
        "event",
        ["announced_at", "id"],
        sqlite_where=sa.text("backfill IS 1"),
        postgresql_where=sa.text("backfill IS true"),
    )
