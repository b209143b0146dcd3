"""Tombstones: what is said in the place of what is withheld or shown by link only."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, SQLModel, col

from tracker.domain.words import Visibility
from tracker.storage.tables import Page, Withheld


def row_of(session: Session, table: type[SQLModel], key: str) -> Any:
    """The row of that key, None where there is none; a page's key is its hash."""
    if table is Page:
        return session.get(Page, key.lower())
    named: Any = getattr(table, "key")  # noqa: B009 - every table here has one
    return session.execute(select(table).where(col(named) == key)).scalar_one_or_none()


def tombstone(session: Session, kind: str, key: str) -> Withheld | None:
    """What is said of a thing, whether it is withheld or shown by link only."""
    wanted = select(Withheld).where(col(Withheld.object_kind) == kind, col(Withheld.object_key) == key)
    return session.execute(wanted).scalars().first()


def bury(
    session: Session, kind: str, key: str, visibility: Visibility, sha256: str, reason: str, now: datetime
) -> None:
    """Put a tombstone, or write a later reason on the one that stands."""
    row = tombstone(session, kind, key) or Withheld(
        object_kind=kind, object_key=key, visibility=visibility, recorded_at=now
    )
    row.visibility, row.sha256, row.reason, row.recorded_at = visibility, sha256, reason, now
    session.add(row)


def unbury(session: Session, kind: str, key: str) -> None:
    """Take a tombstone away; that there was one stays in the log."""
    row = tombstone(session, kind, key)
    if row is not None:
        session.delete(row)
