"""Many new rows of a table in one statement, whatever the database; none of them is read back."""

from collections.abc import Sequence

from sqlmodel import Session, SQLModel


def insert_many(session: Session, table: type[SQLModel], rows: Sequence[SQLModel]) -> None:
    """Insert rows whose id the database gives; what waits in the session goes first."""
    session.flush()
    columns = table.__table__.columns.keys()  # type: ignore[attr-defined]
    named = [name for name in columns if name != "id"]
    values = [{name: getattr(row, name) for name in named} for row in rows]
    if values:
        session.connection().execute(table.__table__.insert(), values)  # type: ignore[attr-defined]
