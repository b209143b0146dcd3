"""Every obligation that a finding may answer waits for it, not only the likeliest."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

SUGGESTED = 0.7
"""From here on an obligation was suggested, when this was written."""
AT_ONCE = 1000

_FINDING = sa.table(
    "finding",
    sa.column("id", sa.Integer),
    sa.column("kind", sa.String),
    sa.column("obligation_id", sa.Integer),
    sa.column("suggestion", sa.JSON),
)
_OBLIGATION = sa.table("obligation", sa.column("id", sa.Integer))


def upgrade() -> None:
    op.create_table(
        "finding_obligation",
        sa.Column("finding_id", sa.Integer(), nullable=False),
        sa.Column("obligation_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["finding_id"], ["finding.id"]),
        sa.ForeignKeyConstraint(["obligation_id"], ["obligation.id"]),
        sa.PrimaryKeyConstraint("finding_id", "obligation_id"),
    )
    op.create_index(
        op.f("ix_finding_obligation_obligation_id"), "finding_obligation", ["obligation_id"], unique=False
    )
    _fill(op.get_bind())


def _fill(connection: sa.Connection) -> None:
    """From what each finding was suggested for; decided ones too, as a decision may be undone."""
    made = sa.table("finding_obligation", sa.column("finding_id"), sa.column("obligation_id"))
    there = set(connection.execute(sa.select(_OBLIGATION.c.id)).scalars())
    found = list(connection.execute(sa.select(_FINDING)).all())
    rows = [
        {"finding_id": id_, "obligation_id": owed}
        for id_, kind, own, suggestion in found
        for owed in sorted({*_held(kind, own, suggestion)} & there)
    ]
    for start in range(0, len(rows), AT_ONCE):
        connection.execute(sa.insert(made), rows[start : start + AT_ONCE])


def _held(kind: str, own: int | None, suggestion: Any) -> Iterator[int]:
    said = json.loads(suggestion) if isinstance(suggestion, str) else suggestion
    if own is not None:
        yield own
    if kind == "response" and isinstance(said, Mapping):
        yield from said.get("obligations") or ()
        yield from said.get("tied") or ()
        yield from (
            match["obligation"]
            for match in said.get("matches") or ()
            if "obligation" in match and match.get("confidence", 0) >= SUGGESTED
        )
