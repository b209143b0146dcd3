"""The order in which findings wait for a person: the most consequential first, and the oldest of those.

0. a response thought to answer an obligation whose due day has passed: a flag hangs on it
1. anything else whose likeliest item has such an obligation, such as news that an answer is no longer shown
2. any other response
3. a question of a reader: until it is answered, its page is no look
4. a new item
5. everything else: news, changes
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, or_, select
from sqlmodel import Session, col

from tracker.domain.words import FindingState, Role, Standing
from tracker.storage.tables import (
    Addressee,
    Finding,
    FindingObligation,
    Item,
    Obligation,
    Process,
    Segment,
    Source,
)

SETTLED = (Standing.ANSWERED, Standing.ANSWERED_LATE, Standing.VOID)
NO_ANSWER = "update"
FLAG, ITS_ITEM, RESPONSE, QUESTION, NEW_ITEM, NEWS = range(6)


@dataclass(frozen=True, slots=True)
class Narrow:
    """Which part of the queue somebody works through; empty: all of it."""

    source: str = ""
    kind: str = ""
    process: str = ""
    put_off: bool = False
    """What was put off and does not wait yet, instead of what waits."""


@dataclass(frozen=True, slots=True)
class Place:
    """A finding's place: its rank and its id."""

    id: int
    rank: int


def order(session: Session, now: datetime, narrow: Narrow, also: int | None = None) -> list[Place]:
    """The open findings in their order at an instant; `also` is in its place whether it is open or not."""
    rank = _rank(now)
    wanted = (
        select(col(Finding.id), rank)
        .join(Source, col(Source.id) == col(Finding.source_id))
        .outerjoin(Process, col(Process.id) == col(Source.process_id))
        .where(or_(and_(*_waits(now, narrow), *_narrowed(narrow)), col(Finding.id) == also))
        .order_by(rank, col(Finding.found_at), col(Finding.id))
    )
    return [Place(int(id_ or 0), int(place)) for id_, place in session.execute(wanted).all()]


def counts(session: Session, now: datetime) -> dict[tuple[str, str, str], int]:
    """How many findings wait, by source, kind and the source's process."""
    by = (col(Source.key), col(Finding.kind), func.coalesce(col(Process.key), ""))
    wanted = (
        select(*by, func.count())
        .select_from(Finding)
        .join(Source, col(Source.id) == col(Finding.source_id))
        .outerjoin(Process, col(Process.id) == col(Source.process_id))
        .where(*_waits(now, Narrow()))
        .group_by(*by)
        .order_by(*by)
    )
    return {(source, kind, process): int(n) for source, kind, process, n in session.execute(wanted).all()}


def count(session: Session, now: datetime, *, put_off: bool = False) -> int:
    """How many wait, or how many are put off."""
    wanted = select(func.count(col(Finding.id))).where(*_waits(now, Narrow(put_off=put_off)))
    return int(session.execute(wanted).scalar_one())


def _waits(now: datetime, narrow: Narrow) -> Sequence[ColumnElement[bool]]:
    until = col(Finding.later_until_at)
    when = until > now if narrow.put_off else or_(until.is_(None), until <= now)
    return (col(Finding.state) == FindingState.OPEN, when)


def _narrowed(narrow: Narrow) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if narrow.source:
        wanted.append(col(Source.key) == narrow.source)
    if narrow.kind:
        wanted.append(col(Finding.kind) == narrow.kind)
    if narrow.process:
        wanted.append(or_(col(Process.key) == narrow.process, _thought_to_be_of(narrow.process)))
    return wanted


def _thought_to_be_of(process: str) -> ColumnElement[bool]:
    """Whether the item a finding is thought to be about belongs to a process."""
    its = select(col(Process.id)).where(col(Process.key) == process).scalar_subquery()
    about = select(col(Item.id)).where(col(Item.key) == _item_key(), col(Item.process_id) == its)
    return exists(about.correlate(Finding))


def _item_key() -> Any:
    return col(Finding.suggestion)["item"].as_string()


def _rank(now: datetime) -> Any:
    held = _past_due(now).join(FindingObligation, col(FindingObligation.obligation_id) == col(Obligation.id))
    held_by_it = exists(held.where(col(FindingObligation.finding_id) == col(Finding.id)).correlate(Finding))
    # News that an answer is no longer shown holds its obligation too, and deciding it moves no flag.
    answers = and_(col(Finding.kind) != NO_ANSWER, held_by_it)
    about = _past_due(now).join(Item, col(Item.id) == col(Obligation.item_id))
    its_item = exists(about.where(col(Item.key) == _item_key()).correlate(Finding))
    return case(
        (answers, FLAG),
        (its_item, ITS_ITEM),
        (col(Finding.kind) == "response", RESPONSE),
        (col(Finding.kind) == "question", QUESTION),
        (col(Finding.kind) == "new_item", NEW_ITEM),
        else_=NEWS,
    )


def _past_due(now: datetime) -> Any:
    """Obligations, not only supporting ones, whose due day has passed unanswered."""
    return (
        select(col(Obligation.id))
        .join(Segment, col(Segment.obligation_id) == col(Obligation.id))
        .join(Addressee, col(Addressee.id) == col(Obligation.addressee_id))
        .where(
            col(Obligation.superseded_at).is_(None),
            col(Segment.superseded_at).is_(None),
            col(Segment.from_at) <= now,
            or_(col(Segment.until_at).is_(None), col(Segment.until_at) > now),
            col(Segment.due_on) < now.date(),
            col(Segment.standing).not_in(SETTLED),
            col(Addressee.role) != Role.SUPPORTING,
        )
    )
