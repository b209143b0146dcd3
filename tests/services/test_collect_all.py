"""Sources that misbehave, and the good ones beside them, through the worker's own round of collecting."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlmodel import col, select

from tests.scrapers.conftest import hostile_url as hostile_url
from tests.services.register import Clock, Register, running_register
from tracker import jobs
from tracker.compose import Composed, compose
from tracker.config import Config, Fetch, SourceConfig, Worker
from tracker.config import Database as Where
from tracker.services.collect import collect_one
from tracker.services.collect_all import collect_all
from tracker.services.keep_sources import RefusedSource
from tracker.services.reading import Reading
from tracker.storage import sources
from tracker.storage.tables import Finding, Source

FEED = "<rss version='2.0'><channel><title>News</title><item><guid>1</guid><title>Entry</title></item></channel></rss>"
HOSTILE = """
    hang drip slow-headers continue-forever redirect-slow endless big?mb=50 close rst short chunk-bad chunk-cut
    no-length http09 garbage bad-header headers-huge headers-many upgrade auth 304-first redirect-loop
    redirect-chain?n=9 redirect?to=http://127.0.0.1:1/ status?c=500 status?c=404 status?c=410 f/feeds/157_gzip_truncated.gz
    f/feeds/159_deflate_raw.z f/feeds/158_gzip_bomb.gz
""".split()

Put = Callable[..., Composed]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def composed_for(sqlite_url: str, clock: Clock) -> Iterator[Put]:
    """A site whose sources are these addresses, read without pauses and with a short deadline."""
    with ExitStack() as ending:

        def make(*addresses: str, allowed: bool = True, **worker: int) -> Composed:
            hosts = tuple({sources.origin_of(one).partition("//")[2] for one in addresses}) if allowed else ()
            places = tuple(
                SourceConfig(key=f"s{number:02}", reader="feed", address=address)
                for number, address in enumerate(addresses)
            )
            fetch = Fetch(allow_hosts=hosts, host_pause_seconds=0, deadline_seconds=1.0)
            config = replace(
                Config(), database=Where(sqlite_url), fetch=fetch, worker=Worker(**worker), sources=places
            )
            made = compose(config, clock)
            ending.callback(made.database.close)
            ending.callback(made.cage.close)
            ending.callback(made.gate.close)
            return made

        yield make


@pytest.fixture
def register() -> Iterator[Register]:
    with running_register() as served:
        served.put("/good", FEED)
        yield served


def health(composed: Composed) -> dict[str, Source]:
    with composed.database.reading() as session:
        return {source.key: source for source in sources.every(session)}


def kept(composed: Composed) -> list[dict[str, object]]:
    """What was found so far, as it is kept."""
    with composed.database.reading() as session:
        return [one.model_dump() for one in session.exec(select(Finding).order_by(col(Finding.id)))]


def read(composed: Composed) -> list[str]:
    """One round; the sources' keys in the order in which their readings ended."""
    ended: list[str] = []

    def tell(reading: Reading) -> None:
        ended.append(reading.source.key)

    jobs.collect_now(composed, tell=tell)
    return ended


def test_thirty_hostile_sources_do_not_keep_a_good_one_waiting_and_leave_no_thread(
    composed_for: Put, hostile_url: str, register: Register
) -> None:
    before = threading.active_count()
    composed = composed_for(*(f"{hostile_url}/{path}" for path in HOSTILE), f"{register.base}/good")
    ended = read(composed)
    good = f"s{len(HOSTILE):02}"
    assert ended.index(good) < 10
    assert sorted(ended) == [f"s{number:02}" for number in range(len(HOSTILE) + 1)]
    found = health(composed)
    assert {key for key, source in found.items() if not source.problem} == {good}
    assert all(
        source.problem and source.claimed_until_at is None for source in found.values() if source.failures
    )
    assert threading.active_count() <= before


def test_the_next_round_begins_with_those_that_did_not_fail(
    composed_for: Put, hostile_url: str, clock: Clock
) -> None:
    paths = ("close", "short", "rst", "ok", "cookies")
    composed = composed_for(*(f"{hostile_url}/{path}" for path in paths), readers=1)
    assert read(composed) == ["s00", "s01", "s02", "s03", "s04"]
    clock.forward(days=3)
    assert read(composed)[:2] == ["s03", "s04"]


def test_a_source_is_asked_once_in_its_interval_and_is_mended_by_its_next_good_reading(
    composed_for: Put, register: Register, clock: Clock
) -> None:
    composed = composed_for(f"{register.base}/good")
    register.put("/good", "gone", 503)
    assert read(composed) == ["s00"]
    for _ in range(20):
        clock.forward(hours=1)
        assert read(composed) == []
    assert register.read("/good") == 1
    register.put("/good", FEED)
    clock.forward(hours=8)
    assert read(composed) == ["s00"]
    assert health(composed)["s00"].broken_since_at is None
    assert register.read("/good") == 2


def test_a_plea_for_patience_holds_for_the_whole_host_and_for_a_day_at_most(
    composed_for: Put, register: Register, clock: Clock
) -> None:
    register.put("/busy", "later", 429, Retry_After="999999999999")
    composed = composed_for(f"{register.base}/busy", f"{register.base}/good", readers=1)
    assert read(composed) == ["s00"]
    assert register.read("/good") == 0
    found = health(composed)
    waits = [source.next_due_at - clock.at for source in found.values() if source.next_due_at]
    assert len(waits) == 2 and all(timedelta(hours=23) < wait <= timedelta(hours=26.4) for wait in waits)
    assert found["s01"].broken_since_at is None and found["s01"].claimed_until_at is None


def test_a_plea_for_patience_is_remembered_by_a_worker_that_starts_anew(
    composed_for: Put, register: Register, clock: Clock
) -> None:
    register.put("/busy", "later", 429, Retry_After="36000")
    register.put("/good", FEED)
    read(composed_for(f"{register.base}/busy", f"{register.base}/good", readers=1))
    again = composed_for(f"{register.base}/busy", f"{register.base}/good", readers=1)
    clock.forward(hours=9)
    assert read(again) == [] and register.read("/good") == 0
    clock.forward(hours=2)
    assert "s01" in read(again)


def test_all_that_is_read_of_one_host_is_read_by_one_reader(composed_for: Put, register: Register) -> None:
    for number in range(12):
        register.put(f"/{number}", FEED.replace("<guid>1", f"<guid>{number}"))
    composed = composed_for(*(f"{register.base}/{number}" for number in range(12)))
    assert len(read(composed)) == 12
    assert [path for path, _ in register.hits] == ["/robots.txt", *(f"/{number}" for number in range(12))]


def test_a_round_ends_when_we_ourselves_fail_again_and_again(caplog: pytest.LogCaptureFixture) -> None:
    tried: list[int] = []

    def fails() -> bool:
        tried.append(1)
        raise RuntimeError("ours")

    assert collect_all(fails, 4, threading.Event()) == 0
    assert 20 <= len(tried) < 24
    assert "the next ones go on" in caplog.text


def test_a_reader_without_work_waits_for_what_the_others_leave() -> None:
    begun, turn = threading.Event(), threading.Lock()
    left = [1, 2, 3]

    def read_next() -> bool:
        """Only one may read at a time, as of one host."""
        if not turn.acquire(blocking=False):
            begun.set()
            return False
        try:
            if not left:
                return False
            begun.wait(2)
            left.pop()
            return True
        finally:
            turn.release()

    assert collect_all(read_next, 3, threading.Event()) == 3
    assert left == []


def test_readers_that_only_look_do_not_keep_each_other_looking() -> None:
    looked, together = [], threading.Semaphore(1)

    def look() -> int:
        """One at a time, so that some other one is always about to look."""
        with together:
            looked.append(1)
            time.sleep(0.002)
            return 0

    assert collect_all(look, 4, threading.Event()) == 0
    assert len(looked) <= 8


@pytest.mark.parametrize(
    "address",
    ["http://169.254.169.254/latest", "http://127.0.0.1:6379/", "https://intranet/", "http://a@b.org/"],
)
def test_a_source_inside_our_own_network_is_refused_when_it_is_configured(
    address: str, composed_for: Put
) -> None:
    composed = composed_for(address, allowed=False)
    with pytest.raises(RefusedSource, match=r"^Source 's00': The address .* is not fetched: .* allow_hosts"):
        jobs.know_sources(composed)
    assert read(composed) == []
    assert health(composed) == {}


@pytest.mark.parametrize(
    "fault", ["short", "chunk-cut", "no-length", "f/feeds/157_gzip_truncated.gz", "close"]
)
def test_a_page_cut_short_changes_nothing_that_was_found_before(
    fault: str, composed_for: Put, hostile_url: str, clock: Clock
) -> None:
    composed = composed_for(f"{hostile_url}/ok")
    assert read(composed) == ["s00"]
    with composed.database.writing() as session:
        for source in sources.every(session):
            source.address = f"{hostile_url}/{fault}"
    before = kept(composed)
    clock.forward(days=2)
    drained = collect_all(
        lambda: collect_one(composed.database, composed.gate, composed.cage, clock), 1, threading.Event()
    )
    assert drained == 1
    assert kept(composed) == before
    assert "could not" in health(composed)["s00"].problem
