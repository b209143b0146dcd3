"""Every feed and calendar of the demo, in every language, by the rules and by readers that know nothing of ours."""

import json
from collections.abc import Iterator
from datetime import date
from xml.etree import ElementTree

import feedparser
import icalendar
import pytest

from tests.rendering.rfc5545 import Component, read
from tests.web.feeds.rules import MIME, RULES
from tests.web.pages import Reader
from tracker.config import Config

BASE = Config().site.base_url
LANGUAGES = Config().site.languages
LISTS = (
    "/overdue",
    "/not-answered-by-date-asked",
    "/waiting",
    "/awaiting",
    "/calendar",
    "/obligations",
    "/events",
    "/corrections",
    "/bodies",
    "/processes",
    "/sources",
)
PLACES = ("bodies", "processes", "documents", "items", "topics", "jurisdictions", "kinds", "groups")
NARROWED = (
    "/search.{form}?q=water",
    "/overdue.{form}?basis=statute",
    "/events.{form}?standing=overdue&q=%C3%A1gua",
    "/topics/artificial-intelligence.{form}",
    "/obligations.{form}?jurisdiction=GB&kind=citizens-assembly",
)


def test_every_feed_of_the_demo_is_valid_in_every_language(demo: Reader) -> None:
    for address, form in _feeds(demo):
        answer = demo.client.get(address)
        assert answer.status_code == 200, address
        assert answer.content_type == f"{MIME[form]}; charset=utf-8"
        assert list(RULES[form](answer.data, f"{BASE}{address}")) == [], address


def _feeds(demo: Reader) -> Iterator[tuple[str, str]]:
    for prefix in _prefixes():
        for form in RULES:
            yield from ((f"{prefix}{path}.{form}", form) for path in (*LISTS, *_pages(demo)))
            yield from ((f"{prefix}{path.format(form=form)}", form) for path in NARROWED)


def _prefixes() -> list[str]:
    return ["" if code == Config().site.default_language else f"/{code}" for code in LANGUAGES]


def _pages(demo: Reader) -> list[str]:
    """Two of every kind of page that the demo's lists lead to."""
    found: dict[str, list[str]] = {place: [] for place in PLACES}
    links = [
        link
        for page in ("/bodies", "/processes", "/overdue", "/method", "/obligations")
        for link in _links(demo, page)
    ]
    links += [
        deeper
        for link in links
        if link.startswith(("/items/", "/processes/"))
        for deeper in _links(demo, link)
    ][:400]
    for link in links:
        place, _, key = link.partition("#")[0].partition("?")[0].strip("/").partition("/")
        if place in found and key and "/" not in key and "." not in key and len(found[place]) < 2:
            found[place].append(f"/{place}/{key}")
    return sorted({path for paths in found.values() for path in paths})


def _links(demo: Reader, path: str, seen: dict[str, list[str]] = {}) -> list[str]:  # noqa: B006 - one fetch each
    if path not in seen:
        seen[path] = demo.open(path.partition("#")[0]).links() if len(seen) < 25 else []
    return seen[path]


@pytest.mark.parametrize("path", LISTS)
def test_all_forms_and_languages_tell_the_same_events_at_the_same_times(demo: Reader, path: str) -> None:
    told = set()
    for prefix in _prefixes():
        for form in ("atom", "rss"):
            parsed = feedparser.parse(demo.client.get(f"{prefix}{path}.{form}").data)
            assert not parsed.bozo
            told.add(tuple((one.id, tuple(one.published_parsed[:6])) for one in parsed.entries))
        items = json.loads(demo.client.get(f"{prefix}{path}.json").data)["items"]
        assert [item["id"] for item in items] == [id_ for id_, _ in next(iter(told))]
    assert len(told) == 1


def test_every_calendar_of_the_demo_keeps_the_rules_of_rfc_5545(demo: Reader) -> None:
    for prefix in _prefixes():
        for path in LISTS:
            document = demo.client.get(f"{prefix}{path}.ics").data
            whole = read(document)
            assert {"VERSION", "PRODID", "METHOD", "X-WR-CALNAME"} <= set(whole.properties)
            assert whole.inside, "a calendar holds at least one component"
            uids = [_event(one) for one in whole.inside if one.name != "VTIMEZONE"]
            assert len(set(uids)) == len(uids)
            again = icalendar.Calendar.from_ical(document).walk("VEVENT")
            assert [str(event["uid"]) for event in again] == uids


def _event(event: Component) -> str:
    """The event's UID, once everything about it is right."""
    assert (event.name, event.inside) == ("VEVENT", [])
    assert event.parameters("DTSTART") == event.parameters("DTEND") == ";VALUE=DATE"
    days = [date.fromisoformat(event.raw(name)) for name in ("DTSTART", "DTEND")]
    assert (days[1] - days[0]).days == 1
    assert event.raw("STATUS") in ("CONFIRMED", "TENTATIVE", "CANCELLED")
    assert int(event.raw("SEQUENCE")) >= 0 and event.raw("DTSTAMP").endswith("Z")
    assert event.text("SUMMARY").strip() and event.text("DESCRIPTION").endswith(event.raw("URL"))
    return event.text("UID")


def test_a_due_day_in_a_calendar_says_how_it_was_counted(demo: Reader) -> None:
    said = [event.text("DESCRIPTION") for event in read(demo.client.get("/obligations.ics").data).inside]
    assert sum("How the day was counted: " in one for one in said) > len(said) / 4
    assert all("Basis: " in one and "/items/" in one for one in said)


def test_every_page_of_a_list_announces_its_feeds_and_links_to_them(demo: Reader) -> None:
    for path in (*LISTS, *_pages(demo), "/overdue?basis=statute", "/search?q=water", "/sources"):
        page = demo.open(path)
        announced = {
            link.get("type"): link.get("href", "")
            for link in page.all("link")
            if link.get("rel") == "alternate" and link.get("type")
        }
        assert set(MIME.values()) <= set(announced), path
        assert set(announced.values()) <= set(page.links()), path
        for address in announced.values():
            assert demo.client.get(address).status_code == 200, address


def test_a_feed_is_xml_to_a_reader_without_any_leniency(demo: Reader) -> None:
    for form in ("atom", "rss"):
        body = demo.client.get(f"/events.{form}").data
        assert body.startswith(b"<?xml version='1.0' encoding='utf-8'?>")
        assert ElementTree.fromstring(body).tag
