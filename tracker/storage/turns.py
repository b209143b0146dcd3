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


COUNTING = "counting"
"""Held together by all who write stretches; alone by who changes what may be seen. Otherwise each would shift the
stored counts by what it saw before the other's end, and what is withheld would be counted."""


def count_with_others(session: Session) -> None:
    """Before stretches are written: waits only for who is taking something out of sight."""
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        wanted = text("SELECT pg_advisory_xact_lock_shared(:turn)")
        connection.execute(wanted, {"turn": crc32(COUNTING.encode())})


def count_alone(session: Session) -> None:
    """Before it changes what may be seen: waits for whoever is writing stretches."""
    take_turn(session, COUNTING)


def turn_to_enter(session: Session) -> None:
    """Keys, numbers and names: who looks for a free one has it before anybody else looks."""
    take_turn(session, "entering")
