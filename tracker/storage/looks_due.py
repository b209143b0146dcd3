"""What needs a look: answers past due that nobody looked for since, then flags last looked at long ago; and where."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlmodel import Session, col

from tracker.domain.listing import Filters, ListName, ListQuery
from tracker.domain.words import FLAGGED, Standing
from tracker.storage.lines import Line, Moment, lines
from tracker.storage.tables import (
    Body,
    Check,
    CheckObligation,
    Document,
    Item,
    Obligation,
    Source,
    Terms,
    Watch,
)

MOST_PLACES = 6


@dataclass(frozen=True, slots=True)
class LookDue:
    """One answer to look for, and since which day a look is due."""

    line: Line
    since_on: date
    again: bool
    """It was looked for after its due day, but long ago."""


def looks_due(
    session: Session, at: Moment, today: date, recheck_days: int, filters: Filters, processes: set[int] | None
) -> list[LookDue]:
    """The oldest first; those never looked for since their due day before those to be looked for again.

    A look before the day by which an answer would be published proves nothing, so nothing is due before it.
    """
    first = [
        LookDue(line, line.due_on + timedelta(days=1 + lag), False)
        for line, lag in _with_lag(session, _lines(session, at, filters, Standing.UNCHECKED))
        if line.due_on is not None and line.due_on + timedelta(days=1 + lag) <= today
    ]
    again = [
        LookDue(line, line.checked_on + timedelta(days=recheck_days + 1), True)
        for standing in sorted(FLAGGED)
        for line in _lines(session, at, filters, standing)
        if line.stale and line.checked_on is not None
    ]
    found = [one for one in first + again if processes is None or one.line.process_id in processes]
    return sorted(found, key=lambda one: (one.again, one.since_on, one.line.id))


def _lines(session: Session, at: Moment, filters: Filters, standing: Standing) -> list[Line]:
    given = {**filters.given(), "standing": standing.value}
    return lines(session, ListQuery(ListName.ALL, Filters(**given)), at, order="due")


def _with_lag(session: Session, found: list[Line]) -> list[tuple[Line, int]]:
    wanted = select(col(Terms.obligation_id), col(Terms.lag_days)).where(
        col(Terms.superseded_at).is_(None), col(Terms.lag_days) > 0
    )
    lags = {row[0]: row[1] for row in session.execute(wanted).all()} if found else {}
    return [(line, lags.get(line.id, 0)) for line in found]


def places_to_look(session: Session, ids: Iterable[int]) -> dict[int, list[str]]:
    """Where to look for each answer: pages watched for it, where anybody looked before, then whatever is on record.

    The number of queries does not grow with the number of answers.
    """
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    found: dict[int, dict[str, None]] = {id_: {} for id_ in wanted}
    for read in (_watched, _looked_before, _on_record):
        for id_, place in read(session, wanted):
            if place:
                found[id_].setdefault(place, None)
    return {id_: list(places)[:MOST_PLACES] for id_, places in found.items()}


def _watched(session: Session, ids: list[int]) -> list[tuple[int, str]]:
    wanted = select(col(Watch.obligation_id), col(Watch.address)).where(
        col(Watch.obligation_id).in_(ids), col(Watch.superseded_at).is_(None)
    )
    return [(row[0], row[1]) for row in session.execute(wanted.order_by(col(Watch.id))).all()]


def _looked_before(session: Session, ids: list[int]) -> list[tuple[int, str]]:
    wanted = (
        select(col(CheckObligation.obligation_id), Check)
        .join(Check, col(Check.id) == col(CheckObligation.check_id))
        .where(col(CheckObligation.obligation_id).in_(ids), col(Check.superseded_at).is_(None))
        .order_by(col(Check.looked_on).desc(), col(Check.id).desc())
    )
    return [(row[0], place) for row in session.execute(wanted).all() for place in row[1].places]


def _on_record(session: Session, ids: list[int]) -> list[tuple[int, str]]:
    """Where the terms, the sources of the process, the body and the document can be read."""
    wanted = (
        select(
            col(Obligation.id),
            col(Item.process_id),
            col(Terms.source_url),
            col(Body.website),
            col(Document.url),
        )
        .join(Item, col(Item.id) == col(Obligation.item_id))
        .join(Document, col(Document.id) == col(Item.document_id))
        .join(Body, col(Body.id) == col(Obligation.body_id))
        .join(Terms, col(Terms.obligation_id) == col(Obligation.id))
        .where(col(Obligation.id).in_(ids), col(Terms.superseded_at).is_(None))
    )
    rows = session.execute(wanted).all()
    sources = _of_processes(session, {row[1] for row in rows})
    return [(row[0], place) for row in rows for place in (*sources.get(row[1], ()), row[3], row[4], row[2])]


def _of_processes(session: Session, ids: set[int]) -> dict[int, list[str]]:
    wanted = select(col(Source.process_id), col(Source.address)).where(
        col(Source.process_id).in_(ids), col(Source.enabled).is_(True), col(Source.address) != ""
    )
    found: dict[int, list[str]] = {}
    for process_id, address in session.execute(wanted.order_by(col(Source.id))).all():
        found.setdefault(process_id, []).append(address)
    return found
