"""What a scorecard tells apart is counted by the database too."""

import sqlalchemy as sa
from alembic import op

from tracker.storage.count_triggers import count_anew, keep_counts, stop_counting

revision = "0032"
down_revision = "0031"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in (
        sa.Column("duty", sa.String(length=40)),
        sa.Column("certain", sa.Boolean()),
        sa.Column("late_days", sa.Integer()),
    ):
        op.add_column("standing_shift", column)
    connection = op.get_bind()
    stop_counting(connection)
    keep_counts(connection)
    count_anew(connection)
