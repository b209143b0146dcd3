"""Processes by kind, page by page, whatever their number."""

from collections.abc import Iterator

import pytest

from tests.services.entered import GROUP, NOW, report
from tests.web.dashboards import plan_site
from tests.web.open_site import Opened
from tests.web.pages import Reader
from tracker.domain.words import ProcessKind
from tracker.services.enter_process import EnterProcess, enter_process
from tracker.storage.engine import Database


@pytest.fixture
def site(sqlite_url: str) -> Iterator[Opened]:
    """An assembly whose report asks two things."""
    database = Database(sqlite_url)
    opened = Opened(database, NOW)
    with opened.write() as session:
        report(session)
        for title in ("One", "Two"):
            plan_site.asked(session, title)
    yield opened
    database.close()


def petitions(site: Opened, n: int, jurisdiction: str = "FR") -> None:
    """So many petitions more."""
    with site.write() as session:
        for number in range(n):
            said = EnterProcess(
                name=f"Pétition {number:03}", kind=ProcessKind.PETITION, jurisdiction=jurisdiction
            )
            enter_process(session, NOW, said, actor=GROUP)


def named(site: Opened, address: str) -> list[str]:
    """The processes of a page, in its order."""
    page = Reader(site.client).open(address)
    heads = [head for table in page.all("table") for head in table.iter("th") if head.get("scope") == "row"]
    return [" ".join("".join(head.itertext()).split()) for head in heads]


def test_processes_stand_by_kind_with_the_numbers_of_their_bars(site: Opened) -> None:
    petitions(site, 2)
    assert named(site, "/processes") == ["Citizens’ Assembly on Water", "Pétition 000", "Pétition 001"]
    page = Reader(site.client).open("/processes")
    assert [text for text in page.said("h2") if text != "By kind or place"][:2] == [
        "Citizens' assemblies",
        "Petitions",
    ]
    assert "2 Not looked at since due" in page.text


def test_a_kind_or_a_place_narrows_the_list_and_says_how_many_there_are(site: Opened) -> None:
    petitions(site, 3)
    assert len(named(site, "/processes?kind=petition")) == 3
    assert named(site, "/processes?jurisdiction=GB") == ["Citizens’ Assembly on Water"]
    options = Reader(site.client).open("/processes").said("option")
    assert "Petition (3)" in options and "France (3)" in options and "Citizens' assembly (1)" in options
    site.get("/processes?kind=sonnet", 400)


def test_many_processes_are_read_page_by_page_at_the_same_cost(site: Opened) -> None:
    before = plan_site.opened(site, "/processes")
    petitions(site, 110)
    assert plan_site.opened(site, "/processes") == before
    pages = [named(site, f"/processes?page={number}") for number in (1, 2, 3)]
    assert [len(page) for page in pages] == [40, 40, 31]
    assert len({name for page in pages for name in page}) == 111
    site.get("/processes?page=x", 400)


def test_a_day_before_a_process_was_entered_does_not_know_it(site: Opened) -> None:
    assert named(site, "/processes?as_of=2026-05-12") == ["Citizens’ Assembly on Water"]
    site.get("/processes?as_of=2026-05-01", 404)


def test_a_kind_and_a_place_show_their_processes_with_how_they_stand(site: Opened) -> None:
    petitions(site, 25)
    page = Reader(site.client).open("/kinds/petition")
    assert "25 processes" in page.text and len([one for one in page.said("th") if "Pétition" in one]) == 20
    assert "/processes?kind=petition" in page.links()
    assert "Citizens’ Assembly on Water" in Reader(site.client).open("/jurisdictions/GB").said("a")
