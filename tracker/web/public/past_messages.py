"""The messages of the past four weeks as a page shows them: the subject of each and what it would have told."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from sqlmodel import Session

from tracker.domain.listing import ListQuery
from tracker.domain.past_digests import Digest, Rhythm
from tracker.rendering.headlines import Section, headline, left_over, sections
from tracker.rendering.news import path
from tracker.services.preview import preview
from tracker.storage.events import EventLine
from tracker.web.locale import tongue
from tracker.web.site import site

MOST_SHOWN = 40
"""Messages; of those that would have gone out at once there may be hundreds."""


@dataclass(frozen=True, slots=True)
class PastMessage:
    """One message that would have been sent, or a day or week without news."""

    when: str
    subject: str
    """Empty where there was no news."""
    sections: Sequence[Section]
    left: str


@dataclass(frozen=True, slots=True)
class PastMessages:
    """Four weeks of a list in a rhythm."""

    messages: Sequence[PastMessage]
    """The newest first."""
    more: int
    """How many older ones are not shown."""
    with_news: int
    path: Callable[[EventLine], str]
    """Where an event of them is read."""
    next_at: str
    """When the next digest is due; empty where news goes out at once."""


def past_messages(session: Session, query: ListQuery, rhythm: Rhythm) -> PastMessages:
    """What a list would have brought until now."""
    digests = preview(session, query, rhythm, site().now())
    due = rhythm.next_at(site().now())
    return PastMessages(
        messages=[_message(one, rhythm) for one in digests[:MOST_SHOWN]],
        more=max(0, len(digests) - MOST_SHOWN),
        with_news=sum(bool(one.news) for one in digests),
        path=path,
        next_at=local(due, rhythm.zone) if due else "",
    )


def _message(digest: Digest[EventLine], rhythm: Rhythm) -> PastMessage:
    return PastMessage(
        when=local(digest.due_at, rhythm.zone),
        subject=headline(digest.news, tongue()) if digest.news else "",
        sections=sections(digest.news, tongue()),
        left=left_over(digest.news, tongue()),
    )


def local(at: datetime, zone: str) -> str:
    """Monday 4 May 2026, 07:00 (Europe/Madrid)."""
    here = at.astimezone(ZoneInfo(zone))
    said: str = _(
        "%(day)s, %(time)s (%(zone)s)", day=tongue().weekday(here.date()), time=f"{here:%H:%M}", zone=zone
    )
    return said
