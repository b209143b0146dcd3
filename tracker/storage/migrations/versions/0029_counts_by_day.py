"""The first that fall due are found by an index in their order; how many do on a day is counted by 0032."""

from alembic import op

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "CREATE INDEX ix_segment_first_due ON segment (due_on, stale, obligation_id, from_at, until_at) "
        "WHERE superseded_at IS NULL AND due_on IS NOT NULL"
    )
