"""Bodies reached by mail: own domains and mailboxes, contacts, letters, tips; what an objection says; notices."""

import sqlalchemy as sa
from alembic import op

from tracker.storage import columns

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

INSTANT = columns.UtcDateTime(timezone=True)


def upgrade() -> None:
    _reach()
    _contacts()
    _letters()
    _tips()
    for name, kind in (
        ("number", sa.String(length=40)),
        ("said_on", sa.Date()),
        ("said_body", sa.String(length=300)),
        ("contact_id", sa.Integer()),
        ("page_sha256", sa.String(length=64)),
        ("finding_id", sa.Integer()),
    ):
        op.add_column("objection", sa.Column(name, kind, nullable=True))
    op.create_index(op.f("ix_objection_number"), "objection", ["number"], unique=False)
    op.add_column("assessment", sa.Column("notice_until_on", sa.Date(), nullable=True))


def _reach() -> None:
    op.create_table(
        "body_reach",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", INSTANT, nullable=False),
        sa.Column("superseded_at", INSTANT, nullable=True),
        sa.Column("recorded_by", sa.String(length=120), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("value", sa.String(length=254), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"]),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    for name in ("body_id", "recorded_at"):
        op.create_index(op.f(f"ix_body_reach_{name}"), "body_reach", [name], unique=False)


def _contacts() -> None:
    op.create_table(
        "body_contact",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("address_hash", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("asked_at", INSTANT, nullable=False),
        sa.Column("verified_at", INSTANT, nullable=True),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    for name in ("body_id", "address_hash"):
        op.create_index(op.f(f"ix_body_contact_{name}"), "body_contact", [name], unique=False)


def _letters() -> None:
    op.create_table(
        "letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("address_hash", sa.String(length=64), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("queued_at", INSTANT, nullable=False),
        sa.Column("next_at", INSTANT, nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("sent_at", INSTANT, nullable=True),
        sa.Column("error", sa.String(length=500), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    for name in ("address_hash", "next_at"):
        op.create_index(op.f(f"ix_letter_{name}"), "letter", [name], unique=False)


def _tips() -> None:
    op.create_table(
        "tip",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=254), nullable=False),
        sa.Column("language", sa.String(length=12), nullable=False),
        sa.Column("told_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_tip_finding_id"), "tip", ["finding_id"], unique=False)
