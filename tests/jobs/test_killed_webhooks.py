"""A worker killed with SIGKILL while it posts: every receiver gets every event, again only under the same id."""

import json
from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from threading import Event, Thread

import pytest

from tests.jobs.interrupted import KILLED, Ended, Workers, workers
from tests.services.receiving import Hooking, hooking_site
from tracker.domain.post import LEASE

PATHS = ("/one", "/two", "/three")
KILLS = 7


@pytest.fixture(scope="module")
def forking() -> Iterator[Workers]:
    with workers() as started:
        yield started


@pytest.fixture
def hooking(database_url: str, tmp_path: Path) -> Iterator[Hooking]:
    with hooking_site(database_url, tmp_path) as made:
        yield made


def post(hooking: Hooking, forking: Workers, **until: float) -> Ended:
    """One round of webhooks in a process of its own; `statements` or `posts` say when it is killed."""
    config = hooking.composed.config
    return forking.work(
        url=config.database.url,
        at=hooking.clock().isoformat(),
        jobs=["webhooks"],
        port=config.mail.port,
        host="",
        hooks=[hooking.receiver.host],
        folder=str(config.logs.signing_key_file.parent),
        **until,
    )


def taken(hooking: Hooking) -> dict[str, dict[str, list[str]]]:
    """By path: the id of every post with its events. A post that came again is the same to the last byte."""
    bodies: dict[tuple[str, str], set[bytes]] = defaultdict(set)
    for one in hooking.receiver.posts:
        bodies[one.path, one.headers["webhook-id"]].add(one.body)
    found: dict[str, dict[str, list[str]]] = defaultdict(dict)
    for (path, number), said in bodies.items():
        (body,) = said
        found[path][number] = [event["key"] for event in json.loads(body)["data"]["events"]]
    return found


def test_a_worker_killed_while_posting_loses_nothing_and_repeats_only_under_the_same_id(
    hooking: Hooking, forking: Workers
) -> None:
    for path in PATHS:
        hooking.hook(path)
    hooking.telling.happen()
    whole = post(hooking, forking)
    assert whole.ended == 0
    # How often idle threads look again differs from round to round, so the last moments of one are left out.
    moments = [{"statements": whole.statements * n // (KILLS + 2)} for n in range(1, KILLS - 1)]
    for number, moment in enumerate([*moments, {"posts": 1}, {"posts": 2}]):
        hooking.telling.happen(which=number % 3)
        assert post(hooking, forking, **moment).ended == KILLED
        hooking.clock.forward(LEASE + timedelta(minutes=1))
    assert post(hooking, forking).ended == 0
    found = taken(hooking)
    assert set(found) == set(PATHS)
    for posts in found.values():
        events = [key for one in posts.values() for key in one]
        assert len(events) == len(set(events)) == KILLS + 1
    assert len(hooking.receiver.posts) >= sum(map(len, found.values())) + 2


def test_two_processes_make_one_post_at_a_time_to_a_host(hooking: Hooking, forking: Workers) -> None:
    for path in PATHS:
        hooking.hook(path)
        hooking.receiver.before[path] = partial(Event().wait, 0.2)  # long enough for another to come
    hooking.telling.happen()
    beside = Thread(target=post, args=(hooking, forking))
    beside.start()
    hooking.work()
    beside.join()
    hooking.work()
    assert sorted(one.path for one in hooking.receiver.posts) == sorted(PATHS)
    assert hooking.receiver.most_at_once == 1
