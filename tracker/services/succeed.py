"""One body comes after another: from a day on it owes what the first one owed; due days stay as they are."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from tracker.domain.refusals import Refused, insist, refuse
from tracker.domain.succession import Link, debtor_on
from tracker.domain.words import EventKind
from tracker.services.enter_process import kept, url_complaints
from tracker.services.record_event import record_event
from tracker.services.take_back import reason_needed
from tracker.storage import entries
from tracker.storage.entries import id_of
from tracker.storage.successions import links
from tracker.storage.tables import Body, BodySuccession


@dataclass(frozen=True, slots=True, kw_only=True)
class Succeed:
    """Which body follows, from which day on, and where that stands."""

    successor: str
    """Key, name or alias."""
    works_from_on: date
    reason: str
    source_url: str = ""

    def complaints(self) -> Iterator[Refused]:
        """What can be said against it without looking anything up."""
        yield from reason_needed(self.reason)
        yield from url_complaints("source_url", self.source_url)


def succeed(
    session: Session, now: datetime, body: Body, said: Succeed, *, actor: str, user_id: int | None = None
) -> BodySuccession:
    """Write the link, and a correction in the log; every flag names both bodies from that day on."""
    found = entries.bodies_named(session, said.successor)
    insist([*said.complaints(), *_successor_complaints(session, body, found, said.works_from_on)])
    link = BodySuccession(
        body_id=id_of(body),
        successor_id=id_of(found[0]),
        works_from_on=said.works_from_on,
        reason=said.reason.strip(),
        source_url=said.source_url,
        recorded_at=now,
        recorded_by=actor,
    )
    kept(session, link)
    detail = {"what": "text", "of": "body", "changed": ["successor"], "reason": said.reason.strip()}
    record_event(
        session,
        EventKind.CORRECTED,
        now=now,
        happened_on=said.works_from_on,
        body=body,
        actor=actor,
        detail=detail | {"successor": found[0].key},
    )
    return link


def _successor_complaints(
    session: Session, body: Body, found: list[Body], works_from_on: date
) -> Iterator[Refused]:
    if len(found) != 1:
        yield refuse("successor", "Name the one body it passed to, by name or key.")
    elif found[0].id == body.id:
        yield refuse("successor", "That is the body it passes from.")
    else:
        known, new = links(session), Link(id_of(body), id_of(found[0]), works_from_on)
        if new in known:
            yield refuse("successor", "That is on record already.")
        elif debtor_on(new.successor_id, [*known, new], date.max) == new.body_id:
            yield refuse("successor", "That body came before this one: the two would follow each other.")
