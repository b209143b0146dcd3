"""Due days as a calendar (RFC 5545): all-day events that never break, whatever their titles hold."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, vDuration, vText

from tracker.rendering import content_lines
from tracker.rendering.clean_text import clean, one_line
from tracker.rendering.content_lines import content_line, instant, text

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
    return b"".join((head, *([event for event in written if event] or [_NOTHING]), end))


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
_NOTHING = b"\r\n".join(
    (
        *(b"BEGIN:VTIMEZONE", b"TZID:UTC", b"BEGIN:STANDARD", b"DTSTART:19700101T000000"),
        *(b"TZOFFSETFROM:+0000", b"TZOFFSETTO:+0000", b"END:STANDARD", b"END:VTIMEZONE", b""),
    )
)
"""A calendar holds at least one component (RFC 5545, 3.6): where there is no day, one that no program shows."""


def _written(day: Day, language: str) -> bytes | None:
    try:
        ends_on = day.on + timedelta(days=1)
    except OverflowError:
        return None
    return b"".join(content_line(name, value) for name, value in _properties(day, ends_on, language))


def _properties(day: Day, ends_on: date, language: str) -> Iterator[tuple[str, str]]:
    """Written here: for two thousand days the library takes ten times as long."""
    yield "BEGIN", "VEVENT"
    yield "UID", text(one_line(day.uid))
    yield "DTSTAMP", instant(day.changed_at)
    yield "LAST-MODIFIED", instant(day.changed_at)
    yield "SEQUENCE", str(day.sequence)
    yield "DTSTART;VALUE=DATE", content_lines.day(day.on)
    yield "DTEND;VALUE=DATE", content_lines.day(ends_on)
    yield f"SUMMARY;LANGUAGE={language}", text(one_line(day.summary))
    yield f"DESCRIPTION;LANGUAGE={language}", text(clean(day.description))
    yield "URL", one_line(day.url)
    yield "STATUS", "CANCELLED" if day.cancelled else "TENTATIVE" if day.tentative else "CONFIRMED"
    yield "TRANSP", "TRANSPARENT"
    if day.categories:
        yield "CATEGORIES", ",".join(text(one_line(category)) for category in day.categories)
    yield "END", "VEVENT"
