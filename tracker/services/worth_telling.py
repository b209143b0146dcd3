"""Of all that waits for some addresses, what is worth a message: no repeats, nothing superseded or withheld."""

from collections.abc import Callable, Container, Mapping, Sequence
from itertools import groupby

from sqlmodel import Session

from tracker.domain.listing import ListName, ListQuery
from tracker.domain.parcel import News
from tracker.domain.telling import FLAGS, last_of_each
from tracker.storage import deliveries, outgoing, segments
from tracker.storage.events import events
from tracker.storage.outgoing import Row

LEFT = "left"
SUPERSEDED = "a later change of the same obligation was told"
TOLD = "told already by another subscription of this address"
WITHHELD = "no longer public"


def worth_telling(session: Session, waiting: Sequence[Row]) -> list[list[Row]]:
    """The rows of each message; what is not worth one is dropped from the ledger, with why.

    `waiting` is in order of channel and address; each letter is a message of its own, but for those that say that
    a list is quiet: they travel with the news of the same address, or together where there is none.
    """
    rows = _without(session, waiting, lambda row: row.ended, LEFT)
    letters = [[row] for row in rows if row.is_letter]
    known = outgoing.told_already(session, rows)
    rows = [row for row in rows if not row.is_letter]
    rows = _without(session, rows, lambda row: (row.whom, row.event_id) in known, TOLD)
    public = news_of(session, rows)
    rows = _without(session, rows, lambda row: _tells(row) and row.event_id not in public, WITHHELD)
    messages = [list(group) for _, group in groupby(rows, key=lambda row: row.whom)]
    lifted = lifted_of(session, public)
    last = {
        (row.whom, id_) for group in messages for row in group[:1] for id_ in _last(group, public, lifted)
    }
    rows = _without(
        session, rows, lambda row: _tells(row) and (row.whom, row.event_id) not in last, SUPERSEDED
    )
    return letters + [list(group) for _, group in groupby(rows, key=lambda row: row.whom)]


def _tells(row: Row) -> bool:
    return row.event_id is not None


def news_of(session: Session, rows: Sequence[Row]) -> Mapping[int, News]:
    """The events of the rows that may be shown, by id."""
    ids = {row.event_id for row in rows if row.event_id is not None}
    found = events(session, ListQuery(ListName.ALL), ids=ids, order="log") if ids else []
    return {event.id: event for event in found}


def lifted_of(session: Session, news: Mapping[int, News]) -> set[int]:
    """The obligations of flags that hold no longer, though they did when they were announced."""
    owed = {event.obligation_id for event in news.values() if event.kind in FLAGS and event.obligation_id}
    return segments.unflagged(session, owed) if owed else set()


def _last(rows: Sequence[Row], public: Mapping[int, News], lifted: Container[int | None]) -> set[int]:
    """Of what one address would be told, the last change of each obligation."""
    ids = {row.event_id for row in rows if row.event_id is not None}
    return {event.id for event in last_of_each((public[id_] for id_ in ids), lifted)}


def _without(session: Session, rows: Sequence[Row], unwanted: Callable[[Row], bool], why: str) -> list[Row]:
    dropped = {row.id for row in rows if unwanted(row)}
    if dropped:
        deliveries.drop(session, dropped, why)
    return [row for row in rows if row.id not in dropped]
