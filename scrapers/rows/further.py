"""Further pages of the same list: on the same host only, and never without an end."""

from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from scrapers.model import Follow, Page, Problem, Result, Source
from scrapers.plain import safe_link

MOST_FURTHER = 200
"""How far a list is followed, whatever it says of itself."""
FURTHER = "further"


def further_page(link: str, page: Page, source: Source) -> Iterator[Result]:
    """The next page of the list at a link; a list that leads elsewhere or never ends is a question."""
    address = safe_link(link, page.final_address)
    number = number_of(page) + 1
    if not address or address == page.final_address:
        return
    if _host(address) not in (_host(source.address), _host(page.final_address)):
        sentence = "The next page of the list is on another host; it was not followed."
        yield Problem("next_elsewhere", sentence, "question", "next page", address)
    elif number >= MOST_FURTHER:
        sentence = f"The list has more than {MOST_FURTHER} pages; the rest was not read."
        yield Problem("list_goes_on", sentence, "question", "next page", address)
    else:
        yield Follow(address, {"page": FURTHER, "number": number})


def number_of(page: Page) -> int:
    """How many pages of the list were read before this one."""
    number = page.state.get("number", 0)
    return number if isinstance(number, int) else 0


def with_parameters(address: str, parameters: dict[str, str]) -> str:
    """The address with some of its query's parameters set anew."""
    parts = urlsplit(address)
    kept = [(name, value) for name, value in parse_qsl(parts.query, True) if name not in parameters]
    return urlunsplit(parts._replace(query=urlencode([*kept, *parameters.items()]), fragment=""))


def _host(address: str) -> str:
    return urlsplit(address).netloc.lower()

