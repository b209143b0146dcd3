"""Addresses of coroners' reports that name a person are replaced by where the report is found by its number."""

import json
import re
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

PLACES = "places"
_COLUMNS = {
    "process": ("url", "facts_source"),
    "document": ("url", "facts_source"),
    "item": ("facts_source",),
    "happening": ("url", "facts_source"),
    "response": ("url", "facts_source"),
    "check_made": ("facts_source", PLACES),
    "claim": ("url", "facts_source"),
    "statement": ("url",),
    "objection": ("url",),
    "terms": ("source_url",),
    "clock_entry": ("source_url",),
    "ending_act": ("source_url",),
}
_SITE = "https://www.judiciary.uk/"
_REPORT = re.compile(
    r"""https?://[^\s"]*judiciary\.uk/
    (?:prevention-of-future-death-reports/[^\s"?#/][^\s"]*|wp-content/uploads/[^\s"]*(?:[12]\d{3}-\d{4}|future-death)[^\s"]*)""",
    re.VERBOSE | re.IGNORECASE,
)
_SENDER = re.compile(r"\d{4}-\d{4}-(?:response|reply)-(?:from|by)-[\w-]+\.pdf$", re.IGNORECASE)
"""The file of a reply, which readers let through only where it names nobody but its sender."""
_NUMBER = re.compile(r"(?<!\d)(?:19|20)\d{2}-\d{4}(?!\d)")


def upgrade() -> None:
    connection = op.get_bind()
    for name, columns in _COLUMNS.items():
        table = sa.table(name, sa.column("id", sa.Integer), *map(_column, columns))
        for column in columns:
            _mend(connection, table, table.c[column])


def _column(name: str) -> Any:
    return sa.column(name, sa.JSON) if name == PLACES else sa.column(name, sa.Text)


def _mend(connection: sa.Connection, table: Any, column: Any) -> None:
    # The list of places is JSON: as text it is the same on every database.
    held = sa.cast(column, sa.Text)
    rows = connection.execute(sa.select(table.c.id, held).where(held.like("%judiciary.uk/%"))).all()
    for id_, text in rows:
        mended = _REPORT.sub(_found_elsewhere, text)
        if mended != text:
            kept = json.loads(mended) if column.name == PLACES else mended
            connection.execute(sa.update(table).where(table.c.id == id_).values({column.name: kept}))


def _found_elsewhere(found: re.Match[str]) -> str:
    if _SENDER.search(found[0]):
        return found[0]
    number = _NUMBER.search(found[0])
    return f"{_SITE}?post_type=pfd&s={number[0]}" if number else _SITE
