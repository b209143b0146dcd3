"""Says in the log what changed: a standing that differs from the one last announced."""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import pairwise

from sqlmodel import Session

from tracker.domain.announcing import is_dated, news_of
from tracker.domain.words import EventKind, Standing
from tracker.services.record_event import record_event
from tracker.storage import segments
from tracker.storage.announced import is_public, last_transition
from tracker.storage.tables import Obligation, Segment


def announce(
    session: Session,
    obligation: Obligation,
    current: Sequence[Segment],
    now: datetime,
    *,
    today: date,
    backfill: bool = False,
    actor: str = "clock",
    passing: bool = False,
) -> bool:
    """Log every change since the last announcement, once; only the last is news. False: nothing to say.

    `current` are the obligation's segments that count today, in order of time; `today` is the day where the body owes.
    `passing`: the days alone brought it about. What somebody writes of days gone by, and that leaves things where
    they were announced, is for the record only.
    """
    before, since = obligation.announced_standing, obligation.announced_from_at
    # While the clock is set back, what was said of later hours stands until somebody writes something else.
    reached = max(now, since) if since else now
    begun = segments.begun_since(current, since, reached)
    if all(segment.standing is before for segment in begun) or not is_public(session, obligation):
        return False
    if not segments.claim_announcement(session, obligation, begun[-1].standing, begun[-1].from_at):
        return False
    # The site showed nothing before it knew of the obligation: a late entry is no news.
    late_entry = before is None
    told = begun[-1:] if late_entry else begun
    came_back = begun[-1].standing is before and not passing
    days = _Days(current, today)
    quiet = backfill or late_entry or came_back or _is_told(session, obligation, before, begun, days)
    _log(session, obligation, told, before, now, quiet, actor, days)
    return True


def _is_told(
    session: Session,
    obligation: Obligation,
    before: Standing | None,
    begun: Sequence[Segment],
    days: "_Days",
) -> bool:
    """Whether the last that was told of it says just this.

    A proposed answer that turns out to be none, or is struck, leaves it where it was: it is not newly there.
    """
    last = begun[-1]
    kinds = news_of(begun[-2].standing if len(begun) > 1 else before, last.standing)
    told = last_transition(session, obligation.id or 0) if len(kinds) == 1 else None
    if told is None or told.kind is not kinds[0]:
        return False
    said = {name: told.detail.get(name) for name in _SAME}
    same_day = told.kind is EventKind.DUE_SOON or told.happened_on == days.of(kinds[0], last)
    return same_day and said == {name: _detail(before, last).get(name) for name in _SAME}


_SAME = ("due_on", "verdict", "basis")
"""Of two announcements of one kind and day that say the same."""


class _Days:
    """On which day the news of a segment happened."""

    def __init__(self, current: Sequence[Segment], today: date) -> None:
        self._earlier = {after.from_at: before.standing for before, after in pairwise(current)}
        self._today = today

    def of(self, kind: EventKind, segment: Segment) -> date:
        """The day it began; the day of the write where no day of the facts as they are now brought it about."""
        dated = is_dated(kind, self._earlier.get(segment.from_at))
        return segment.begins_on if dated else self._today


def _log(
    session: Session,
    obligation: Obligation,
    begun: list[Segment],
    before: Standing | None,
    now: datetime,
    backfill: bool,
    actor: str,
    days: _Days,
) -> None:
    for segment in begun:
        passed = segment is not begun[-1]
        for kind in news_of(before, segment.standing):
            record_event(
                session,
                kind,
                now=now,
                happened_on=days.of(kind, segment),
                obligation=obligation,
                actor=actor,
                backfill=backfill or passed,
                detail=_detail(before, segment),
            )
        before = segment.standing


def _verdict(segment: Segment) -> str | None:
    """Whether what came was judged, where only that tells a holding reply from a refusal to answer."""
    hollow = segment.standing is Standing.OVERDUE_UNSUBSTANTIVE
    return str(segment.detail.get("verdict") or "none") if hollow else None


def _detail(before: Standing | None, segment: Segment) -> dict[str, object]:
    said = {
        "before": before.value if before else None,
        "standing": segment.standing.value,
        "basis": segment.basis.value,
        "due_on": segment.due_on.isoformat() if segment.due_on else None,
        "checked_on": segment.checked_on.isoformat() if segment.checked_on else None,
        "days_overdue": segment.days_overdue,
        "late_days": segment.late_days,
        "flagged": segment.flagged,
        "verdict": _verdict(segment),
    }
    return {key: value for key, value in said.items() if value is not None}
