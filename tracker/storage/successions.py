"""Successions of bodies: who owes on a day, by dated links."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlmodel import Session, col

from tracker.domain.succession import Link, debtor_on
from tracker.storage.tables import Body, BodySuccession


def links(session: Session) -> list[Link]:
    """Every dated link on record."""
    wanted = select(BodySuccession).where(col(BodySuccession.superseded_at).is_(None))
    found = session.execute(wanted).scalars()
    return [Link(link.body_id, link.successor_id, link.works_from_on) for link in found]


def debtors(session: Session, body_ids: Iterable[int], day: date) -> dict[int, Body]:
    """For each body that another one follows, the body that owes on that day."""
    known = links(session)
    moved = {id_: now for id_ in set(body_ids) if (now := debtor_on(id_, known, day)) != id_} if known else {}
    wanted = select(Body).where(col(Body.id).in_(set(moved.values())))
    bodies = {body.id: body for body in session.execute(wanted).scalars()} if moved else {}
    return {id_: bodies[now] for id_, now in moved.items()}
