"""Due days as a calendar (RFC 5545): all-day events that never break, whatever their titles hold."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event, vDuration, vText

from tracker.rendering.clean_text import clean, one_line

CONTENT_TYPE = "text/calendar"
PRODUCT = "-//Answerby//Answerby//EN"
REFRESH = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Day:
    """One due day. `uid` never changes; `sequence` grows whenever the day moved or was called off."""

    uid: str
    on: date
    summary: str
    description: str
    url: str
    sequence: int
    changed_at: datetime
    cancelled: bool = False
    tentative: bool = False
    """The clock stands still: the day will move."""
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class About:
    """What a calendar says of itself."""

    name: str
    said: str
    page_url: str
    calendar_url: str
    language: str = "en"


def calendar(about: About, days: Iterable[Day]) -> bytes:
    """The whole calendar; a day that cannot be written is counted in a comment, not allowed to break the rest."""
    cal = Calendar()
    cal.add("prodid", PRODUCT)
    cal.add("version", "2.0")
    cal.add("calscale", "GREGORIAN")
    cal.add("method", "PUBLISH")
    _describe(cal, about)
    cal.add("refresh-interval", vDuration(REFRESH), parameters={"value": "DURATION"})
    cal.add("x-published-ttl", "PT12H")
    written = [_written(day, about.language) for day in days]
    left_out = written.count(None)
    if left_out:
        cal.add("comment", f"{left_out} entries could not be written and are missing here.")
    head, end, _ = bytes(cal.to_ical()).rpartition(_END)
    return b"".join((head, *(event for event in written if event), end))


def _describe(cal: Calendar, about: About) -> None:
    """By RFC 7986, and for programs that know only the older names; the library escapes only names it knows."""
    language, name, said = {"language": about.language}, one_line(about.name), one_line(about.said)
    cal.add("name", vText(name), parameters=language)
    cal.add("x-wr-calname", vText(name))
    cal.add("description", vText(said), parameters=language)
    cal.add("x-wr-caldesc", vText(said))
    cal.add("url", one_line(about.page_url))
    cal.add("source", one_line(about.calendar_url), parameters={"value": "URI"})


_END = b"END:VCALENDAR\r\n"


def _written(day: Day, language: str) -> bytes | None:
    try:
        return bytes(_event(day, {"language": language}).to_ical())
    except (ValueError, TypeError, OverflowError):
        return None


def _event(day: Day, language: dict[str, str]) -> Event:
    event = Event()
    event.add("uid", one_line(day.uid))
    event.add("dtstamp", day.changed_at.astimezone(UTC).replace(microsecond=0))
    event.add("last-modified", day.changed_at.astimezone(UTC).replace(microsecond=0))
    event.add("sequence", day.sequence)
    event.add("dtstart", day.on)
    event.add("dtend", day.on + timedelta(days=1))
    event.add("summary", one_line(day.summary), parameters=language)
    event.add("description", clean(day.description), parameters=language)
    event.add("url", one_line(day.url))
    event.add("status", "CANCELLED" if day.cancelled else "TENTATIVE" if day.tentative else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    if day.categories:
        event.add("categories", [one_line(category) for category in day.categories])
    return event
