"""The position a body last took on what is asked of it: of each obligation, and counted over a plan."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlmodel import Session, col

from tracker.domain.listing import ListQuery
from tracker.domain.partial import PartialDate
from tracker.domain.words import Position, ResponseKind, Visibility
from tracker.storage.columns import partial_of
from tracker.storage.lines import Moment, conditions, count, joined, known
from tracker.storage.plan_counts import in_plan, is_owed, is_plan_now
from tracker.storage.tables import Obligation, Response, ResponseLine

SHOWN = (Visibility.PUBLIC, Visibility.LINK_ONLY)
_ANSWERED_ON: Any = func.coalesce(Response.received_on, Response.published_on, Response.first_seen_on)


@dataclass(frozen=True, slots=True)
class Taken:
    """A position, in the body's own word too, and the answer it stands in."""

    position: Position
    as_written: str
    kind: ResponseKind
    on: PartialDate | None
    """The answer day; None where only the day it was first seen is known."""


def positions(session: Session, obligation_ids: Iterable[int], at: Moment) -> Mapping[int, Taken]:
    """The newest position on each of these obligations that still stands; those without one are left out."""
    said = _newest(at, [col(ResponseLine.obligation_id).in_(list(obligation_ids))])
    wanted = (
        select(ResponseLine, Response)
        .join(said, and_(said.c.id == ResponseLine.id, said.c.place == 1))
        .join(Response, col(Response.id) == ResponseLine.response_id)
    )
    return {line.obligation_id: _taken(line, response) for line, response in session.execute(wanted).all()}


def position_counts(session: Session, query: ListQuery, at: Moment) -> Mapping[Position | None, int]:
    """How many obligations of a list got which position; under None those that got none."""
    counted = _counted_in_plan if is_plan_now(query, at) else counted_in_list
    found = counted(session, query, at)
    return {one: found[one] for one in (*Position, None) if found.get(one)}


def counted_in_list(session: Session, query: ListQuery, at: Moment) -> Mapping[Position | None, int]:
    """The same in no order, at whatever moment: every obligation of the list is looked at."""
    owed = (
        joined(select(col(Obligation.id).label("id")), at).where(*conditions(session, query, at)).subquery()
    )
    said = _newest(at, [col(ResponseLine.obligation_id).in_(select(owed.c.id))])
    wanted = (
        select(said.c.position, func.count(owed.c.id))
        .select_from(owed)
        .outerjoin(said, and_(said.c.obligation_id == owed.c.id, said.c.place == 1))
        .group_by(said.c.position)
    )
    return {position and Position(position): int(n) for position, n in session.execute(wanted).all()}


def _counted_in_plan(session: Session, query: ListQuery, at: Moment) -> Mapping[Position | None, int]:
    """From the positions taken; those that got none are the others of those that are counted anyway."""
    said = _newest(at, conditions(session, query, at), of_plan=True)
    wanted = select(said.c.position, func.count()).where(said.c.place == 1, is_owed(said.c.obligation_id, at))
    wanted = wanted.group_by(said.c.position)
    found: dict[Position | None, int] = {Position(one): int(n) for one, n in session.execute(wanted).all()}
    return {**found, None: count(session, query, at) - sum(found.values())}


def _taken(line: ResponseLine, response: Response) -> Taken:
    assert line.position is not None  # noqa: S101 - only lines with a position are read
    on = partial_of(response, "received") or partial_of(response, "published")
    return Taken(line.position, line.position_as_written, line.kind, on)


def _newest(at: Moment, also: list[ColumnElement[bool]], *, of_plan: bool = False) -> Any:
    """Lines that take a position, the newest of each obligation with place 1."""
    each = col(ResponseLine.obligation_id)
    place = func.row_number().over(
        partition_by=each, order_by=(_ANSWERED_ON.desc(), col(ResponseLine.id).desc())
    )
    wanted = select(col(ResponseLine.id), each, col(ResponseLine.position), place.label("place"))
    wanted = in_plan(wanted.select_from(ResponseLine), at, each) if of_plan else wanted
    return (
        wanted.join(Response, col(Response.id) == ResponseLine.response_id)
        .where(col(ResponseLine.position).is_not(None), col(Response.visibility).in_(SHOWN))
        .where(*known(ResponseLine, at), *_stands(at), *also)
        .subquery()
    )


def _stands(at: Moment) -> list[ColumnElement[bool]]:
    """What was struck is as if never said; what the body took back it says no longer."""
    day = at.day or at.at.date()
    struck: ColumnElement[bool] = col(Response.struck_at).is_(None)
    taken_back: ColumnElement[bool] = col(Response.retracted_on).is_(None)
    if at.known_by is not None:
        struck = or_(struck, col(Response.struck_at) > at.known_by)
        taken_back = or_(taken_back, col(Response.retraction_recorded_at) > at.known_by)
    return [struck, or_(taken_back, col(Response.retracted_on) > day), *_said_by(at.day)]


def _said_by(day: date | None) -> list[ColumnElement[bool]]:
    return [] if day is None else [_ANSWERED_ON.op("<=")(day)]
