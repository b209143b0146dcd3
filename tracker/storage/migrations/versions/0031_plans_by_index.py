"""What is owed in a plan is counted from indexes that hold all that is asked."""

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _index("ix_item_in_plan", "item", "process_id visibility number document_id parent_id id")
    _index("ix_obligation_of_item", "obligation", "item_id superseded_at body_id id")
    _index(
        "ix_segment_held",
        "segment",
        "obligation_id superseded_at from_at until_at standing basis flagged stale",
    )
    taken = sa.text("position IS NOT NULL AND superseded_at IS NULL")
    op.create_index(
        "ix_response_line_position",
        "response_line",
        ["obligation_id", "response_id"],
        sqlite_where=taken,
        postgresql_where=taken,
    )


def _index(name: str, table: str, columns: str) -> None:
    op.create_index(name, table, columns.split())
