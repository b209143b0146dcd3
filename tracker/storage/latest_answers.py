"""The latest responses that were judged to answer something, by the day they came."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, or_, select
from sqlmodel import Session, col

from tracker.domain.listing import ListName, ListQuery
from tracker.domain.partial import PartialDate
from tracker.domain.words import Standing, Visibility
from tracker.storage.columns import partial_of
from tracker.storage.lines import COLUMNS, Line, line_of
from tracker.storage.listed import Moment, asked, joined, known
from tracker.storage.prepared import DAY, IDS, NOW, OFFSET, run
from tracker.storage.tables import Obligation, Response, ResponseLine, Segment

AT_ONCE, MOST = 100, 2000
_ANSWERED = (Standing.ANSWERED, Standing.ANSWERED_LATE, Standing.PARTLY_ANSWERED)


@dataclass(frozen=True)
class LatestAnswer:
    """A response, the day it came, how many obligations it answers, and the first of them."""

    came: PartialDate
    line: Line
    answers: int


def latest_answers(session: Session, at: Moment, limit: int) -> list[LatestAnswer]:
    """One entry per response, the newest first, of the last 2000 that came; undated ones are left out."""
    found: list[LatestAnswer] = []
    seen = 0
    while len(found) < limit and seen < MOST:
        # The newest first, by an index; which of them answer something is asked of a few at a time.
        ids = _newest(session, at, seen)
        if not ids:
            break
        seen += len(ids)
        answering = _answering(session, at, ids)
        first = [id_ for id_ in ids if id_ in answering][: limit - len(found)]
        found += _answers(session, at, {id_: answering[id_] for id_ in first})
    return found


def _newest(session: Session, at: Moment, after: int) -> list[int]:
    values = {NOW.key: at.at, DAY.key: at.at.date(), OFFSET.key: after}
    return [int(id_) for id_ in run(session, _NEWEST, values).scalars()]


_CAME = func.coalesce(col(Response.received_on), col(Response.published_on))
_NEWEST = (
    select(col(Response.id))
    .where(_CAME.is_not(None), _CAME <= DAY, col(Response.visibility) == Visibility.PUBLIC)
    .where(or_(col(Response.struck_at).is_(None), col(Response.struck_at) > NOW))
    .order_by(_CAME.desc(), col(Response.id).desc())
    .limit(AT_ONCE)
    .offset(OFFSET)
)


def _answering(session: Session, at: Moment, ids: list[int]) -> dict[int, tuple[int, int]]:
    """By response: the first public obligation that it answers, and how many."""
    # What is spoken of is found first, and then how it stands: in one statement, a planner may start with the stands.
    spoken = session.execute(_SPOKEN_OF.where(*known(ResponseLine, at)), {IDS.key: ids}).all()
    about = sorted({row[1] for row in spoken})
    answered: set[int] = set()
    for start in range(0, len(about), AT_ONCE_ABOUT):
        part = about[start : start + AT_ONCE_ABOUT]
        answered.update(asked(session, _EVERYTHING, at, _answered, **{IDS.key: part}).scalars())
    found: dict[int, tuple[int, int]] = {}
    for response_id, obligation_id in spoken:
        if obligation_id in answered:
            first, n = found.get(response_id, (obligation_id, 0))
            found[response_id] = (min(first, obligation_id), n + 1)
    return found


AT_ONCE_ABOUT = 5000
_SPOKEN_OF = select(col(ResponseLine.response_id), col(ResponseLine.obligation_id)).where(
    col(ResponseLine.response_id).in_(IDS)
)
_EVERYTHING = ListQuery(ListName.ALL)


def _answered(at: Moment, public: Iterable[ColumnElement[bool]]) -> Any:
    wanted = joined(select(col(Obligation.id)), at)
    return wanted.where(col(Obligation.id).in_(IDS), col(Segment.standing).in_(_ANSWERED), *public)


def _answers(
    session: Session, at: Moment, answering: Mapping[int, tuple[int, int]]
) -> Iterator[LatestAnswer]:
    """What some responses say, each with the first obligation that it answers."""
    came = {row.id: row for row in run(session, _DATED, {IDS.key: list(answering)}).all()}
    firsts = [first for first, _n in answering.values()]
    rows = asked(session, _EVERYTHING, at, _of_ids, **{IDS.key: firsts}).all()
    lines = {line.id: line for line in map(line_of, rows)}
    for id_, (first, n) in answering.items():
        day = partial_of(came[id_], "received") or partial_of(came[id_], "published")
        if day is None:
            raise LookupError("an undated response was asked for")
        yield LatestAnswer(day, lines[first], int(n))


def _of_ids(at: Moment, public: Iterable[ColumnElement[bool]]) -> Any:
    return joined(select(*COLUMNS), at).where(*public, col(Obligation.id).in_(IDS))


_DATE: tuple[Any, ...] = tuple(
    getattr(Response, f"{name}_{part}")
    for name in ("received", "published")
    for part in ("on", "precision", "as_written")
)
_DATED = select(Response.id, *_DATE).where(col(Response.id).in_(IDS))  # type: ignore[call-overload]
