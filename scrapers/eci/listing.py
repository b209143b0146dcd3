"""A page of search results: each initiative is a further page to read."""

import re
from collections.abc import Iterator

from scrapers.blocks import Block, Link, labelled
from scrapers.eci.register import STATUSES, Sheet, links_of, number_in, number_of_address, unknown_word
from scrapers.model import Follow, Problem, Result

_TOTAL = re.compile(r"(?:Search results|Results)\s*\((\d+)\)", re.IGNORECASE)


def is_listing(sheet: Sheet) -> bool:
    """Whether the page lists initiatives with where they stand."""
    return bool(labelled(sheet.blocks, "Current status")) or any(
        _TOTAL.fullmatch(block.text) for block in sheet.blocks
    )


def read_listing(sheet: Sheet) -> Iterator[Result]:
    """A page to follow for each initiative and each further page of results."""
    cards = list(_cards(sheet))
    for link, card in cards:
        yield from _card(sheet, link, card)
    further = list(_further_pages(sheet))
    yield from further
    total = next(
        (int(found[1]) for block in sheet.blocks if (found := _TOTAL.fullmatch(block.text))), len(cards)
    )
    if not further and total > len(cards):
        sentence = f"The listing shows {len(cards)} of {total} initiatives, and no address for the others."
        yield Problem("listing_goes_on", sentence, "note", "pagination")


def _cards(sheet: Sheet) -> Iterator[tuple[Link, list[Block]]]:
    """Each link to an initiative with the blocks up to the next one."""
    starts = [
        (at, link)
        for at, block in enumerate(sheet.blocks)
        for link in block.links
        if number_of_address(link.href) and link.text
    ]
    ends = [*(at for at, _ in starts[1:]), len(sheet.blocks)][: len(starts)]
    for (at, link), end in zip(starts, ends, strict=True):
        yield link, sheet.blocks[at:end]


def _card(sheet: Sheet, link: Link, card: list[Block]) -> Iterator[Result]:
    linked = number_of_address(link.href)
    number = next(map(number_in, labelled(card, "Registration number")), "")
    status = next(iter(labelled(card, "Current status")), "")
    if number and number != linked:
        sentence = "The listing names one registration number and links to another; the link was followed."
        yield Problem("numbers_differ", sentence, "question", linked, number)
    if status not in STATUSES:
        yield unknown_word("unknown_status", status, f"listing, {linked}")
    address = sheet.complete(link)
    if address:
        yield Follow(address, {"page": "initiative", "number": linked, "title": link.text, "status": status})


def _further_pages(sheet: Sheet) -> Iterator[Follow]:
    here = sheet.address
    addresses = (
        sheet.complete(link)
        for link in links_of(sheet.blocks)
        if re.search(r"[?&]page=\d+", link.href) and not number_of_address(link.href)
    )
    for address in dict.fromkeys(addresses):
        if address and address != here:
            yield Follow(address, {"page": "listing"})
