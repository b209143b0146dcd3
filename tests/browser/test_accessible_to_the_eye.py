"""What readers change for themselves leaves every page whole: a very narrow window, wider spacing, forced colours, no motion."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import Served
from tests.browser.test_accessible import MOST_USED, OPEN_ALL, TOO_WIDE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PAGES = [
    *(path for path in MOST_USED if not path.startswith("/edit/")),
    "/processes/uk-sitc-ai-2022/matrix",
    "/due?rule=20+working+days&start=2026-05-04&calendar=GB",
    "/subscribe",
    "/api",
    "/accessibility",
]
SPACING = """() => { for (const one of document.querySelectorAll('body, body *')) {
    one.style.setProperty('line-height', '1.5', 'important'); one.style.setProperty('letter-spacing', '.12em', 'important');
    one.style.setProperty('word-spacing', '.16em', 'important'); } }"""
CUT_OFF = """() => [...document.querySelectorAll('main *')].filter(one => {
    const style = getComputedStyle(one);
    return (style.overflow === 'hidden' || style.overflowX === 'hidden') && one.innerText?.trim()
        && !one.closest('.unseen, svg, .stacked thead') && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1)
    }).map(one => `${one.tagName}.${one.className}`)"""
BOXES_OUT_OF_REACH = """() => [...document.querySelectorAll('main *')].filter(one =>
    ['auto', 'scroll'].includes(getComputedStyle(one).overflowX) && one.scrollWidth > one.clientWidth + 1
    && !(one.tabIndex >= 0 && (one.getAttribute('aria-label') || one.getAttribute('aria-labelledby'))))
    .map(one => `${one.tagName}.${one.className}`)"""
BARE_STAMPS = """() => [...document.querySelectorAll('.stamp')].filter(one =>
    !one.innerText.trim() || getComputedStyle(one).borderTopStyle === 'none').length"""
TABLES_WITHOUT_NAME = """() => [...document.querySelectorAll('table')].filter(one =>
    !one.caption || !one.querySelector('th[scope]')).length"""
MOVING = """() => [...document.querySelectorAll('*')].filter(one => {
    const style = getComputedStyle(one);
    return parseFloat(style.transitionDuration) || style.animationName !== 'none' || style.scrollBehavior === 'smooth'
    }).length"""


@pytest.fixture
def narrow(browser: "Browser") -> "Iterator[Page]":
    """A window of 1280 pixels at four times the size."""
    context = browser.new_context(
        viewport={"width": 320, "height": 640}, forced_colors="active", reduced_motion="reduce"
    )
    yield context.new_page()
    context.close()


def test_a_page_stays_whole_at_four_times_the_size_in_wide_spacing_and_forced_colours(
    narrow: "Page", served: Served
) -> None:
    for path in PAGES:
        narrow.goto(served.address + path)
        narrow.evaluate(OPEN_ALL)
        assert not narrow.evaluate(TOO_WIDE), path
        assert narrow.evaluate(BOXES_OUT_OF_REACH) == [], path
        assert (narrow.evaluate(BARE_STAMPS), narrow.evaluate(TABLES_WITHOUT_NAME)) == (0, 0), path
        assert narrow.evaluate(MOVING) == 0, path
        narrow.evaluate(SPACING)
        assert not narrow.evaluate(TOO_WIDE), f"{path}, widely spaced"
        assert narrow.evaluate(CUT_OFF) == [], f"{path}, widely spaced"


def test_a_password_can_be_pasted_and_is_offered_by_whoever_keeps_it(narrow: "Page", served: Served) -> None:
    narrow.goto(f"{served.address}/login")
    field = narrow.locator("input[type=password]")
    assert field.get_attribute("autocomplete") == "current-password"
    assert narrow.get_by_label("E-mail").get_attribute("autocomplete") in ("username", "email")
    pasted = """one => one.dispatchEvent(new ClipboardEvent('paste', {cancelable: true, bubbles: true}))"""
    assert field.evaluate(pasted)
