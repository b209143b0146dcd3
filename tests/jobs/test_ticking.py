"""The worker: what fails or hangs is seen while the other jobs go on, and a clock that was set is not believed at once."""

import logging
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from socket import create_server
from threading import Event as Signal

import pytest
from apscheduler.schedulers.background import BackgroundScheduler
from sqlmodel import col, select

from tests.services.told import NOW, Clock, Inbox, Telling, relay, site
from tracker import jobs, ticking
from tracker.config import Worker
from tracker.domain.heartbeat import Trouble, troubles
from tracker.domain.words import DeliveryState, EventKind
from tracker.storage import beats
from tracker.storage.tables import ClockStep, Event


@pytest.fixture
def telling(sqlite_url: str, tmp_path: Path) -> Iterator[Telling]:
    with closing(create_server(("127.0.0.1", 0))) as found:
        port = int(found.getsockname()[1])
    inbox, clock = Inbox(), Clock(NOW)
    with relay(inbox, port):
        composed = site(sqlite_url, clock, port, tmp_path)
        yield Telling(composed, clock, inbox)
        composed.database.close()


class Passing:
    """Seconds that go on with the clock, unless the clock is set."""

    def __init__(self, telling: Telling) -> None:
        self.telling, self.seconds = telling, 1000.0

    def __call__(self) -> float:
        return self.seconds

    def go_on(self, by: timedelta) -> None:
        self.seconds += by.total_seconds()
        self.telling.clock.forward(by)

    def set_clock(self, by: timedelta) -> None:
        self.telling.clock.forward(by)


def found(telling: Telling) -> list[tuple[Trouble, str]]:
    with telling.composed.database.reading() as session:
        return [(one.trouble, one.job) for one in troubles(beats.working(session), telling.clock())]


def only(monkeypatch: pytest.MonkeyPatch, **works: object) -> None:
    page = {name: jobs.Job(work, "sweep_seconds") for name, work in works.items()}  # type: ignore[arg-type]
    monkeypatch.setattr(jobs, "JOBS", page)


def broken(_round: jobs.Round) -> int:
    raise RuntimeError("no disk")


def test_the_worker_tells_what_happens_while_it_runs(telling: Telling) -> None:
    telling.enter()
    telling.subscribe()
    arrived = Signal()
    telling.inbox.before = {"DATA": arrived.set}
    telling.happen()
    telling.clock.at = datetime.now(UTC) - timedelta(seconds=1)
    with ticking.ticking(telling.composed):
        assert arrived.wait(30)
    assert telling.states() == [DeliveryState.SENT]
    assert found(telling) == []


def test_a_job_that_raises_is_noted_and_shown_after_its_second_round_and_forgiven_after_a_good_one(
    telling: Telling, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    works: list[Callable[[jobs.Round], int]] = [broken, broken, lambda _round: 3]
    only(monkeypatch, sweep=lambda round_: works.pop(0)(round_))
    ticker = ticking.Ticker(telling.composed, Passing(telling))
    seen = []
    for _ in range(3):
        ticker.knock("sweep")
        ticker.beat()
        seen.append(found(telling))
    assert "the job sweep ended early" in caplog.text
    assert seen == [[], [(Trouble.FAILS, "sweep")], []]


def test_a_job_that_hangs_is_shown_and_the_others_go_on(
    telling: Telling, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    hanging, let_go, swept = Signal(), Signal(), Signal()

    def hang(_round: jobs.Round) -> int:
        hanging.set()
        assert let_go.wait(30)
        return 0

    def sweep(_round: jobs.Round) -> int:
        swept.set()
        return 0

    only(monkeypatch, collect=hang, sweep=sweep)
    passing = Passing(telling)
    ticker = ticking.Ticker(telling.composed, passing)
    scheduler = ticking._scheduler(ticker)
    scheduler.start()
    try:
        assert hanging.wait(30) and swept.wait(30)
        passing.go_on(timedelta(minutes=20))
        ticker.knock("sweep")
        ticker.beat()
        assert found(telling) == [(Trouble.HANGS, "collect")]
        assert "the job collect has not got on" in caplog.text
    finally:
        let_go.set()
        scheduler.shutdown(wait=True)


def test_a_long_round_that_goes_from_unit_to_unit_does_not_hang(
    telling: Telling, monkeypatch: pytest.MonkeyPatch
) -> None:
    passing = Passing(telling)
    seen: list[tuple[Trouble, str]] = []

    def long(round_: jobs.Round) -> int:
        for _ in range(9):
            assert not round_.stopping.is_set()
            passing.go_on(timedelta(minutes=10))
            ticker.beat()
            seen.extend(found(telling))
        return 9

    only(monkeypatch, collect=long)
    ticker = ticking.Ticker(telling.composed, passing)
    ticker.knock("collect")
    assert seen == []


def test_a_worker_that_was_killed_is_missed_and_one_that_was_stopped_is_not(telling: Telling) -> None:
    passing = Passing(telling)
    killed, stopped = (ticking.Ticker(telling.composed, passing) for _ in range(2))
    killed.beat()
    stopped.beat()
    stopped.stopped()
    passing.go_on(timedelta(minutes=5))
    assert found(telling) == [(Trouble.SILENT, "")]
    passing.go_on(timedelta(days=8))
    assert found(telling) == [(Trouble.SILENT, "")]
    ticking.Ticker(telling.composed, passing).beat()
    assert found(telling) == []


@pytest.mark.parametrize("by", [timedelta(hours=2), timedelta(hours=-2), timedelta(minutes=6)])
def test_a_clock_that_is_set_is_said_aloud_and_kept(
    telling: Telling, caplog: pytest.LogCaptureFixture, by: timedelta
) -> None:
    passing = Passing(telling)
    ticker = ticking.Ticker(telling.composed, passing)
    passing.go_on(timedelta(days=3))
    assert ticker.look() is None
    passing.set_clock(by)
    with caplog.at_level(logging.WARNING):
        ticker.beat()
    assert "the clock was set by" in caplog.text
    with telling.composed.database.reading() as session:
        (step,) = session.exec(select(ClockStep)).all()
        assert step.to_at - step.from_at == by


def test_nothing_is_said_by_a_clock_that_has_just_leapt_ahead(telling: Telling) -> None:
    """A year ahead for some minutes: no event, no mail; and after ten steady minutes it is believed."""
    telling.clock.at = datetime(2026, 3, 20, 9, tzinfo=UTC)
    telling.enter(2)
    telling.subscribe(list="obligations")
    sent, passing = len(telling.inbox.messages), Passing(telling)
    ticker = ticking.Ticker(telling.composed, passing)
    passing.set_clock(timedelta(days=31))
    for minutes in (0, 4, 4):
        passing.go_on(timedelta(minutes=minutes))
        round_of(ticker)
    assert (due_soon(telling), len(telling.inbox.messages)) == (0, sent)
    passing.set_clock(-timedelta(days=31))
    round_of(ticker)
    assert (due_soon(telling), len(telling.inbox.messages)) == (0, sent)
    passing.set_clock(timedelta(days=31))
    for minutes in (0, 11, 1):
        passing.go_on(timedelta(minutes=minutes))
        round_of(ticker)
    assert (due_soon(telling), len(telling.inbox.messages)) == (2, sent + 1)


def round_of(ticker: ticking.Ticker) -> None:
    for name in ("sweep", "sequence", "deliver"):
        ticker.knock(name)


def due_soon(telling: Telling) -> int:
    with telling.composed.database.reading() as session:
        return len(session.exec(select(Event).where(col(Event.kind) == EventKind.DUE_SOON)).all())


def test_a_clock_set_back_does_not_put_the_worker_to_sleep() -> None:
    """Planned knocks that lie hours ahead are brought back to now; the others stay."""
    scheduler = BackgroundScheduler(timezone=UTC)
    scheduler.start(paused=True)
    far, near = NOW + timedelta(hours=2), NOW + timedelta(seconds=5)
    scheduler.add_job(print, "interval", seconds=60, id="sweep", next_run_time=far)
    scheduler.add_job(print, "interval", seconds=30, id="deliver", next_run_time=near)
    ticking.wake(scheduler, Worker(), NOW)
    planned = {job.id: job.next_run_time for job in scheduler.get_jobs()}
    scheduler.shutdown()
    assert planned == {"sweep": NOW, "deliver": near}
