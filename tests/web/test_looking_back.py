"""As of a day: every address shows that day, in hindsight or not, and says so; or says that it has no past."""

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from werkzeug.exceptions import NotFound

from tests.services.entered import GROUP
from tests.services.entered import item as entered_item
from tests.web.open_site import JUDGED, Opened, answer_late, small_site, still_site
from tests.web.pages import Page, Reader
from tests.whole.outputs import addresses
from tracker.services.enter_process import EnterBody, enter_body
from tracker.services.withhold import find_one, withhold
from tracker.web.access import Access, declared
from tracker.web.looking_back import looks_back

__all__ = ["small_site", "still_site"]
THEN = "as_of=2026-05-12"
SHOWN = "As this site showed it at the end of 12 May 2026"
IN_HINDSIGHT = "12 May 2026 in hindsight"
PLAIN = {"/", "/overdue", "/bodies"}
LATE = re.compile(r"Answered (late|\d+ days late)")
TAGS = re.compile(r"<[^>]*>")
FORM = re.compile(r"\.[a-z]+$")


def public(site: Opened) -> list[str]:
    """Every public address that needs nothing but a key, without feeds and files."""
    with site.database.reading() as session:
        return [one for one in addresses(site.app, session, 2) if not one.startswith("/static")]


def endpoint_of(site: Opened, address: str) -> str:
    path, _mark, asked = address.partition("?")
    try:
        return str(site.app.url_map.bind("localhost").match(path, query_args=asked)[0])
    except NotFound:
        return ""


def asked(address: str, more: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}{more}"


def pages_of_a_day(site: Opened) -> Iterator[str]:
    extra = [
        "/search?q=river",
        "/calendar?month=2026-05",
        "/calendar?due=2026-05-04",
        "/bodies?basis=convention&duty=respond",
    ]
    for address in [*public(site), *extra]:
        if looks_back(endpoint_of(site, address)) and site.client.get(address).status_code == 200:
            yield address


def test_every_page_that_has_a_past_says_which_day_it_shows_and_leads_back(still_site: Opened) -> None:
    found = list(pages_of_a_day(still_site))
    assert len(found) > 15 and set(found) >= PLAIN
    for address in found:
        for more, said in ((THEN, SHOWN), (f"{THEN}&hindsight=1", IN_HINDSIGHT)):
            page = Reader(still_site.client).open(asked(address, more))
            assert said in page.text, address
            assert "Back to today" in page.said("a"), address
            assert "See this page as it stood on" in page.text, address


def inner(page: Page, site: Opened) -> Iterator[str]:
    """Links of the page to pages that have a past, but for the one back to today and those to other languages."""
    for one in page.all("a"):
        href = one.get("href", "")
        words = " ".join("".join(one.itertext()).split())
        if not href.startswith("/") or words in ("Back to today", "Start again") or one.get("hreflang"):
            continue
        if not FORM.search(urlsplit(href).path) and looks_back(endpoint_of(site, href.partition("#")[0])):
            yield href


def test_every_link_of_such_a_page_leads_to_the_same_day(still_site: Opened) -> None:
    for address in pages_of_a_day(still_site):
        page = Reader(still_site.client).open(asked(address, f"{THEN}&hindsight=1"))
        for link in inner(page, still_site):
            kept = parse_qs(urlsplit(link).query)
            assert (kept.get("as_of"), kept.get("hindsight")) == (["2026-05-12"], ["1"]), (address, link)


def test_feeds_and_tables_offered_beside_a_page_of_a_day_are_of_that_day(still_site: Opened) -> None:
    page = Reader(still_site.client).open(f"/overdue?{THEN}")
    offered = [link for link in page.links() if link.startswith("/overdue.")]
    assert len(offered) >= 5 and all(THEN in link for link in offered)


def test_what_has_no_past_says_so_instead_of_showing_the_present(still_site: Opened) -> None:
    refused = []
    for address in public(still_site):
        endpoint = endpoint_of(still_site, address)
        if (
            declared(still_site.app, endpoint) is not Access.PUBLIC
            or still_site.client.get(address).status_code != 200
        ):
            continue
        answer = still_site.client.get(asked(address, THEN))
        if answer.status_code == 400:
            refused.append(address)
        elif answer.mimetype == "text/html" and not address.startswith(("/subscribe", "/rules/")):
            said = "12 May 2026" if address.startswith("/embed/") else SHOWN
            assert said in TAGS.sub("", answer.text), address
    assert {"/about", "/privacy", "/sources", "/method"} <= set(refused)
    assert not [one for one in refused if looks_back(endpoint_of(still_site, one))]


def test_a_fact_recorded_later_is_on_no_page_of_an_earlier_day_but_in_hindsight(small_site: Opened) -> None:
    answer_late(small_site)
    pages = Reader(small_site.client)
    for address in (
        "/obligations",
        "/bodies/ministry-of-water",
        "/calendar?month=2026-05",
        "/calendar?due=2026-05-04",
    ):
        then = asked(address, "as_of=2026-05-18")
        assert not LATE.search(pages.open(then).text), address
        assert not LATE.search(pages.open(asked(address, "as_of=2026-05-19")).text), address
        assert LATE.search(pages.open(asked(address, "as_of=2026-05-20")).text), address
        assert LATE.search(pages.open(f"{then}&hindsight=1").text), address


def test_what_was_put_on_record_later_is_on_no_page_of_an_earlier_day_but_in_hindsight(
    small_site: Opened,
) -> None:
    [document] = [one["key"] for one in small_site.json("/api/v1/documents")["data"]]
    small_site.now = JUDGED
    with small_site.write() as session:
        enter_body(session, JUDGED, EnterBody(name="Zebra Office", jurisdiction="GB"), actor=GROUP)
        made = entered_item(session, "zebra-office", document=document, title="Zebra", now=JUDGED).key
    for address in (f"/items/{made}", "/bodies/zebra-office"):
        assert (
            "put on record here on 20 May 2026"
            in Reader(small_site.client).open(f"{address}?{THEN}", 404).text
        )
        small_site.get(f"{address}?{THEN}&hindsight=1")
        small_site.get(f"{address}?as_of=2026-05-20")
    lists = (
        "/",
        "/bodies",
        "/bodies.csv",
        "/obligations",
        "/events",
        "/processes",
        "/scorecards.csv",
        f"/documents/{document}",
    )
    for address in lists:
        assert "Zebra" not in small_site.get(f"{address}?{THEN}").text, address
    for kind, typed in (("item", "Zebra"), ("body", "Zebra"), ("body", "Zebro")):
        found = f"/search?q={typed}&only={kind}"
        assert "/zebra-office" not in small_site.get(f"{found}&{THEN}").text, kind
        assert f"/items/{made}" not in small_site.get(f"{found}&{THEN}").text, kind
    for kind, key in (("item", f"/items/{made}"), ("body", "/bodies/zebra-office")):
        for day in (f"{THEN}&hindsight=1", "as_of=2026-05-20"):
            assert key in small_site.get(f"/search?q=Zebra&only={kind}&{day}").text, (kind, day)


def test_what_is_withheld_now_is_on_no_page_of_an_earlier_day(small_site: Opened) -> None:
    with small_site.write() as session:
        withhold(
            session,
            small_site.now,
            find_one(session, "ministry-of-rivers", "body"),
            "It names a private person",
            actor=GROUP,
        )
    for address in pages_of_a_day(small_site):
        for more in (THEN, f"{THEN}&hindsight=1", "as_of=2026-05-11"):
            assert "Ministry of Rivers" not in small_site.client.get(asked(address, more)).text, address


@pytest.mark.parametrize("day", ["2026-05-01", "2026-02-30", "tomorrow", "2027-01-01"])
def test_a_day_that_cannot_be_shown_is_refused_everywhere_in_a_sentence(still_site: Opened, day: str) -> None:
    for address in PLAIN | {"/events", "/calendar?month=2026-05", "/trend.csv", "/scorecards.csv"}:
        answer = still_site.client.get(asked(address, f"as_of={day}"))
        assert answer.status_code in (400, 404), address
        assert (
            "record of this site begins" in answer.text
            or "is not a day" in answer.text
            or "lies ahead" in answer.text
        )
