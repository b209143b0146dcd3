"""A reader for the tests of the cage: it needs most of the memory it may have, and says who it is."""

import os
from collections.abc import Iterable

from scrapers.model import Page, Problem, Source


def read(page: Page, source: Source) -> Iterable[Problem]:
    """Do it."""
    hoard = bytearray(b"x" * (len(page.body) or 1 << 20))
    return [Problem("pid", str(os.getpid()), "note", str(len(hoard)))]
