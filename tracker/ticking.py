"""The worker: knocks for each job at its cadence, notes what each did, and watches the clock it goes by."""

import logging
import os
import platform
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from threading import Event, Thread
from typing import Any
from uuid import uuid4

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.schedulers.background import BackgroundScheduler

from tracker import jobs
from tracker.jobs import Composed
from tracker.services import keep_beat
from tracker.services.clock_watch import ClockWatch, Step
from tracker.services.mend_clock import MENDED_EVERY, mend
from tracker.services.pulse import Pulse

log = logging.getLogger(__name__)

WATCH_SECONDS = 30


def running_seconds() -> float:
    """Seconds that only go on, also while the machine sleeps where it counts those."""
    sleeping = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if sleeping is None else time.clock_gettime(sleeping)


class Ticker:
    """One worker's knocks."""

    def __init__(self, composed: Composed, seconds: Callable[[], float] = running_seconds) -> None:
        """Nothing runs yet."""
        self.composed, self.stopping = composed, Event()
        self.worker = f"{platform.node()[:80]}:{os.getpid()}:{uuid4().hex[:8]}"
        self.watch = ClockWatch(composed.now, seconds)
        self.pulses = {
            name: Pulse(self.stopping, seconds, getattr(composed.config.worker, job.cadence))
            for name, job in jobs.JOBS.items()
        }
        self._seconds, self._mended_at = seconds, seconds()

    def knock(self, name: str) -> None:
        """One round of a job, unless the clock has just leapt ahead; what ends it early is noted."""
        self.look()
        pulse = self.pulses[name]
        if not self.watch.believed():
            pulse.rests()
            return
        pulse.begins(self.composed.now())
        try:
            done = jobs.run_once(name, self.composed, pulse)
        except Exception as error:
            log.exception("the job %s ended early; it is tried again at its next time", name)
            pulse.failed(self.composed.now(), f"{type(error).__name__}: {error}"[:300])
        else:
            pulse.ended(self.composed.now(), done)

    def look(self) -> Step | None:
        """Whether the clock was set since somebody last looked: that is said aloud and kept."""
        step = self.watch.look()
        if step is not None:
            log.warning("the clock was set by %s, from %s to %s", step.by, step.from_at, step.to_at)
            with self.composed.database.writing() as session:
                keep_beat.step(session, self.worker, step)
        return step

    def beat(self) -> None:
        """Write what the jobs did; and once the clock has stood for a while, mend what it left."""
        self.look()
        now = self.composed.now()
        with self.composed.database.writing() as session:
            keep_beat.keep(session, self.worker, {name: one.beat() for name, one in self.pulses.items()}, now)
        for name, job in self.pulses.items():
            if job.hangs():
                log.error("the job %s has not got on for %d seconds", name, job.beat().still_seconds)
        if self._to_mend():
            self._mended_at = self._seconds()
            mend(self.composed.database, now)

    def _to_mend(self) -> bool:
        """Whoever claimed anything by the clock as it was before has ended or let go by then."""
        pause = MENDED_EVERY.total_seconds()
        return self.watch.steady_for() >= MENDED_EVERY and self._seconds() - self._mended_at >= pause

    def stopped(self) -> None:
        """Say that this worker is not missed."""
        with self.composed.database.writing() as session:
            keep_beat.stop(session, self.worker, self.composed.now())


@contextmanager
def ticking(composed: Composed) -> Iterator[None]:
    """The worker runs meanwhile; at the end what is under way is finished."""
    jobs.know_sources(composed)
    ticker = Ticker(composed)
    scheduler = _scheduler(ticker)
    scheduler.start()
    watcher = Thread(target=_watch, args=(scheduler, ticker), daemon=True)
    watcher.start()
    try:
        yield
    finally:
        ticker.stopping.set()
        scheduler.shutdown(wait=True)
        watcher.join()
        _quietly(ticker.stopped)


def _scheduler(ticker: Ticker) -> BackgroundScheduler:
    """A thread for each job, so that those that hang leave one to every other; a late knock is still a knock."""
    scheduler = BackgroundScheduler(
        timezone=UTC,
        executors={"default": ThreadPoolExecutor(len(jobs.JOBS))},
        job_defaults={"coalesce": True, "max_instances": 1, "misfire_grace_time": None},
    )
    for name, job in jobs.JOBS.items():
        seconds = getattr(ticker.composed.config.worker, job.cadence)
        at = ticker.composed.now()
        scheduler.add_job(ticker.knock, "interval", [name], seconds=seconds, id=name, next_run_time=at)
    return scheduler


def _watch(scheduler: BackgroundScheduler, ticker: Ticker) -> None:
    """A clock set back would leave the scheduler asleep until it has caught up: knock again from now on."""
    _quietly(ticker.beat)
    while not ticker.stopping.wait(WATCH_SECONDS):
        wake(scheduler, ticker.composed.config.worker, ticker.composed.now())
        _quietly(ticker.beat)


def _quietly(act: Callable[[], None]) -> None:
    try:
        act()
    except Exception:
        log.exception("what this worker does cannot be written down; it works on")


def wake(scheduler: Any, cadences: Any, now: datetime) -> None:
    """Bring every knock that lies further ahead than its cadence allows back to now."""
    for name, job in jobs.JOBS.items():
        planned = scheduler.get_job(name)
        ahead = timedelta(seconds=2 * getattr(cadences, job.cadence))
        if planned is not None and planned.next_run_time is not None and planned.next_run_time > now + ahead:
            scheduler.modify_job(name, next_run_time=now)
