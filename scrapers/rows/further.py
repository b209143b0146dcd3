"""Further pages of the same list: on the same host only, and never without an end."""

import re
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
    # A file has no host of its own: what it leads to is named, and nobody follows it.
    known = {_host(source.address), _host(page.final_address)} - {""}
    if known and _host(address) not in known:
        sentence = "The next page of the list is on another host; it was not followed."
        yield Problem("next_elsewhere", sentence, "question", "next page", address)
    elif number >= MOST_FURTHER:
        sentence = f"The list has more than {MOST_FURTHER} pages; the rest was not read."
        yield Problem("list_goes_on", sentence, "question", "next page", address)
    else:
        yield Follow(address, {"page": FURTHER, "number": number})


def further_part(total: str, read_here: int, name: str, page: Page, source: Source) -> Iterator[Result]:
    """The next part of a list that is asked for by how many entries to skip, where `total` says that there are more."""
    given = dict(parse_qsl(urlsplit(page.address).query))
    name = next((own for own in given if own.lower() == name.lower()), name)
    skipped = _whole(given.get(name, "0")) + read_here
    if read_here and skipped < _whole(total):
        yield from further_page(with_parameters(page.address, {name: str(skipped)}), page, source)


def _whole(written: str) -> int:
    return int(written) if re.fullmatch(r"[0-9]{1,9}", written) else 0


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
