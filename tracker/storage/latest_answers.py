"""The latest responses that were judged to answer something, by the day they came."""

from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlmodel import Session, col

from tracker.domain.partial import PartialDate
from tracker.domain.words import Standing, Visibility
from tracker.storage.columns import partial_of
from tracker.storage.lines import COLUMNS, Line, Moment, joined, known, line_of
from tracker.storage.tables import Body, Document, Item, Obligation, Process, Response, ResponseLine, Segment

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
        found += [_answer(session, at, id_, *answering[id_]) for id_ in first]
    return found


AT_ONCE, MOST = 100, 2000


def _newest(session: Session, at: Moment, after: int) -> list[int]:
    came = func.coalesce(col(Response.received_on), col(Response.published_on))
    wanted = (
        select(col(Response.id))
        .where(came.is_not(None), came <= at.at.date(), col(Response.visibility) == Visibility.PUBLIC)
        .where(or_(col(Response.struck_at).is_(None), col(Response.struck_at) > at.at))
        .order_by(came.desc(), col(Response.id).desc())
    )
    return [int(id_) for id_ in session.execute(wanted.limit(AT_ONCE).offset(after)).scalars()]


def _answering(session: Session, at: Moment, ids: list[int]) -> dict[int, tuple[int, int]]:
    """By response: the first public obligation that it answers, and how many."""
    of = col(ResponseLine.response_id)
    wanted = (
        joined(select(of, func.min(col(Obligation.id)), func.count(col(Obligation.id))), at)
        .join(ResponseLine, col(ResponseLine.obligation_id) == Obligation.id)
        .where(of.in_(ids), col(Segment.standing).in_(_ANSWERED), *known(ResponseLine, at))
        .where(*(col(one.visibility) == Visibility.PUBLIC for one in (Item, Document, Process, Body)))
        .group_by(of)
    )
    return {row[0]: (row[1], row[2]) for row in session.execute(wanted).all()}


def _answer(session: Session, at: Moment, response_id: int, obligation_id: int, answers: int) -> LatestAnswer:
    response = session.get_one(Response, response_id)
    line = joined(select(*COLUMNS), at).where(col(Obligation.id) == obligation_id)
    came = partial_of(response, "received") or partial_of(response, "published")
    if came is None:
        raise LookupError("an undated response was asked for")
    return LatestAnswer(came, line_of(session.execute(line).one()), int(answers))
