"""Five tasks done with Tab, Enter, Space and typed words alone; at each step the focus is seen, and with or without scripts."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.conftest import Served
from tests.browser.full_site import SAID
from tests.services.alerted import ADMIN, REVIEWER

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

MOST_STEPS = 150
THREE = ("Ministry of Water", "Ministry of Rivers", "Department for Science, Innovation and Technology")
FOCUSED = """() => {
    const one = document.activeElement, box = one.getBoundingClientRect(), style = getComputedStyle(one);
    const held = (value, most) => Math.min(Math.max(value, 1), most - 1);
    const [first] = one.getClientRects();
    const x = held(first.left + first.width / 2, innerWidth), y = held(first.top + first.height / 2, innerHeight);
    const above = document.elementFromPoint(x, y);
    return {
        tag: one.tagName, name: one.getAttribute('name') || '', value: one.value || '',
        words: (one.labels?.[0] || one).innerText.trim() || one.getAttribute('aria-label') || '',
        outlined: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
        inside: box.bottom > 0 && box.top < innerHeight && box.width > 0 && box.height > 0,
        hidden: !(above && (one.contains(above) || above.contains(one))),
        within: one.closest('main') ? 'main' : 'around',
    } }"""


class Hands:
    """Somebody who has a keyboard and no mouse."""

    def __init__(self, page: "Page", served: Served) -> None:
        self.page, self.served, self.steps = page, served, 0

    def open(self, path: str) -> None:
        self.page.goto(self.served.address + path)

    def tab(self) -> dict[str, Any]:
        """One step on; what has the focus then can be seen."""
        self.page.keyboard.press("Tab")
        self.steps += 1
        found: dict[str, Any] = {}
        for _ in range(20):  # the window scrolls after the key, not with it
            found = self.page.evaluate(FOCUSED)
            if found["tag"] == "BODY" or (found["outlined"] and found["inside"] and not found["hidden"]):
                return found
            self.page.wait_for_timeout(20)
        raise AssertionError((self.page.url, found))

    def to(self, words: str = "", *, name: str = "", tag: str = "", value: str = "") -> None:
        """Step on until the focus is on what bears these words, or is the field of that name."""
        seen = []
        for _ in range(MOST_STEPS):
            one = self.tab()
            seen.append(one["words"][:40])
            fits = [words in one["words"], name in ("", one["name"]), tag in ("", one["tag"])]
            if one["within"] == "main" and all(fits) and value in ("", one["value"]):
                return
        raise AssertionError((words, name, self.page.url, seen))

    def press(self, key: str = "Enter") -> None:
        self.page.keyboard.press(key)

    def goes(self, key: str = "Enter") -> None:
        """Press what leads to another page."""
        with self.page.expect_navigation():
            self.page.keyboard.press(key)

    def types(self, words: str) -> None:
        self.page.keyboard.type(words)

    def said(self) -> str:
        return self.page.locator("main").inner_text()


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def hands(request: pytest.FixtureRequest, browser: "Browser", served: Served) -> Iterator[Hands]:
    """Everything that can be done can be done without JavaScript."""
    context = browser.new_context(java_script_enabled=request.param, viewport={"width": 1000, "height": 800})
    yield Hands(context.new_page(), served)
    context.close()


def test_from_the_home_page_to_what_the_most_overdue_body_owes(hands: Hands) -> None:
    hands.open("/")
    hands.tab()
    hands.press()
    assert hands.page.url.endswith("#main")
    hands.to("European Commission")
    hands.to("Table a law to end cages")
    hands.goes()
    assert "/items/eci-2018-000004-c" in hands.page.url and "771 days overdue then" in hands.said()


def test_searching_narrowing_and_opening_what_was_found(hands: Hands) -> None:
    hands.open("/search")
    hands.to(name="q")
    hands.types("safety")
    hands.goes()
    hands.to("Narrow", tag="SUMMARY")
    hands.press("Space")
    hands.to(name="jurisdiction")
    hands.types("United K")
    hands.to(tag="BUTTON")
    hands.goes()
    assert "jurisdiction=GB" in hands.page.url and "q=safety" in hands.page.url
    hands.to("Product safety: aerosols")
    hands.goes()
    assert "/items/uk-pfd-2025-0558-i" in hands.page.url


def test_subscribing_to_a_list_by_mail(hands: Hands) -> None:
    hands.open("/overdue")
    hands.to("Subscribe to this list")
    hands.goes()
    hands.to(name="email")
    hands.types("dora@example.org")
    hands.to("Send me a link to confirm")
    hands.goes()
    assert "Look into your mailbox" in hands.said()


def test_judging_a_reply(hands: Hands, request: pytest.FixtureRequest) -> None:
    which = 2 if "with scripts" in request.node.name.replace("without", "") else 3
    owed = hands.served.site.telling.owed[which]
    hands.served.log_in(hands.page, REVIEWER)
    hands.open(f"/edit/obligations/{owed}/assess")
    hands.to(name="responses")
    assert hands.page.locator(":focus").is_checked(), "the one reply there is is chosen already"
    hands.to(name="tick-position")
    hands.press("Space")
    hands.to(name="quote-position")
    hands.types(SAID.partition(". ")[0] + ".")
    hands.to(name="verdict")
    hands.press("Space")
    hands.press("ArrowDown")
    hands.to(name="reasons")
    hands.types("It takes a position and says by when.")
    hands.to("Judge", tag="BUTTON")
    hands.goes()
    assert "Please correct" not in hands.page.title(), hands.said()[:400]
    hands.open("/items/citizens-assembly-on-water-final-report-" + str(which + 1))
    assert "It takes a position and says by when." in hands.page.content()


def test_entering_an_item_with_three_addressees(hands: Hands) -> None:
    hands.served.log_in(hands.page, ADMIN)
    hands.open("/edit/items/new?document=citizens-assembly-on-water-final-report")
    hands.to(name="title")
    hands.types("Measure every river")
    for number, body in enumerate(THREE, 1):
        hands.to(name=f"body-{number}")
        hands.types(body)
    hands.to(name="stated")
    hands.types("4 May 2027")
    hands.to("Enter it", tag="BUTTON")
    hands.goes()
    assert "One thing to correct" in hands.said() and "Please correct" in hands.page.title()
    hands.to(name="basis")
    hands.types("conv")
    hands.to("Enter it", tag="BUTTON")
    hands.goes()
    assert "Entered, and public" in hands.said()
