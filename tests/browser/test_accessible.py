"""Every public and every editing page is looked through by axe-core, wide and narrow, light and dark: it finds nothing.

The pages most used are looked at in all four views, each other one wide and light and in one further view, in turn;
with AXE_VIEWS=all every page in all four.
"""

import os
from collections.abc import Iterator
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.conftest import Served
from tests.browser.full_site import ITEM

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERY_RULE: dict[str, Any] = {"runOnly": {"type": "tag", "values": TAGS}}
OF_THE_VIEW = ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"]
"""Rules whose answer hangs on width and colours; all others ask for what stands in the page."""
ONLY_THESE = {"runOnly": {"type": "rule", "values": OF_THE_VIEW}}
FURTHER_VIEWS = [(360, "dark"), (360, "light"), (1280, "dark")]
MOST_USED = [
    "/",
    "/overdue",
    "/items/eci-2018-000004-c",
    "/bodies/uk-dsit",
    "/processes/uk-sitc-ai-2022",
    "/calendar",
    "/bodies",
    "/search?q=safety",
    "/edit/",
    "/edit/review",
]
IN_ALL_VIEWS = os.environ.get("AXE_VIEWS") == "all"
RUN = """async options => (await axe.run(document, {...options, resultTypes: ['violations'],
    rules: {'target-size': {enabled: true}}})).violations.flatMap(rule => rule.nodes.map(
    node => `${rule.id} ${node.target} ${[...node.any, ...node.all, ...node.none].map(one => one.message).join('; ')}`))"""
OPEN_ALL = "document.querySelectorAll('details').forEach(one => one.open = true)"
TOO_WIDE = "document.documentElement.scrollWidth > window.innerWidth"
EMPTY_FORM = """() => { const found = [...document.querySelectorAll('main form')].find(one => one.method === 'post');
    found.querySelectorAll('input:not([type=hidden]):not([type=checkbox]):not([type=radio]), textarea')
        .forEach(one => { one.value = '' });
    found.submit() }"""
VARIANTS = [
    "/es/",
    "/fr/",
    "/overdue?basis=statute",
    "/overdue?as_of=2026-11-20&hindsight=1",
    "/overdue?body=nope",
    "/items/eci-2018-000004-c",
    "/items/uk-pfd-2025-0558-i",
    "/bodies/ministry-of-water",
    "/bodies?basis=statute",
    "/calendar?month=2026-10",
    "/calendar?due=2026-11-23",
    "/due?rule=20+working+days&start=2026-05-04&calendar=GB",
    "/due?rule=none&start=never",
    "/due?text=The+government+must+respond+within+20+working+days",
    "/object?body=ministry-of-water",
    "/search?q=safety",
    "/search?q=nothingatallhasthisword",
    "/kinds/citizens-assembly",
    "/processes/citizens-assembly-on-water",
    "/documents/citizens-assembly-on-water-final-report",
    "/subscribe?list=overdue&body=ministry-of-water",
    "/nowhere",
]
CHANGES = ["rename", "split", "part-of", "members", "same", "key"]
FORMS = ["/edit/items/new", "/edit/looks/new", "/edit/responses/new", "/edit/documents/new"]
"""Sent empty: each comes back and says what is wrong."""
PUBLIC_FORMS = [
    "/subscribe",
    "/subscribe/webhook",
    "/object?body=ministry-of-water",
    f"/seen-an-answer?item={ITEM}",
]


class Looking:
    """A window through which axe looks, and what it found."""

    def __init__(self, browser: "Browser", served: Served) -> None:
        self.context = browser.new_context(viewport={"width": 1280, "height": 900}, color_scheme="light")
        self.page: Page = self.context.new_page()
        self.served, self.found, self.looked = served, list[str](), 0

    def at(self, path: str) -> None:
        """A page and everything folded up on it."""
        self.page.goto(self.served.address + path)
        self.here(path)

    def here(self, name: str) -> None:
        self.page.evaluate(OPEN_ALL)
        self.page.evaluate(AXE)
        self._with(name, 1280, "light", EVERY_RULE)
        whole = IN_ALL_VIEWS or name in MOST_USED
        for width, scheme in FURTHER_VIEWS if whole else [FURTHER_VIEWS[self.looked % len(FURTHER_VIEWS)]]:
            self.page.set_viewport_size({"width": width, "height": 900})
            self.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            self._with(name, width, scheme, ONLY_THESE)
        self.page.set_viewport_size({"width": 1280, "height": 900})
        self.page.emulate_media(color_scheme="light")
        self.looked += 1

    def _with(self, name: str, width: int, scheme: str, options: dict[str, Any]) -> None:
        seen = [f"{name} {width} {scheme}: {one}" for one in self.page.evaluate(RUN, options)]
        if self.page.evaluate(TOO_WIDE):
            seen.append(f"{name} {width}: scrolls sideways")
        self.found += seen

    def sent_empty(self, path: str) -> None:
        """The page a form comes back with when nothing was filled in."""
        self.page.goto(self.served.address + path)
        with self.page.expect_navigation():
            self.page.evaluate(EMPTY_FORM)
        self.here(f"{path}, sent empty")
        assert self.page.locator("[aria-invalid=true], main [role=alert]").count(), path


@pytest.fixture
def looking(browser: "Browser", served: Served) -> Iterator[Looking]:
    made = Looking(browser, served)
    yield made
    made.context.close()


def test_axe_finds_nothing_on_any_public_page(looking: Looking) -> None:
    for path in [*looking.served.site.pages(within=False), *VARIANTS]:
        looking.at(path)
    for path in PUBLIC_FORMS:
        looking.sent_empty(path)
    assert looking.found == [] and looking.looked > 75


def test_axe_finds_nothing_on_any_editing_page(looking: Looking) -> None:
    looking.served.log_in(looking.page)
    body = "/edit/bodies/ministry-of-water/changes"
    for path in [*looking.served.site.pages(within=True), *(f"{body}/{kind}" for kind in CHANGES)]:
        looking.at(path)
        assert "/login" not in looking.page.url, path
    for path in FORMS:
        looking.sent_empty(path)
    assert looking.found == [] and looking.looked > 55
