"""See what each addressee would owe, and by when, before anything is kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from tracker.domain.clock import Clock, clock
from tracker.domain.facts import Facts
from tracker.domain.partial import PartialDate
from tracker.services.entry import EnterItem, OwedBy, checked, checked_bodies
from tracker.services.reckon import periods_of, reckon
from tracker.storage.columns import partial_of
from tracker.storage.facts import trigger_state
from tracker.storage.tables import Body, Terms


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
    found, document = checked(session, said)
    return _foreseen(session, now, said, found, partial_of(document, "published"))


def preview_without_document(session: Session, now: datetime, said: EnterItem) -> list[Foreseen]:
    """The same where the document is made only when the item is entered."""
    return _foreseen(session, now, said, checked_bodies(session, said))


def _foreseen(
    session: Session,
    now: datetime,
    said: EnterItem,
    found: list[tuple[OwedBy, Body | None]],
    asked_on: PartialDate | None = None,
) -> list[Foreseen]:
    return [
        Foreseen(
            body.name if body else owed.new.name if owed.new else "",
            owed,
            period,
            terms,
            _clock(terms, now, asked_on),
        )
        for owed, body in found
        for period, terms in terms_of(session, now, said, owed, "")
    ]


def _clock(terms: Terms, now: datetime, asked_on: PartialDate | None) -> Clock:
    facts = Facts(
        basis=terms.basis,
        trigger_state=trigger_state(terms),
        trigger=partial_of(terms, "trigger"),
        due_stated=partial_of(terms, "stated"),
        due_computed=terms.computed_on,
        due_computed_rival=terms.rival_on,
        asked_on=asked_on,
        no_date=terms.no_date,
        rule_problem=terms.problem or None,
    )
    return clock(facts, now.date())


def terms_of(
    session: Session, now: datetime, said: EnterItem, owed: OwedBy, actor: str
) -> Iterator[tuple[int, Terms]]:
    """The terms of what one addressee would owe, for each period."""
    deadline = owed.deadline or said.deadline
    for period in periods_of(owed.kind, owed.periods):
        yield period, reckon(session, deadline, now=now, actor=actor, period=period)
