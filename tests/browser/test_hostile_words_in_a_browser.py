"""What hostile sources wrote, on every page that shows it, in a real browser: nothing of it runs or tries to.

By default some of the pages of each kind are opened; with HOSTILE_CORPUS=whole all of them.
"""

import json
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from socket import create_server
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from sqlmodel import col, select
from werkzeug.serving import make_server

from tests.browser.test_pages_in_a_browser import Silent
from tests.services import entered
from tests.services.register import running_register
from tests.services.told import Clock, site
from tests.shared import shared
from tests.whole.hostile_site import CORPUS, Hostile
from tracker.compose import Composed
from tracker.domain.words import FindingState, UserRole
from tracker.services.people import add_user
from tracker.storage.tables import Finding, Item, Page, Response, Source
from tracker.web.app import create_app
from tracker.web.site import Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog
    from playwright.sync_api import Page as Window

WHOLE = os.environ.get("HOSTILE_CORPUS") == "whole"
MOST = 10_000 if WHOLE else 8
KINDS = ("xss", "markdown", "injection", "display", "log")
WORDS = "three calm herons"
TRAP = """
for (const name of ['alert', 'confirm', 'prompt', 'print', 'open']) window[name] = () => trapped(name);
addEventListener('securitypolicyviolation', e => trapped(`${e.violatedDirective} ${e.blockedURI} ${e.sample}`), true);
"""
ALIVE = """() => [...document.querySelectorAll('*')].flatMap(e => [...e.attributes]
    .filter(a => /^on/i.test(a.name) || a.name === 'style' || a.name === 'srcdoc'
        || (/^(href|src|action|formaction|xlink:href)$/i.test(a.name) && /^\\s*(javascript|data|vbscript):/i.test(a.value)))
    .map(a => `${e.tagName} ${a.name}=${a.value}`.slice(0, 200)))"""


def texts() -> list[str]:
    """The texts of the corpus that would run, be markup, or pass for something else."""
    found = json.loads(shared("data", "badinputs", "text", "strings.json").read_text("utf-8"))
    chosen = [str(one["text"])[:3000] for one in found if one["kind"] in KINDS]
    return [text for text in chosen if "\ud800" not in text]


@pytest.fixture(scope="module")
def composed(
    migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Composed, Hostile]]:
    """The site that has read it all; nothing is decided yet."""
    folder = tmp_path_factory.mktemp("hostile-in-a-browser")
    shutil.copyfile(migrated_sqlite, folder / "answerby.db")
    with closing(create_server(("127.0.0.1", 0))) as found:
        port = int(found.getsockname()[1])
    with running_register() as register:
        made = site(f"sqlite:///{folder / 'answerby.db'}", Clock(entered.NOW), port, folder)
        hostile = Hostile(made, register, 1 if WHOLE else 3)
        with made.database.writing() as session:
            add_user(session, entered.NOW, "r@example.org", UserRole.ADMIN, "city-watch", password=WORDS)
        hostile.read(texts(), CORPUS)
        yield made, hostile
        made.cage.close()
        made.database.close()


@pytest.fixture(scope="module")
def address(composed: tuple[Composed, Hostile]) -> Iterator[str]:
    made = composed[0]
    config = replace(made.config, site=replace(made.config.site, base_url="http://127.0.0.1"))
    app = create_app(Site(config, made.database, made.now))
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Silent)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


class Watching:
    """A window in which everything that runs or is stopped by the policy is written down, with where."""

    def __init__(self, browser: "Browser", address: str) -> None:
        self.address, self.caught, self.opened = address, list[tuple[str, str]](), 0
        self.context = browser.new_context()
        self.context.expose_binding("trapped", lambda source, what: self._caught(source["page"], str(what)))
        self.context.add_init_script(TRAP)
        self.page: Window = self.context.new_page()
        self.page.on("dialog", self._asks)
        self.page.on("pageerror", lambda error: self._caught(self.page, str(error)))
        self.page.on("console", self._said)
        self.page.on("request", self._asked)

    def _caught(self, page: "Window", what: str) -> None:
        self.caught.append((page.url, what))

    def _asks(self, dialog: "Dialog") -> None:
        self._caught(self.page, dialog.message)
        dialog.dismiss()

    def _said(self, message: object) -> None:
        text = str(getattr(message, "text", ""))
        if "Content Security Policy" in text or "violates" in text:
            self._caught(self.page, text)

    def _asked(self, request: object) -> None:
        url = str(getattr(request, "url", ""))
        if not url.startswith((self.address, "data:")):
            self._caught(self.page, f"asked for {url}")

    def look(self, path: str) -> None:
        """Open a page, all that is folded up on it too, and touch what could be touched."""
        answer = self.page.goto(self.address + path, wait_until="load")
        assert answer is not None and answer.status < 500, (path, answer and answer.status)
        self.page.evaluate("document.querySelectorAll('details').forEach(e => e.open = true)")
        alive = self.page.evaluate(ALIVE)
        assert alive == [], (path, alive)
        self.opened += 1

    def log_in(self) -> None:
        self.page.goto(f"{self.address}/login?next=/edit/review")
        self.page.get_by_label("E-mail").fill("r@example.org")
        self.page.locator("input[type=password]").fill(WORDS)
        self.page.get_by_role("button", name="Log in").click()
        self.page.wait_for_url("**/edit/review")


@pytest.fixture
def watching(browser: "Browser", address: str) -> Iterator[Watching]:
    made = Watching(browser, address)
    yield made
    made.context.close()


def some(composed: tuple[Composed, Hostile], table: type, column: str, *where: object) -> list[str]:
    with composed[0].database.reading() as session:
        found = [str(one) for one in session.exec(select(col(getattr(table, column))).where(*where))]  # type: ignore[arg-type]
    return found[:: max(1, len(found) // MOST)]


def test_the_trap_itself_catches(watching: Watching) -> None:
    watching.page.goto(f"{watching.address}/method")
    watching.page.evaluate(
        "() => { alert(1); const e = document.createElement('img'); e.setAttribute('onerror', 'alert(2)');"
        " e.src = 'https://elsewhere.invalid/x.png'; document.body.append(e) }"
    )
    watching.page.wait_for_timeout(300)
    said = " ".join(what for _, what in watching.caught)
    assert "alert" in said and "img-src" in said and watching.page.evaluate(ALIVE)


def test_the_queue_and_the_evidence_show_hostile_words_and_nothing_runs(
    watching: Watching, composed: tuple[Composed, Hostile]
) -> None:
    watching.log_in()
    waiting = some(composed, Finding, "id", col(Finding.state) == FindingState.OPEN)
    assert len(waiting) >= 8
    for path in (
        "/edit/",
        "/edit/sources",
        "/edit/review",
        "/edit/review?page=2",
        "/edit/review?kind=response",
    ):
        watching.look(path)
    for id_ in waiting:
        for act in ("", "/item", "/response", "/update", "/split"):
            watching.look(f"/edit/review/{id_}{act}")
    for digest in some(composed, Page, "sha256"):
        watching.look(f"/evidence/{digest}")
    for key in some(composed, Source, "key"):
        watching.look(f"/sources/{key}")
    watching.look("/sources")
    assert watching.caught == [] and watching.opened > 60


def test_taken_over_they_stand_on_public_pages_and_nothing_runs(
    watching: Watching, composed: tuple[Composed, Hostile]
) -> None:
    assert composed[1].accept_all() > 100
    items = some(composed, Item, "key")
    assert len(items) >= 8
    for key in items:
        watching.look(f"/items/{key}")
    for path in (
        "/",
        "/es/",
        "/overdue",
        "/waiting",
        "/bodies",
        "/processes",
        "/calendar",
        "/events",
        "/corrections",
    ):
        watching.look(path)
    for text in texts()[:: max(1, len(texts()) // MOST)]:
        watching.look("/search?" + urlencode({"q": text[:100]}))
    watching.log_in()
    for key in items:
        watching.look(f"/edit/items/{key}")
    for key in some(composed, Response, "key")[:5]:
        watching.look(f"/edit/responses/{key}")
    assert watching.caught == []
