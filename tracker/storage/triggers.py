"""The database itself refuses to alter or delete what is in the log."""

from sqlalchemy import Connection, text

SEALED_TABLES = ("event", "log_entry", "log_head")

_SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, 'the public log is append-only'); END
"""
_POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION 'the public log is append-only'; END $$ LANGUAGE plpgsql
"""
_POSTGRES = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
FOR EACH ROW EXECUTE FUNCTION refuse_change()
"""


def seal(connection: Connection) -> None:
    """Put the triggers on the tables of the log."""
    sqlite = connection.dialect.name == "sqlite"
    if not sqlite:
        connection.execute(text(_POSTGRES_FUNCTION))
    form = _SQLITE if sqlite else _POSTGRES
    for table in SEALED_TABLES:
        for verb in ("update", "delete"):
            connection.execute(text(form.format(table=table, verb=verb)))
