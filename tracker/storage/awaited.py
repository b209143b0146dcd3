"""Pages on which answers are awaited, or stand, and which of them are to be looked at again."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, bindparam, case, func, or_, select
from sqlmodel import Session, col

from tracker.domain.rereading import Attempts, Rereading, is_due
from tracker.domain.words import Standing
from tracker.storage.tables import (
    Finding,
    Item,
    Obligation,
    Page,
    PageVisit,
    Response,
    ResponseLine,
    Segment,
    Source,
    Watch,
)

_ANSWERED = frozenset({Standing.ANSWERED, Standing.ANSWERED_LATE})


@dataclass(frozen=True, slots=True)
class _Awaited:
    source_id: int
    obligation_id: int
    address: str
    due_on: date | None
    standing: Standing | None
    owed_since: datetime

    def days_after_due(self, now: datetime) -> int | None:
        """None where it is answered; without a due day, since it is on record."""
        if self.standing in _ANSWERED:
            return None
        return (now.date() - (self.due_on or self.owed_since.date())).days


def to_read_again(
    session: Session, now: datetime, rhythm: Rereading, source_id: int | None = None
) -> Mapping[int, list[str]]:
    """By source, the addresses that are to be read by now, each once.

    Where one page of an obligation is due, all of its pages are: only together they are a look for its answer.
    """
    found = [one for one in _awaited(session, now, source_id) if one.standing is not Standing.VOID]
    tried = _attempts(session, found, source_id)
    owed: dict[tuple[int, int], list[_Awaited]] = defaultdict(list)
    for one in found:
        owed[one.source_id, one.obligation_id].append(one)
    wanted: dict[int, dict[str, None]] = defaultdict(dict)
    for (source, _), its in owed.items():
        every = rhythm.days(its[0].days_after_due(now))
        if any(is_due(tried.get(one.address, Attempts()), every, now, str(source)) for one in its):
            wanted[source] |= dict.fromkeys(one.address for one in its)
    return {source: list(addresses) for source, addresses in wanted.items()}


def _awaited(session: Session, now: datetime, source_id: int | None) -> list[_Awaited]:
    holds = and_(
        col(Segment.obligation_id) == col(Obligation.id),
        col(Segment.superseded_at).is_(None),
        col(Segment.from_at) <= now,
        or_(col(Segment.until_at).is_(None), col(Segment.until_at) > now),
    )
    wanted = (
        select(
            col(Watch.source_id),
            col(Watch.obligation_id),
            col(Watch.address),
            col(Segment.due_on),
            col(Segment.standing),
            col(Obligation.recorded_at),
        )
        .join(Source, col(Source.id) == col(Watch.source_id))
        .join(Obligation, col(Obligation.id) == col(Watch.obligation_id))
        .outerjoin(Segment, holds)
        .where(
            col(Watch.superseded_at).is_(None),
            col(Obligation.superseded_at).is_(None),
            col(Source.enabled).is_(True),
            or_(col(Source.reread_after_at).is_(None), col(Source.reread_after_at) <= now),
        )
        .order_by(col(Watch.source_id), col(Watch.obligation_id), col(Watch.id))
    )
    if source_id is not None:
        wanted = wanted.where(col(Watch.source_id) == source_id)
    return [_Awaited(*row) for row in session.execute(wanted).all()]


def _attempts(session: Session, found: Iterable[_Awaited], source_id: int | None) -> Mapping[str, Attempts]:
    if not any(True for _ in found):
        return {}
    watched = select(col(Watch.address)).where(col(Watch.superseded_at).is_(None))
    if source_id is not None:
        watched = watched.where(col(Watch.source_id) == source_id)
    came: Any = case((col(PageVisit.page_sha256).is_not(None), col(PageVisit.fetched_at)), else_=None)
    wanted = (
        select(col(PageVisit.address), func.max(col(PageVisit.fetched_at)), func.max(came))
        .where(col(PageVisit.address).in_(watched))
        .group_by(col(PageVisit.address))
    )
    return {address: Attempts(*instants) for address, *instants in session.execute(wanted).all()}


@dataclass(frozen=True, slots=True)
class Held:
    """An answer we hold that was read on one of these addresses, and what its reader called it."""

    response: Response
    obligation: Obligation
    item: Item
    address: str
    found_as: str


_HELD_ON = (
    select(Response, Obligation, Item, col(Page.address), col(Finding.external_key))
    .join(Page, col(Page.sha256) == col(Response.page_sha256))
    .join(Finding, col(Finding.response_id) == col(Response.id))
    .join(ResponseLine, col(ResponseLine.response_id) == col(Response.id))
    .join(Obligation, col(Obligation.id) == col(ResponseLine.obligation_id))
    .join(Item, col(Item.id) == col(Obligation.item_id))
    .where(
        col(Finding.source_id) == bindparam("source_id"),
        col(Page.address).in_(bindparam("addresses", expanding=True)),
        col(Response.superseded_at).is_(None),
        col(Response.struck_at).is_(None),
        col(Response.retracted_on).is_(None),
        col(ResponseLine.superseded_at).is_(None),
        col(Obligation.superseded_at).is_(None),
    )
    .order_by(col(Response.id), col(Obligation.id))
)


def held_on(session: Session, source_id: int, addresses: Iterable[str]) -> list[Held]:
    """The answers in force that were taken over from pages of a source at these addresses."""
    first: dict[int | None, Held] = {}
    asked = {"source_id": source_id, "addresses": sorted(set(addresses))}
    for row in session.execute(_HELD_ON, asked).all():
        first.setdefault(row[0].id, Held(*row))
    return list(first.values())


def last_stood_at(session: Session, address: str, sha256: str) -> datetime | None:
    """When an address was last found to return these bytes."""
    wanted = select(func.max(col(PageVisit.fetched_at))).where(
        col(PageVisit.address) == address, col(PageVisit.page_sha256) == sha256
    )
    found: datetime | None = session.execute(wanted).scalar_one()
    return found
