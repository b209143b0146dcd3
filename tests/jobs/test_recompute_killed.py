"""A recomputation killed with SIGKILL anywhere ends where an uninterrupted one would; two at once do nothing twice."""

import random
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import count
from pathlib import Path
from threading import Thread

import pytest
from sqlalchemy import make_url
from sqlmodel import col, select

from tests.jobs.interrupted import KILLED, Ended, Workers, workers
from tests.jobs.recomputing import fill
from tests.jobs.test_killed_worker import spread
from tests.services.moving import FUNERAL, NOW, moved, recomputed, told_of
from tracker.domain.habits import Habits
from tracker.services import recompute
from tracker.storage.engine import Database
from tracker.storage.tables import Recomputation, Segment, Terms

NUMBER = 7
"""Three batches of three."""
AGAIN = NOW + timedelta(minutes=20)
MOMENTS_TRIED, STATEMENTS_TRIED = 2, 6
_numbers = count()


@pytest.fixture(scope="module")
def forking() -> Iterator[Workers]:
    with workers() as started:
        yield started


@contextmanager
def copied(url: str, folder: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """A copy nobody has worked on."""
    name = f"recomputed_{next(_numbers)}"
    if make_url(url).get_backend_name() == "postgresql":
        server = request.getfixturevalue("postgres")
        yield server.create(name, str(make_url(url).database))
        server.drop(name)
        return
    shutil.copyfile(str(make_url(url).database), folder / f"{name}.db")
    yield f"sqlite:///{folder / name}.db"


def work(forking: Workers, url: str, folder: Path, at: str, **until: float) -> Ended:
    code, day, name = FUNERAL
    return forking.work(
        url=url,
        at=at,
        jobs=["recompute"],
        port=1,
        host="127.0.0.1",
        folder=str(folder),
        days_off=[(code, day.isoformat(), name)],  # type: ignore[arg-type]
        **until,
    )


def end(url: str) -> tuple[Counter[str], ...]:
    """What is there in the end, apart from the instants at which it was done."""
    database = Database(url)
    with database.reading() as session:
        told = Counter(f"{event.obligation_id} {event.detail}" for event in moved(session))
        stand = session.exec(select(Terms)).all()
        kept = Counter(f"{row.obligation_id} {row.computed_on} {row.superseded_at is None}" for row in stand)
        ahead = session.exec(select(Segment).where(col(Segment.superseded_at).is_(None))).all()
        standings = Counter(
            f"{row.obligation_id} {row.standing} {row.begins_on} {row.due_on}" for row in ahead
        )
        done = session.exec(select(Recomputation)).all()
        passes = Counter(f"{row.examined} {row.moved} {row.finished_at is not None}" for row in done)
    database.close()
    return told, kept, standings, passes


def test_a_recomputation_killed_anywhere_loses_and_doubles_nothing(
    database_url: str, tmp_path: Path, forking: Workers, request: pytest.FixtureRequest
) -> None:
    fill(database_url, NUMBER)
    first, second = NOW.isoformat(), AGAIN.isoformat()
    with copied(database_url, tmp_path, request) as url:
        whole = work(forking, url, tmp_path, first)
        wanted = end(url)
    assert (whole.ended, wanted[0].total(), wanted[3]) == (0, NUMBER, Counter({f"{NUMBER} {NUMBER} True": 1}))
    points: list[dict[str, float]] = [{"commits": n} for n in range(1, whole.commits + 1)]
    points += [{"statements": n} for n in spread(whole.statements, STATEMENTS_TRIED)]
    points += [{"seconds": random.uniform(0.01, 0.4)} for _ in range(MOMENTS_TRIED)]
    for point in points:
        with copied(database_url, tmp_path, request) as url:
            ended = work(forking, url, tmp_path, first, **point).ended
            assert ended == KILLED or "seconds" in point
            assert work(forking, url, tmp_path, second).ended == 0
            assert end(url) == wanted, point


def test_two_workers_at_once_never_do_one_twice(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(postgres_url, NUMBER)
    monkeypatch.setattr(recompute, "AT_ONCE", 1)

    def draining() -> None:
        with told_of(postgres_url, FUNERAL) as database:
            left = 1
            while left:
                with database.writing() as session:
                    left = recompute.catch_up(session, NOW, NOW)

    threads = [Thread(target=draining) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told, kept, _, passes = end(postgres_url)
    assert (told.total(), set(told.values()), kept.total()) == (NUMBER, {1}, 2 * NUMBER)
    assert passes == Counter({f"{NUMBER} {NUMBER} True": 1})


def test_other_rules_in_the_middle_begin_anew(sqlite_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(sqlite_url, NUMBER)
    monkeypatch.setattr(recompute, "AT_ONCE", 3)
    with told_of(sqlite_url, FUNERAL) as database, database.writing() as session:
        assert recompute.catch_up(session, NOW, NOW) == 3
    plain = Database(sqlite_url, Habits())
    left = 1
    while left:
        with plain.writing() as session:
            left = recompute.catch_up(session, AGAIN, AGAIN)
    with plain.reading() as session:
        broken_off, whole = session.exec(select(Recomputation).order_by(col(Recomputation.id)))
        assert (broken_off.finished_at, broken_off.moved) == (None, 3)
        assert (whole.examined, whole.moved) == (NUMBER, 3)  # the three go back, each is told
    plain.close()


def test_a_pass_for_one_rule_is_not_taken_for_all(sqlite_url: str) -> None:
    fill(sqlite_url, 2)
    with told_of(sqlite_url, FUNERAL) as database:
        recomputed(database, NOW, recompute.Scope(rule="gb-eaw-coroner-pfd"))
        with database.reading() as session:
            assert recompute.is_behind(session, NOW)


def test_nothing_to_do_is_one_query(sqlite_url: str) -> None:
    from sqlalchemy import event

    fill(sqlite_url, 2)
    with told_of(sqlite_url) as database:
        recomputed(database, NOW)
        seen: list[str] = []
        event.listen(database.engine, "after_cursor_execute", lambda *told: seen.append(told[2]))
        with database.reading() as session:
            assert not recompute.is_behind(session, NOW)
        assert len([statement for statement in seen if statement.startswith("SELECT")]) == 1
