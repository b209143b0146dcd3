"""Creates or upgrades the database with Alembic."""

from pathlib import Path

from alembic import command
from alembic.config import Config as AlembicConfig
from sqlalchemy import Connection, Engine
from sqlmodel import Session

from tracker.storage.engine import open_engine
from tracker.storage.search_index import NUMBERS, is_behind, mend
from tracker.storage.turns import take_turn_on

HERE = Path(__file__).parent / "migrations"
TURN = "migrate"
"""A site and its worker, or several workers, may start at the same moment."""


def migrate(url: str, revision: str = "head") -> None:
    """Bring the database to a revision; a second run changes nothing."""
    engine = open_engine(url)
    try:
        with engine.execution_options(answerby_writing=True).begin() as connection:
            take_turn_on(connection, TURN)
            migrate_connection(connection, revision)
        if revision == "head":
            _fill_index(engine)
    finally:
        engine.dispose()


def _fill_index(engine: Engine) -> None:
    """What an older version kept no words of; in parts, so that others write meanwhile."""
    with Session(engine) as session:
        if not is_behind(session):
            return
    for kind in NUMBERS:
        last: int | None = 0
        while last is not None:
            with Session(engine.execution_options(answerby_writing=True)) as session, session.begin():
                last = mend(session, kind, last)[1]


def migrate_connection(connection: Connection, revision: str = "head") -> None:
    """The same inside a transaction that the caller holds."""
    settings = AlembicConfig()
    settings.set_main_option("script_location", str(HERE))
    settings.attributes["connection"] = connection
    command.upgrade(settings, revision)
