"""A reader for the tests of the cage: it counts."""

import os
from collections.abc import Iterable

from scrapers.model import Page, Problem, Source


def read(page: Page, source: Source) -> Iterable[Problem]:
    """Do it."""
    return [
        Problem("pid", str(os.getpid()), "note"),
        Problem("surroundings", " ".join(sorted(os.environ)), "note"),
    ]
