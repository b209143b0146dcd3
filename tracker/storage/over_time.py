"""How many obligations of a list stood where at the ends of past days: as this site showed it, or in hindsight."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Date, and_, case, func, literal_column, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from tracker.domain.listing import ListQuery
from tracker.domain.words import Basis, Role, Standing
from tracker.storage.family_owed import asked_by_index
from tracker.storage.kept_cards import kept_stands
from tracker.storage.listed import Moment, joined, known
from tracker.storage.tables import Addressee, Body, Document, Item, Obligation, Process, Segment


@dataclass(frozen=True, slots=True)
class Stood:
    """So many obligations that stood alike; supporting roles are left out."""

    standing: Standing
    basis: Basis
    certain: bool
    """It is known whether an answer came in time."""
    flagged: bool
    stale: bool
    n: int


_UNKNOWN = func.coalesce(col(Segment.detail)["lateness_unknown"].as_boolean(), False)
_CERTAIN = case(
    (col(Segment.standing) == Standing.ANSWERED, col(Segment.due_on).is_not(None) & _UNKNOWN.is_(False)),
    else_=True,
).label("certain")
_ALIKE: tuple[Any, ...] = (Segment.standing, Segment.basis, _CERTAIN, Segment.flagged, Segment.stale)


def stand_at(session: Session, query: ListQuery, at: Moment) -> list[Stood]:
    """The same at one moment, as every list shows it."""
    kept = kept_stands(session, query, at)
    return stand_live(session, query, at) if kept is None else [_stood(row) for row in kept]


def stand_live(session: Session, query: ListQuery, at: Moment) -> list[Stood]:
    """The same, counted through, whatever is kept."""
    return [_stood(row) for row in asked_by_index(session, query, at, _standing).all()]


def _standing(at: Moment, narrowed: Iterable[ColumnElement[bool]]) -> Any:
    wanted = joined(select(*_ALIKE, func.count(col(Obligation.id))), at)
    wanted = wanted.where(*narrowed, col(Addressee.role) != Role.SUPPORTING)
    return wanted.group_by(*(literal_column("certain") if one is _CERTAIN else one for one in _ALIKE))


def stood_on(
    session: Session, query: ListQuery, at: Moment, days: Sequence[date], *, hindsight: bool
) -> list[list[Stood]]:
    """By day, in one query: with what was on record at the end of each day (UTC), or with what is on record now."""
    found: list[list[Stood]] = [[] for _ in days]
    if not days:
        return found
    rows = asked_by_index(session, query, at, _stood_on, tuple(days), hindsight)
    for *row, begun_in, still_in, n in rows.all():
        # Begun by a day is begun on every later one; still open on a day was open on every earlier one.
        for place in range(len(days) - begun_in, still_in):
            found[place].append(_stood((*row, n)))
    return found


def _stood_on(
    at: Moment, narrowed: Iterable[ColumnElement[bool]], days: Sequence[date], hindsight: bool
) -> Any:
    stretches = _stretches(at, narrowed, days, hindsight=hindsight)
    begun, ended = _begun(stretches.c, days, hindsight), _open(stretches.c, days, hindsight)
    alike = [stretches.c[name] for name in ("standing", "basis", "certain", "flagged", "stale")]
    counted = select(*alike, begun.label("begun"), ended.label("still"), func.count())
    named: list[Any] = [literal_column(name) for name in ("begun", "still")]
    return counted.group_by(*alike, *named)


def _stood(row: Sequence[Any]) -> Stood:
    return Stood(Standing(row[0]), Basis(row[1]), bool(row[2]), bool(row[3]), bool(row[4]), int(row[5]))


def _stretches(
    at: Moment, narrowed: Iterable[ColumnElement[bool]], days: Sequence[date], *, hindsight: bool
) -> Any:
    """Every stretch of the list's obligations that can reach into the days, with the day the next one begins."""
    wanted = (
        select(
            *_ALIKE,
            col(Segment.begins_on),
            col(Segment.recorded_at),
            col(Segment.superseded_at),
            col(Obligation.superseded_at).label("gone_at"),
            _next_on(days).label("next_on"),
        )
        .select_from(Obligation)
        .join(Segment, col(Segment.obligation_id) == Obligation.id)
        .join(Addressee, col(Addressee.id) == Obligation.addressee_id)
        .join(Body, col(Body.id) == Obligation.body_id)
        .join(Item, col(Item.id) == Obligation.item_id)
        .join(Document, col(Document.id) == Item.document_id)
        .join(Process, col(Process.id) == Item.process_id)
        .where(
            *narrowed,
            col(Addressee.role) != Role.SUPPORTING,
            col(Segment.begins_on) <= days[-1],
            or_(col(Segment.until_at).is_(None), col(Segment.until_at) > _around(days[0])[0]),
            *(_on_record(at) if hindsight else _ever_shown(days)),
        )
    )
    # Once for each stretch, and not once for each day it is compared with.
    return wanted.cte("stretches").prefix_with("MATERIALIZED")


def _next_on(days: Sequence[date]) -> Any:
    """The day the next one begins where the debtor is: looked up only where the day in UTC could tell otherwise.

    None of the days lies between the two where both are far from each of them.
    """
    close = or_(*(col(Segment.until_at).between(*_around(day)) for day in days))
    return case((close, _next_begins()), else_=func.date(col(Segment.until_at), type_=Date()))


def _around(day: date) -> tuple[datetime, datetime]:
    """The instants between which a day begins or ends anywhere on earth, and a day to spare."""
    begins = datetime.combine(day, time(), UTC)
    return begins - timedelta(days=2), begins + timedelta(days=3)


def _next_begins() -> Any:
    """The stretches of one reckoning are written together: the next is the next of those."""
    later = aliased(Segment)
    return (
        select(func.min(col(later.begins_on)))
        .where(
            col(later.obligation_id) == col(Segment.obligation_id),
            col(later.recorded_at) == col(Segment.recorded_at),
            col(later.begins_on) > col(Segment.begins_on),
            or_(col(later.superseded_at).is_(None), col(later.superseded_at) > col(later.recorded_at)),
        )
        .correlate(Segment)
        .scalar_subquery()
    )


def _on_record(at: Moment) -> list[ColumnElement[bool]]:
    return [*known(Segment, at), *known(Obligation, at)]


def _ever_shown(days: Sequence[date]) -> list[ColumnElement[bool]]:
    """On record for a while, and not only before the first of the days."""
    gone = col(Segment.superseded_at)
    return [or_(gone.is_(None), and_(gone > col(Segment.recorded_at), gone > day_ends_at(days[0])))]


def day_ends_at(day: date) -> datetime:
    """The last instant of a day in UTC, by which `as_of` reads the record."""
    return datetime.combine(day + timedelta(days=1), time(), UTC) - timedelta(microseconds=1)


def _begun(one: Any, days: Sequence[date], hindsight: bool) -> Any:
    """On how many of the days a stretch had begun, and was on record."""
    return sum((_yes(and_(*_by(one, day, hindsight))) for day in days), start=literal_column("0"))


def _by(one: Any, day: date, hindsight: bool) -> list[Any]:
    return [one.begins_on <= day] + ([] if hindsight else [one.recorded_at <= day_ends_at(day)])


def _open(one: Any, days: Sequence[date], hindsight: bool) -> Any:
    """On how many of the days nothing had taken its place."""
    return sum((_yes(and_(*_still(one, day, hindsight))) for day in days), start=literal_column("0"))


def _still(one: Any, day: date, hindsight: bool) -> list[Any]:
    next_one = or_(one.next_on.is_(None), one.next_on > day)
    if hindsight:
        return [next_one]
    ends = day_ends_at(day)
    return [next_one, *(or_(gone.is_(None), gone > ends) for gone in (one.superseded_at, one.gone_at))]


def _yes(condition: Any) -> Any:
    return case((condition, 1), else_=0)
