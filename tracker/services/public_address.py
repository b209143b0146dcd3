"""What may be said in public of where something was read: of sources whose pages name private persons, the host.

The address of such a page may hold a name ("/reports/jane-doe-…"). Its reader knows which of its addresses hold none
(a search by number); of every other one nothing is said but the site it stands on.
"""

import re
from collections.abc import Callable
from functools import cache
from urllib.parse import urlsplit

from scrapers.model import Source as Place
from scrapers.sources import reader_for, reader_keys
from tracker.domain.words import Visibility
from tracker.services.keep_sources import evidence_of, place_of
from tracker.storage.tables import Source

_ADDRESS = re.compile(r"https?://[^\s'\"“”‘’()<>]+")
_PATH = re.compile(r"(?<=['\"“‘])/[^'\"”’]*")


def public_address(source: Source, address: str) -> str:
    """The address as it may stand in public; of a page that may name a person only its site."""
    place = place_of(source)
    return _spoken(place, address) if _names_persons(place) else address


def public_sentence(source: Source, sentence: str) -> str:
    """A sentence about a reading as it may stand in public: no address in it names a person."""
    place = place_of(source)
    return _said_of(place, sentence) if _names_persons(place) else sentence


def _names_persons(place: Place) -> bool:
    return evidence_of(place) is Visibility.WITHHELD


def _said_of(place: Place, sentence: str) -> str:
    return _PATH.sub("/…", _ADDRESS.sub(lambda found: _spoken(place, found[0]), sentence))


def _spoken(place: Place, address: str) -> str:
    harmless = _harmless(place.reader)
    if not address or (harmless and harmless(address)):
        return address
    return _site(address)


@cache
def _harmless(reader: str) -> Callable[[str], bool] | None:
    """How a reader tells its addresses without a name; None where it does not say."""
    told: Callable[[str], bool] | None = None
    if reader in reader_keys():
        told = getattr(reader_for(reader), "names_nobody", None)
    return told


def _site(address: str) -> str:
    """The beginning of an address up to its host; of what is no address nothing."""
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return ""
    return f"{parts.scheme}://{host}/" if host and parts.scheme in ("http", "https") else ""
