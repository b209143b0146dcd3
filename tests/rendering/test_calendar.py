"""A calendar that every program reads, whatever the titles hold."""

from dataclasses import replace
from datetime import UTC, date, datetime

import icalendar
from hypothesis import example, given
from hypothesis import strategies as st

from tests.rendering import rfc5545
from tests.rendering.hostile import texts
from tracker.rendering.calendar import About, Day, calendar
from tracker.rendering.clean_text import clean, one_line

ABOUT = About("Due", "What falls due", "https://a.example/calendar", "https://a.example/calendar.ics")
DAY = Day(
    "obligation-7@a.example",
    date(2026, 5, 4),
    "Answer due",
    "Basis: statute",
    "https://a.example/items/x",
    0,
    datetime(2026, 1, 2, tzinfo=UTC),
)


def read(document: bytes) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(document).walk("VEVENT"))


def test_a_due_day_is_a_whole_day() -> None:
    (event,) = read(calendar(ABOUT, [DAY]))
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2026, 5, 4), date(2026, 5, 5))
    assert (str(event["uid"]), event["sequence"], str(event["status"])) == (
        "obligation-7@a.example",
        0,
        "CONFIRMED",
    )


def test_a_calendar_without_days_holds_a_component_that_shows_nothing() -> None:
    [inside] = icalendar.Calendar.from_ical(calendar(ABOUT, [])).subcomponents
    assert inside.name == "VTIMEZONE"
    assert [one.name for one in icalendar.Calendar.from_ical(calendar(ABOUT, [DAY])).subcomponents] == [
        "VEVENT"
    ]


def test_a_void_obligation_is_cancelled() -> None:
    (event,) = read(calendar(ABOUT, [replace(DAY, cancelled=True, sequence=2)]))
    assert (str(event["status"]), event["sequence"]) == ("CANCELLED", 2)


def test_every_text_comes_back_and_no_line_is_too_long() -> None:
    hostile = texts()
    days = [
        replace(DAY, uid=f"o-{n}@a.example", summary=text, description=text) for n, text in enumerate(hostile)
    ]
    document = calendar(replace(ABOUT, name=hostile[1]), days)
    events = read(document)
    assert [str(event["summary"]) for event in events] == [one_line(text) for text in hostile]
    assert [str(event["description"]) for event in events] == [clean(text) for text in hostile]
    lines = document.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert not any(b"\r" in line or b"\n" in line for line in lines)


@given(st.text(max_size=300) | st.text(alphabet="\\\\;,:n\nNé\U0001f4c6\"'^ \t", max_size=300))
@example("C:\\New\\Northern rivers\\;" + "\\" * 90)
@example("é" * 120)
def test_whatever_is_written_comes_back_from_lines_that_end_within_nothing(said: str) -> None:
    document = calendar(ABOUT, [replace(DAY, summary=said, description=said)])
    (event,) = rfc5545.read(document).inside
    assert (event.text("SUMMARY"), event.text("DESCRIPTION")) == (one_line(said), clean(said))
    for line in document.split(b"\r\n"):
        assert len(line) <= 75
        line.decode("utf-8")
        assert (len(line) - len(line.rstrip(b"\\"))) % 2 == 0


def test_one_bad_row_does_not_break_the_calendar() -> None:
    endless = replace(DAY, uid="bad@a.example", on=date.max)
    document = calendar(ABOUT, [endless, DAY])
    assert [str(event["uid"]) for event in read(document)] == ["obligation-7@a.example"]
    assert b"1 entries could not be written" in document


def test_the_calendar_bears_its_name_and_says_where_it_comes_from() -> None:
    whole = rfc5545.read(calendar(replace(ABOUT, name="Due; soon, or not"), []))
    assert whole.text("X-WR-CALNAME") == whole.text("NAME") == "Due; soon, or not"
    assert whole.parameters("NAME") == ";LANGUAGE=en"
    assert (whole.raw("SOURCE"), whole.raw("URL")) == (ABOUT.calendar_url, ABOUT.page_url)
    assert (whole.raw("REFRESH-INTERVAL"), whole.raw("METHOD")) == ("PT12H", "PUBLISH")
