"""Hand a duty over to another body: it owes from now on what the first one owed, by the same terms."""

from datetime import datetime

from sqlmodel import Session

from tracker.services.enter_process import kept
from tracker.services.settle import settle
from tracker.storage.entries import Owed, addressees_of, id_of, owed_for_item
from tracker.storage.tables import Addressee, Body, Obligation, Terms


def hand_over(session: Session, now: datetime, one: Owed, to: Body, *, actor: str) -> int:
    """The id of what the other body owes; it is made where it does not owe the same already."""
    there = [
        other.id
        for other in owed_for_item(session, id_of(one.item))
        if other.body.id == to.id
        and (other.obligation.kind, other.obligation.period) == (one.obligation.kind, one.obligation.period)
    ]
    return there[0] if there else _owing(session, now, one, to, actor)


def _owing(session: Session, now: datetime, one: Owed, to: Body, actor: str) -> int:
    item_id, body_id = id_of(one.item), id_of(to)
    named = [row for row in addressees_of(session, item_id) if row.body_id == body_id]
    addressee = named[0] if named else _addressee(session, now, one, body_id, actor)
    owing = Obligation(
        item_id=item_id,
        body_id=body_id,
        addressee_id=id_of(addressee),
        kind=one.obligation.kind,
        period=one.obligation.period,
        recorded_at=now,
        recorded_by=actor,
    )
    id_ = id_of(kept(session, owing))
    same = one.terms.model_dump(exclude={"id", "superseded_at"})
    session.add(Terms(**same | {"obligation_id": id_, "recorded_at": now, "recorded_by": actor}))
    settle(session, [id_], now, actor=actor)
    return id_


def _addressee(session: Session, now: datetime, one: Owed, body_id: int, actor: str) -> Addressee:
    row = Addressee(
        item_id=id_of(one.item), body_id=body_id, role=one.addressee.role, recorded_at=now, recorded_by=actor
    )
    return kept(session, row)
