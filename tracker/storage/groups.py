"""Watchdog groups, as pages show them."""

from sqlalchemy import select
from sqlmodel import Session, col

from tracker.storage.tables import Group


def by_key(session: Session, key: str) -> Group | None:
    """The group of that key."""
    return session.execute(select(Group).where(col(Group.key) == key)).scalar_one_or_none()


def all_groups(session: Session) -> list[Group]:
    """Every group by name."""
    return list(session.execute(select(Group).order_by(col(Group.name))).scalars())
