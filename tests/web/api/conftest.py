"""The site these tests read."""

import threading
from collections.abc import Iterator

import pytest
from werkzeug.serving import make_server

from tests.web.open_site import Opened, site, small_site, still_site

__all__ = ["site", "small_site", "still_site"]


@pytest.fixture
def served(small_site: Opened) -> Iterator[str]:
    """The site on an address of this machine; its own links lead there."""
    server = make_server("127.0.0.1", 0, small_site.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
