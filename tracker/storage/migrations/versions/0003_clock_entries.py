"""Clock entries that count in units, begin afresh, begin a next stage, or end many duties in one act."""

import sqlalchemy as sa
from alembic import op

from tracker.storage import columns

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in (
        sa.Column("unit", sa.String(length=40), nullable=True),
        sa.Column("counts_from", sa.String(length=20), nullable=True),
        sa.Column("limit_on", sa.Date(), nullable=True),
        sa.Column("afresh", sa.Boolean(), nullable=True),
        sa.Column("act_id", sa.Integer(), nullable=True),
        sa.Column("begins_id", sa.Integer(), nullable=True),
    ):
        op.add_column("clock_entry", column)
    op.create_index(op.f("ix_clock_entry_act_id"), "clock_entry", ["act_id"], unique=False)
    op.create_table(
        "ending_act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("recorded_by", sa.String(length=120), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column(
            "cause",
            sa.Enum("revoked", "prorogued", "dissolved", name="endcause", native_enum=False, length=40),
            nullable=False,
        ),
        sa.Column("process_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=True),
        sa.Column("works_from_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("source_url", sa.String(length=2000), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"]),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"]),
        sa.ForeignKeyConstraint(["process_id"], ["process.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_ending_act_process_id"), "ending_act", ["process_id"], unique=False)
    op.create_index(op.f("ix_ending_act_recorded_at"), "ending_act", ["recorded_at"], unique=False)
    op.create_table(
        "ending_question",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("act_id", sa.Integer(), nullable=False),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.Column("ends", sa.Boolean(), nullable=True),
        sa.Column("decided_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.String(length=120), nullable=False),
        sa.ForeignKeyConstraint(["act_id"], ["ending_act.id"]),
        sa.ForeignKeyConstraint(["obligation_id"], ["obligation.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("act_id", "obligation_id"),
    )
    op.create_index(op.f("ix_ending_question_act_id"), "ending_question", ["act_id"], unique=False)
    op.create_index(
        op.f("ix_ending_question_obligation_id"), "ending_question", ["obligation_id"], unique=False
    )
