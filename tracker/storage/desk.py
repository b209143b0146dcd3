"""What waits on the editors' desk."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from sqlmodel import Session

from tracker.domain.listing import Filters, ListName, ListQuery
from tracker.domain.words import Standing
from tracker.storage import assessments, entries, review_queue
from tracker.storage.entries import Owed
from tracker.storage.lines import Line, count, lines, moment
from tracker.storage.people import Member
from tracker.storage.tables import Assessment, Item

T = TypeVar("T")
SHOWN = 30
READ_AT_MOST = 500


@dataclass(frozen=True, slots=True)
class Part(Generic[T]):
    """One part of the desk: the rows of a page, and how many there are in all."""

    rows: list[T]
    total: int


@dataclass(frozen=True, slots=True)
class Desk:
    """The parts of the desk, each with the oldest first."""

    awaiting: Part[tuple[Line, date]]
    """With the day since when a response waits."""
    to_countersign: Part[tuple[Assessment, Owed]]
    unknown: Part[Line]
    unchecked: Part[Line]
    open_findings: int
    """How many findings wait; those put off do not."""
    put_off: int
    drafts: Part[Item]

    @property
    def pages(self) -> int:
        """How many pages the longest part has."""
        parts = (self.awaiting, self.to_countersign, self.unknown, self.unchecked, self.drafts)
        return max(1, *(-(-part.total // SHOWN) for part in parts))


def desk_of(session: Session, now: datetime, who: Member, page: int = 1) -> Desk:
    """The desk of a person: the drafts of their group; verdicts they gave themselves are not theirs to countersign."""
    at = moment(now)
    waiting = lines(session, ListQuery(ListName.AWAITING), at, order="due")
    since = sorted(((line, _since(line)) for line in waiting), key=lambda pair: pair[1])
    return Desk(
        awaiting=_part(since, page),
        to_countersign=_part(_to_countersign(session, who.user_id), page),
        unknown=_standing(session, Standing.UNKNOWN, page, now),
        unchecked=_standing(session, Standing.UNCHECKED, page, now),
        open_findings=review_queue.count(session, now),
        put_off=review_queue.count(session, now, put_off=True),
        drafts=_part(
            entries.drafts(session, READ_AT_MOST, group_id=None if who.site_admin else who.group_id), page
        ),
    )


def _since(line: Line) -> date:
    kept = line.detail.get("awaiting_since_on")
    return date.fromisoformat(str(kept)) if kept else line.begins_on


def _part(rows: list[T], page: int) -> Part[T]:
    return Part(rows[(page - 1) * SHOWN : page * SHOWN], len(rows))


def _standing(session: Session, standing: Standing, page: int, now: datetime) -> Part[Line]:
    query, at = ListQuery(ListName.ALL, Filters(standing=standing.value)), moment(now)
    rows = lines(session, query, at, order="due", limit=SHOWN, offset=(page - 1) * SHOWN)
    return Part(rows, count(session, query, at))


def _to_countersign(session: Session, user_id: int) -> list[tuple[Assessment, Owed]]:
    theirs = [made for made in assessments.with_one_reader(session, READ_AT_MOST) if made.user_id != user_id]
    about = {one.id: one for one in entries.owed(session, [made.obligation_id for made in theirs])}
    return [(made, about[made.obligation_id]) for made in theirs if made.obligation_id in about]
