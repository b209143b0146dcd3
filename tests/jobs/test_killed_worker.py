"""A worker killed with SIGKILL anywhere in any job: the next one ends where an uninterrupted one would have."""

import random
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from socket import create_server

import pytest
from sqlalchemy import make_url

from tests.jobs.end_state import State, end_state
from tests.jobs.interrupted import AGAIN, AT, CYCLE, KILLED, Site, Workers, letters, seed, workers
from tests.services.register import Register, running_register, with_recordings
from tests.services.told import Inbox, relay
from tracker.services.signing_key import signing_key
from tracker.storage.engine import Database

COMMITS_TRIED, STATEMENTS_TRIED = 3, 2
"""Of each job on each database; the first and the last always."""
MOMENTS_TRIED = 2


@pytest.fixture(scope="module")
def forking() -> Iterator[Workers]:
    with workers() as started:
        yield started


@pytest.fixture(scope="module")
def register() -> Iterator[Register]:
    with running_register() as served:
        yield with_recordings(served)


@pytest.fixture
def site(
    database_url: str,
    tmp_path: Path,
    forking: Workers,
    register: Register,
    request: pytest.FixtureRequest,
) -> Iterator[Site]:
    database = Database(database_url)
    seed(database, register)
    database.close()
    signing_key(tmp_path / "signing.key")
    on_server = make_url(database_url).get_backend_name() == "postgresql"
    server = request.getfixturevalue("postgres") if on_server else None
    with closing(create_server(("127.0.0.1", 0))) as found:
        port = int(found.getsockname()[1])
    inbox = Inbox()
    with relay(inbox, port):
        yield Site(database_url, tmp_path, server, forking, register, inbox, port)


Outcome = tuple[State, Counter[tuple[str, int]]]


def outcome(site: Site, *jobs: str, **until: float) -> tuple[Outcome, int]:
    """What is there in the end and who was told what; and how the first of two workers ended."""
    site.inbox.messages.clear()
    site.inbox.recipients.clear()
    with site.copy() as url:
        first = site.work(url, AT, jobs, **until)
        assert site.work(url, AGAIN, (*jobs, "sequence")).ended == 0
        return (end_state(url, site.folder), letters(site.inbox)), first.ended


def spread(number: int, most: int) -> list[int]:
    """Numbers from 1 to `number`, about so many, the first and the last among them."""
    return sorted({*range(1, number + 1, max(1, -(-number // most))), number})


@pytest.mark.parametrize("job", CYCLE)
def test_a_worker_killed_in_the_middle_of_a_job_loses_and_doubles_nothing(site: Site, job: str) -> None:
    with site.copy() as url:
        whole = site.work(url, AT, [job])
    wanted, ended = outcome(site, job)
    assert (whole.ended, ended) == (0, 0)
    points = [{"commits": number} for number in spread(whole.commits, COMMITS_TRIED)]
    points += [{"statements": number} for number in spread(whole.statements, STATEMENTS_TRIED)]
    for point in points:
        assert outcome(site, job, **point) == (wanted, KILLED), point


def test_a_worker_killed_at_any_moment_of_a_whole_round_loses_and_doubles_nothing(site: Site) -> None:
    wanted, _ = outcome(site, *CYCLE)
    moments = random.Random()
    for _ in range(MOMENTS_TRIED):
        seconds = moments.uniform(0.05, 0.6)
        found, _ = outcome(site, *CYCLE, seconds=seconds)
        assert found == wanted, seconds
