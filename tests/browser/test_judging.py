"""Judging a reply in a real browser: a click, a key or a selection puts its words into the point one is at."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from werkzeug.serving import make_server

from tests.browser.test_pages_in_a_browser import BEYOND_THE_EDGE, TOO_FAINT, VIEWS, Silent
from tests.services.entered import GROUP, NOW, item, owing
from tests.services.test_respond import reply
from tracker.config import Config
from tracker.domain.words import UserRole
from tracker.services.people import add_user
from tracker.services.respond import respond
from tracker.storage.engine import Database
from tracker.web.app import create_app
from tracker.web.site import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PICTURES = Path(__file__).resolve().parent.parent / ".pictures"
WORDS = "three calm herons"
FIRST = "The Department accepts this recommendation."
SECOND = "It will publish the gauges by 1 March 2027."


@dataclass
class Judging:
    """A site with a reply to judge, and where its page is."""

    address: str
    path: str


@pytest.fixture
def judging(sqlite_url: str) -> Iterator[Judging]:
    database = Database(sqlite_url)
    with database.writing() as session:
        add_user(session, NOW, "r@example.org", UserRole.REVIEWER, "city-watch", password=WORDS)
        [owed] = owing(session, item(session))
        respond(session, NOW, reply(owed, text=f"{FIRST} {SECOND}"), actor=GROUP)
    config = Config()
    config = replace(config, web=replace(config.web, secret_key="only for these tests, long enough"))
    server = make_server(
        "127.0.0.1",
        0,
        create_app(Site(config, database, lambda: NOW)),
        threaded=True,
        request_handler=Silent,
    )
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Judging(f"http://127.0.0.1:{server.server_port}", f"/edit/obligations/{owed}/assess")
    server.shutdown()
    thread.join()
    database.close()


def opened(page: "Page", judging: Judging) -> None:
    page.goto(f"{judging.address}/login?next={judging.path}")
    page.get_by_label("E-mail").fill("r@example.org")
    page.locator("input[type=password]").fill(WORDS)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("h1").inner_text() == "Is it an answer?"


def quote(page: "Page", point: str) -> str:
    return page.locator(f"[name=quote-{point}]").input_value()


def test_a_click_on_a_sentence_quotes_it_at_the_point_one_is_at(browser: "Browser", judging: Judging) -> None:
    context = browser.new_context()
    page, said = context.new_page(), list[str]()
    page.on("pageerror", lambda error: said.append(str(error)))
    opened(page, judging)

    page.locator("#s-1 [data-said]").click()
    assert quote(page, "position") == FIRST
    page.locator("[name=quote-action]").focus()
    page.locator("#s-2 [data-said]").click()
    page.locator("#s-1 [data-said]").click()
    assert quote(page, "action") == f"{SECOND} […] {FIRST}"
    assert (quote(page, "position"), quote(page, "reasons")) == (FIRST, "")
    assert page.locator(".point.current").get_attribute("data-point") == "action"
    assert said == []
    context.close()


def test_the_same_by_keyboard_by_a_shown_sentence_and_by_what_is_selected(
    browser: "Browser", judging: Judging
) -> None:
    context = browser.new_context()
    page = context.new_page()
    opened(page, judging)

    page.locator("[name=quote-owner]").focus()
    page.locator("#s-2 [data-said]").focus()
    page.keyboard.press("Enter")
    assert quote(page, "owner") == SECOND

    page.locator("#point-position [data-take]").first.click()
    assert quote(page, "position") == FIRST

    page.evaluate("""() => {
        const words = document.querySelector('#s-2 [data-said]').firstChild;
        window.getSelection().setBaseAndExtent(words, 30, words, 42)}""")
    page.locator("#point-date [data-quote-selected]").click()
    assert quote(page, "date") == SECOND[30:42] == "1 March 2027"
    context.close()


def test_words_outside_the_reply_are_not_quoted(browser: "Browser", judging: Judging) -> None:
    context = browser.new_context()
    page = context.new_page()
    opened(page, judging)
    page.evaluate("() => window.getSelection().selectAllChildren(document.querySelector('h1'))")
    page.locator("#point-date [data-quote-selected]").click()
    assert quote(page, "date") == ""
    context.close()


def test_without_scripts_the_numbers_of_the_sentences_do_it(browser: "Browser", judging: Judging) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    opened(page, judging)
    assert (
        page.locator("[data-quote-selected]:visible, [data-take]:visible, [data-with-keys]:visible").count()
        == 0
    )
    page.locator("[name=pick-position]").fill("1")
    page.locator("[name=pick-action]").fill("1-2")
    page.get_by_role("button", name="Put in the words of these numbers").click()
    assert quote(page, "position") == FIRST
    assert FIRST in quote(page, "action") and SECOND in quote(page, "action")
    context.close()


@pytest.mark.parametrize(("width", "scheme"), VIEWS)
def test_the_page_for_judging_fits_and_can_be_read(
    browser: "Browser", judging: Judging, width: int, scheme: str
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]
    page = context.new_page()
    opened(page, judging)
    PICTURES.mkdir(exist_ok=True)
    page.screenshot(path=PICTURES / f"judging-{width}-{scheme}.png", full_page=True)
    assert page.evaluate(BEYOND_THE_EDGE) == []
    assert page.evaluate(TOO_FAINT) == []
    context.close()
