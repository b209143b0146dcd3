"""Items by bodies as one table, and a plan on a sheet of paper."""

import csv
import io
from collections.abc import Iterator

import pytest
from sqlmodel import Session

from tests.services.entered import NOW, report
from tests.web.dashboards import plan_site
from tests.web.open_site import BASE, Opened
from tests.web.pages import Page, Reader
from tracker.rendering.pictures.qr import qr_code
from tracker.services.enter import EnterItem, OwedBy, enter_item
from tracker.services.enter_process import EnterBody
from tracker.storage.engine import Database

ASSEMBLY = "/processes/citizens-assembly-on-water"
REPORT = "citizens-assembly-on-water-final-report"


@pytest.fixture
def site(sqlite_url: str) -> Iterator[Opened]:
    """An assembly that asked one ministry twice and another once."""
    database = Database(sqlite_url)
    opened = Opened(database, NOW)
    with opened.write() as session:
        report(session)
        plan_site.asked(session, "=1+1", "ministry-of-water", "ministry-of-rivers")
        plan_site.asked(session, "Two", "ministry-of-water")
    yield opened
    database.close()


def many(session: Session, items: int, bodies: int) -> None:
    """One item to many bodies, and many items to one."""
    owed = tuple(OwedBy(new=EnterBody(name=f"Body {n:03}", jurisdiction="GB")) for n in range(bodies))
    enter_item(session, NOW, EnterItem(document=REPORT, title="To all", addressees=owed), actor="group:x")
    for n in range(items):
        said = EnterItem(document=REPORT, title=f"Item {n}", addressees=(OwedBy(body="ministry-of-water"),))
        enter_item(session, NOW, said, actor="group:x")


def rows(page: Page) -> list[list[str]]:
    """The cells of the first table."""
    said = [["".join(cell.itertext()) for cell in row] for row in page.all("table")[0].iter("tr")]
    return [[" ".join(cell.split()) for cell in row] for row in said]


def test_each_cell_says_where_it_stands_and_when_it_was_due(site: Opened) -> None:
    head, one, two = rows(Reader(site.client).open(f"{ASSEMBLY}/matrix"))
    assert head == ["Recommendation", "Ministry of Rivers", "Ministry of Water"]
    assert one == ["1 =1+1", "Not looked at since due 4 May 2026", "Not looked at since due 4 May 2026"]
    assert two == ["2 Two", "", "Not looked at since due 4 May 2026"]


def test_heads_of_rows_and_columns_are_named_for_screen_readers(site: Opened) -> None:
    page = Reader(site.client).open(f"/documents/{REPORT}/matrix")
    scopes = [head.get("scope") for head in page.all("th")]
    assert scopes == ["col", "col", "col", "row", "row"]


def test_a_large_table_is_shown_in_pieces_and_says_so(site: Opened) -> None:
    with site.write() as session:
        many(session, 60, 40)
    page = Reader(site.client).open(f"{ASSEMBLY}/matrix")
    assert "Recommendations: 1 to 60 of 63" in page.text and "Bodies: 1 to 20 of 42" in page.text
    assert len(rows(page)) == 61 and len(rows(page)[0]) == 21
    last = rows(Reader(site.client).open(f"{ASSEMBLY}/matrix?page=2&columns=3"))
    assert len(last) == 4 and len(last[0]) == 3
    links = [link for link in page.links() if "columns=" in link or "page=" in link]
    assert len(links) == 2 and all(site.get(link) for link in links)


def test_the_whole_table_is_taken_away_safe_for_spreadsheets(site: Opened) -> None:
    said = site.get(f"{ASSEMBLY}/matrix.csv").get_data(as_text=True)
    found = list(csv.DictReader(io.StringIO(said)))
    assert [row["title"] for row in found] == ["'=1+1", "Two"]
    assert (
        found[1]["ministry-of-rivers"] == ""
        and found[1]["ministry-of-water"] == "unchecked convention 2026-05-04"
    )
    data = site.json(f"{ASSEMBLY}/matrix.json")
    assert data["meta"]["total"] == 3 and data["data"][0]["due_on"] == "2026-05-04"


def test_an_argument_that_means_nothing_is_refused_with_a_sentence(site: Opened) -> None:
    for asked in ("matrix?colums=2", "matrix?columns=0", "sheet?page=x", "plan.csv?page=2"):
        site.get(f"{ASSEMBLY}/{asked}", 400)
    for missing in ("/processes/none/matrix", "/documents/none/sheet", "/processes/none/plan.json"):
        site.get(missing, 404)


def test_the_sheet_holds_the_code_of_its_page_and_a_short_address_for_each_row(site: Opened) -> None:
    page = site.get(f"{ASSEMBLY}/sheet").get_data(as_text=True)
    assert str(qr_code(f"{BASE}{ASSEMBLY}", "QR code of the address below")) in page
    assert page.count('class="qr"') == 1
    for number in (1, 2):
        assert f"answers.example.org{ASSEMBLY}/{number}<" in page
        assert site.get(f"{ASSEMBLY}/{number}", 302).location.startswith("/items/")


def test_every_row_has_a_code_of_its_own_where_that_is_asked_for(site: Opened) -> None:
    page = site.get(f"/documents/{REPORT}/sheet?codes=1").get_data(as_text=True)
    assert page.count('class="qr"') == 3
    assert str(qr_code(f"{BASE}{ASSEMBLY}/2", "QR code of the address of this row")) in page


def test_a_sheet_says_what_it_leaves_out(site: Opened) -> None:
    with site.write() as session:
        many(session, 0, 9)
    assert "3 more bodies" in Reader(site.client).open(f"{ASSEMBLY}/sheet").text


def test_pages_of_a_plan_cost_no_more_queries_when_it_grows(site: Opened) -> None:
    addresses = [
        f"{path}{rest}" for path in (ASSEMBLY, f"/documents/{REPORT}") for rest in ("", "/matrix", "/sheet")
    ]
    before = [plan_site.opened(site, address) for address in addresses]
    with site.write() as session:
        many(session, 120, 40)
    assert [plan_site.opened(site, address) for address in addresses] == before


def test_a_long_plan_is_read_page_by_page_and_nothing_is_lost(site: Opened) -> None:
    with site.write() as session:
        many(session, 120, 13)
    first = Reader(site.client).open(ASSEMBLY)
    assert "1 to 100 of 123" in first.text and "1 more body" in first.text
    second = Reader(site.client).open(f"{ASSEMBLY}?page=2")
    titles = {f"Item {n}" for n in range(120)}
    assert titles <= {*first.said("a"), *second.said("a")}


def test_behind_the_last_page_stands_a_sentence_and_the_way_to_the_last(site: Opened) -> None:
    """An empty matrix, sheet, month or search would say that nothing is there."""
    reader = Reader(site.client)
    for asked, kept in (
        (f"{ASSEMBLY}/matrix?page=999", ""),
        (f"{ASSEMBLY}/matrix?columns=999", ""),
        (f"{ASSEMBLY}/sheet?codes=1&page=999", "codes=1"),
        ("/bodies?page=999", ""),
        ("/overdue?sort=due&page=999", "sort=due"),
        ("/calendar?due=2026-05-04&page=999", "due=2026-05-04"),
        ("/search?q=assembly&only=process&page=999", "q=assembly&only=process"),
    ):
        page = reader.open(asked, status=404)
        assert "lies behind the end of this list: its last page is" in page.text, asked
        [lead] = [one.get("href", "") for one in page.all("a") if one.text == "To the last page"]
        assert lead.partition("?")[0] == asked.partition("?")[0] and kept in lead and "999" not in lead
        reader.open(lead)


def test_the_log_has_no_pages_by_number(site: Opened) -> None:
    page = Reader(site.client).open("/events?page=999", status=400)
    assert "page is unknown here" in page.text and "before" in page.text


def test_the_paper_of_a_demonstration_says_what_it_is(demo: Reader) -> None:
    """On paper the head of the page is gone, and with it the notice there."""
    page = demo.open("/processes/uk-sitc-ai-2022/sheet")
    [paper] = [one for one in page.all("article") if one.get("class") == "a4"]
    notice = [one for one in paper.iter("p") if one.get("class") == "sheet-demo"]
    banner = [one for one in page.all("p") if one.get("class") == "demo-banner"]
    assert len(notice) == len(banner)
