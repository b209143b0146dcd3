"""A reader for the tests of the cage: it eats memory."""

from collections.abc import Iterable

from scrapers.model import Page, Problem, Source


def read(page: Page, source: Source) -> Iterable[Problem]:
    """Ask for far more than there is."""
    hoard = [bytearray(1 << 28) for _ in range(64)]
    return [Problem("ate", str(len(hoard)), "note")]
