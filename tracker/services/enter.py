"""Enter an item with its addressees and their clocks."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from tracker.domain.keys import key_of
from tracker.domain.ledger import digest
from tracker.domain.words import EventKind, Visibility
from tracker.services.enter_process import EnterBody, enter_body, kept, new_key
from tracker.services.entry import EnterItem, OwedBy, checked
from tracker.services.foresee import Foreseen, preview, terms_of
from tracker.services.out_of_sight import back_in_sight
from tracker.services.record_event import record_event
from tracker.services.settle import settle
from tracker.storage import entries
from tracker.storage.tables import Addressee, Body, Document, Item, ItemTopic, Obligation, Process
from tracker.storage.turns import turn_to_enter

__all__ = ["EnterItem", "Foreseen", "OwedBy", "enter_item", "preview", "publish"]


def enter_item(
    session: Session, now: datetime, said: EnterItem, *, actor: str, user_id: int | None = None
) -> Item:
    """Write an item, its addressees, what each owes and by when; public ones are announced in the log."""
    turn_to_enter(session)
    found, document = checked(session, said)
    item = _item(session, now, said, document, actor)
    ids: list[int] = []
    for owed, known in found:
        body = known or enter_body(session, now, owed.new or EnterBody(name=""), actor=actor, user_id=user_id)
        ids += _obligations(session, now, said, item, owed, body, actor)
        back_in_sight(session, body)
    back_in_sight(session, document, session.get(Process, document.process_id))
    if not said.draft:
        publish(session, now, item, ids, actor=actor)
    return item


def item_digest(item: Item) -> str:
    """What the log binds of an item's words when it is entered."""
    return digest([item.kind, item.ref, item.title, item.text])


def publish(
    session: Session,
    now: datetime,
    item: Item,
    ids: list[int],
    *,
    actor: str,
    page_sha256: str | None = None,
) -> None:
    """Say in the log that an item was entered, from which page if one was read, and where each body stands."""
    item.visibility = Visibility.PUBLIC
    record_event(
        session,
        EventKind.LOGGED,
        now=now,
        happened_on=now.date(),
        item=item,
        actor=actor,
        detail={"sha256": item_digest(item)} | ({"page_sha256": page_sha256} if page_sha256 else {}),
    )
    settle(session, ids, now, actor=actor)


def _item(session: Session, now: datetime, said: EnterItem, document: Document, actor: str) -> Item:
    process_id = document.process_id
    number = entries.next_number(session, process_id)
    item = Item(
        key=said.key or new_key(session, Item, f"{document.key} {key_of(said.ref, str(number))}", "item"),
        process_id=process_id,
        document_id=entries.id_of(document),
        number=number,
        kind=said.kind,
        ref=said.ref.strip(),
        title=said.title.strip(),
        text=said.text.strip(),
        language=said.language,
        parent_id=_id_of(session, said.parent),
        repeats_id=_id_of(session, said.repeats),
        arises_from_id=said.arises_from_id,
        tags=list(said.tags),
        visibility=Visibility.DRAFT,
        recorded_at=now,
        recorded_by=actor,
    )
    kept(session, item)
    session.add_all(
        ItemTopic(item_id=entries.id_of(item), topic=topic) for topic in dict.fromkeys(said.topics)
    )
    return item


def _id_of(session: Session, key: str) -> int | None:
    found = entries.item_by_key(session, key) if key else None
    return found.id if found else None


def _obligations(
    session: Session, now: datetime, said: EnterItem, item: Item, owed: OwedBy, body: Body, actor: str
) -> list[int]:
    facts: dict[str, Any] = {
        "recorded_at": now,
        "recorded_by": actor,
        "item_id": entries.id_of(item),
        "body_id": entries.id_of(body),
    }
    addressee = kept(session, Addressee(role=owed.role, **facts))
    ids = []
    for period, terms in terms_of(session, now, said, owed, actor):
        owing = Obligation(addressee_id=entries.id_of(addressee), kind=owed.kind, period=period, **facts)
        terms.obligation_id = entries.id_of(kept(session, owing))
        kept(session, terms)
        ids.append(terms.obligation_id)
    return ids
