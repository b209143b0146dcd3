"""The public pages in a real browser: wide and narrow, light and dark, quiet and within the window."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.web.conftest import demo_database, demo_site
from tracker.web.app import create_app
from tracker.web.site import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

__all__ = ["demo_database", "demo_site"]

PICTURES = Path(__file__).resolve().parent.parent / ".pictures"
PAGES = {
    "front": "/",
    "front-es": "/es/",
    "overdue": "/overdue",
    "overdue-narrowed": "/overdue?basis=statute",
    "waiting": "/waiting",
    "item": "/items/eci-2018-000004-c",
    "item-many": "/items/uk-pfd-2025-0558-i",
    "body": "/bodies/uk-dsit",
    "bodies": "/bodies",
    "scorecards": "/bodies?basis=statute",
    "process": "/processes/uk-sitc-ai-2022",
    "processes": "/processes",
    "calendar": "/calendar",
    "log": "/events",
    "method": "/method",
    "calculator": "/due?rule=20+working+days&start=2026-05-04&calendar=GB",
    "search": "/search?q=safety",
    "missing": "/nowhere",
}
VIEWS = [(1280, "light"), (1280, "dark"), (360, "light"), (360, "dark")]

BEYOND_THE_EDGE = """() => [...document.querySelectorAll('body *')]
    .filter(e => e.getBoundingClientRect().right > window.innerWidth + 1 && !e.closest('.scroll, .unseen, .skip'))
    .map(e => e.tagName + '.' + e.className).slice(0, 5)"""
TOO_FAINT = """() => {
    const parse = c => { const m = c.match(/[\\d.]+/g).map(Number); return {r: m[0], g: m[1], b: m[2], a: m[3] ?? 1} };
    const light = c => { const f = v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4;
        return .2126 * f(c.r) + .7152 * f(c.g) + .0722 * f(c.b) };
    const behind = e => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor);
        if (c.a > 0) return c } return parse('rgb(255,255,255)') };
    const faint = [];
    for (const e of document.querySelectorAll('body *')) {
        const own = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim());
        if (!own || !e.checkVisibility() || e.closest('.unseen, .skip, [aria-hidden]')) continue;
        const [a, b] = [light(parse(getComputedStyle(e).color)), light(behind(e))].sort((x, y) => y - x);
        const size = parseFloat(getComputedStyle(e).fontSize), bold = getComputedStyle(e).fontWeight >= 700;
        const least = size >= 24 || (bold && size >= 18.66) ? 3 : 4.5;
        if ((a + .05) / (b + .05) < least) faint.push(e.className + ': ' + e.textContent.trim().slice(0, 30));
    }
    return faint.slice(0, 5) }"""


class Silent(WSGIRequestHandler):
    """A test's server says nothing."""

    def log(self, type: str, message: str, *args: object) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def address(demo_site: Site) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, create_app(demo_site), threaded=True, request_handler=Silent)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture(params=VIEWS, ids=lambda view: f"{view[0]}-{view[1]}")
def window(request: pytest.FixtureRequest, browser: "Browser") -> "Iterator[tuple[Page, str, list[str]]]":
    """A window of a size and a colour scheme, and what its console says."""
    width, scheme = request.param
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page, said = context.new_page(), []  # type: tuple[Page, list[str]]
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda asked: said.append(asked.url) if "127.0.0.1" not in asked.url else None)
    yield page, f"{width}-{scheme}", said
    context.close()


def test_every_page_fits_is_readable_and_is_quiet(
    window: "tuple[Page, str, list[str]]", address: str
) -> None:
    page, name, said = window
    PICTURES.mkdir(exist_ok=True)
    for title, path in PAGES.items():
        page.goto(address + path)
        page.screenshot(path=PICTURES / f"{title}-{name}.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (
            title,
            page.evaluate(BEYOND_THE_EDGE),
        )
        assert page.evaluate(TOO_FAINT) == [], title
    assert [line for line in said if "404" not in line] == []
    assert page.context.cookies() == []


def test_the_pages_work_without_scripts_and_by_keyboard(browser: "Browser", address: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto(f"{address}/overdue")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Skip to the content"
    page.get_by_text("Narrow, sort, look back").click()
    page.get_by_label("Basis").select_option("statute")
    page.get_by_role("button", name="Show").click()
    assert "basis=statute" in page.url
    assert page.locator(".entry").count() > 0
    page.get_by_role("link", name="Español").click()
    assert page.url.startswith(f"{address}/es/overdue?") and "basis=statute" in page.url
    context.close()


def test_an_item_can_be_cited_and_printed(browser: "Browser", address: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(f"{address}/items/eci-2018-000004-c")
    page.locator("summary", has_text="Cite this").first.click()
    cited = page.locator(".cite").first.inner_text()
    assert "771 days overdue then" in cited and "\n" not in cited
    assert len(page.pdf(format="A4")) > 10_000
    context.close()
