"""What is queued for a subscription is found by an index that holds nothing else."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    where = sa.text("state = 'queued'")
    op.create_index(
        "ix_delivery_queued", "delivery", ["subscription_id"], sqlite_where=where, postgresql_where=where
    )
