"""`answerby warc`: a file that the archive's own checker accepts, whose payloads are the bytes we hashed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlmodel import select
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from scrapers.model import page_of
from tests.commands.test_commands import INIT, failed, run
from tracker.compose import compose_from
from tracker.domain.words import RunState, Visibility
from tracker.services.keep_evidence import page_row, visit_of
from tracker.storage import pages
from tracker.storage.engine import Database
from tracker.storage.tables import Run, Source

FIRST = datetime(2026, 3, 1, 6, 30, tzinfo=UTC)
LATER = datetime(2026, 3, 2, 6, 30, tzinfo=UTC)
NEWS = b"<html><body>News of the ministry</body></html>"
SECRET = b"<html><body>A report that names somebody</body></html>"


@pytest.fixture
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Database]:
    """A site that read two pages, one of them twice, and one that names private persons."""
    monkeypatch.chdir(tmp_path)
    assert run(*INIT, "--admin", "me@b.example").exit_code == 0
    database = compose_from(None).database
    with database.writing() as session:
        source = Source(key="ministry", reader="page", address="https://gov.example/")
        session.add(source)
        session.flush()
        kept = Run(source_id=source.id or 0, state=RunState.HEALTHY, started_at=FIRST)
        session.add(kept)
        session.flush()
        for body, path, visibility in (
            (NEWS, "news?page=1", Visibility.LINK_ONLY),
            (SECRET, "report", Visibility.WITHHELD),
        ):
            read = page_of(
                body, address=f"https://gov.example/{path}", fetched_at=FIRST, content_type="text/html"
            )
            pages.keep_once(session, page_row(read, kept, visibility))
            first = visit_of(read, kept)
            again = first | {"fetched_at": LATER, "status": 304, "unchanged": True, "headers": []}
            pages.keep_visits(session, [first, again])
    yield database
    database.close()


def records(file: Path) -> list[tuple[str, str, str, bytes]]:
    with file.open("rb") as stream:
        return [
            (
                record.rec_type,
                record.rec_headers.get_header("WARC-Target-URI") or "",
                record.rec_headers.get_header("WARC-Date") or "",
                record.content_stream().read(),
            )
            for record in ArchiveIterator(stream)
        ]


def test_the_file_is_accepted_and_holds_each_page_once(database: Database) -> None:
    result = run("warc", "pages.warc.gz")
    assert result.exit_code == 0, result.output
    assert "1 pages and 1 readings that found the same" in result.output
    assert Checker(SimpleNamespace(inputs=["pages.warc.gz"], verbose=False)).process_all() == 0
    found = records(Path("pages.warc.gz"))
    assert [kind for kind, *_ in found] == ["warcinfo", "response", "request", "revisit"]
    _, address, at, payload = found[1]
    assert (address, at) == ("https://gov.example/news?page=1", "2026-03-01T06:30:00.000000Z")
    assert sha256(payload).hexdigest() == sha256(NEWS).hexdigest()
    assert found[3][2] == "2026-03-02T06:30:00.000000Z"


def test_a_page_that_names_private_persons_is_never_exported(database: Database) -> None:
    result = run("warc", "pages.warc", "--link-only")
    assert "left out: 1 withheld" in result.output
    assert all(b"names somebody" not in payload for *_, payload in records(Path("pages.warc")))
    assert all("report" not in address for _, address, *_ in records(Path("pages.warc")))


def test_only_one_source_and_only_since_a_day(database: Database) -> None:
    assert "1 pages and 1 readings" in run("warc", "a.warc", "--source", "ministry").output
    assert "0 pages and 0 readings" in run("warc", "b.warc", "--since", "2026-03-03").output
    late = run("warc", "c.warc", "--since", "2026-03-02").output
    assert "1 pages and 1 readings" in late
    failed(run("warc", "d.warc", "--source", "nobody"), sentence="There is no source 'nobody'")
    assert not Path("d.warc").exists()


def test_a_file_that_cannot_be_written_is_a_sentence(database: Database) -> None:
    failed(run("warc", "nowhere/a.warc"), sentence="There is no folder nowhere")


def test_what_an_editor_shows_by_link_only_goes_along_only_when_asked(database: Database) -> None:
    digest = sha256(NEWS).hexdigest()
    assert run("withhold", digest, "--link-only", "--reason", "Telephone numbers.").exit_code == 0
    assert "1 shown by link only" in run("warc", "a.warc").output
    assert "1 pages" in run("warc", "b.warc", "--link-only").output
    assert run("withhold", digest, "--reason", "Telephone numbers.").exit_code == 0
    assert "2 withheld" in run("warc", "c.warc", "--link-only").output
    assert "public again" in run("withhold", digest, "--undo").output
    assert "1 pages" in run("warc", "d.warc").output


def test_a_page_of_private_persons_is_not_let_out(database: Database) -> None:
    failed(run("withhold", sha256(SECRET).hexdigest(), "--undo"), sentence="pages name private persons")
    failed(
        run("withhold", "no-such-key", "--reason", "x"),
        sentence="no item, document, response, page, process or body",
    )


def test_each_record_says_which_address_was_dialled(database: Database) -> None:
    with database.writing() as session:
        [run_] = session.execute(select(Run)).scalars()
        read = replace(
            page_of(b"dialled", address="https://gov.example/b", fetched_at=FIRST), peer="198.51.100.7"
        )
        pages.keep_once(session, page_row(read, run_, Visibility.LINK_ONLY))
        pages.keep_visits(session, [visit_of(read, run_)])
    run("warc", "pages.warc")
    with Path("pages.warc").open("rb") as stream:
        peers = {
            record.rec_headers.get_header("WARC-Target-URI"): record.rec_headers.get_header("WARC-IP-Address")
            for record in ArchiveIterator(stream)
            if record.rec_type == "response"
        }
    assert peers == {"https://gov.example/news?page=1": None, "https://gov.example/b": "198.51.100.7"}


def test_what_stood_in_place_of_a_page_that_is_gone_goes_along(database: Database) -> None:
    with database.writing() as session:
        [run_] = session.execute(select(Run)).scalars()
        said = page_of(b"Archived", address="https://gov.example/c", fetched_at=LATER)
        said = replace(said, status=410, headers=(("Content-Type", "text/plain"),))
        pages.keep_once(session, page_row(said, run_, Visibility.LINK_ONLY))
        row = visit_of(said, run_) | {"page_sha256": None, "said_sha256": said.sha256, "failure": "gone"}
        pages.keep_visits(session, [row])
    assert "2 pages" in run("warc", "pages.warc").output
    assert Checker(SimpleNamespace(inputs=["pages.warc"], verbose=False)).process_all() == 0
    assert ("https://gov.example/c", b"Archived") in [(one[1], one[3]) for one in records(Path("pages.warc"))]
