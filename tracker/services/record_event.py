"""Writes one public change into the log, in the transaction of the change."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import uuid4

from sqlmodel import Session

from tracker.domain.words import EventKind
from tracker.storage.tables import Body, Event, Item, Obligation, Process, Response, Source


def record_event(
    session: Session,
    kind: EventKind,
    *,
    now: datetime,
    happened_on: date,
    obligation: Obligation | None = None,
    item: Item | None = None,
    body: Body | None = None,
    process: Process | None = None,
    response: Response | None = None,
    source: Source | None = None,
    actor: str = "",
    backfill: bool = False,
    detail: Mapping[str, object] | None = None,
) -> Event:
    """One row of the log; an obligation brings its item, body and process with it."""
    item = item or (session.get(Item, obligation.item_id) if obligation else None)
    event = Event(
        key=uuid4().hex,
        kind=kind,
        happened_on=happened_on,
        recorded_at=now,
        announced_at=now,
        backfill=backfill,
        obligation_id=obligation.id if obligation else None,
        item_id=item.id if item else None,
        body_id=body.id if body else obligation.body_id if obligation else None,
        process_id=process.id if process else item.process_id if item else None,
        response_id=response.id if response else None,
        source_id=source.id if source else None,
        actor=actor,
        detail=dict(detail or {}),
    )
    session.add(event)
    return event
