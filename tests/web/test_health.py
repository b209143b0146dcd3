"""What the machine says of itself: the database, the workers, their jobs and their clock."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from tests.services.told import NOW, Clock
from tracker.config import Config
from tracker.domain.heartbeat import JobBeat
from tracker.storage import beats
from tracker.storage.engine import Database
from tracker.web.app import create_app
from tracker.web.site import Site

WELL = JobBeat(every_seconds=60, done=3)


class Machine:
    """A site and its clock."""

    def __init__(self, database: Database) -> None:
        self.database, self.clock = database, Clock()
        self.client: FlaskClient = create_app(
            Site(Config(), database, self.clock), testing=True
        ).test_client()

    def beat(self, worker: str = "one", **jobs: JobBeat) -> None:
        with self.database.writing() as session:
            beats.keep(session, worker, jobs, self.clock())

    def says(self, address: str = "/healthz/worker") -> tuple[int, list[str]]:
        answer = self.client.get(address)
        return answer.status_code, answer.text.splitlines()


@pytest.fixture
def machine(database_url: str) -> Iterator[Machine]:
    database = Database(database_url)
    yield Machine(database)
    database.close()


def test_without_a_worker_the_site_is_up_and_says_so(machine: Machine) -> None:
    code, lines = machine.says("/healthz")
    assert (code, lines[1:]) == (200, ["worker: none is running"])
    assert machine.says() == (503, ["worker: none is running"])


def test_a_worker_that_gets_on_is_well(machine: Machine) -> None:
    machine.beat(sweep=WELL, collect=JobBeat(every_seconds=60, still_seconds=600))
    assert machine.says() == (200, ["worker: ok"])


@pytest.mark.parametrize(
    ("job", "word"),
    [
        (JobBeat(every_seconds=60, still_seconds=1000), "hangs"),
        (JobBeat(every_seconds=60, failures=2, error="OSError: disk full"), "fails"),
        (JobBeat(every_seconds=60, waiting_seconds=300), "late"),
    ],
)
def test_a_job_that_does_not_get_on_is_named_and_its_error_is_not_public(
    machine: Machine, job: JobBeat, word: str
) -> None:
    machine.beat(sweep=WELL, deliver=job)
    code, [line] = machine.says()
    assert code == 503 and line.startswith(f"job deliver: {word}") and "disk" not in line
    assert machine.says("/healthz")[0] == 200


def test_a_worker_that_was_killed_is_missed_until_another_takes_its_place(machine: Machine) -> None:
    machine.beat("one", sweep=WELL)
    machine.clock.forward(timedelta(minutes=3))
    assert machine.says() == (503, ["worker: silent, it was not told to stop"])
    machine.beat("two", sweep=WELL)
    assert machine.says() == (200, ["worker: ok"])


def test_a_worker_that_was_stopped_leaves_none_running(machine: Machine) -> None:
    machine.beat("one", sweep=WELL)
    with machine.database.writing() as session:
        beats.stop(session, "one", machine.clock())
    assert machine.says() == (503, ["worker: none is running"])


def test_a_clock_that_was_set_is_shown_for_a_day(machine: Machine) -> None:
    machine.beat(sweep=WELL)
    with machine.database.writing() as session:
        beats.add_step(session, "one", NOW, NOW + timedelta(days=365))
    assert machine.says("/healthz")[1][2:] == ["clock: set from 2026-05-12 09:00 to 2027-05-12 09:00 UTC"]
    machine.clock.forward(timedelta(days=2))
    machine.beat(sweep=WELL)
    assert machine.says("/healthz")[1][1:] == ["worker: ok"]
