"""Whether fresh flags alone fill a page of a body's long list: then they are found in order, and nothing is sorted."""

from typing import Any

from sqlalchemy import ColumnElement, and_
from sqlmodel import Session, col

from tracker.domain.listing import Filters, ListName, ListQuery
from tracker.domain.words import FLAGGED
from tracker.storage.listed import Moment
from tracker.storage.stored_counts import stored_counts
from tracker.storage.tables import Body, Segment

MANY = 2_000
"""Fewer entries are sorted sooner than the flags of all bodies are gone through for them."""
WITH_DAYS: ColumnElement[bool] = and_(col(Segment.stale).is_(False), col(Segment.days_overdue).is_not(None))
"""What comes first in the order of days overdue: it holds all fresh flags."""
WHICHEVER_BODY: Any = col(Body.id) + 0
"""The body's number as no index knows it: the list is gone through in its order, not gathered by body."""


def flags_fill(session: Session, query: ListQuery, at: Moment, upto: int) -> bool:
    """Whether the first entries up to a place, most days first, are all among a body's fresh flags."""
    if query.name is not ListName.ALL or query.filters != Filters(body=query.filters.body):
        return False
    kept = stored_counts(session, query, at) if query.filters.body else None
    if kept is None or sum(one.n for one in kept) <= MANY:
        return False
    flagged = (one.n for one in kept if one.flagged and one.standing in FLAGGED and not one.stale)
    return sum(flagged) >= upto
