"""A subscriber may ask to be told also that there is nothing new."""

import sqlalchemy as sa
from alembic import op

from tracker.storage import columns

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("subscription", sa.Column("tells_quiet", sa.Boolean(), nullable=True))
    op.add_column(
        "subscription", sa.Column("quiet_from_at", columns.UtcDateTime(timezone=True), nullable=True)
    )
