"""Whether the database can be reached."""

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from tracker.storage.engine import Database


def answers(database: Database) -> bool:
    """Whether the database answers the simplest question."""
    try:
        with database.reading() as session:
            session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return False
    return True
