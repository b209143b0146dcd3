"""Change the text of what was entered, keeping what was there before; publish a draft."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Session, SQLModel

from tracker.domain.ledger import digest
from tracker.domain.refusals import insist, refuse
from tracker.domain.words import EventKind, Visibility
from tracker.services.enter import publish
from tracker.services.enter_process import name_complaints, url_complaints
from tracker.services.named_pages import SHOWN, spoken
from tracker.services.note_fact import note_fact
from tracker.services.record_event import record_event
from tracker.services.take_back import reason_needed
from tracker.storage.entries import id_of, owed_for_item, topic_rows
from tracker.storage.tables import Body, Document, Item, ItemTopic, Process, Revision

MAY_CHANGE: Mapping[type[SQLModel], frozenset[str]] = {
    Item: frozenset({"title", "text", "ref", "language", "kind", "tags"}),
    Process: frozenset({"name", "organiser", "kind", "jurisdiction", "language", "url"}),
    Document: frozenset({"title", "url"}),
    Body: frozenset({"name", "kind", "jurisdiction", "zone", "website"}),
}
"""What an editor may change in place; everything else is corrected by a new row, or never."""


def revise(
    session: Session,
    now: datetime,
    row: SQLModel,
    changes: Mapping[str, object],
    reason: str,
    *,
    actor: str,
    user_id: int | None = None,
) -> bool:
    """Change words in place, the old ones kept; a public change is in the log. False: nothing differs."""
    allowed = MAY_CHANGE[type(row)]
    complaints = [refuse(name, "This cannot be changed here.") for name in changes if name not in allowed]
    for name in ("title", "name"):
        if name in changes:
            complaints += name_complaints(name, str(changes[name]))
    complaints += url_complaints("url", str(changes.get("url", "")))
    public = getattr(row, "visibility", None) is not Visibility.DRAFT
    insist([*complaints, *(reason_needed(reason) if public else [])])
    changes = {name: spoken(str(value)) if name in SHOWN else value for name, value in changes.items()}
    different = {name: value for name, value in changes.items() if getattr(row, name) != value}
    if not different:
        return False
    remember(session, now, row, reason, user_id)
    hashed = {"before_sha256": digest({name: _plain(getattr(row, name)) for name in different})}
    for name, value in different.items():
        setattr(row, name, value)
    session.flush()
    hashed["after_sha256"] = digest({name: _plain(getattr(row, name)) for name in different})
    if public:
        _tell(session, now, row, {"changed": sorted(different), "reason": reason, **hashed}, actor)
    return True


def remember(session: Session, now: datetime, row: SQLModel, reason: str, user_id: int | None) -> None:
    """Keep what a row holds before it is changed in place."""
    before = {name: _plain(value) for name, value in row.model_dump().items()}
    session.add(
        Revision(
            table_name=str(row.__tablename__),
            row_id=id_of(row),
            before=before,
            recorded_at=now,
            user_id=user_id,
            reason=reason.strip(),
        )
    )


def _plain(value: object) -> object:
    if isinstance(value, StrEnum):
        return value.value
    return value.isoformat() if isinstance(value, date | datetime) else value


def _tell(session: Session, now: datetime, row: SQLModel, said: dict[str, object], actor: str) -> None:
    item = row if isinstance(row, Item) else None
    process = row if isinstance(row, Process) else None
    body = row if isinstance(row, Body) else None
    if isinstance(row, Document):
        process = session.get(Process, row.process_id)
    detail = {"what": "text", "of": str(row.__tablename__), **said}
    record_event(
        session,
        EventKind.CORRECTED,
        now=now,
        happened_on=now.date(),
        item=item,
        process=process,
        body=body,
        actor=actor,
        detail=detail,
    )


def file_under(session: Session, now: datetime, item: Item, topics: Iterable[str], *, actor: str) -> None:
    """Put an item under these topics and no others; of a public item the log says so."""
    wanted = set(topics)
    rows = topic_rows(session, id_of(item))
    before = sorted(row.topic for row in rows)
    for row in rows:
        if row.topic not in wanted:
            session.delete(row)
    session.add_all(
        ItemTopic(item_id=id_of(item), topic=topic) for topic in sorted(wanted - {row.topic for row in rows})
    )
    session.flush()
    if before != sorted(wanted) and item.visibility is not Visibility.DRAFT:
        note_fact(
            session, now, "topics", detail={"old": before, "new": sorted(wanted)}, actor=actor, item=item
        )


def publish_draft(
    session: Session, now: datetime, item: Item, *, actor: str, user_id: int | None = None
) -> None:
    """Let a draft out: from now on it is in the lists, and the log says it was entered."""
    if item.visibility is not Visibility.DRAFT:
        insist([refuse("item", "This item is public already.")])
    publish(session, now, item, [one.id for one in owed_for_item(session, id_of(item))], actor=actor)
