"""Whether fresh flags fill a page of a body that owes much: then they are found in order, and nothing is sorted."""

from typing import Any

from sqlalchemy import ColumnElement, and_
from sqlmodel import Session, col

from tracker.domain.listing import Filters, ListName, ListQuery
from tracker.storage.listed import Moment
from tracker.storage.stored_counts import stored_counts
from tracker.storage.tables import Body, Segment

FLAGS = (ListName.OVERDUE, ListName.NOT_ANSWERED_BY_DATE_ASKED)
MANY = 2_000
"""Fewer entries are sorted sooner than the flags of all bodies are gone through for them."""
WITH_DAYS: ColumnElement[bool] = and_(col(Segment.stale).is_(False), col(Segment.days_overdue).is_not(None))
"""What comes first in the order of days overdue: it holds all fresh flags."""
WHICHEVER_BODY: Any = col(Body.id) + 0
"""The body's number as no index knows it: the list is gone through in its order, not gathered by body."""


def flags_fill(session: Session, query: ListQuery, at: Moment, upto: int) -> bool:
    """Whether the first entries up to a place, most days first, are all among a body's fresh flags."""
    given = query.filters
    if query.name not in FLAGS or not given.body or given != Filters(body=given.body, basis=given.basis):
        return False
    owed = stored_counts(session, ListQuery(ListName.ALL, Filters(body=given.body)), at)
    if owed is None or sum(one.n for one in owed) <= MANY:
        return False
    return sum(one.n for one in stored_counts(session, query, at) or () if not one.stale) >= upto
