"""Every string of the corpus, in every place of a feed and a calendar: valid, harmless, and the same when read back."""

from dataclasses import replace
from datetime import UTC, date, datetime

import feedparser
import icalendar
import pytest

from tests.rendering import rfc5545
from tests.rendering.hostile import texts
from tests.web.feeds.rules import RULES, TAG
from tracker.rendering.atom import atom
from tracker.rendering.calendar import About, Day, calendar
from tracker.rendering.clean_text import clean, one_line
from tracker.rendering.feed import Category, Entry, Feed
from tracker.rendering.jsonfeed import jsonfeed
from tracker.rendering.rss import rss, without_tags

AT = datetime(2026, 5, 12, 9, 30, tzinfo=UTC)
SITE = "https://a.example"
WRITERS = {"atom": atom, "rss": rss, "json": jsonfeed}
LINE_ENDS = ("\n", "\r", "\r\n", "\u0085", "\u2028", "\u2029", "\x0b", "\x0c")


def entries() -> tuple[Entry, ...]:
    return tuple(
        Entry(
            f"urn:answerby:event:{n:032x}",
            f"Noted: {one_line(text)}",
            f"{SITE}/items/x#y",
            AT,
            (text, "Basis: statute."),
            (Category("urn:answerby:process", "a-process", one_line(text) or "–"),),
        )
        for n, text in enumerate(texts())
    )


@pytest.mark.parametrize("form", WRITERS)
def test_a_feed_of_hostile_strings_keeps_every_rule(form: str) -> None:
    for text in texts():
        feed = Feed(
            f"Answerby: {text}",
            text,
            f"{SITE}/overdue",
            f"{SITE}/overdue.{form}",
            "en",
            f"A {text}",
            entries()[:2],
        )
        assert list(RULES[form](WRITERS[form](feed), feed.feed_url)) == [], text
    whole = Feed("All", "All", f"{SITE}/overdue", f"{SITE}/overdue.{form}", "en", "A", entries())
    assert list(RULES[form](WRITERS[form](whole), whole.feed_url)) == []


@pytest.mark.parametrize("form", ["atom", "rss"])
def test_a_lenient_reader_finds_nothing_that_runs(form: str) -> None:
    whole = Feed("All", "All", f"{SITE}/overdue", f"{SITE}/overdue.{form}", "en", "A", entries())
    parsed = feedparser.parse(WRITERS[form](whole), sanitize_html=False)
    assert not parsed.bozo and len(parsed.entries) == len(texts())
    for entry in parsed.entries:
        said = entry.get("content", [{"value": entry.get("summary")}])[0]["value"]
        assert "<script" not in said and "<img" not in said and "<svg" not in said
        if form == "rss":
            assert not TAG.search(entry.title)


def test_a_title_of_rss_keeps_a_sign_that_opens_no_tag() -> None:
    assert without_tags("less than <5 % & <b>bold</b> <!-- x") == "less than <5 % & ‹b>bold‹/b> ‹!-- x"


def test_a_feed_told_page_by_page_links_to_the_next_and_to_the_first() -> None:
    for form, write in WRITERS.items():
        page = Feed("All", "All", f"{SITE}/o", f"{SITE}/o.{form}?before=1", "en", "A", entries()[:3])
        page = replace(page, next_url=f"{SITE}/o.{form}?before=2", first_url=f"{SITE}/o.{form}")
        body = write(page).decode()
        assert list(RULES[form](write(page), page.feed_url)) == []
        assert page.next_url in body and (
            form == "json" or f'rel="first" type="application/{form}+xml"' in body
        )


def test_every_string_comes_back_from_a_calendar_through_two_readers() -> None:
    about = About("Due", "What falls due", f"{SITE}/calendar", f"{SITE}/calendar.ics")
    for text in texts():
        day = Day(
            f"o-1-{one_line(text)}@a.example",
            date(2026, 5, 4),
            text,
            text,
            f"{SITE}/items/x",
            0,
            AT,
            categories=("a", one_line(text) or "–"),
        )
        document = calendar(replace(about, name=text, said=text), [day])
        whole = rfc5545.read(document)
        [event] = whole.inside
        assert event.text("SUMMARY") == one_line(text)
        assert event.text("DESCRIPTION") == clean(text)
        assert event.text("UID") == day.uid
        assert whole.text("X-WR-CALNAME") == whole.text("NAME") == one_line(text)
        [other] = icalendar.Calendar.from_ical(document).walk("VEVENT")
        assert (str(other["summary"]), str(other["description"])) == (one_line(text), clean(text))


@pytest.mark.parametrize("end", LINE_ENDS)
def test_every_form_of_line_end_is_one_escaped_newline(end: str) -> None:
    about = About("Due", "What falls due", f"{SITE}/calendar", f"{SITE}/calendar.ics")
    day = Day("o-1@a.example", date(2026, 5, 4), f"a{end}b", f"a{end}b\x00c", f"{SITE}/items/x", 0, AT)
    [event] = rfc5545.read(calendar(about, [day])).inside
    assert (event.text("SUMMARY"), event.raw("DESCRIPTION")) == ("a b", r"a\nbc")
