"""Counts of what is flagged, and of what lies ahead, are added up from indexes that hold nothing else."""

import sqlalchemy as sa
from alembic import op

from tracker.storage.segment_indexes import index_segments

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

_AHEAD = "standing IN ('running', 'due_soon', 'paused')"


def upgrade() -> None:
    _index("flagged", "scope_id topic stale at standing basis n", "flagged IS 1", "flagged IS true")
    _index("ahead", "at scope_id topic dated basis n", _AHEAD, _AHEAD)
    index_segments(op.get_bind())


def _index(part: str, columns: str, on_sqlite: str, on_postgresql: str) -> None:
    op.create_index(
        f"ix_standing_shift_{part}",
        "standing_shift",
        ["scope", *columns.split()],
        sqlite_where=sa.text(on_sqlite),
        postgresql_where=sa.text(on_postgresql),
    )
