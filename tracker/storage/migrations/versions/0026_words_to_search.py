"""The words of what can be found, and an index of them; whoever upgrades fills it afterwards, in parts."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

_INDEX = """
CREATE VIRTUAL TABLE search_index USING fts5(
    head, words, content='search_text', content_rowid='id', tokenize='ascii', columnsize=0, prefix='2 3'
)
"""
_IN = "INSERT INTO search_index(rowid, head, words) VALUES (new.id, new.head, new.words);"
_OUT = "INSERT INTO search_index(search_index, rowid, head, words) VALUES ('delete', old.id, old.head, old.words);"
_TRIGGERS = {"INSERT": _IN, "DELETE": _OUT, "UPDATE": f"{_OUT} {_IN}"}


def upgrade() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    words = sa.Text() if sqlite else TSVECTOR()
    op.create_table(
        "search_text",
        sa.Column(
            "id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("head", words, nullable=False),
        sa.Column("words", words, nullable=False),
        sa.Column("mark", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    _sqlite() if sqlite else _postgresql()


def _sqlite() -> None:
    op.execute(_INDEX)
    for verb, done in _TRIGGERS.items():
        op.execute(f"CREATE TRIGGER search_text_{verb.lower()} AFTER {verb} ON search_text BEGIN {done} END")


def _postgresql() -> None:
    for name in ("head", "words"):
        op.create_index(f"ix_search_text_{name}", "search_text", [name], postgresql_using="gin")
