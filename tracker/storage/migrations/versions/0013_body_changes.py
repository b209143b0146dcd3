"""What happens to bodies: renamed, merged, split, another key; one link may be for one obligation."""

import sqlalchemy as sa
from alembic import op

from tracker.storage import columns

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_KINDS = ("renamed", "rekeyed", "merged", "same", "split", "part_of", "members")
_NAMES = {"uq": "uq_%(table_name)s_%(column_0_name)s"}
_UNIQUE = {
    "sqlite": "uq_body_succession_body_id",
    "postgresql": "body_succession_body_id_successor_id_works_from_on_key",
}
"""The first revision left this name to the database."""


def upgrade() -> None:
    op.create_table(
        "body_change",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.Column("superseded_at", columns.UtcDateTime(timezone=True), nullable=True),
        sa.Column("recorded_by", sa.String(length=120), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column(
            "kind", sa.Enum(*_KINDS, name="bodychangekind", native_enum=False, length=40), nullable=False
        ),
        sa.Column("works_from_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("source_url", sa.String(length=2000), nullable=False),
        sa.Column("detail", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"]),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_body_change_body_id", "body_change", ["body_id"])
    op.create_index("ix_body_change_recorded_at", "body_change", ["recorded_at"])
    op.create_table(
        "body_key",
        sa.Column("key", sa.String(length=80), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("recorded_at", columns.UtcDateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["body_id"], ["body.id"]),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("ix_body_key_body_id", "body_key", ["body_id"])
    op.add_column("body_alias", sa.Column("until_on", sa.Date(), nullable=True))
    _links()


def _links() -> None:
    with op.batch_alter_table("body_succession", naming_convention=_NAMES) as table:
        table.drop_constraint(_UNIQUE[op.get_bind().dialect.name], type_="unique")
        table.add_column(
            sa.Column(
                "passing",
                sa.Enum("duties", "whole", "same", name="passing", native_enum=False, length=40),
                nullable=True,
            )
        )
        table.add_column(sa.Column("obligation_id", sa.Integer(), nullable=True))
        table.add_column(sa.Column("change_id", sa.Integer(), nullable=True))
        table.create_foreign_key("fk_body_succession_obligation", "obligation", ["obligation_id"], ["id"])
        table.create_foreign_key("fk_body_succession_change", "body_change", ["change_id"], ["id"])
    op.create_index("ix_body_succession_obligation_id", "body_succession", ["obligation_id"])
    op.create_index("ix_body_succession_change_id", "body_succession", ["change_id"])
