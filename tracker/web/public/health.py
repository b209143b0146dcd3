"""For whoever runs the machine: is it up, and do its workers get on."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from flask import Blueprint, Response

from tracker import __version__
from tracker.domain.heartbeat import Beat, Finding, Trouble, troubles
from tracker.storage import beats
from tracker.storage.reach import answers
from tracker.storage.tables import ClockStep
from tracker.web.access import Access, access
from tracker.web.site import site

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@access(Access.PUBLIC)
def healthz() -> Response:
    """Answers 200 while the database answers; the lines after the first tell of the workers and their clock."""
    if not answers(site().database):
        return _plain(SILENT, 503)
    lines, _ = _of_workers()
    return _plain("\n".join([f"ok {__version__}", *lines, ""]), 200)


@blueprint.get("/healthz/worker")
@access(Access.PUBLIC)
def worker() -> Response:
    """Answers 200 while every worker lives and every job gets on, 503 otherwise: for whoever wants to be called."""
    if not answers(site().database):
        return _plain(SILENT, 503)
    lines, well = _of_workers()
    return _plain("\n".join([*lines, ""]), 200 if well else 503)


SILENT = "the database does not answer\n"
SHOWN_FOR = timedelta(days=1)
"""How long a step of the clock is shown."""
WORDS: Mapping[Trouble, str] = {
    Trouble.SILENT: "worker: silent, it was not told to stop",
    Trouble.HANGS: "job {job}: hangs, it has not got on for a quarter of an hour",
    Trouble.FAILS: "job {job}: fails, round after round; the log of the process says why",
    Trouble.LATE: "job {job}: late, its last round ended too long ago",
}


def _of_workers() -> tuple[list[str], bool]:
    """A line for each trouble, in plain English as for programs, and whether all is well."""
    now = site().now()
    with site().database.reading() as session:
        working, step = beats.working(session), beats.last_step(session)
        found = troubles(working, now)
        return [*_worker_lines(working, found), *_clock_lines(step, now)], bool(working) and not found


def _worker_lines(working: list[Beat], found: list[Finding]) -> list[str]:
    if not working:
        return ["worker: none is running"]
    said = dict.fromkeys(WORDS[one.trouble].format(job=one.job) for one in found)
    return list(said) or ["worker: ok"]


def _clock_lines(step: ClockStep | None, now: datetime) -> list[str]:
    if step is None or min(abs(now - step.to_at), abs(now - step.from_at)) > SHOWN_FOR:
        return []
    return [f"clock: set from {step.from_at:%Y-%m-%d %H:%M} to {step.to_at:%Y-%m-%d %H:%M} UTC"]


def _plain(text: str, code: int) -> Response:
    return Response(
        text, code, content_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-store"}
    )
