"""Every reading of a page on record; bytes that are no longer kept; links to public archives; looking again."""

import sqlalchemy as sa
from alembic import op

from tracker.storage import columns

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_AS_READ = """
INSERT INTO page_visit
    (address, final_address, fetched_at, source_id, run_id, page_sha256, status, unchanged, headers, failure)
SELECT page.address, page.final_address, page.{instant}, run.source_id, page.run_id, page.sha256, page.status,
    {unchanged}, '[]', ''
FROM page LEFT JOIN run ON run.id = page.run_id
"""
"""Pages kept so far were read when they were first and last seen."""


def upgrade() -> None:
    op.create_table(
        "page_visit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("address", sa.String(length=2000), nullable=False),
        sa.Column("final_address", sa.String(length=2000), nullable=False),
        sa.Column("fetched_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("source_id", sa.Integer(), nullable=True),
        sa.Column("run_id", sa.Integer(), nullable=True),
        sa.Column("page_sha256", sa.String(length=64), nullable=True),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("unchanged", sa.Boolean(), nullable=False),
        sa.Column("headers", sa.JSON(), nullable=False),
        sa.Column("failure", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(["page_sha256"], ["page.sha256"]),
        sa.ForeignKeyConstraint(["run_id"], ["run.id"]),
        sa.ForeignKeyConstraint(["source_id"], ["source.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_page_visit_address_fetched_at", "page_visit", ["address", "fetched_at"])
    for name in ("page_sha256", "run_id"):
        op.create_index(op.f(f"ix_page_visit_{name}"), "page_visit", [name], unique=False)
    op.add_column("page", sa.Column("dropped_at", columns.UtcDateTime(timezone=True), nullable=True))
    op.add_column("page", sa.Column("archive_url", sa.String(length=2000), nullable=True))
    op.create_index("ix_page_dropped_at_size", "page", ["dropped_at", "size"])
    op.add_column("run", sa.Column("rereads", sa.Boolean(), nullable=True))
    op.add_column("source", sa.Column("reread_after_at", columns.UtcDateTime(timezone=True), nullable=True))
    op.execute(_AS_READ.format(instant="fetched_at", unchanged="false"))
    op.execute(
        _AS_READ.format(instant="last_seen_at", unchanged="true")
        + "WHERE page.last_seen_at > page.fetched_at"
    )
