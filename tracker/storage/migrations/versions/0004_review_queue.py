"""Findings put off, open before somebody, and split; the trail of what was decided about each."""

import sqlalchemy as sa
from alembic import op

from tracker.storage import columns

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in (
        sa.Column("later_until_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("read_by_id", sa.Integer(), nullable=True),
        sa.Column("read_since_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("part_of_id", sa.Integer(), nullable=True),
    ):
        op.add_column("finding", column)
    op.create_index(op.f("ix_finding_part_of_id"), "finding", ["part_of_id"], unique=False)
    op.create_table(
        "finding_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("decided_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("actor", sa.String(length=120), nullable=False),
        sa.Column("made", sa.JSON(), nullable=False),
        sa.Column("undone_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.id"]),
        sa.ForeignKeyConstraint(["user_id"], ["user_account.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    for name in ("finding_id", "decided_at", "user_id"):
        op.create_index(op.f(f"ix_finding_decision_{name}"), "finding_decision", [name], unique=False)
