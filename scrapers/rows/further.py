"""Further pages of the same list: on the same host only, and never without an end."""

import json
import re
from collections.abc import Iterator
from hashlib import sha256
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from scrapers.model import Follow, Json, Page, Problem, Result, Source
from scrapers.plain import safe_link

MOST_FURTHER = 200
"""How far a list is followed, whatever it says of itself."""
FURTHER = "further"
MARKS = "marks"
"""What the pages of the list before this one held, each as a mark."""


def mark_of(entries: Json) -> str:
    """The same for two pages of a list that hold the same."""
    text = json.dumps(entries, sort_keys=True, default=str)
    return sha256(text.encode("utf-8", "replace")).hexdigest()[:12]


def repeated(entries: Json, page: Page) -> Iterator[Problem]:
    """A question where a further page holds what an earlier one held: then the rest of the list was not shown."""
    if entries and mark_of(entries) in _marks(page):
        sentence = (
            f"Page {number_of(page) + 1} of the list repeats a page before it; the rest of the list may be missing, "
            "so this reading is no look for anything on it."
        )
        yield Problem("page_repeats", sentence, "question", "next page")


def _marks(page: Page) -> list[str]:
    marks = page.state.get(MARKS)
    return [str(mark) for mark in marks] if isinstance(marks, list) else []


def further_page(link: str, page: Page, source: Source, entries: Json = ()) -> Iterator[Result]:
    """The next page of the list at a link; a list that leads elsewhere or never ends is a question.

    `entries` is what this page holds, so that a further page which only repeats it is noticed.
    """
    address = safe_link(link, page.final_address)
    number = number_of(page) + 1
    if not address or address == page.final_address or any(repeated(entries, page)):
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
        marks = [*_marks(page), mark_of(entries)] if entries else _marks(page)
        yield Follow(address, {"page": FURTHER, "number": number, **({MARKS: marks} if marks else {})})


def further_part(total: str, entries: list[Json], name: str, page: Page, source: Source) -> Iterator[Result]:
    """The next part of a list that is asked for by how many entries to skip, where `total` says that there are more."""
    given = dict(parse_qsl(urlsplit(page.address).query))
    name = next((own for own in given if own.lower() == name.lower()), name)
    skipped = _whole(given.get(name, "0")) + len(entries)
    if entries and skipped < _whole(total):
        yield from further_page(with_parameters(page.address, {name: str(skipped)}), page, source, entries)


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
