"""Hand a duty over to another body: it owes from now on what the first one owed, by the same terms and entries."""

from dataclasses import replace
from datetime import date, datetime

from sqlmodel import Session

from tracker.domain.partial import day
from tracker.domain.words import ClockEntryKind
from tracker.services.correct import deadline_of
from tracker.services.enter_process import kept
from tracker.services.reckon import counted_period, reckon
from tracker.services.recount import recount, rule_of
from tracker.services.settle import settle
from tracker.storage.entries import (
    Owed,
    addressees_of,
    clock_entries,
    id_of,
    of_another_body,
    owed,
)
from tracker.storage.tables import Addressee, Body, ClockEntry, Obligation, Terms

STAY = frozenset({ClockEntryKind.EXTENSION, ClockEntryKind.PAUSE, ClockEntryKind.RESTART})
"""What moved the first body's day moves the other's: the due day does not change hands with the duty."""


def hand_over(
    session: Session, now: datetime, one: Owed, to: Body, *, afresh_on: date | None = None, actor: str
) -> int | None:
    """The id of what the other body owes since; None where it owed the same already.

    `afresh_on`: its period begins anew on that day, where the rule says so; else the due day stays.
    """
    there = of_another_body(session, one.obligation, id_of(to))
    if there is not None and there.superseded_at is None:
        return None
    owing = _owing(session, now, one, to, there, actor)
    id_ = id_of(owing)
    session.add(_terms(session, now, one, id_, afresh_on, actor))
    session.flush()
    if afresh_on is None:
        _same_entries(session, now, one, id_, actor)
    settle(session, [id_], now, actor=actor)
    return id_


def _owing(
    session: Session, now: datetime, one: Owed, to: Body, there: Obligation | None, actor: str
) -> Obligation:
    addressee = _addressee(session, now, one, to, actor)
    if there is not None:
        there.superseded_at, there.addressee_id = None, id_of(addressee)
        return there
    owing = Obligation(
        item_id=id_of(one.item),
        body_id=id_of(to),
        addressee_id=id_of(addressee),
        kind=one.obligation.kind,
        period=one.obligation.period,
        recorded_at=now,
        recorded_by=actor,
    )
    return kept(session, owing)


def _addressee(session: Session, now: datetime, one: Owed, to: Body, actor: str) -> Addressee:
    item_id, body_id = id_of(one.item), id_of(to)
    named = next((row for row in addressees_of(session, item_id) if row.body_id == body_id), None)
    if named is None:
        row = Addressee(
            item_id=item_id, body_id=body_id, role=one.addressee.role, recorded_at=now, recorded_by=actor
        )
        return kept(session, row)
    if named.superseded_at is not None:
        named.superseded_at, named.role = None, one.addressee.role
    return named


def _terms(session: Session, now: datetime, one: Owed, id_: int, afresh_on: date | None, actor: str) -> Terms:
    for old in owed(session, [id_]):
        old.terms.superseded_at = now
    same = one.terms.model_dump(exclude={"id", "superseded_at"})
    if afresh_on is not None:
        said = replace(deadline_of(one), trigger_on=day(afresh_on), stated=None)
        period = counted_period(one.obligation.kind, one.obligation.period)
        fresh = reckon(session, said, now=now, actor=actor, period=period, rule=rule_of(one))
        same = fresh.model_dump(exclude={"id", "superseded_at"}) | {"rule_checked": one.terms.rule_checked}
    return Terms(**same | {"obligation_id": id_, "recorded_at": now, "recorded_by": actor})


def _same_entries(session: Session, now: datetime, one: Owed, id_: int, actor: str) -> None:
    for entry in clock_entries(session, one.id):
        if entry.kind in STAY:
            same = entry.model_dump(exclude={"id", "superseded_at"})
            session.add(ClockEntry(**same | {"obligation_id": id_, "recorded_at": now, "recorded_by": actor}))
    session.flush()
    [other] = owed(session, [id_])
    recount(session, other, now, actor)
