"""Watchdog groups, as pages show them."""

from sqlalchemy import select
from sqlmodel import Session, col

from tracker.domain.words import Visibility
from tracker.storage.tables import Group, Process


def by_key(session: Session, key: str) -> Group | None:
    """The group of that key."""
    return session.execute(select(Group).where(col(Group.key) == key)).scalar_one_or_none()


def all_groups(session: Session) -> list[Group]:
    """Every group by name."""
    return list(session.execute(select(Group).order_by(col(Group.name))).scalars())


def processes_of(session: Session, group: Group) -> list[Process]:
    """What a group covers in public."""
    wanted = select(Process).where(
        col(Process.group_id) == group.id, col(Process.visibility) == Visibility.PUBLIC
    )
    return list(session.execute(wanted.order_by(col(Process.name))).scalars())
