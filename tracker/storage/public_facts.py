"""What is on record about public obligations, one table at a time and page by page: claims, verdicts, looks, …"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlmodel import Session, col

from tracker.domain.listing import Filters, ListName, ListQuery
from tracker.domain.words import ObjectionState, Visibility
from tracker.storage.lines import Moment, conditions, joined, known
from tracker.storage.responses_read import ReadVerdict, read_verdicts
from tracker.storage.tables import (
    Assessment,
    Check,
    CheckObligation,
    Group,
    Objection,
    Obligation,
    Response,
    Segment,
    Statement,
)

NOTHING_NARROWED = Filters()


def facts(
    session: Session,
    table: Any,
    filters: Filters,
    at: Moment,
    *,
    limit: int,
    after_id: int = 0,
    obligation_id: int | None = None,
) -> Sequence[Any]:
    """The next rows of a table after an id, of public obligations the filters let through."""
    wanted = select(table).where(*_public(session, table, filters, at, obligation_id))
    wanted = wanted.where(col(table.id) > after_id).order_by(col(table.id)).limit(limit)
    return session.execute(wanted).scalars().all()


def count(
    session: Session, table: Any, filters: Filters, at: Moment, *, obligation_id: int | None = None
) -> int:
    """How many there are."""
    wanted = select(func.count(col(table.id))).where(*_public(session, table, filters, at, obligation_id))
    return int(session.execute(wanted).scalar_one())


def with_groups(session: Session, rows: Sequence[Assessment]) -> list[ReadVerdict]:
    """Verdicts with the keys of the groups that gave them and of the responses they judged."""
    ids = {row.group_id for row in rows}
    keys = {
        group.id: group.key
        for group in session.execute(select(Group).where(col(Group.id).in_(ids))).scalars()
    }
    return read_verdicts(session, [(row, keys.get(row.group_id, "")) for row in rows])


def looked_for(session: Session, checks: Iterable[Check], at: Moment) -> Mapping[int, list[int]]:
    """Which public obligations each look was for."""
    found: dict[int, list[int]] = {}
    wanted = select(col(CheckObligation.check_id), col(CheckObligation.obligation_id)).where(
        col(CheckObligation.check_id).in_([check.id for check in checks]),
        col(CheckObligation.obligation_id).in_(_obligations(session, NOTHING_NARROWED, at)),
    )
    for check_id, obligation_id in session.execute(wanted.order_by(*wanted.selected_columns)).all():
        found.setdefault(check_id, []).append(obligation_id)
    return found


def stood(
    session: Session, obligation_id: int, now: datetime, *, limit: int, after_id: int = 0
) -> list[Segment]:
    """How an obligation stood, stretch by stretch in the order of the record; what lies ahead is left out."""
    wanted = select(Segment).where(*_begun(obligation_id, now), col(Segment.id) > after_id)
    return list(session.execute(wanted.order_by(col(Segment.id)).limit(limit)).scalars())


def stretches(session: Session, obligation_id: int, now: datetime) -> int:
    """How many there are."""
    wanted = select(func.count(col(Segment.id))).where(*_begun(obligation_id, now))
    return int(session.execute(wanted).scalar_one())


def _begun(obligation_id: int, now: datetime) -> list[ColumnElement[bool]]:
    """What was superseded before it began never was."""
    gone = col(Segment.superseded_at)
    return [
        col(Segment.obligation_id) == obligation_id,
        col(Segment.from_at) <= now,
        or_(gone.is_(None), gone > col(Segment.from_at)),
    ]


def _obligations(session: Session, filters: Filters, at: Moment) -> Any:
    return joined(select(col(Obligation.id)), at).where(
        *conditions(session, ListQuery(ListName.ALL, filters), at)
    )


def _public(
    session: Session, table: Any, filters: Filters, at: Moment, obligation_id: int | None
) -> list[ColumnElement[bool]]:
    within = _obligations(session, filters, at)
    if obligation_id is not None:
        within = within.where(col(Obligation.id) == obligation_id)
    return [*_of(table, within), *_FURTHER.get(table, _on_record)(table, at)]


def _of(table: Any, within: Any) -> list[ColumnElement[bool]]:
    if table is not Check:
        return [col(table.obligation_id).in_(within)]
    linked = select(col(CheckObligation.check_id)).where(col(CheckObligation.obligation_id).in_(within))
    return [col(Check.id).in_(linked)]


def _on_record(table: Any, at: Moment) -> list[ColumnElement[bool]]:
    return known(table, at)


def _recorded_by(table: Any, at: Moment) -> list[ColumnElement[bool]]:
    """Superseded ones too: they say so themselves."""
    return [] if at.known_by is None else [col(table.recorded_at) <= at.known_by]


def _on_shown_responses(table: Any, at: Moment) -> list[ColumnElement[bool]]:
    shown = select(col(Response.id)).where(
        col(Response.visibility).in_((Visibility.PUBLIC, Visibility.LINK_ONLY))
    )
    return [*known(table, at), col(Statement.response_id).in_(shown)]


def _verified(table: Any, at: Moment) -> list[ColumnElement[bool]]:
    return [*known(table, at), col(Objection.state) != ObjectionState.UNVERIFIED]


_FURTHER: Mapping[Any, Any] = {
    Assessment: _recorded_by,
    Statement: _on_shown_responses,
    Objection: _verified,
}
