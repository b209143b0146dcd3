"""What a body owes with its parts, its members and those it came after: found by indexes, not by going through all."""

from dataclasses import replace

from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col

from tracker.domain.listing import ListQuery
from tracker.storage.bodies import family, passed_alone, passed_to
from tracker.storage.lines import Moment, conditions
from tracker.storage.tables import Obligation


def conditions_by_index(session: Session, query: ListQuery, at: Moment) -> list[ColumnElement[bool]]:
    """The conditions of a list, that of its body as ids of the family and of the single duties that passed to it."""
    key = query.filters.body
    if not key:
        return conditions(session, query, at)
    others = replace(query, filters=replace(query.filters, body=""))
    return [*conditions(session, others, at), _owed(session, key, at)]


def _owed(session: Session, key: str, at: Moment) -> ColumnElement[bool]:
    then = (at.day, at.known_by) if at.day is not None else None
    ids = family(session, key, then)
    alone = bool(ids) and passed_alone(session, ids, then)
    passed = sorted(session.execute(passed_to(ids, then)).scalars()) if alone else []
    of_bodies = col(Obligation.body_id).in_(sorted(ids))
    return or_(of_bodies, col(Obligation.id).in_(passed)) if passed else of_bodies
