"""Readings keep what stood in place of a page that is gone, and which address was dialled."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("page_visit", sa.Column("said_sha256", sa.String(length=64), nullable=True))
    op.add_column("page_visit", sa.Column("peer", sa.String(length=45), nullable=True))
    op.create_index(op.f("ix_page_visit_said_sha256"), "page_visit", ["said_sha256"], unique=False)
