"""Follows a redirect by hand: one hop, looked at like any other address."""

from collections.abc import Callable
from urllib.parse import urljoin

import httpx

from scrapers.walk.address import Vetted
from scrapers.walk.errors import Refused

MOST_REDIRECTS = 5
REDIRECTS = frozenset({301, 302, 303, 307, 308})


def next_hop(here: Vetted, headers: httpx.Headers, vet: Callable[[str], Vetted]) -> Vetted:
    """The vetted address a redirect points to; Refused for a bad one, or one that gives up encryption."""
    location = headers.get("location", "")
    if not location:
        raise Refused(f"{here.host} redirects without saying where to.")
    if "\\" in location or any(ord(char) <= 0x20 or ord(char) == 0x7F for char in location):
        raise Refused(f"{here.host} redirects to an address that cannot be read.")
    try:
        there = vet(urljoin(here.url, location))
    except ValueError:
        raise Refused(f"{here.host} redirects to an address that cannot be read.") from None
    there = there.at_the_host_of(here)
    if here.scheme == "https" and there.scheme == "http":
        raise Refused(f"{here.host} redirects from an encrypted to an open connection.")
    return there
