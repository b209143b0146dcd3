"""A morning's queue cleared by keyboard alone, in a real browser; the pages wide and narrow, light and dark."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlmodel import select
from werkzeug.serving import make_server

from tests.browser.test_pages_in_a_browser import (
    BEYOND_THE_EDGE,
    TOO_FAINT,
    VIEWS,
    Silent,
)
from tests.services.entered import NOW, item, owing
from tests.services.queued import finding, looked, source
from tracker.config import Config
from tracker.domain.words import FindingState, UserRole
from tracker.services.people import add_user
from tracker.services.settle import settle
from tracker.storage import review_queue
from tracker.storage.engine import Database
from tracker.storage.tables import Finding, Happening, Response, ResponseLine
from tracker.web.app import create_app
from tracker.web.site import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PICTURES = Path(__file__).resolve().parent.parent / ".pictures"
WORDS = "three calm herons"


@dataclass
class Morning:
    """A site with a queue, and where it answers."""

    address: str
    database: Database

    def states(self) -> dict[str, FindingState]:
        with self.database.reading() as session:
            return {str(one.content["title"]): one.state for one in session.exec(select(Finding))}

    def waits(self) -> int:
        with self.database.reading() as session:
            return review_queue.count(session, NOW)

    def rows(self, table: type) -> int:
        with self.database.reading() as session:
            return len(session.exec(select(table)).all())


def fill(database: Database) -> None:
    """Six findings: two answers, a new item, a note, a question, and news nobody wants."""
    with database.writing() as session:
        add_user(session, NOW, "r@example.org", UserRole.REVIEWER, "city-watch", password=WORDS)
        asked = item(session, "ministry-of-water", "ministry-of-rivers")
        owed, other = owing(session, asked)
        here = source(session, process_id=asked.process_id)
        early = NOW - timedelta(days=2)
        finding(session, here, "Answer of the Ministry of Water", owed=owed, found_at=early)
        finding(session, here, "One letter for both ministries", owed=other)
        finding(session, here, "Publish the lake data", kind="new_item")
        finding(session, here, "The committee held a hearing", kind="update", item=asked.key)
        finding(session, here, "Which department is this?", kind="question")
        finding(session, here, "The minister opened a bridge", kind="update")
        looked(session, owed, here[1], date(2026, 5, 12))
        settle(session, [owed, other], NOW)


@pytest.fixture
def morning(sqlite_url: str) -> Iterator[Morning]:
    database = Database(sqlite_url)
    fill(database)
    config = Config()
    config = replace(config, web=replace(config.web, secret_key="only for these tests, long enough"))
    app = create_app(Site(config, database, lambda: NOW))
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Silent)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Morning(f"http://127.0.0.1:{server.server_port}", database)
    server.shutdown()
    thread.join()
    database.close()


def log_in(page: "Page", address: str) -> None:
    page.goto(f"{address}/login?next=/edit/review")
    page.get_by_label("E-mail").fill("r@example.org")
    page.locator("input[type=password]").fill(WORDS)
    assert press(page, "Enter") == "Findings"


def press(page: "Page", key: str) -> str:
    """Press a key that leads to another page; its heading."""
    with page.expect_navigation():
        page.keyboard.press(key)
    return heading(page)


def split_in_two(page: "Page") -> None:
    """Two parts of one letter, each for a ministry of its own, by keyboard."""
    page.locator("#title-1").focus()
    page.keyboard.press("End")
    page.keyboard.type(" (water)")
    page.locator("#obligation-2").focus()
    page.keyboard.press("End")
    page.locator("#title-2").focus()
    page.keyboard.press("End")
    page.keyboard.type(" (rivers)")
    page.get_by_role("button", name="Split it").focus()
    assert press(page, "Enter") == "One letter for both ministries (water)"


def heading(page: "Page") -> str:
    return page.locator("h1").inner_text()


def the_answers_are_taken_over(page: "Page", morning: Morning) -> None:
    """One as it is suggested, one split into two."""
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert page.locator(":focus").inner_text() == "One letter for both ministries"
    page.keyboard.press("k")
    assert press(page, "Enter") == "Answer of the Ministry of Water"
    assert "Accepting this clears a flag." in page.locator("main").inner_text()
    assert page.evaluate("document.activeElement.tagName") == "H1"

    assert press(page, "a") == "One letter for both ministries"
    assert morning.rows(Response) == 1

    assert press(page, "s") == "Split it"
    split_in_two(page)
    for _part in range(2):
        assert press(page, "a").startswith(("One letter", "The committee"))
    assert morning.states()["One letter for both ministries"] is FindingState.SPLIT
    assert (morning.rows(Response), morning.rows(ResponseLine)) == (3, 3)


def the_question_is_answered_and_the_new_item_put_off(page: "Page") -> None:
    """And an item that lacks something is not taken over by one key."""
    assert heading(page) == "The committee held a hearing"
    assert press(page, "j") == "Which department is this?"
    page.keyboard.press("d")
    page.keyboard.type("a question of the reader, jkladu?")
    page.keyboard.press("Tab")
    assert press(page, "Enter") == "Publish the lake data"

    assert press(page, "a") == "As an item"
    page.go_back()
    page.keyboard.press("l")
    assert "Tomorrow" in page.locator(":focus").inner_text()
    assert press(page, "Enter") == "The minister opened a bridge"


def the_news_is_dismissed_undone_and_dismissed_again(page: "Page", morning: Morning) -> None:
    """The one decision that turns out wrong is taken back with one key and a confirmation."""
    page.keyboard.press("d")
    page.keyboard.press("n")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert press(page, "Enter") == "The committee held a hearing"
    assert morning.states()["The minister opened a bridge"] is FindingState.REJECTED

    assert press(page, "u") == "Undo my last decision"
    assert press(page, "Enter") == "The minister opened a bridge"
    assert morning.states()["The minister opened a bridge"] is FindingState.OPEN
    page.keyboard.press("d")
    page.keyboard.type("n")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert press(page, "Enter") == "The committee held a hearing"


def test_a_mornings_queue_is_cleared_by_keyboard_alone(browser: "Browser", morning: Morning) -> None:
    context = browser.new_context()
    page, said = context.new_page(), list[str]()
    page.on("pageerror", lambda error: said.append(str(error)))
    log_in(page, morning.address)

    the_answers_are_taken_over(page, morning)
    the_question_is_answered_and_the_new_item_put_off(page)
    the_news_is_dismissed_undone_and_dismissed_again(page, morning)
    assert press(page, "a") == "Findings"
    assert morning.waits() == 0 and morning.rows(Happening) == 1
    assert "Nothing waits for a decision." in page.locator("main").inner_text()
    assert said == []
    context.close()


def test_keys_are_off_while_typing_and_when_switched_off(browser: "Browser", morning: Morning) -> None:
    context = browser.new_context()
    page = context.new_page()
    log_in(page, morning.address)
    page.keyboard.press("j")
    press(page, "Enter")
    page.keyboard.press("d")
    page.get_by_label("Why, for whoever comes after you").focus()
    page.keyboard.type("aaasju?")
    assert page.get_by_label("Why, for whoever comes after you").input_value() == "aaasju?"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    page.keyboard.press("?")
    assert page.get_by_text("ask me later", exact=True).is_visible()
    page.get_by_label("Single keys work").uncheck()
    page.keyboard.press("a")
    page.reload()
    page.keyboard.press("a")
    page.keyboard.press("Control+a")
    assert heading(page) == "Answer of the Ministry of Water" and morning.rows(Response) == 0
    context.close()


def test_everything_the_keys_do_works_without_a_script(browser: "Browser", morning: Morning) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    log_in(page, morning.address)
    page.get_by_role("link", name="Answer of the Ministry of Water").click()
    page.get_by_role("button", name="Accept as suggested").click()
    assert heading(page) == "One letter for both ministries"
    page.get_by_role("link", name="Later …").click()
    page.get_by_role("button", name="Tomorrow").click()
    assert heading(page) == "The committee held a hearing"
    page.locator("summary", has_text="Dismiss it").click()
    page.get_by_label("Reason").select_option("not_ours")
    page.get_by_role("button", name="Dismiss", exact=True).click()
    page.get_by_role("link", name="Undo: Dismissed").click()
    page.get_by_role("button", name="Undo it").click()
    assert heading(page) == "The committee held a hearing"
    assert morning.states()["The committee held a hearing"] is FindingState.OPEN
    context.close()


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: f"{view[0]}-{view[1]}")
def test_the_pages_of_the_queue_fit_and_are_readable(
    browser: "Browser", morning: Morning, view: tuple[int, str]
) -> None:
    width, scheme = view
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    log_in(page, morning.address)
    PICTURES.mkdir(exist_ok=True)
    first = page.locator("[data-row]").first.get_attribute("href")
    pages = {
        "queue": "/edit/review",
        "finding": first,
        "split": f"{first}/split",
        "respond": f"{first}/response",
    }
    for title, path in pages.items():
        page.goto(f"{morning.address}{path}")
        for details in page.locator("main details").all():
            details.evaluate("element => { element.open = true }")
        page.screenshot(path=PICTURES / f"review-{title}-{width}-{scheme}.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (
            title,
            page.evaluate(BEYOND_THE_EDGE),
        )
        assert page.evaluate(TOO_FAINT) == [], title
        unnamed = "[...document.querySelectorAll('input:not([type=hidden]), select, textarea, button')]"
        named = "e => e.labels?.length || e.textContent.trim() || e.ariaLabel"
        assert page.evaluate(f"{unnamed}.filter(e => !({named})(e)).length") == 0, title
    context.close()
