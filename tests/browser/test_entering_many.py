"""The grid in a real browser: how many keys an item with three addressees takes, and how the page looks."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlmodel import select
from werkzeug.serving import make_server

from tests.browser.test_pages_in_a_browser import BEYOND_THE_EDGE, TOO_FAINT, VIEWS, Silent
from tests.services.entered import GROUP, NOW, report
from tracker.config import Config
from tracker.domain.words import BodyKind, Role, UserRole
from tracker.services.enter_process import EnterBody, enter_body
from tracker.services.people import add_user
from tracker.storage.document_entry import keep_defaults
from tracker.storage.engine import Database
from tracker.storage.entries import document_by_key
from tracker.storage.tables import Addressee, Body, Item
from tracker.web.app import create_app
from tracker.web.site import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PICTURES = Path(__file__).resolve().parent.parent / ".pictures"
WORDS = "three calm herons"
MOST_KEYS = 40
NAMES = ("Office of Rail and Road", "Environment Agency", "Office for Students", "Home Office")
DEFAULTS = {
    "owing": "Ministry of Water",
    "rule": "gb-commons-select-committee",
    "trigger": "published",
    "trigger_on": "9 March 2026",
    "item_kind": "recommendation",
    "owes": "respond",
}


@pytest.fixture
def database(sqlite_url: str) -> Iterator[Database]:
    opened = Database(sqlite_url)
    with opened.writing() as session:
        add_user(session, NOW, "e@example.org", UserRole.EDITOR, "city-watch", password=WORDS)
        document = document_by_key(session, report(session))
        assert document is not None
        keep_defaults(session, NOW, document, dict(DEFAULTS), actor=GROUP)
        for name in NAMES:
            enter_body(session, NOW, EnterBody(name=name, jurisdiction="GB"), actor=GROUP)
    yield opened
    opened.close()


@pytest.fixture
def address(database: Database) -> Iterator[str]:
    config = Config()
    config = replace(config, web=replace(config.web, secret_key="only for these tests, long enough"))
    app = create_app(Site(config, database, lambda: NOW))
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Silent)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


def opened(page: "Page", address: str) -> None:
    page.goto(f"{address}/login")
    page.get_by_label("E-mail").fill("e@example.org")
    page.locator("input[type=password]").fill(WORDS)
    page.keyboard.press("Enter")
    page.wait_for_url("**/edit/**")
    page.goto(f"{address}/edit/documents/citizens-assembly-on-water-final-report/items")


class Typist:
    """Types as a person does, and counts every key that is no letter of the item's own text."""

    def __init__(self, page: "Page") -> None:
        self.page, self.keys = page, 0

    def copied(self, text: str) -> None:
        """The item's own words: pasted or typed, they are not counted."""
        self.page.keyboard.type(text)

    def types(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.keys += len(text)

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.keys += 1 + key.count("+")


def _kept(database: Database) -> tuple[str, list[tuple[str, Role]]]:
    """The reference of the one item, and who owes in which role."""
    with database.reading() as session:
        owing = [
            (session.get_one(Body, one.body_id).name, one.role)
            for one in session.exec(select(Addressee)).all()
        ]
        return session.exec(select(Item)).one().ref, owing


def test_an_item_with_three_addressees_takes_at_most_forty_keys_beyond_its_text(
    browser: "Browser", address: str, database: Database
) -> None:
    from playwright.sync_api import expect

    page = browser.new_page()
    opened(page, address)
    page.focus("#ref-1")
    typist = Typist(page)
    typist.copied("Recommendation 1")
    typist.press("Tab")
    typist.copied("Publish the river data")
    typist.press("Tab")
    typist.copied("They should publish every month.")
    typist.press("Tab")
    for letters in ("env", "orr", "home"):
        typist.types(letters)
        typist.press("Enter")
    expect(page.locator("#owing-1")).to_have_value(
        "Environment Agency; Office of Rail and Road; Home Office; "
    )
    typist.press("Enter")
    expect(page.locator("#ref-2")).to_be_focused()
    assert typist.keys <= MOST_KEYS
    typist.press("Control+Enter")
    page.wait_for_selector("#dates")
    assert "Saturday 9 May 2026" in page.inner_text("#dates")
    assert "Office of Rail and Road" in page.inner_text("#dates")
    page.click("button[name=publish]")
    page.wait_for_selector("text=One item is public from now on.")
    assert _kept(database) == (
        "Recommendation 1",
        [
            ("Environment Agency", Role.LEAD),
            ("Office of Rail and Road", Role.JOINT),
            ("Home Office", Role.JOINT),
        ],
    )
    print(f"keys beyond the text: {typist.keys}")  # noqa: T201 - the figure that the documentation gives


def test_a_body_that_is_not_on_record_is_made_in_place_and_enter_makes_rows(
    browser: "Browser", address: str, database: Database
) -> None:
    page = browser.new_page()
    opened(page, address)
    page.focus("#ref-5")
    typist = Typist(page)
    typist.copied("R5")
    typist.press("Enter")  # there is no sixth row yet
    page.wait_for_selector("#ref-6")
    assert page.evaluate("document.activeElement.id") == "ref-6"
    typist.copied("R6")
    typist.press("Tab", "Tab")
    typist.copied("Pump less.")
    typist.press("Tab")
    typist.types("Acme Pumps Ltd")
    page.wait_for_selector("#finds li:has-text('“Acme Pumps Ltd” as a new body')")
    typist.press("ArrowDown", "Enter")
    assert page.input_value("#owing-6") == "Acme Pumps Ltd [new]; "
    page.fill("#title-5", "Measure more")
    typist.press("Control+Enter")
    page.wait_for_selector("#dates")
    assert "new: Company, GB" in " ".join(page.inner_text("#dates").split())
    page.click("button[name=draft]")
    page.wait_for_selector("text=2 items are kept as drafts.")
    with database.reading() as session:
        made = session.exec(select(Body).where(Body.name == "Acme Pumps Ltd")).one()
    assert (made.kind, made.jurisdiction) == (BodyKind.COMPANY, "GB")


def test_without_javascript_the_same_page_does_it(
    browser: "Browser", address: str, database: Database
) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    opened(page, address)
    page.fill("#ref-1", "R1")
    page.fill("#text-1", "Publish it.")
    page.fill("#owing-1", "home office; environment agency (supporting)")
    page.click("button[name=preview]")
    assert "Saturday 9 May 2026" in page.inner_text("#dates")
    page.click("button[name=draft]")
    assert "One item is kept as a draft." in page.inner_text("main")
    with database.reading() as session:
        assert [one.role for one in session.exec(select(Addressee)).all()] == [Role.LEAD, Role.SUPPORTING]


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: f"{view[0]}-{view[1]}")
def test_the_grid_can_be_read_wide_and_narrow_light_and_dark(
    browser: "Browser", address: str, view: tuple[int, str]
) -> None:
    width, scheme = view
    page = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme).new_page()  # type: ignore[arg-type]
    opened(page, address)
    page.focus("#owing-1")
    page.keyboard.type("off")
    page.wait_for_selector("#finds li")
    PICTURES.mkdir(exist_ok=True)
    page.screenshot(path=PICTURES / f"grid-{width}-{scheme}.png", full_page=True)
    assert page.evaluate(BEYOND_THE_EDGE) == []
    assert page.evaluate(TOO_FAINT) == []
