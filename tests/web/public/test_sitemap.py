"""Search engines find every public page in every language, and nothing else."""

import re
from collections.abc import Iterator
from datetime import date
from xml.etree import ElementTree

import pytest
from sqlmodel import select

from tests.web.open_site import BASE, SECRET, Opened, still_site
from tests.web.pages import Reader
from tracker.storage.tables import Item

__all__ = ["still_site"]
SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def locations(body: bytes) -> list[str]:
    return [found.text or "" for found in ElementTree.fromstring(body).iter(f"{SPACE}loc")]


def listed(site: Opened) -> Iterator[str]:
    for part in locations(site.get("/sitemap.xml").data):
        yield from locations(site.get(part.removeprefix(BASE)).data)


def test_every_address_in_the_sitemap_answers_and_names_itself_as_the_lasting_one(still_site: Opened) -> None:
    found = list(listed(still_site))
    assert len(found) == len(set(found))
    for address in found:
        page = still_site.get(address.removeprefix(BASE)).get_data(as_text=True)
        assert f'<link rel="canonical" href="{address}">' in page


def test_every_public_item_is_there_in_every_language_and_no_draft(still_site: Opened) -> None:
    with still_site.database.reading() as session:
        shown = [item.key for item in session.exec(select(Item)) if item.title != SECRET]
        hidden = [item.key for item in session.exec(select(Item)) if item.title == SECRET]
    found = set(listed(still_site))
    assert {f"{BASE}/items/{key}" for key in shown} <= found
    assert {f"{BASE}/es/items/{key}" for key in shown} <= found
    assert not [one for one in found for key in hidden if one.endswith(f"/{key}")]


def test_an_item_tells_when_something_about_it_was_last_announced(still_site: Opened) -> None:
    said = still_site.get("/sitemap-items-1.xml").get_data(as_text=True)
    days = re.findall(r"<lastmod>(\d{4}-\d\d-\d\d)T", said)
    assert days
    assert max(map(date.fromisoformat, days)) <= still_site.now.date()


def test_a_part_that_is_none_is_not_found(still_site: Opened) -> None:
    for number in (0, 2, 10**9):
        still_site.get(f"/sitemap-items-{number}.xml", 404)


def test_robots_are_told_of_the_sitemap_and_kept_from_lists_without_end(still_site: Opened) -> None:
    said = still_site.get("/robots.txt").get_data(as_text=True)
    assert f"Sitemap: {BASE}/sitemap.xml" in said
    assert "Disallow: /edit/" in said


@pytest.mark.parametrize("address", ["/sitemap-items-1.xml", "/sitemap-pages-1.xml"])
def test_a_demonstration_is_in_no_search_engine(demo: Reader, address: str) -> None:
    assert demo.client.get(address).status_code == 404
    assert locations(demo.client.get("/sitemap.xml").data) == []


def test_a_page_of_a_day_that_is_past_is_not_for_search_engines(still_site: Opened) -> None:
    said = still_site.get("/overdue?as_of=2026-05-12&hindsight=1").get_data(as_text=True)
    assert '<meta name="robots" content="noindex' in said
    assert f'<link rel="canonical" href="{BASE}/overdue">' in said
