"""A static copy made again: by several processes, at another hour, from rows that come in another order."""

import filecmp
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from tests.commands.test_export_site import LARGE, LIVE, left_out
from tests.services.told import Clock
from tests.web.open_site import Opened, answer_late, told
from tracker.commands import copying
from tracker.commands.copying import copied_site
from tracker.compose import compose
from tracker.config import Config
from tracker.config import Database as DatabaseConfig
from tracker.jobs import run_once
from tracker.services.static_copy import Answer, Copied
from tracker.services.static_folder import OURS, Folder
from tracker.storage.engine import Database

MANY = (
    *("/calendars", "/rules", "/kinds", "/topics", "/api"),
    *("/processes/", "/documents/", "/groups/", "/jurisdictions/", "/embed/"),
)
"""Beginnings of addresses that would only take time."""


@pytest.fixture
def opened(sqlite_url: str, tmp_path: Path) -> Iterator[Opened]:
    """A site with a log and an archive."""
    database = Database(sqlite_url)
    site = told(database)
    answer_late(site)
    worked = compose(config(sqlite_url, tmp_path), Clock(site.now))
    for job in ("sequence", "archive"):
        run_once(job, worked)
    worked.close()
    yield site
    database.close()


def config(url: str, tmp_path: Path) -> Config:
    found = Config()
    return replace(
        found,
        site=replace(found.site, base_url=LIVE, languages=("en",)),
        database=DatabaseConfig(url),
        archive=replace(found.archive, folder=tmp_path / "archive"),
        logs=replace(found.logs, signing_key_file=tmp_path / "signing.key"),
    )


def copied(url: str, opened: Opened, folder: Path, jobs: int = 1, hours: int = 0) -> Copied:
    """A copy made as the command makes it, so many hours later on the same day."""
    found = compose(config(url, folder.parent), Clock(opened.now + timedelta(hours=hours)))
    try:
        return copied_site(found, folder, "", jobs)
    finally:
        found.close()


@pytest.fixture
def few_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only some of the site is asked for, in whichever process."""
    asking = copying.asking

    @contextmanager
    def fewer(*given: Any) -> Iterator[Callable[[str], Callable[[], Answer]]]:
        with asking(*given) as ask:
            yield (
                lambda address: (lambda: Answer(address, None)) if address.startswith(MANY) else ask(address)
            )

    monkeypatch.setattr(copying, "asking", fewer)


@pytest.mark.usefixtures("few_asked")
def test_two_processes_write_what_one_wrote(
    sqlite_url: str, opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = copied(sqlite_url, opened, tmp_path / "copy")
    (tmp_path / "copy" / "overdue.csv").unlink()
    monkeypatch.setattr(Folder, "is_of", lambda *given: False)
    two = copied(sqlite_url, opened, tmp_path / "copy", jobs=2)
    assert one.files == one.written > 50
    assert (two.files, two.written, two.deleted, two.missing) == (one.files, 1, 0, one.missing)
    assert (tmp_path / "copy" / "overdue.csv").is_file()
    assert (tmp_path / "copy" / "data" / "latest.zip").is_file()
    assert not (tmp_path / "copy" / OURS / "unfinished").exists()


def test_no_page_tells_the_hour_or_the_order_in_which_rows_were_found(
    sqlite_url: str, opened: Opened, tmp_path: Path
) -> None:
    with left_out(*LARGE):
        first = copied(sqlite_url, opened, tmp_path / "one")
        with rows_backwards():
            second = copied(sqlite_url, opened, tmp_path / "two", hours=3)
    assert first.files == second.files > 200
    assert differing(tmp_path / "one", tmp_path / "two") == []


@contextmanager
def rows_backwards() -> Iterator[None]:
    """Rows whose order no statement asks for come the other way round, as after any change of a plan."""

    def turn(connection: Any, _: object) -> None:
        connection.execute("PRAGMA reverse_unordered_selects=ON")

    event.listen(Engine, "connect", turn)
    try:
        yield
    finally:
        event.remove(Engine, "connect", turn)


def differing(one: Path, other: Path) -> list[str]:
    """The files that are not in both folders byte by byte."""
    names = {
        str(path.relative_to(folder))
        for folder in (one, other)
        for path in folder.rglob("*")
        if path.is_file() and OURS not in path.parts
    }
    return sorted({*filecmp.cmpfiles(one, other, names, shallow=False)[1], *_lacking(one, other, names)})


def _lacking(one: Path, other: Path, names: set[str]) -> list[str]:
    return [name for name in names if not ((one / name).is_file() and (other / name).is_file())]
