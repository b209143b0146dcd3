"""What every room's tests may ask for: a database of either kind, and a real browser."""

import itertools
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import werkzeug.test
from hypothesis import settings

from tests.postgres import Server, running_server

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

DATABASES = ("sqlite", "postgresql")
TEMPLATE = "migrated"
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")  # a busy machine is no failure

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
CHROMIUM_OPTIONS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_numbers = itertools.count(1)


def _migrate(url: str) -> None:
    from tracker.storage.migrate import migrate

    migrate(url)


@pytest.fixture(autouse=True, scope="session")
def _uploads_in_memory() -> Iterator[None]:
    """werkzeug's test client leaves the temporary file of a large upload open: it is sent from memory."""
    with pytest.MonkeyPatch.context() as patched:
        kept = partial(werkzeug.test.stream_encode_multipart, use_tempfile=False)
        patched.setattr(werkzeug.test, "stream_encode_multipart", kept)
        yield


@pytest.fixture(autouse=True)
def _nothing_left_in_the_folder() -> Iterator[None]:
    """What a worker without a folder of its own writes here would be read by the tests that come after it."""
    yield
    left = [name for name in ("archive", "signing.key", "answerby.db") if Path(name).exists()]
    assert not left, f"a test wrote {', '.join(left)} into {Path.cwd()}; remove it and give the test a folder"


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """One PostgreSQL for the run (and for each process of a parallel run)."""
    with running_server() as server:
        yield server


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with all tables, to copy from."""
    path = tmp_path_factory.mktemp("sqlite") / "migrated.db"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def migrated_postgres(postgres: Server) -> str:
    """The name of a PostgreSQL database with all tables, to copy from."""
    _migrate(postgres.create(TEMPLATE))
    postgres.leave(TEMPLATE)
    return TEMPLATE


Maker = Callable[[pytest.FixtureRequest, bool], Iterator[str]]


def _sqlite(request: pytest.FixtureRequest, with_tables: bool) -> Iterator[str]:
    path = request.getfixturevalue("tmp_path") / "answerby.db"
    if with_tables:
        shutil.copyfile(request.getfixturevalue("migrated_sqlite"), path)
    yield f"sqlite:///{path}"


def _postgresql(request: pytest.FixtureRequest, with_tables: bool) -> Iterator[str]:
    server: Server = request.getfixturevalue("postgres")
    template = request.getfixturevalue("migrated_postgres") if with_tables else "template0"
    name = f"test_{next(_numbers)}"
    yield server.create(name, template)
    server.drop(name)


_makers: dict[str, Maker] = {"sqlite": _sqlite, "postgresql": _postgresql}


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a fresh database with all tables and no rows, of either kind."""
    yield from _makers[request.param](request, True)


@pytest.fixture(params=DATABASES)
def empty_database_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of a database with nothing in it at all, of either kind (for migrations)."""
    yield from _makers[request.param](request, False)


@pytest.fixture
def sqlite_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """A fresh SQLite database with all tables, where the kind of database is beside the point."""
    yield from _sqlite(request, True)


@pytest.fixture
def postgres_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """A fresh PostgreSQL database with all tables, for what only a server can do."""
    yield from _postgresql(request, True)


def _chromium() -> str:
    found = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if found is None:
        raise RuntimeError("The tests need Chromium and found none on the PATH: `apt-get install chromium`.")
    return found


@pytest.fixture(scope="session")
def browser() -> "Iterator[Browser]":
    """A real Chromium, once for the run."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=_chromium(), args=CHROMIUM_OPTIONS)
        yield chromium
        chromium.close()


@pytest.fixture
def browser_page(browser: "Browser") -> "Iterator[Page]":
    """A fresh page in a fresh profile: no cookies, no memory of the test before."""
    context = browser.new_context()
    yield context.new_page()
    context.close()
