"""The schedule: every job has its cadence, a failing unit is passed by, a stop finishes what is under way."""

import logging
from collections.abc import Iterator
from contextlib import closing
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from socket import create_server
from threading import Event as Signal
from zipfile import ZipFile

import pytest
from sqlmodel import Session

from tests.services.told import NOW, Clock, Inbox, Telling, happen, relay, site
from tracker import jobs
from tracker.config import Worker
from tracker.domain.words import EventKind


@pytest.fixture
def telling(sqlite_url: str, tmp_path: Path) -> Iterator[Telling]:
    with closing(create_server(("127.0.0.1", 0))) as found:
        port = int(found.getsockname()[1])
    inbox, clock = Inbox(), Clock(NOW)
    with relay(inbox, port):
        composed = site(sqlite_url, clock, port, tmp_path)
        yield Telling(composed, clock, inbox)
        composed.database.close()


def test_every_job_has_a_cadence_in_the_configuration_and_every_cadence_a_job() -> None:
    cadences = {one.name for one in fields(Worker) if one.name.endswith("_seconds")}
    assert {job.cadence for job in jobs.JOBS.values()} == cadences


def test_the_first_archive_of_a_site_bears_the_signed_head_that_its_description_names(
    telling: Telling, tmp_path: Path
) -> None:
    telling.enter(2)
    assert jobs.run_once("archive", telling.composed) == 1
    [made] = (tmp_path / "archive").glob("*.zip")
    with ZipFile(made) as archive:
        assert "log-checkpoint.txt" in archive.read("README.md").decode()
        assert archive.read("log-checkpoint.txt").decode().startswith("answerby log\n")


def test_a_unit_that_fails_is_recorded_and_the_next_ones_go_on(
    telling: Telling, caplog: pytest.LogCaptureFixture
) -> None:
    def find(_session: Session, _now: datetime, after: int) -> int | None:
        return after + 1 if after < 5 else None

    acted: list[int] = []

    def act(_session: Session, unit: int, _now: datetime) -> bool:
        if unit == 2:
            raise ValueError("the second one")
        acted.append(unit)
        return True

    assert jobs.Round(telling.composed, Signal()).each(find, act) == 4
    assert acted == [1, 3, 4, 5]
    assert "act of 2 failed" in caplog.text


def test_a_unit_that_fails_leaves_nothing_behind(telling: Telling, caplog: pytest.LogCaptureFixture) -> None:
    telling.enter(2)

    def find(_session: Session, _now: datetime, after: int) -> int | None:
        return after + 1 if after < 2 else None

    def act(session: Session, unit: int, now: datetime) -> bool:
        happen(session, telling.owed[0], EventKind.DUE_SOON, now)
        if unit == 1:
            raise ValueError("after writing")
        return True

    caplog.set_level(logging.CRITICAL)
    jobs.Round(telling.composed, Signal()).each(find, act)
    before = jobs.run_once("sequence", telling.composed)
    assert before == 3  # two items entered, and the second unit's event


def test_a_round_ends_early_when_the_process_is_told_to_stop(telling: Telling) -> None:
    telling.enter()
    telling.subscribe()
    telling.happen()
    stopping = Signal()
    stopping.set()
    assert jobs.run_once("deliver", telling.composed, stopping) == 0
    assert telling.ledger() == []
