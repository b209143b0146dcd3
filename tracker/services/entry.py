"""An item as an editor hands it in, and what is found wrong with it before anything is written."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from sqlmodel import Session

from tracker.domain.keys import key_of
from tracker.domain.kinds import topics
from tracker.domain.refusals import NotAccepted, Refused, insist, refuse
from tracker.domain.words import ItemKind, ObligationKind, Role
from tracker.services.enter_process import (
    EnterBody,
    key_complaints,
    language_complaints,
    name_complaints,
    same_name,
)
from tracker.services.reckon import Deadline
from tracker.storage import entries
from tracker.storage.tables import Body, Document, Item

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
        yield from language_complaints("language", self.language)
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
                yield from (
                    _at(f"{one.field}-{number}", one) for one in owed.deadline.complaints(owed.periods)
                )


def checked(session: Session, said: EnterItem) -> tuple[list[tuple[OwedBy, Body | None]], Document]:
    """The bodies (None: new) and the document; raises NotAccepted with every complaint at once."""
    complaints: list[Refused] = []
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
    found = checked_bodies(session, said, complaints)
    if document is None:
        raise NotAccepted(complaints)
    return found, document


def checked_bodies(
    session: Session, said: EnterItem, also: Iterable[Refused] = ()
) -> list[tuple[OwedBy, Body | None]]:
    """The bodies (None: new), whatever the document; raises NotAccepted with every complaint at once."""
    found = [(owed, *_body(session, owed, number)) for number, owed in enumerate(said.addressees, 1)]
    refused = [one for _, _, refused in found for one in refused]
    named = [(owed, body) for owed, body, _ in found]
    insist([*said.complaints(), *also, *refused, *_twice(named)])
    return named


def _body(session: Session, owed: OwedBy, number: int) -> tuple[Body | None, list[Refused]]:
    field = f"body-{number}"
    if owed.new is not None:
        own = (
            _at(field if one.field == "name" else f"new-{number}-{one.field}", one)
            for one in owed.new.complaints()
        )
        return None, [*own, *same_name(session, field, owed.new.name)]
    named = entries.bodies_named(session, owed.body)
    if len(named) == 1:
        return named[0], []
    if not named:
        return None, [
            refuse(
                field,
                "No body on record is called “%(name)s”: choose one that is, or enter it as a new one.",
                name=owed.body[:80],
            )
        ]
    keys = ", ".join(body.key for body in named[:5])
    return None, [
        refuse(field, "“%(name)s” could be %(keys)s: give the key.", name=owed.body[:80], keys=keys)
    ]


def _at(field: str, one: Refused) -> Refused:
    return refuse(field, one.sentence, **one.values)


def _twice(found: list[tuple[OwedBy, Body | None]]) -> Iterator[Refused]:
    seen: set[str] = set()
    for number, (owed, body) in enumerate(found, 1):
        name = body.key if body else key_of(owed.new.name) if owed.new else ""
        if name and name in seen:
            who = body.name if body else owed.new.name if owed.new else name
            yield refuse(f"body-{number}", "%(name)s is named twice; take one of the two away.", name=who)
        seen.add(name)
