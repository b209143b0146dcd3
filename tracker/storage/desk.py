"""What waits on the editors' desk."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlmodel import Session, col

from tracker.domain.listing import Filters, ListName, ListQuery
from tracker.domain.words import FindingState, Standing
from tracker.storage import assessments, entries
from tracker.storage.entries import Owed
from tracker.storage.lines import Line, lines, moment
from tracker.storage.tables import Assessment, Finding, Item

SHOWN = 30
READ_AT_MOST = 500


@dataclass(frozen=True, slots=True)
class Desk:
    """The parts of the desk, each with the oldest first."""

    awaiting: list[tuple[Line, date]]
    """With the day since when a response waits."""
    to_countersign: list[tuple[Assessment, Owed]]
    unknown: list[Line]
    unchecked: list[Line]
    open_findings: int
    drafts: list[Item]


def desk_of(session: Session, now: datetime, user_id: int) -> Desk:
    """The desk of a person: verdicts they gave themselves are not theirs to countersign."""
    at = moment(now)
    waiting = lines(session, ListQuery(ListName.AWAITING), at, order="due", limit=READ_AT_MOST)
    since = sorted(((line, _since(line)) for line in waiting), key=lambda pair: pair[1])
    return Desk(
        awaiting=since[:SHOWN],
        to_countersign=_to_countersign(session, user_id),
        unknown=_standing(session, Standing.UNKNOWN, at_most=SHOWN, now=now),
        unchecked=_standing(session, Standing.UNCHECKED, at_most=SHOWN, now=now),
        open_findings=_open_findings(session),
        drafts=entries.drafts(session),
    )


def _since(line: Line) -> date:
    kept = line.detail.get("awaiting_since_on")
    return date.fromisoformat(str(kept)) if kept else line.begins_on


def _standing(session: Session, standing: Standing, *, at_most: int, now: datetime) -> list[Line]:
    query = ListQuery(ListName.ALL, Filters(standing=standing.value))
    return lines(session, query, moment(now), order="due", limit=at_most)


def _to_countersign(session: Session, user_id: int) -> list[tuple[Assessment, Owed]]:
    theirs = [made for made in assessments.with_one_reader(session, SHOWN) if made.user_id != user_id]
    about = {one.id: one for one in entries.owed(session, [made.obligation_id for made in theirs])}
    return [(made, about[made.obligation_id]) for made in theirs if made.obligation_id in about]


def _open_findings(session: Session) -> int:
    wanted = select(func.count(col(Finding.id))).where(col(Finding.state) == FindingState.OPEN)
    return int(session.execute(wanted).scalar_one())
