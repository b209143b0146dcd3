"""On every page of a list the ways to follow it carry what narrows it."""

from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.web.pages import Page, Reader

PAGES = [
    ("/overdue?basis=statute&kind=coroner", {"list": "overdue", "basis": "statute", "kind": "coroner"}),
    ("/obligations?standing=due_soon&q=data", {"list": "obligations", "standing": "due_soon", "q": "data"}),
    ("/waiting?topic=health", {"list": "waiting", "topic": "health"}),
    ("/calendar?jurisdiction=GB", {"list": "calendar", "jurisdiction": "GB"}),
    ("/events?topic=health", {"list": "obligations", "topic": "health"}),
    ("/search?q=data", {"list": "obligations", "q": "data"}),
    ("/bodies?basis=statute", {"list": "obligations", "basis": "statute"}),
    ("/bodies/uk-dsit?basis=request", {"list": "obligations", "body": "uk-dsit", "basis": "request"}),
    ("/topics/health?basis=statute", {"list": "obligations", "topic": "health", "basis": "statute"}),
    ("/items/uk-sitc-legis", {"list": "obligations", "item": "uk-sitc-legis"}),
]


def leading(page: Page, path: str) -> dict[str, str]:
    """What the page's links to a way to follow ask for, wherever they stand: one and the same."""
    queries = [urlsplit(link).query for link in page.links() if urlsplit(link).path.endswith(path)]
    [found] = {tuple(sorted(parse_qsl(query))) for query in queries}
    return dict(found)


@pytest.mark.parametrize(("address", "wanted"), PAGES)
@pytest.mark.parametrize("language", ["", "/es"])
def test_links_to_follow_a_list_carry_its_filters(
    demo: Reader, address: str, wanted: dict[str, str], language: str
) -> None:
    page = demo.open(language + address)
    assert leading(page, f"{language}/subscribe") == wanted
    assert leading(page, f"{language}/feeds") == wanted
