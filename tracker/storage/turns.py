"""One after the other where rows alone cannot say who is first: a turn lasts as long as the transaction."""

from zlib import crc32

from sqlalchemy import Connection, text
from sqlmodel import Session


def take_turn(session: Session, name: str) -> None:
    """Wait for whoever holds this turn. SQLite has one writer at a time anyway."""
    take_turn_on(session.connection(), name)


def take_turn_on(connection: Connection, name: str) -> None:
    """The same where there is no session."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": crc32(name.encode())})


def turn_to_enter(session: Session) -> None:
    """Keys, numbers and names: who looks for a free one has it before anybody else looks."""
    take_turn(session, "entering")
