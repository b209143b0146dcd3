"""How many fall due on a day is kept too; the first that do are found by an index in their order."""

import sqlalchemy as sa
from alembic import op

from tracker.storage.count_triggers import count_anew, keep_counts, stop_counting

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None

_KEPT = "SELECT 1 FROM standing_shift WHERE scope = 'due' LIMIT 1"
_ANY = "SELECT 1 FROM standing_shift LIMIT 1"


def upgrade() -> None:
    op.execute(
        "CREATE INDEX ix_segment_first_due ON segment (due_on, stale, obligation_id, from_at, until_at) "
        "WHERE superseded_at IS NULL AND due_on IS NOT NULL"
    )
    connection = op.get_bind()
    stop_counting(connection)
    keep_counts(connection)
    # Whoever comes from further back has counted by day already.
    if connection.execute(sa.text(_ANY)).first() and not connection.execute(sa.text(_KEPT)).first():
        count_anew(connection)
