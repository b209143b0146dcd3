"""Objections of bodies: those that stand beside a flag, those an editor has to end, how long each took."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, func, or_, select
from sqlmodel import Session, col

from tracker.domain.objected import Handling, Objected, handling
from tracker.domain.words import ObjectionState, Visibility
from tracker.storage.prepared import once, run
from tracker.storage.tables import Body, BodyContact, Document, Item, Objection, Obligation, Process

COUNTED = timedelta(days=365)


def beside(session: Session, known_by: datetime | None = None) -> Mapping[int, Objected]:
    """By obligation, the last objection that stands open now, or stood open at an instant of the past."""
    return once(session, ("beside", known_by), lambda: _beside(session, known_by))


def _beside(session: Session, known_by: datetime | None) -> Mapping[int, Objected]:
    wanted = _OPEN if known_by is None else _standing(*_open_at(known_by))
    return {row.obligation_id: objected(row) for row in run(session, wanted).all()}


def _open_at(known_by: datetime) -> list[ColumnElement[bool]]:
    return [
        col(Objection.state) != ObjectionState.UNVERIFIED,
        col(Objection.recorded_at) <= known_by,
        or_(col(Objection.ended_at).is_(None), col(Objection.ended_at) > known_by),
    ]


def _standing(*open_: ColumnElement[bool]) -> Any:
    said: tuple[Any, ...] = (
        Objection.obligation_id,
        Objection.kind,
        Objection.recorded_at,
        Objection.number,
        Objection.said_on,
        Objection.said_body,
    )
    wanted = select(*said).where(col(Objection.superseded_at).is_(None), *open_)
    return wanted.order_by(col(Objection.id))


_OPEN = _standing(col(Objection.state) == ObjectionState.OPEN)


def objected(row: Objection | Row[Any]) -> Objected:
    """What an objection says."""
    return Objected(row.kind, row.recorded_at.date(), row.number or "", row.said_on, row.said_body or "")


@dataclass(frozen=True, slots=True)
class Raised:
    """One objection with what it is about."""

    objection: Objection
    obligation: Obligation
    item: Item
    body: Body


@dataclass(frozen=True, slots=True)
class Receipt:
    """What came in one form and stands alike: one objection, however many entries it is about."""

    objection: Objection
    body: Body
    items: list[Item]


def by_receipt(rows: Iterable[Raised]) -> list[Receipt]:
    """Rows of one number that ended alike, or are open alike, told once."""
    found: dict[tuple[object, ...], Receipt] = {}
    for one in rows:
        row = one.objection
        same = (row.number or row.id, row.state, row.ended_at, row.outcome)
        found.setdefault(same, Receipt(row, one.body, [])).items.append(one.item)
    return list(found.values())


def open_ones(session: Session, most: int = 2000) -> list[Raised]:
    """Those that wait for an editor, the oldest first."""
    wanted = _joined().where(col(Objection.state) == ObjectionState.OPEN)
    return _raised(session, wanted.order_by(col(Objection.recorded_at), col(Objection.id)).limit(most))


def ended_ones(session: Session, most: int = 1000) -> list[Raised]:
    """Those that ended last, about entries whose every thing is public."""
    wanted = _of_public_things().where(col(Objection.ended_at).is_not(None))
    return _raised(session, wanted.order_by(col(Objection.ended_at).desc(), col(Objection.id)).limit(most))


def of_number(session: Session, number: str) -> list[Raised]:
    """All that came in one form."""
    return _raised(session, _joined().where(col(Objection.number) == number).order_by(col(Objection.id)))


def of_body(session: Session, body_id: int, most: int = 2000) -> list[Raised]:
    """What a body has objected to and is public, the newest first; also where another owed it before."""
    raised = select(col(BodyContact.id)).where(col(BodyContact.body_id) == body_id)
    wanted = _of_public_things().where(
        or_(col(Obligation.body_id) == body_id, col(Objection.contact_id).in_(raised)),
        col(Objection.state) != ObjectionState.UNVERIFIED,
    )
    return _raised(session, wanted.order_by(col(Objection.id).desc()).limit(most))


def open_of_contact(session: Session, contact_id: int) -> int:
    """How many of a contact's objections nobody has ended."""
    wanted = select(func.count(col(Objection.id))).where(
        col(Objection.contact_id) == contact_id, col(Objection.state) == ObjectionState.OPEN
    )
    return int(session.execute(wanted).scalar_one())


def since(session: Session, contact_id: int, instant: datetime) -> int:
    """How many entries a contact has objected to since an instant."""
    wanted = select(func.count(col(Objection.id))).where(
        col(Objection.contact_id) == contact_id, col(Objection.recorded_at) > instant
    )
    return int(session.execute(wanted).scalar_one())


def how_fast(session: Session, now: datetime) -> Handling:
    """How fast the objections of the last year were handled; one receipt counts once."""
    numbers = func.coalesce(col(Objection.number), "")
    wanted = (
        select(
            numbers,
            func.min(col(Objection.recorded_at)),
            func.max(col(Objection.ended_at)),
            func.count(col(Objection.id)) - func.count(col(Objection.ended_at)),
        )
        .where(col(Objection.state) != ObjectionState.UNVERIFIED, col(Objection.recorded_at) > now - COUNTED)
        .group_by(numbers)
    )
    rows = session.execute(wanted).all()
    ended = [(began, ended) for _, began, ended, left in rows if not left and ended is not None]
    return handling(ended, [began for _, began, _, left in rows if left], now)


def _joined() -> Any:
    return (
        select(Objection, Obligation, Item, Body)
        .join(Obligation, col(Obligation.id) == col(Objection.obligation_id))
        .join(Item, col(Item.id) == col(Obligation.item_id))
        .join(Body, col(Body.id) == col(Obligation.body_id))
        .where(col(Objection.superseded_at).is_(None))
    )


def _of_public_things() -> Any:
    """What is told outside the desk: the entry with all it stands in, and the body."""
    seen = [col(one.visibility) == Visibility.PUBLIC for one in (Item, Document, Process, Body)]
    wanted = _joined().join(Document, col(Document.id) == col(Item.document_id))
    return wanted.join(Process, col(Process.id) == col(Item.process_id)).where(*seen)


def _raised(session: Session, wanted: Any) -> list[Raised]:
    return [Raised(*row) for row in session.execute(wanted).all()]
