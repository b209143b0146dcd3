"""Addresses that may name a private person are not kept where they would be shown, whoever typed or imported them.

The readers of pages that name persons know on which sites such pages stand (`SITES`), which of their addresses name
nobody, and where the same is found without a name.
"""

import re
from collections.abc import Iterable
from functools import cache
from types import ModuleType
from urllib.parse import unquote, urlsplit

from sqlmodel import SQLModel

from scrapers.sources import reader_for, reader_keys

SHOWN = ("url", "source_url", "facts_source", "archive_url")
"""Columns with addresses that pages, feeds and exports show."""
PLACES = "places"


def spoken(address: str) -> str:
    """The address as it may be shown; of a page that may name a person where the same is found, or its site."""
    for site, reader in _sites():
        stands = re.search(
            rf"(?:https?://)?(?:[\w-]+\.)*{re.escape(site)}(?=[/?#:]|$)\S*", unquote(address), re.I
        )
        if stands is None:
            continue
        own = stands[0] if "://" in stands[0] else f"https://{stands[0]}"
        if reader.is_about_a_report(own) and not reader.names_nobody(own):
            found: str = reader.found_without_name(own)
            return found or f"https://{urlsplit(own).hostname}/"
    return address


def speak(row: SQLModel) -> None:
    """Leave no address in a row, where it would be shown, that may name a person."""
    for name in SHOWN:
        held = getattr(row, name, None)
        if isinstance(held, str) and held and spoken(held) != held:
            setattr(row, name, spoken(held))
    places = getattr(row, PLACES, None)
    if isinstance(places, list):
        kept = list(spoken_all(places))
        if kept != places:
            setattr(row, PLACES, kept)


def spoken_all(addresses: Iterable[object]) -> Iterable[str]:
    """Each once, as it may be shown."""
    return dict.fromkeys(spoken(str(one)) for one in addresses)


@cache
def _sites() -> tuple[tuple[str, ModuleType], ...]:
    readers = [reader_for(key) for key in reader_keys()]
    return tuple((site, one) for one in readers for site in getattr(one, "SITES", ()))
