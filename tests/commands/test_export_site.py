"""A static copy of the site: whole, every link intact on a plain file server, nothing withheld, only changes written."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from http.client import HTTPConnection
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import html5lib
import pytest

from tests.web.open_site import Opened, answer_late, told
from tests.whole.marked_site import MARKS, marked
from tracker.commands import copying
from tracker.commands.copying import copied_site
from tracker.compose import Composed, compose
from tracker.config import Config
from tracker.config import Database as DatabaseConfig
from tracker.jobs import run_once
from tracker.services.static_addresses import file_of, relative
from tracker.services.static_copy import Copied
from tracker.services.static_folder import OURS, Folder, NotACopyError
from tracker.storage.engine import Database
from tracker.storage.tables import Group, WorkerBeat
from tracker.storage.whole_state import whole_state
from tracker.web import static_form

LIVE = "https://live.example.org"
COPY = "https://copy.example.org/answers"


class Quiet(SimpleHTTPRequestHandler):
    """A plain file server."""

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@contextmanager
def served(folder: Path) -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()
    thread.join()


def asked(port: int, path: str) -> tuple[int, str, bytes]:
    connection = HTTPConnection("127.0.0.1", port)
    connection.request("GET", path)
    answer = connection.getresponse()
    body, kind = answer.read(), answer.headers.get("Content-Type", "")
    place = answer.headers.get("Location", "")
    connection.close()
    return answer.status, place or kind, body


def composed(url: str, opened: Opened, tmp_path: Path, *languages: str) -> Composed:
    config = Config()
    site = replace(config.site, base_url=LIVE, publisher="City Watch", languages=languages or ("en",))
    archive = replace(config.archive, folder=tmp_path / "archive")
    logs = replace(config.logs, signing_key_file=tmp_path / "signing.key")
    whole = replace(config, site=site, database=DatabaseConfig(url), archive=archive, logs=logs)
    return compose(whole, lambda: opened.now)


def copied(url: str, opened: Opened, tmp_path: Path, base_url: str = "", *languages: str) -> Copied:
    found = composed(url, opened, tmp_path, *languages)
    try:
        return copied_site(found, tmp_path / "copy", base_url)
    finally:
        found.close()


LARGE = ("calendars.", "rules.", "rules_as_data.")
OF_PLACES = ("places.", "plan_data.", "matrix.", "sheets.")


@contextmanager
def left_out(*beginnings: str) -> Iterator[None]:
    """Pages of these views stay on the live site, so that a copy is made sooner."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(static_form, "LIVE_ONLY", (*static_form.LIVE_ONLY, *beginnings))
        yield


@pytest.fixture
def few_pages() -> Iterator[None]:
    """A copy without the many pages of kinds, topics and places."""
    with left_out(*LARGE, *OF_PLACES):
        yield


@pytest.fixture(scope="module")
def copy(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy that is only read."""
    folder = tmp_path_factory.mktemp("site")
    file = folder / "answerby.db"
    file.write_bytes(migrated_sqlite.read_bytes())
    database = Database(f"sqlite:///{file}")
    opened = told(database)
    answer_late(opened)
    with database.writing() as session:
        session.add(Group(key="city-watch", name="City Watch", created_at=opened.now))
    signed = composed(f"sqlite:///{file}", opened, folder)
    run_once("sequence", signed)
    signed.close()
    with left_out(*LARGE):
        done = copied(f"sqlite:///{file}", opened, folder, COPY, "en", "es")
    assert done.missing == [], done.missing
    yield folder / "copy"
    database.close()


def leads(body: bytes) -> tuple[list[tuple[str, str, bool]], set[str]]:
    """(tag, address, marked as live) of every link of a page, and what a fragment can name."""
    root = html5lib.parse(body, namespaceHTMLElements=False)
    found, names = [], set()
    for one in root.iter():
        names.add(one.get("id", ""))
        for name in ("href", "src", "action"):
            if one.get(name) is not None and one.get("rel") != "canonical":
                found.append((str(one.tag), one.get(name, ""), one.get("data-live") is not None))
    return found, names


def test_every_link_of_the_copy_leads_to_a_file_and_every_fragment_to_its_place(copy: Path) -> None:
    ahead, seen, names, fragments = ["/"], {"/"}, {}, []
    with served(copy) as port:
        while ahead:
            page = ahead.pop()
            status, kind, body = asked(port, page)
            assert status == 200, page
            if not kind.startswith("text/html"):
                continue
            found, names[page] = leads(body)
            for tag, address, live in found:
                whole = urlsplit(urljoin(page, address))
                if whole.scheme or whole.netloc:
                    assert live or not address.startswith((LIVE, COPY)) or tag == "meta", (page, address)
                    continue
                assert tag != "form", page
                assert not address.startswith("/") and not whole.query, (page, address)
                fragments += [(page, whole.path, unquote(whole.fragment))] if whole.fragment else []
                if whole.path not in seen:
                    seen.add(whole.path)
                    ahead.append(whole.path)
    assert len(seen) > 100
    assert [one for one in fragments if one[2] not in names.get(one[1], ())] == []


def test_the_addresses_of_the_site_lead_to_the_same_pages_in_the_copy(copy: Path) -> None:
    with served(copy) as port:
        for address in ("/overdue", "/es/overdue", "/bodies/ministry-of-water", "/method"):
            status, place, _ = asked(port, address)
            assert (status, place) == (301, f"{address}/")
            assert asked(port, place)[0] == 200
        for address in ("/overdue.atom", "/overdue.csv", "/overdue.ics", "/log/entries", "/sitemap.xml"):
            assert asked(port, address)[0] == 200


def test_feeds_and_lasting_addresses_name_the_place_of_the_copy(copy: Path) -> None:
    assert f'<link rel="canonical" href="{COPY}/overdue">' in (copy / "overdue/index.html").read_text("utf-8")
    feed = (copy / "overdue.atom").read_text("utf-8")
    assert f"{COPY}/items/" in feed
    assert LIVE not in feed


def test_in_the_place_of_a_form_stands_where_it_works(copy: Path) -> None:
    page = (copy / "es/overdue/index.html").read_text("utf-8")
    assert "<form" not in page
    assert f'href="{LIVE}/es/search"' in page
    assert f'<a data-live href="{LIVE}/es/overdue">' in page


@pytest.mark.usefixtures("few_pages")
def test_a_second_copy_writes_nothing_and_a_change_only_the_pages_that_tell_it(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Database(sqlite_url)
    opened = told(database)
    first = copied(sqlite_url, opened, tmp_path)
    assert first.written == first.files > 100
    monkeypatch.setattr(Folder, "is_of", lambda *given: False)
    second = copied(sqlite_url, opened, tmp_path)
    assert (second.files, second.written, second.deleted) == (first.files, 0, 0)
    before = {
        path: path.read_bytes()
        for path in (tmp_path / "copy").rglob("*.*")
        if OURS not in path.parts and path.is_file()
    }
    answer_late(opened)
    third = copied(sqlite_url, opened, tmp_path)
    changed = {
        str(path.relative_to(tmp_path / "copy")) for path, said in before.items() if path.read_bytes() != said
    }
    assert 0 < third.written < third.files / 2 + 100
    assert "method/index.html" not in changed
    assert "bodies/ministry-of-water/index.html" in changed
    database.close()


@pytest.mark.usefixtures("few_pages")
def test_a_copy_of_the_same_data_and_day_asks_for_no_page_at_all(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Database(sqlite_url)
    opened = told(database)
    first = copied(sqlite_url, opened, tmp_path)
    stop_after(monkeypatch, 1)
    opened.now += timedelta(minutes=5)
    again = copied(sqlite_url, opened, tmp_path)
    assert (again.files, again.written, again.deleted) == (first.files, 0, 0)
    (tmp_path / "copy" / "index.html").unlink()
    with pytest.raises(KeyboardInterrupt):
        copied(sqlite_url, opened, tmp_path)
    database.close()


def test_the_sign_of_everything_is_another_after_a_day_a_fact_and_a_withholding(sqlite_url: str) -> None:
    with marked(sqlite_url) as place:
        database, now = place.site.database, place.site.now
        signs = [sign(database, now), sign(database, now + timedelta(days=1))]
        place.withhold("response")
        signs.append(sign(database, now))
        with database.writing() as session:
            session.add(Group(key="city-watch", name="City Watch", created_at=now))
        signs.append(sign(database, now))
        assert len(set(signs)) == 4
        with database.writing() as session:
            session.add(WorkerBeat(worker="w", started_at=now, seen_at=now, jobs={}))
        assert sign(database, now) == signs[-1]


def sign(database: Database, now: datetime) -> str:
    with database.reading() as session:
        return whole_state(session, now)


@pytest.mark.usefixtures("few_pages")
@pytest.mark.parametrize("kind", MARKS)
def test_what_is_withheld_is_deleted_from_the_copy_also_after_one_that_was_stopped(
    sqlite_url: str, tmp_path: Path, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with marked(sqlite_url) as place:
        stop_after(monkeypatch, 90)
        with pytest.raises(KeyboardInterrupt):
            copied(sqlite_url, place.site, tmp_path)
        monkeypatch.undo()
        assert holding(tmp_path / "copy", MARKS[kind])
        place.withhold(kind)
        copied(sqlite_url, place.site, tmp_path)
    assert holding(tmp_path / "copy", MARKS[kind]) == []


def stop_after(monkeypatch: pytest.MonkeyPatch, pages: int) -> None:
    fetching = copying._fetching

    def stopping(*given: object) -> object:
        fetch, left = fetching(*given), [pages]  # type: ignore[arg-type]

        def stopped(address: str) -> object:
            left[0] -= 1
            if not left[0]:
                raise KeyboardInterrupt
            return fetch(address)

        return stopped

    monkeypatch.setattr(copying, "_fetching", stopping)


def holding(folder: Path, mark: str) -> list[str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return [str(path) for path in files if mark.encode() in path.read_bytes()]


@pytest.mark.usefixtures("few_pages")
def test_a_folder_of_something_else_is_refused_and_files_of_the_operator_stay(
    sqlite_url: str, tmp_path: Path
) -> None:
    database = Database(sqlite_url)
    opened = told(database)
    (tmp_path / "copy").mkdir()
    (tmp_path / "copy" / "CNAME").write_text("answers.example.org")
    with pytest.raises(NotACopyError, match="name an empty or a new folder"):
        copied(sqlite_url, opened, tmp_path)
    (tmp_path / "copy" / OURS).mkdir()
    copied(sqlite_url, opened, tmp_path)
    assert (tmp_path / "copy" / "CNAME").read_text() == "answers.example.org"
    database.close()


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("/", "index.html"),
        ("/overdue", "overdue/index.html"),
        ("/overdue?page=2", "overdue/page/2/index.html"),
        ("/es/items/a-b", "es/items/a-b/index.html"),
        ("/items/a-b.atom", "items/a-b.atom"),
        ("/events.atom?before=12ab", "events-before-12ab.atom"),
        ("/log/entries?from=500", "log/entries-from-500"),
    ],
)
def test_an_address_has_its_file(address: str, file: str) -> None:
    assert file_of(address) == file


@pytest.mark.parametrize(
    ("page", "target", "way"),
    [
        ("index.html", "overdue/index.html", "overdue/"),
        ("overdue/index.html", "index.html", "../"),
        ("overdue/page/2/index.html", "overdue/index.html", "../../"),
        ("items/a/index.html", "items/a.atom", "../a.atom"),
        ("items/a/index.html", "items/a/index.html", "./"),
    ],
)
def test_a_file_links_to_another_wherever_the_copy_lies(page: str, target: str, way: str) -> None:
    assert relative(page, target) == way
