"""What the tests of the walk share."""

import ssl
from collections.abc import Callable, Iterator

import pytest

from tests.scrapers.walk.served import Site


@pytest.fixture
def site() -> Iterator[Callable[..., Site]]:
    """Starts sites, and stops them at the end."""
    running: list[Site] = []

    def start(pages: dict[str, tuple[int, dict[str, str], bytes]], tls: ssl.SSLContext | None = None) -> Site:
        running.append(Site(pages, tls))
        return running[-1]

    yield start
    for one in running:
        one.close()
