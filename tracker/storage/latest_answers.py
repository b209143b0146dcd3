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
    """One entry per response, the newest first; undated ones are left out."""
    came = func.coalesce(col(Response.received_on), col(Response.published_on))
    per_response = (
        joined(select(col(Response.id), func.min(col(Obligation.id)), func.count(col(Obligation.id))), at)
        .join(ResponseLine, col(ResponseLine.obligation_id) == Obligation.id)
        .join(Response, col(Response.id) == ResponseLine.response_id)
        .where(col(Segment.standing).in_(_ANSWERED), came.is_not(None), came <= at.at.date())
        .where(
            *known(ResponseLine, at), or_(col(Response.struck_at).is_(None), col(Response.struck_at) > at.at)
        )
        .where(
            *(col(one.visibility) == Visibility.PUBLIC for one in (Response, Item, Document, Process, Body))
        )
        .group_by(col(Response.id), came)
        .order_by(came.desc(), col(Response.id).desc())
    )
    found = session.execute(per_response.limit(limit)).all()
    return [_answer(session, at, *row) for row in found]


def _answer(session: Session, at: Moment, response_id: int, obligation_id: int, answers: int) -> LatestAnswer:
    response = session.get_one(Response, response_id)
    line = joined(select(*COLUMNS), at).where(col(Obligation.id) == obligation_id)
    came = partial_of(response, "received") or partial_of(response, "published")
    if came is None:
        raise LookupError("an undated response was asked for")
    return LatestAnswer(came, line_of(session.execute(line).one()), int(answers))
