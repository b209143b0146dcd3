"""What a subscriber is told and when: which of several changes is the news, and when the next digest goes out."""

from collections.abc import Container, Iterable, Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

from tracker.domain.words import EventKind, Frequency

DIGEST_TIME = time(7)
"""When daily and weekly digests are due, in the subscriber's zone."""

TRANSITIONS = frozenset(
    {
        EventKind.DUE_SOON,
        EventKind.BECAME_OVERDUE,
        EventKind.BECAME_OVERDUE_UNSUBSTANTIVE,
        EventKind.PARTLY_ANSWERED,
        EventKind.ANSWERED,
        EventKind.ANSWERED_LATE,
        EventKind.REOPENED,
        EventKind.PAUSED,
        EventKind.RESUMED,
        EventKind.VOID,
    }
)
"""Where an obligation stands: of several of these only the last one is told."""
FLAGS = frozenset({EventKind.BECAME_OVERDUE, EventKind.BECAME_OVERDUE_UNSUBSTANTIVE})


class Told(Protocol):
    """What must be known of an event to choose."""

    @property
    def id(self) -> int: ...
    @property
    def kind(self) -> EventKind: ...
    @property
    def obligation_id(self) -> int | None: ...


Event_ = TypeVar("Event_", bound=Told)


def last_of_each(events: Iterable[Event_], lifted: Container[int | None] = ()) -> list[Event_]:
    """The last transition of each obligation and the last event of every other kind, in the log's order.

    Of the `lifted`, obligations that are flagged no longer, what came after the flag is told and not the flag.
    """
    last: dict[object, Event_] = {}
    for event in sorted(events, key=lambda event: event.id):
        subject = _subject(event)
        last.pop(subject, None)
        last[subject] = event
    newest = {event.obligation_id: event.id for event in last.values()}
    return [event for event in last.values() if not _is_past(event, newest, lifted)]


def _is_past(event: Told, newest: Mapping[int | None, int], lifted: Container[int | None]) -> bool:
    return event.kind in FLAGS and event.obligation_id in lifted and event.id < newest[event.obligation_id]


def _subject(event: Told) -> object:
    if event.obligation_id is None:
        return event.id
    return (event.obligation_id, None if event.kind in TRANSITIONS else event.kind)


def next_digest_at(
    frequency: Frequency, weekday: int, zone: str, now: datetime, at: time = DIGEST_TIME
) -> datetime | None:
    """The next instant (UTC) after now at which a digest is due; None where news goes out at once.

    `weekday` counts from Monday = 0 and matters for weekly digests only. A time that the clocks pass over is as long
    after midnight as it would have been; of one that they show twice it is the first.
    """
    if frequency is Frequency.INSTANT:
        return None
    here = ZoneInfo(zone)
    day = now.astimezone(here).date()
    if frequency is Frequency.WEEKLY:
        day += timedelta(days=(weekday - day.weekday()) % 7)
    step = timedelta(days=7 if frequency is Frequency.WEEKLY else 1)
    due = datetime.combine(day, at, here).astimezone(UTC)
    return due if due > now else datetime.combine(day + step, at, here).astimezone(UTC)
