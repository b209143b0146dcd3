"""What anybody may take away: public rows only, each table in the order of its ids, a part at a time."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from tracker.domain.words import Visibility
from tracker.storage.event_lists import of_public_things
from tracker.storage.tables import (
    Addressee,
    Assessment,
    Body,
    Claim,
    Document,
    Event,
    Group,
    Item,
    ItemTopic,
    Obligation,
    Process,
    Response,
    ResponseLine,
    ResponseSigner,
    Segment,
    Terms,
)
from tracker.storage.told_bodies import public_names, told

AT_ONCE = 500
Row = Any


def _public(*tables: Any) -> list[Any]:
    return [col(table.visibility) == Visibility.PUBLIC for table in tables]


def _rows(session: Session, wanted: Any) -> Iterator[Row]:
    yield from session.execute(wanted.execution_options(yield_per=AT_ONCE))


def processes(session: Session) -> Iterator[Row]:
    """Process and the group it belongs to."""
    wanted = select(Process, col(Group.key)).outerjoin(Group, col(Group.id) == col(Process.group_id))
    yield from _rows(session, wanted.where(*_public(Process)).order_by(col(Process.id)))


def documents(session: Session) -> Iterator[Row]:
    """Document and the key of its process."""
    wanted = select(Document, col(Process.key)).join(Process, col(Process.id) == col(Document.process_id))
    yield from _rows(session, wanted.where(*_public(Document, Process)).order_by(col(Document.id)))


def bodies(session: Session) -> Iterator[Row]:
    """Body and the key of the one it is part of."""
    whole = aliased(Body)
    wanted = select(Body, col(whole.key)).outerjoin(whole, col(whole.id) == col(Body.part_of_id))
    yield from _rows(session, wanted.where(*_public(Body)).order_by(col(Body.id)))


def items(session: Session) -> Iterator[Row]:
    """Item, document, process, parent's key, and for each addressee (None: nobody) obligation, terms, body."""
    parent = aliased(Item)
    owed = and_(col(Obligation.item_id) == col(Item.id), col(Obligation.superseded_at).is_(None))
    stands = and_(col(Terms.obligation_id) == col(Obligation.id), col(Terms.superseded_at).is_(None))
    wanted = (
        select(Item, Document, Process, col(parent.key), Addressee, Obligation, Terms, Body)
        .join(Document, col(Document.id) == col(Item.document_id))
        .join(Process, col(Process.id) == col(Item.process_id))
        .outerjoin(parent, and_(col(parent.id) == col(Item.parent_id), *_public(parent)))
        .outerjoin(Obligation, owed)
        .outerjoin(Terms, stands)
        .outerjoin(Addressee, col(Addressee.id) == col(Obligation.addressee_id))
        .outerjoin(Body, col(Body.id) == col(Obligation.body_id))
        .where(*_public(Item, Document, Process))
        .where(or_(col(Body.id).is_(None), *_public(Body)))
    )
    yield from _rows(session, wanted.order_by(col(Process.id), col(Item.number), col(Obligation.id)))


def topics(session: Session) -> dict[int, list[str]]:
    """The topics of every item."""
    found: dict[int, list[str]] = {}
    wanted = select(ItemTopic).order_by(col(ItemTopic.item_id), col(ItemTopic.topic))
    for row in session.execute(wanted).scalars():
        found.setdefault(row.item_id, []).append(row.topic)
    return found


def obligations(session: Session, now: datetime) -> Iterator[Row]:
    """Obligation, terms, role, item's and body's key, and the segment that holds now."""
    holds = and_(
        col(Segment.obligation_id) == col(Obligation.id),
        col(Segment.superseded_at).is_(None),
        col(Segment.from_at) <= now,
        or_(col(Segment.until_at).is_(None), col(Segment.until_at) > now),
    )
    wanted = _about(Obligation, Terms, col(Addressee.role), col(Item.key), col(Body.key), Segment)
    wanted = (
        wanted.join(
            Terms, and_(col(Terms.obligation_id) == col(Obligation.id), col(Terms.superseded_at).is_(None))
        )
        .join(Addressee, col(Addressee.id) == col(Obligation.addressee_id))
        .outerjoin(Segment, holds)
    )
    yield from _rows(session, wanted.order_by(col(Obligation.id)))


def responses(session: Session) -> Iterator[Row]:
    """Response, what it is for one obligation, the item's key, the debtor's and those of all who signed."""
    speaker = aliased(Body)
    wanted = (
        _about(Response, ResponseLine, col(Item.key), col(Body.key), col(speaker.key))
        .join(ResponseLine, col(ResponseLine.obligation_id) == col(Obligation.id))
        .join(Response, col(Response.id) == col(ResponseLine.response_id))
        .join(speaker, col(speaker.id) == col(Response.body_id))
        .where(
            *_public(Response), col(Response.struck_at).is_(None), col(ResponseLine.superseded_at).is_(None)
        )
    )
    signed = _signed(session)
    for response, line, item, body, first in _rows(
        session, wanted.order_by(col(Response.id), col(ResponseLine.id))
    ):
        yield response, line, item, body, "; ".join((first, *signed.get(response.id, ())))


def _signed(session: Session) -> dict[int, list[str]]:
    """The public bodies that signed responses beside the first; joint replies are few."""
    found: dict[int, list[str]] = {}
    wanted = select(col(ResponseSigner.response_id), col(Body.key)).join(
        Body, col(Body.id) == col(ResponseSigner.body_id)
    )
    wanted = wanted.where(*_public(Body), col(ResponseSigner.superseded_at).is_(None))
    for response_id, key in session.execute(wanted.order_by(col(ResponseSigner.id))).all():
        found.setdefault(response_id, []).append(key)
    return found


def assessments(session: Session) -> Iterator[Row]:
    """Assessment, the item's and the body's key, and the deciding group's; never a person."""
    wanted = (
        _about(Assessment, col(Item.key), col(Body.key), col(Group.key))
        .join(Assessment, col(Assessment.obligation_id) == col(Obligation.id))
        .outerjoin(Group, col(Group.id) == col(Assessment.group_id))
    )
    yield from _rows(session, wanted.order_by(col(Assessment.id)))


def claims(session: Session) -> Iterator[Row]:
    """Claim, the item's and the body's key."""
    wanted = _about(Claim, col(Item.key), col(Body.key)).join(
        Claim, col(Claim.obligation_id) == col(Obligation.id)
    )
    yield from _rows(session, wanted.where(col(Claim.superseded_at).is_(None)).order_by(col(Claim.id)))


def events(session: Session) -> Iterator[Row]:
    """Event, its detail without bodies that are not public, and the item, body, process and answer it is about."""
    wanted = (
        select(Event, Item, Body, Process, Response)
        .outerjoin(Item, col(Item.id) == col(Event.item_id))
        .outerjoin(Body, col(Body.id) == col(Event.body_id))
        .outerjoin(Process, col(Process.id) == col(Event.process_id))
        .outerjoin(Response, col(Response.id) == col(Event.response_id))
    )
    found = _rows(session, wanted.where(*of_public_things()).order_by(col(Event.id)))
    for part in _parts(found):
        names = public_names(session, (row[0].detail for row in part))
        for event, *about in part:
            yield event, told(event.detail, names), *about


def _parts(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while part := list(islice(rows, AT_ONCE)):
        yield part


def _about(*columns: Any) -> Any:
    """A selection that begins at what is owed about public items."""
    return (
        select(*columns)
        .select_from(Obligation)
        .join(Item, col(Item.id) == col(Obligation.item_id))
        .join(Document, col(Document.id) == col(Item.document_id))
        .join(Process, col(Process.id) == col(Item.process_id))
        .join(Body, col(Body.id) == col(Obligation.body_id))
        .where(*_public(Item, Document, Process, Body), col(Obligation.superseded_at).is_(None))
    )
