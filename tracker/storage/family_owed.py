"""What a body owes with its parts, its members and those it came after: found by indexes, not by going through all."""

from collections.abc import Hashable
from dataclasses import replace
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col

from tracker.domain.listing import ListQuery
from tracker.storage.bodies import family, passed_alone, passed_to
from tracker.storage.listed import Make, Moment, asked_in, conditions
from tracker.storage.tables import Obligation


def conditions_by_index(session: Session, query: ListQuery, at: Moment) -> list[ColumnElement[bool]]:
    """The conditions of a list, that of its body as ids of the family and of the single duties that passed to it."""
    key = query.filters.body
    if not key:
        return conditions(session, query, at)
    others = replace(query, filters=replace(query.filters, body=""))
    return [*conditions(session, others, at), _owed(session, key, at)]


def asked_by_index(
    session: Session, query: ListQuery, at: Moment, make: Make, *shape: Hashable, **values: Any
) -> Any:
    """The rows of the statement that `make(at, conditions, *shape)` makes, once for what is asked alike of now."""
    narrowed = partial(conditions_by_index, session, query, at)
    return asked_in(session, query, at, col(Obligation.body_id), narrowed, make, shape, values)


def _owed(session: Session, key: str, at: Moment) -> ColumnElement[bool]:
    then = (at.day, at.known_by) if at.day is not None else None
    ids = family(session, key, then)
    alone = bool(ids) and passed_alone(session, ids, then)
    passed = sorted(session.execute(passed_to(ids, then)).scalars()) if alone else []
    of_bodies = col(Obligation.body_id).in_(sorted(ids))
    return or_(of_bodies, col(Obligation.id).in_(passed)) if passed else of_bodies
