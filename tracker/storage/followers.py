"""Subscriptions as followers of a list: who is due, taken in groups and moved ahead together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, literal, null, or_, select, update
from sqlmodel import Session, col

from tracker.domain.listing import ListQuery
from tracker.domain.words import Frequency
from tracker.storage.columns import UtcDateTime
from tracker.storage.subscriptions import LIVE, query_of
from tracker.storage.tables import Subscription


@dataclass(frozen=True, slots=True)
class Group:
    """All who follow the same list and have been looked through up to the same place of the log."""

    list_key: str
    seq: int


@dataclass(frozen=True, slots=True)
class Follower:
    """What is needed of a subscription to plan it."""

    id: int
    frequency: Frequency
    weekday: int
    zone: str
    next_due_at: datetime | None


def _is_due(now: datetime, log_size: int) -> ColumnElement[bool]:
    """News for it at once, or its digest is due."""
    at_once = and_(col(Subscription.next_due_at).is_(None), col(Subscription.queued_to_seq) < log_size)
    return or_(at_once, col(Subscription.next_due_at) <= now)


def due(session: Session, now: datetime, log_size: int) -> list[Group]:
    """The groups of which somebody must be looked through, each list from its earliest place on."""
    columns = (col(Subscription.list_key), col(Subscription.queued_to_seq))
    wanted = select(*columns).where(*LIVE, _is_due(now, log_size)).distinct().order_by(*columns)
    return [Group(key, seq) for key, seq in session.execute(wanted).all()]


def query_of_list(session: Session, list_key: str) -> ListQuery | None:
    """The list with its filters that a key stands for; None where nobody follows it any more."""
    wanted = select(Subscription).where(col(Subscription.list_key) == list_key, *LIVE).limit(1)
    row = session.execute(wanted).scalar_one_or_none()
    return query_of(row) if row else None


_FOLLOWER = (
    col(Subscription.id),
    col(Subscription.frequency),
    col(Subscription.weekday),
    col(Subscription.zone),
    col(Subscription.next_due_at),
)


def take(session: Session, group: Group, now: datetime, log_size: int, most: int) -> list[Follower]:
    """Some of a group that are due, held for this transaction; those another worker holds are left to it."""
    wanted: Any = (
        select(*_FOLLOWER)
        .where(
            col(Subscription.list_key) == group.list_key,
            col(Subscription.queued_to_seq) == group.seq,
            *LIVE,
            _is_due(now, log_size),
        )
        .order_by(col(Subscription.id))
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    return [Follower(*row) for row in session.execute(wanted).all()]


def advance(session: Session, to_seq: int, due_at: Mapping[datetime | None, Sequence[int]]) -> None:
    """Those who were taken are looked through up to a place and due again at these instants."""
    instants = [
        (col(Subscription.id).in_(ids), literal(at, UtcDateTime))
        for at, ids in due_at.items()
        if at is not None
    ]
    next_due: Any = case(*instants, else_=null()) if instants else null()
    session.execute(
        update(Subscription)
        .where(col(Subscription.id).in_([id_ for ids in due_at.values() for id_ in ids]))
        .values(queued_to_seq=to_seq, next_due_at=next_due)
        .execution_options(synchronize_session=False)
    )
