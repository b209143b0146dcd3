"""Which rows of the log belong to a list, in SQL: the table of `tracker.domain.list_events`, visibility and filters."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, String, and_, cast, exists, func, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from tracker.domain.announcing import news_of
from tracker.domain.list_events import EVENTS_OF, SETTLING, UNLISTED, Belonging
from tracker.domain.listing import Filters, ListName, ListQuery
from tracker.domain.words import Basis, EventKind, Standing, Visibility
from tracker.storage.bodies import family
from tracker.storage.narrowing import narrowed
from tracker.storage.tables import Body, Document, Event, Item, Obligation, Process, Response, Terms

BASIS: ColumnElement[Any] = func.coalesce(
    col(Event.detail)["basis"].as_string(), cast(col(Terms.basis), String)
)
"""Why the date binds: as the log said at the time, else as the terms say now."""


def _absent_or_public(reference: Any, *tables: Any) -> ColumnElement[bool]:
    public = (col(table.visibility) == Visibility.PUBLIC for table in tables)
    return or_(col(reference).is_(None), and_(*public))


def _of_hidden_response() -> ColumnElement[bool]:
    # An alias: the queries this stands in join the responses themselves.
    other = aliased(Response)
    return exists().where(col(other.id) == col(Event.response_id), col(other.visibility) != Visibility.PUBLIC)


PUBLIC: list[ColumnElement[bool]] = [
    _absent_or_public(Event.item_id, Item, Document),
    _absent_or_public(Event.body_id, Body),
    _absent_or_public(Event.process_id, Process),
    or_(col(Event.kind) != EventKind.CORRECTED, ~_of_hidden_response()),
]
"""What every public event fulfils. A correction of a response quotes it: it goes where the response goes."""


LISTED: list[ColumnElement[bool]] = [
    or_(
        col(Event.kind) != EventKind.NOTED,
        func.coalesce(col(Event.detail)["what"].as_string(), "").not_in(UNLISTED),
    )
]
"""What is news enough for a list."""


def of_public_things() -> list[ColumnElement[bool]]:
    """What an event fulfils whose every thing is public: the item with its document, the body, process and answer."""
    return [_no_hidden(Event.item_id, Item), _no_hidden_document(), *(_no_hidden(*one) for one in _OTHERS)]


_OTHERS: tuple[tuple[Any, Any], ...] = (
    (Event.body_id, Body),
    (Event.process_id, Process),
    (Event.response_id, Response),
)


def _no_hidden(reference: Any, table: Any) -> ColumnElement[bool]:
    # Aliases: the queries these stand in may join the tables themselves.
    other = aliased(table)
    return ~exists().where(other.id == col(reference), other.visibility != Visibility.PUBLIC)


def _no_hidden_document() -> ColumnElement[bool]:
    item, document = aliased(Item), aliased(Document)
    return ~exists().where(
        col(item.id) == col(Event.item_id),
        col(document.id) == col(item.document_id),
        col(document.visibility) != Visibility.PUBLIC,
    )


def of_query(session: Session, query: ListQuery) -> list[ColumnElement[bool]]:
    """What a public event of a list fulfils."""
    filters = narrowed(session, replace(query.filters, body="", basis=""))
    return [
        *PUBLIC,
        *_of_list(query.name),
        *_of_standing(query.filters.standing),
        *filters,
        *_of_duty(session, query),
    ]


def _of_duty(session: Session, query: ListQuery) -> list[ColumnElement[bool]]:
    """What narrows by the duty an event is about: a whole item is about each duty that is owed about it."""
    duty = Filters(body=query.filters.body, basis=query.filters.basis)
    own = [*_TERMS.get(query.name, []), *narrowed(session, duty, {"basis": BASIS})]
    belonging = EVENTS_OF[query.name]
    if not own or EventKind.LOGGED not in belonging.enters | belonging.always:
        return own
    whole = and_(col(Event.obligation_id).is_(None), col(Event.body_id).is_(None), _owed(session, query))
    return [or_(and_(*own), whole)]


def _owed(session: Session, query: ListQuery) -> ColumnElement[bool]:
    """Something that the list is of is owed about the event's item, by a body that is public."""
    owed, terms, body = aliased(Obligation), aliased(Terms), aliased(Body)
    wanted = exists().where(
        col(owed.item_id) == col(Event.item_id),
        col(terms.obligation_id) == col(owed.id),
        col(terms.superseded_at).is_(None),
        col(body.id) == col(owed.body_id),
        col(body.visibility) == Visibility.PUBLIC,
    )
    if query.name in _NO_DATE:
        wanted = wanted.where(col(terms.no_date).is_(_NO_DATE[query.name]))
    if query.filters.body:
        wanted = wanted.where(col(owed.body_id).in_(family(session, query.filters.body)))
    if query.filters.basis:
        wanted = wanted.where(cast(col(terms.basis), String) == query.filters.basis)
    return wanted


_BINDING = [basis.value for basis in Basis if basis.flags_overdue]
_NO_DATE = {ListName.WAITING: True, ListName.DUE: False}
_TERMS: Mapping[ListName, list[ColumnElement[bool]]] = {
    ListName.OVERDUE: [BASIS.in_(_BINDING)],
    ListName.NOT_ANSWERED_BY_DATE_ASKED: [BASIS.not_in(_BINDING)],
    **{name: [col(Terms.no_date).is_(without)] for name, without in _NO_DATE.items()},
}


ANY_KIND = func.coalesce(col(Event.kind), col(Event.kind))
"""Of what a list may hold there is much: by an index of kinds it would all be found, and sorted, before the newest."""


def _of_list(name: ListName) -> list[ColumnElement[bool]]:
    belonging = EVENTS_OF[name]
    told = or_(
        ANY_KIND.in_(belonging.enters | belonging.always),
        and_(ANY_KIND.in_(belonging.follows), _has_entered(belonging)),
    )
    return [told]


def _has_entered(belonging: Belonging) -> ColumnElement[bool]:
    """An earlier event brought it into the list, and unless this one reopens it, nothing settled it since."""
    entered, settled = _last_before(belonging.enters), _last_before(SETTLING)
    since = func.coalesce(settled, 0) > entered
    return and_(entered.is_not(None), or_(col(Event.kind) == EventKind.REOPENED, ~since))


def _last_before(kinds: Iterable[EventKind]) -> Any:
    """The last event of some kinds about the same obligation before this one: one step back in an index, or few."""
    earlier = aliased(Event)
    wanted = select(col(earlier.id)).where(
        col(earlier.obligation_id) == col(Event.obligation_id),
        col(earlier.kind).in_(sorted(kinds)),
        col(earlier.id) < col(Event.id),
    )
    return wanted.order_by(col(earlier.id).desc()).limit(1).correlate(Event).scalar_subquery()


def _of_standing(standing: str) -> list[ColumnElement[bool]]:
    """With `standing=`, the events by which an obligation came to stand there."""
    if not standing:
        return []
    reaching = news_of(None, Standing(standing))
    return [or_(col(Event.kind).in_(reaching), col(Event.detail)["standing"].as_string() == standing)]
