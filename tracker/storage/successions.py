"""Successions of bodies: who owes on a day, by dated links."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlmodel import Session, col

from tracker.domain.succession import ALWAYS, GONE, Link, Passing, debtor_on, heir_on, path_on
from tracker.storage.prepared import once, run
from tracker.storage.tables import Body, BodySuccession


@dataclass(frozen=True, slots=True)
class Debtor:
    """Who owes now what another body was asked for."""

    body: Body
    since_on: date | None
    """Since which day; None: the addressee is this body, entered twice."""


def links(session: Session, known_by: datetime | None = None) -> list[Link]:
    """Every dated link on record; with an instant, those on record then."""
    return list(once(session, ("links", known_by), lambda: _links(session, known_by)))


def _links(session: Session, known_by: datetime | None) -> list[Link]:
    wanted = _NOW if known_by is None else select(*_LINK).where(*_on_record(known_by))
    rows: Iterable[Any] = run(session, wanted).all()
    return [
        Link(body_id, successor_id, from_on, passing or Passing.DUTIES, obligation_id)
        for body_id, successor_id, from_on, passing, obligation_id in rows
    ]


def _on_record(known_by: datetime | None) -> list[ColumnElement[bool]]:
    gone = col(BodySuccession.superseded_at)
    if known_by is None:
        return [gone.is_(None)]
    return [col(BodySuccession.recorded_at) <= known_by, or_(gone.is_(None), gone > known_by)]


_LINK: tuple[Any, ...] = (
    BodySuccession.body_id,
    BodySuccession.successor_id,
    BodySuccession.works_from_on,
    BodySuccession.passing,
    BodySuccession.obligation_id,
)
_NOW: Any = select(*_LINK).where(*_on_record(None))


def debtors(session: Session, body_ids: Iterable[int], day: date) -> dict[int, Body]:
    """For each body that another one follows, the body that owes on that day."""
    known = links(session)
    moved = {id_: now for id_ in set(body_ids) if (now := debtor_on(id_, known, day)) != id_} if known else {}
    bodies = _bodies(session, moved.values())
    return {id_: bodies[now] for id_, now in moved.items()}


def owing(
    session: Session, owed: Mapping[int, int], day: date, known_by: datetime | None = None
) -> dict[int, Debtor]:
    """Who owes on a day, by obligation, where that is not the body asked; `owed` is body by obligation."""
    known = links(session, known_by)
    paths = {id_: path_on(body, known, day, id_) for id_, body in owed.items()} if known else {}
    paths = {id_: path for id_, path in paths.items() if path}
    bodies = _bodies(session, {path[-1].successor_id for path in paths.values()})
    return {id_: Debtor(bodies[path[-1].successor_id], _since(path)) for id_, path in paths.items()}


def _since(path: tuple[Link, ...]) -> date | None:
    latest = max(link.works_from_on for link in path)
    return latest if latest > ALWAYS else None


def heirs(session: Session, day: date, known_by: datetime | None = None) -> dict[str, Body]:
    """By the key of each body that has gone whole into another, or was entered twice: that other body."""
    known = links(session, known_by)
    gone = {link.body_id for link in known if link.passing in GONE}
    moved = {id_: now for id_ in gone if (now := heir_on(id_, known, day)) != id_}
    bodies = _bodies(session, [*moved, *moved.values()])
    return {bodies[id_].key: bodies[now] for id_, now in moved.items()}


def links_of_change(session: Session, change_id: int) -> list[BodySuccession]:
    """The links that one change made and that still stand."""
    wanted = select(BodySuccession).where(
        col(BodySuccession.change_id) == change_id, col(BodySuccession.superseded_at).is_(None)
    )
    return list(session.execute(wanted).scalars())


def _bodies(session: Session, ids: Iterable[int]) -> dict[int, Body]:
    some = set(ids)
    if not some:
        return {}
    wanted = select(Body).where(col(Body.id).in_(some))
    return {id_: body for body in session.execute(wanted).scalars() if (id_ := body.id) is not None}
