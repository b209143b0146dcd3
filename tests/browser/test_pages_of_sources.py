"""Sources, evidence and the queue as people see them, in a real browser, after some days of real readings."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlmodel import select
from werkzeug.serving import make_server

from scrapers.cage import Cage
from tests.browser.test_pages_in_a_browser import BEYOND_THE_EDGE, TOO_FAINT, VIEWS, Silent
from tests.services.entered import GROUP, NOW, item, report
from tests.services.register import Clock, Collecting, running_register
from tracker.config import Config
from tracker.domain.words import FindingState, RunState, UserRole
from tracker.services.draft_decision import draft_response
from tracker.services.people import add_user
from tracker.services.review import accept_response
from tracker.storage import findings
from tracker.storage.engine import Database
from tracker.storage.entries import documents
from tracker.storage.tables import Finding, Item, Page, Run
from tracker.web.app import create_app
from tracker.web.site import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from playwright.sync_api import Page as Window

PICTURES = Path(__file__).resolve().parent.parent / ".pictures"
WORDS = "three calm herons"
PATH = "/replies"
HEADINGS = ("No.", "Recommendation", "Department", "Replied on", "Status", "Reply")
OPTIONS = {
    "name": "Replies to the Assembly on Water",
    "key": "item",
    "fields": {
        "item": "column:No.",
        "title": "column:Recommendation",
        "body_name": "column:Department",
        "published_on": "column:Replied on",
        "status": "column:Status",
        "link": "column:Reply > a@href",
    },
    "statuses": {"Awaiting reply": "ignore", "Reply published": "reply", "Proposed": "new_item"},
}
Row = tuple[str, str, str, str, str]
FIRST: Row = ("1", "Publish the river data", "Ministry of Water", "6 May 2026", "Reply published")
GOOD: list[Row] = [
    FIRST,
    ("2", "Name an owner for each river", "Ministry of Rivers", "", "Awaiting reply"),
    ("3", "Test the wells twice a year", "Ministry of Water", "7 May 2026", "Under lively discussion"),
    ("4", "Tell people what is in the water", "Ministry of Water and Ministry of Rivers", "", "Proposed"),
    ("5", "Mend the leaks", "Ministry of Water and Fisheries", "", "Proposed"),
    *(
        (str(n), f"Recommendation number {n}", "Ministry of Rivers", "", "Awaiting reply")
        for n in range(6, 13)
    ),
]
QUIET = [row for row in GOOD if row[0] != "3"]


def listed(rows: list[Row], headings: tuple[str, ...] = HEADINGS) -> str:
    head = "".join(f"<th>{name}</th>" for name in headings)
    body = "".join(
        "<tr>"
        + "".join(f"<td>{cell}</td>" for cell in row)
        + f'<td><a href="/replies/{row[0]}.pdf">Reply</a></td></tr>'
        for row in rows
    )
    return f"<!doctype html><html lang=en><title>Replies</title><table><tr>{head}</tr>{body}</table>"


@pytest.fixture(scope="module")
def cage() -> Iterator[Cage]:
    with Cage() as opened:
        yield opened


@dataclass
class House:
    """A site with a source, and where it answers."""

    address: str
    collecting: Collecting

    def id_of(self, said: str) -> int:
        with self.collecting.database.reading() as session:
            found = session.exec(select(Finding).order_by(Finding.id)).all()  # type: ignore[arg-type]
            return next(one.id or 0 for one in reversed(found) if said in str(one.content["title"]))

    def state(self, said: str) -> FindingState:
        with self.collecting.database.reading() as session:
            return session.get_one(Finding, self.id_of(said)).state

    def quarantined(self) -> int:
        with self.collecting.database.reading() as session:
            return session.exec(select(Run.id).where(Run.state == RunState.QUARANTINED)).one() or 0

    def page(self) -> str:
        with self.collecting.database.reading() as session:
            return session.exec(select(Page.sha256)).first() or ""

    def item(self) -> str:
        with self.collecting.database.reading() as session:
            return session.exec(select(Item.key)).one()


@pytest.fixture
def house(sqlite_url: str, cage: Cage) -> Iterator[House]:
    """Read well, then without the answer that was taken over, then with an unknown word, then in half."""
    database = Database(sqlite_url)
    with running_register() as register:
        made = Collecting(database, register, cage, Clock(NOW))
        with database.writing() as session:
            add_user(session, NOW, "r@example.org", UserRole.REVIEWER, "city-watch", password=WORDS)
            item(session, "ministry-of-water", document=report(session), ref="1")
        made.source(
            "replies", "listing", PATH, options=OPTIONS, process="citizens-assembly-on-water",
            every_hours=6, publication_lag_days=5,
        )  # fmt: skip
        read(made, QUIET)
        with database.writing() as session:
            [answer] = findings.waiting(session, kind="response")
            accept_response(
                session, made.clock(), answer.finding.id or 0, draft_response(session, answer), actor=GROUP
            )
        read(made, [("1", *FIRST[1:3], "", "Awaiting reply"), *QUIET[1:]])
        read(made, GOOD[1:])
        read(made, [("1", "", "", "", "Awaiting reply"), *GOOD[7:]])
        config = Config()
        config = replace(config, web=replace(config.web, secret_key="only for these tests, long enough"))
        config = replace(config, site=replace(config.site, publisher="Wasserwacht e.V."))
        server = make_server(
            "127.0.0.1",
            0,
            create_app(Site(config, database, made.clock)),
            threaded=True,
            request_handler=Silent,
        )
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield House(f"http://127.0.0.1:{server.server_port}", made)
        server.shutdown()
        thread.join()
    database.close()


def read(made: Collecting, rows: list[Row]) -> None:
    made.register.put(PATH, listed(rows))
    made.collect(only="replies")
    made.clock.forward(days=1)


def signed_in(browser: "Browser", house: House, **window: object) -> "Window":
    page = browser.new_context(**window).new_page()  # type: ignore[arg-type]
    page.goto(f"{house.address}/login?next=/edit/review")
    page.get_by_label("E-mail").fill("r@example.org")
    page.locator("input[type=password]").fill(WORDS)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/edit/review")
    return page


def main(page: "Window") -> str:
    return page.locator("main").inner_text()


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: f"{view[0]}-{view[1]}")
def test_the_pages_of_sources_and_evidence_fit_and_are_readable(
    browser: "Browser", house: House, view: tuple[int, str]
) -> None:
    width, scheme = view
    page = signed_in(browser, house, viewport={"width": width, "height": 900}, color_scheme=scheme)
    PICTURES.mkdir(exist_ok=True)
    gone, new = house.id_of("no longer shows"), house.id_of("Tell people")
    pages = {
        "sources": "/sources",
        "source": "/sources/replies",
        "evidence": f"/evidence/{house.page()}",
        "edit-sources": "/edit/sources",
        "reading": f"/edit/sources/runs/{house.quarantined()}",
        "queue": "/edit/review",
        "gone": f"/edit/review/{gone}",
        "question": f"/edit/review/{house.id_of('Under lively discussion')}",
        "new": f"/edit/review/{new}",
        "as-item": f"/edit/review/{new}/item",
        "split": f"/edit/review/{new}/split",
        "item": f"/edit/items/{house.item()}",
    }
    for title, path in pages.items():
        answer = page.goto(house.address + path)
        assert answer is not None and answer.ok, (title, answer and answer.status)
        for details in page.locator("main details:not(.keys)").all():
            details.evaluate("element => { element.open = true }")
        page.screenshot(path=PICTURES / f"sources-{title}-{width}-{scheme}.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (
            title,
            page.evaluate(BEYOND_THE_EDGE),
        )
        assert page.evaluate(TOO_FAINT) == [], title
    page.context.close()


def test_an_unknown_words_question_names_the_thing_suggests_nothing_and_is_answered(
    browser: "Browser", house: House
) -> None:
    page = signed_in(browser, house)
    page.goto(f"{house.address}/edit/review/{house.id_of('Under lively discussion')}")
    assert "Test the wells twice a year" in main(page) and "statuses" in main(page)
    assert "Thought to answer" not in main(page)
    page.locator("summary", has_text="Answer it").click()
    page.get_by_label("Your answer, for whoever comes after you").fill("It means that nothing was decided.")
    page.get_by_role("button", name="Done with it").click()
    assert "Answered." in page.locator("body").inner_text()
    assert "Dismissed." not in page.locator("body").inner_text()
    page.context.close()


def test_suggestions_are_renewed_for_an_item_that_was_entered_since(browser: "Browser", house: House) -> None:
    made = house.collecting
    late = [
        *GOOD[1:],
        ("20", "Open the sluice at Mill Lane", "Ministry of Rivers", "8 May 2026", "Reply published"),
    ]
    read(made, late)
    waiting = f"{house.address}/edit/review/{house.id_of('Open the sluice')}"
    page = signed_in(browser, house)
    page.goto(waiting)
    assert "Thought to answer" not in main(page)
    with made.database.writing() as session:
        [(document, _)] = documents(session)
        item(
            session,
            "ministry-of-rivers",
            document=document.key,
            ref="20",
            title="Open the sluice at Mill Lane",
        )
    read(made, late)
    page = signed_in(browser, house)
    page.goto(waiting)
    assert "Thought to answer" in main(page) and "Accept as suggested" in main(page)
    page.context.close()


def test_as_an_item_brings_its_number_and_both_bodies_where_both_are_known(
    browser: "Browser", house: House
) -> None:
    page = signed_in(browser, house)
    page.goto(f"{house.address}/edit/review/{house.id_of('Tell people')}/item")
    assert page.get_by_label("Number in the document").input_value() == "4"
    named = [page.locator(f"#body-{n}").input_value() for n in (1, 2, 3)]
    assert named == ["Ministry of Water", "Ministry of Rivers", ""]
    page.goto(f"{house.address}/edit/review/{house.id_of('Mend the leaks')}/item")
    assert page.locator("#body-1").input_value() == "Ministry of Water and Fisheries"
    page.context.close()


def test_enter_in_the_title_of_a_part_splits(browser: "Browser", house: House) -> None:
    page = signed_in(browser, house)
    page.goto(f"{house.address}/edit/review/{house.id_of('Tell people')}/split")
    page.locator("#title-1").fill("Tell people every week")
    page.locator("#title-2").fill("Tell people every day")
    with page.expect_navigation():
        page.locator("#title-2").press("Enter")
    assert page.locator("h1").inner_text() == "Tell people every week"
    page.context.close()


def test_a_vanished_answer_says_beforehand_what_the_public_will_read_and_then_says_just_that(
    browser: "Browser", house: House
) -> None:
    page = signed_in(browser, house)
    page.goto(f"{house.address}/edit/review/{house.id_of('no longer shows')}")
    said = page.locator("section[aria-labelledby=noted]").inner_text()
    assert "13 May 2026" in said and "no longer shows" in said and "Why it is proposed (0" not in main(page)
    page.get_by_role("button", name="Accept as suggested").click()
    page.goto(f"{house.address}/items/{house.item()}")
    entry = page.locator(".timeline li", has_text="no longer shows").inner_text()
    assert "13 May 2026" in entry
    page.context.close()


def test_a_page_is_watched_from_the_items_own_page(browser: "Browser", house: House) -> None:
    page = signed_in(browser, house)
    page.goto(f"{house.address}/edit/items/{house.item()}")
    page.locator("summary", has_text="watched for its answer").click()
    watching = page.locator("details[id^=watched-]")
    watching.get_by_label("Source").select_option("replies")
    watching.get_by_label("Page on which the answer would appear").fill("http://elsewhere.example/")
    watching.get_by_role("button", name="Watch this page").click()
    assert "The address" in page.locator(".errors").inner_text() or "reads pages of" in main(page)
    assert watching.get_by_label("Source").input_value() == "replies"
    page.context.close()


def test_a_publisher_whose_name_ends_in_a_stop_has_one_stop(browser: "Browser", house: House) -> None:
    page = browser.new_page()
    page.goto(f"{house.address}/sources")
    said = page.locator("body > footer, footer").first.inner_text()
    assert "Published by Wasserwacht e.V." in said and ".." not in said
    page.close()
