"""A reader for the tests of the cage: it crashes."""

from collections.abc import Iterable

from scrapers.model import Page, Problem, Source


def read(page: Page, source: Source) -> Iterable[Problem]:
    """Do it."""
    raise KeyError(page.address)
