"""Creates or upgrades the database with Alembic."""

from pathlib import Path

from alembic import command
from alembic.config import Config as AlembicConfig
from sqlalchemy import Connection

from tracker.storage.engine import open_engine
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
    finally:
        engine.dispose()


def migrate_connection(connection: Connection, revision: str = "head") -> None:
    """The same inside a transaction that the caller holds."""
    settings = AlembicConfig()
    settings.set_main_option("script_location", str(HERE))
    settings.attributes["connection"] = connection
    command.upgrade(settings, revision)
