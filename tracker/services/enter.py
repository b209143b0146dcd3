"""Enter an item with its addressees and their clocks, or see their dates before it is kept."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel import Session

from tracker.domain.clock import Clock, clock
from tracker.domain.facts import Facts
from tracker.domain.keys import key_of
from tracker.domain.kinds import topics
from tracker.domain.refusals import NotAccepted, Refused, insist, refuse
from tracker.domain.words import EventKind, ItemKind, ObligationKind, Role, Visibility
from tracker.services.enter_process import (
    EnterBody,
    enter_body,
    kept,
    key_complaints,
    name_complaints,
    new_key,
    same_name,
)
from tracker.services.reckon import Deadline, periods_of, reckon
from tracker.services.record_event import record_event
from tracker.services.settle import settle
from tracker.storage import entries
from tracker.storage.columns import partial_of
from tracker.storage.facts import trigger_state
from tracker.storage.tables import Addressee, Body, Document, Item, ItemTopic, Obligation, Terms

MOST_ADDRESSEES = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedBy:
    """A body in the role of owing, by key, name or alias; or one that is new."""

    body: str = ""
    new: EnterBody | None = None
    role: Role = Role.LEAD
    kind: ObligationKind = ObligationKind.RESPOND
    periods: int = 0
    """How many reports, where the duty repeats."""
    deadline: Deadline | None = None
    """None: the item's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterItem:
    """A recommendation or commitment as an editor hands it in."""

    document: str
    """Key."""
    title: str
    addressees: tuple[OwedBy, ...]
    deadline: Deadline = field(default_factory=Deadline)
    kind: ItemKind = ItemKind.RECOMMENDATION
    text: str = ""
    ref: str = ""
    key: str = ""
    language: str = ""
    topics: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    parent: str = ""
    repeats: str = ""
    """Keys of other items."""
    arises_from_id: int | None = None
    """The response whose promise this commitment is."""
    draft: bool = False

    def complaints(self) -> Iterator[Refused]:
        """What can be said against it without looking anything up."""
        yield from name_complaints("title", self.title)
        yield from key_complaints("key", self.key)
        if not self.addressees:
            yield refuse("body-1", "Name at least one body that owes an answer.")
        elif len(self.addressees) > MOST_ADDRESSEES:
            yield refuse("body-1", "Enter at most %(most)s bodies at once.", most=MOST_ADDRESSEES)
        for topic in self.topics:
            if topic not in topics():
                yield refuse("topics", "There is no topic “%(topic)s”.", topic=topic[:60])
        longest = max((owed.periods for owed in self.addressees), default=0)
        yield from self.deadline.complaints(longest)
        for number, owed in enumerate(self.addressees, 1):
            if owed.deadline is not None:
                yield from _renamed(owed.deadline.complaints(owed.periods), number)


def _renamed(found: Iterator[Refused], number: int) -> Iterator[Refused]:
    return (refuse(f"{one.field}-{number}", one.sentence, **one.values) for one in found)


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What one addressee would owe, before anything is kept: the terms with their steps, and which date wins."""

    name: str
    owed: OwedBy
    period: int
    terms: Terms
    clock: Clock


def preview(session: Session, now: datetime, said: EnterItem) -> list[Foreseen]:
    """For each addressee and period the date and its steps; refuses what entering would refuse."""
    found, _ = _checked(session, said)
    return [
        Foreseen(
            body.name if body else owed.new.name if owed.new else "", owed, period, terms, _clock(terms, now)
        )
        for owed, body in found
        for period, terms in _terms(session, now, said, owed, "")
    ]


def _clock(terms: Terms, now: datetime) -> Clock:
    facts = Facts(
        basis=terms.basis,
        trigger_state=trigger_state(terms),
        trigger=partial_of(terms, "trigger"),
        due_stated=partial_of(terms, "stated"),
        due_computed=terms.computed_on,
        no_date=terms.no_date,
        rule_problem=terms.problem or None,
    )
    return clock(facts, now.date())


def _terms(
    session: Session, now: datetime, said: EnterItem, owed: OwedBy, actor: str
) -> Iterator[tuple[int, Terms]]:
    deadline = owed.deadline or said.deadline
    for period in periods_of(owed.kind, owed.periods):
        yield period, reckon(session, deadline, now=now, actor=actor, period=period)


def enter_item(
    session: Session, now: datetime, said: EnterItem, *, actor: str, user_id: int | None = None
) -> Item:
    """Write an item, its addressees, what each owes and by when; public ones are announced in the log."""
    found, document = _checked(session, said)
    item = _item(session, now, said, document, actor)
    ids: list[int] = []
    for owed, known in found:
        body = known or enter_body(session, now, owed.new or EnterBody(name=""), actor=actor, user_id=user_id)
        ids += _obligations(session, now, said, item, owed, body, actor)
    if not said.draft:
        publish(session, now, item, ids, actor=actor)
    return item


def publish(session: Session, now: datetime, item: Item, ids: list[int], *, actor: str) -> None:
    """Say in the log that an item was entered, and where each body stands."""
    item.visibility = Visibility.PUBLIC
    record_event(session, EventKind.LOGGED, now=now, happened_on=now.date(), item=item, actor=actor)
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
    for period, terms in _terms(session, now, said, owed, actor):
        owing = Obligation(addressee_id=entries.id_of(addressee), kind=owed.kind, period=period, **facts)
        terms.obligation_id = entries.id_of(kept(session, owing))
        kept(session, terms)
        ids.append(terms.obligation_id)
    return ids


def _checked(session: Session, said: EnterItem) -> tuple[list[tuple[OwedBy, Body | None]], Document]:
    """The bodies (None: new) and the document; raises NotAccepted with every complaint at once."""
    complaints = list(said.complaints())
    document = entries.document_by_key(session, said.document)
    if document is None:
        complaints.append(refuse("document", "Choose the document that carries this item."))
    if said.key and entries.is_taken(session, Item, said.key):
        complaints.append(
            refuse("key", "“%(key)s” is taken; choose another key or leave it empty.", key=said.key)
        )
    for name in ("parent", "repeats"):
        key = getattr(said, name)
        if key and entries.item_by_key(session, key) is None:
            complaints.append(refuse(name, "There is no item “%(key)s”.", key=key[:80]))
    found = [(owed, *_body(session, owed, number)) for number, owed in enumerate(said.addressees, 1)]
    complaints += [one for _, _, refused in found for one in refused]
    complaints += _twice([(owed, body) for owed, body, _ in found])
    insist(complaints)
    if document is None:
        raise NotAccepted(complaints)
    return [(owed, body) for owed, body, _ in found], document


def _body(session: Session, owed: OwedBy, number: int) -> tuple[Body | None, list[Refused]]:
    field = f"body-{number}"
    if owed.new is not None:
        new = owed.new
        return None, [*new.complaints(f"new-{number}-"), *same_name(session, f"new-{number}-name", new.name)]
    named = entries.bodies_named(session, owed.body)
    if len(named) == 1:
        return named[0], []
    if not named:
        sentence = "No body is called “%(name)s”: choose one of the list, or tick “new body”."
        return None, [refuse(field, sentence, name=owed.body[:80])]
    keys = ", ".join(body.key for body in named[:5])
    return None, [
        refuse(field, "“%(name)s” could be %(keys)s: give the key.", name=owed.body[:80], keys=keys)
    ]


def _twice(found: list[tuple[OwedBy, Body | None]]) -> Iterator[Refused]:
    seen: set[str] = set()
    for number, (owed, body) in enumerate(found, 1):
        name = body.key if body else key_of(owed.new.name) if owed.new else ""
        if name and name in seen:
            who = body.name if body else owed.new.name if owed.new else name
            yield refuse(f"body-{number}", "%(name)s is named twice; take one of the two away.", name=who)
        seen.add(name)
