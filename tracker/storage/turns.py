"""One after the other where rows alone cannot say who is first: a turn lasts as long as the transaction."""

from zlib import crc32

from sqlalchemy import text
from sqlmodel import Session


def take_turn(session: Session, name: str) -> None:
    """Wait for whoever holds this turn. SQLite has one writer at a time anyway."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:turn)"), {"turn": crc32(name.encode())})
