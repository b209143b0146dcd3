"""An import killed with SIGKILL anywhere leaves nothing; the worker after it brings all of the table, once."""

import random
from collections import Counter
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from sqlmodel import Session, select

from tests.jobs.interrupted import AGAIN, AT, KILLED, Ended, Workers, workers
from tests.jobs.test_killed_worker import spread
from tests.jobs.test_recompute_killed import copied
from tests.services.test_import_interrupted import MADE, ROWS, SAID
from tracker.services.import_ordered import order_import
from tracker.storage.engine import Database
from tracker.storage.tables import ImportAct, ImportBatch, ImportOrder, ImportUpload, Item, Revision

COMMITS_TRIED, STATEMENTS_TRIED, MOMENTS_TRIED = 3, 5, 1
KEPT = (*MADE, ImportAct, ImportBatch, ImportUpload, Revision)
State = tuple[dict[str, int], Counter[str], Counter[str]]


@pytest.fixture(scope="module")
def forking() -> Iterator[Workers]:
    with workers() as started:
        yield started


def ordered(url: str) -> None:
    """A table of twelve rows somebody had imported on the page, which no worker has begun."""
    database = Database(url)
    with database.writing() as session:
        found = ImportUpload(
            file_name="plan.csv",
            file_sha256=sha256(ROWS).hexdigest(),
            body=ROWS,
            mapping=SAID.text,
            uploaded_at=AT,
        )
        session.add(found)
        session.flush()
        order_import(session, AT, found.id or 0, actor="test", user_id=None, owner=None)
    database.close()


def work(forking: Workers, url: str, folder: Path, at: str, **until: float) -> Ended:
    return forking.work(
        url=url, at=at, jobs=["imports"], port=1, host="127.0.0.1", folder=str(folder), **until
    )


def kept(url: str) -> State:
    """How much of everything is there, which items, and what is said of the order."""
    database = Database(url)
    with database.reading() as session:
        found = _kept(session)
    database.close()
    return found


def _kept(session: Session) -> State:
    numbers = {kind.__name__: len(session.exec(select(kind)).all()) for kind in KEPT}
    items = Counter(
        f"{item.key} {item.title} {item.batch_id is not None}" for item in session.exec(select(Item))
    )
    orders = session.exec(select(ImportOrder)).all()
    said = Counter(f"{row.ended_at is not None} {row.act_id is not None} {row.refused}" for row in orders)
    return numbers, items, said


def test_an_import_killed_anywhere_is_all_or_nothing_and_comes_whole_the_second_time(
    database_url: str, tmp_path: Path, forking: Workers, request: pytest.FixtureRequest
) -> None:
    ordered(database_url)
    nothing = kept(database_url)
    with copied(database_url, tmp_path, request) as url:
        whole = work(forking, url, tmp_path, AT.isoformat())
        wanted = kept(url)
    assert (whole.ended, wanted[0]["Item"], wanted[0]["ImportUpload"]) == (0, 12, 0)
    points: list[dict[str, float]] = [{"commits": n} for n in spread(whole.commits, COMMITS_TRIED)]
    points += [{"statements": n} for n in spread(whole.statements, STATEMENTS_TRIED)]
    points += [{"seconds": random.uniform(0.05, 0.6)} for _ in range(MOMENTS_TRIED)]
    left = Counter[bool]()
    for point in points:
        with copied(database_url, tmp_path, request) as url:
            ended = work(forking, url, tmp_path, AT.isoformat(), **point).ended
            assert ended == KILLED or "seconds" in point
            there = kept(url)
            assert there in (nothing, wanted), point
            left[there == wanted] += 1
            assert work(forking, url, tmp_path, AGAIN.isoformat()).ended == 0
            assert kept(url) == wanted, point
    assert left[False] > left[True] > 0  # before its last commit nothing, after it everything
