"""A site with a thing of every kind, served once for all tests that open it in a browser."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from werkzeug.serving import make_server

from tests.browser.full_site import FullSite, full_site
from tests.browser.test_pages_in_a_browser import Silent
from tests.services.alerted import ADMIN, WORDS
from tests.web.conftest import NOW, demo_database
from tracker.storage.engine import Database

if TYPE_CHECKING:
    from playwright.sync_api import Page

__all__ = ["demo_database"]


@dataclass
class Served:
    """The site, and where a browser finds it."""

    site: FullSite
    address: str

    def log_in(self, page: "Page", email: str = ADMIN) -> None:
        """As somebody types it who has only a keyboard."""
        page.goto(f"{self.address}/login")
        page.get_by_label("E-mail").focus()
        page.keyboard.type(email)
        page.locator("input[type=password]").focus()
        page.keyboard.type(WORDS)
        page.keyboard.press("Enter")
        page.wait_for_url("**/edit/**")


@pytest.fixture(scope="session")
def served(demo_database: Database, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with full_site(demo_database, tmp_path_factory.mktemp("full"), NOW) as site:
        server = make_server("127.0.0.1", 0, site.app, threaded=True, request_handler=Silent)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield Served(site, f"http://127.0.0.1:{server.server_port}")
        server.shutdown()
        thread.join()
        server.server_close()
