"""The health of the sources, and when anybody last looked at all."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import exists, func, select
from sqlmodel import Session, col

from tracker.domain.words import FindingState, RunState
from tracker.storage.prepared import run
from tracker.storage.tables import Check, Event, Finding, Obligation, Process, Response, Run, Source, Watch

RUNS_SHOWN = 30
MOST_EVENTS = 1000


@dataclass(frozen=True)
class SourceHealth:
    """A source with its process and its last reading."""

    source: Source
    process: Process | None
    run: Run | None
    runs: int
    quarantined: int


@dataclass(frozen=True)
class WholeSource:
    """A source with its last readings, the oldest first, and what it is read for."""

    health: SourceHealth
    runs: list[Run]
    watched: int
    """Obligations whose answer would appear on its pages."""
    findings: dict[FindingState, int]


def source(session: Session, key: str) -> WholeSource | None:
    """One source as its page shows it; None where there is none of that key that is read."""
    wanted = (
        select(Source, Process)
        .outerjoin(Process, col(Process.id) == Source.process_id)
        .where(col(Source.key) == key, col(Source.address) != "")
    )
    row = session.execute(wanted).one_or_none()
    if row is None:
        return None
    found, process = row
    made = select(Run).where(col(Run.source_id) == found.id, col(Run.state) != RunState.RUNNING)
    last = session.execute(made.order_by(col(Run.id).desc()).limit(RUNS_SHOWN)).scalars()
    watching = select(func.count(func.distinct(col(Watch.obligation_id)))).where(
        col(Watch.source_id) == found.id, col(Watch.superseded_at).is_(None)
    )
    states = select(col(Finding.state), func.count()).where(col(Finding.source_id) == found.id)
    return WholeSource(
        _health(session, found, process),
        list(last)[::-1],
        int(session.execute(watching).scalar_one()),
        {state: int(n) for state, n in session.execute(states.group_by(col(Finding.state))).all()},
    )


@dataclass(frozen=True)
class SetAside:
    """A source whose last reading was set aside and waits for somebody to say what it is worth."""

    source: Source
    run: Run


def set_aside(session: Session) -> list[SetAside]:
    """The readings that wait to be released or discarded, those of the longest broken sources first."""
    broken = (
        select(Source)
        .where(col(Source.broken_since_at).is_not(None), col(Source.enabled).is_(True))
        .order_by(col(Source.broken_since_at), col(Source.id))
    )
    found = list(session.execute(broken).scalars())
    last = _last_ended(session, [one.id for one in found])
    runs = [(one, last.get(one.id)) for one in found]
    return [SetAside(one, run) for one, run in runs if run is not None and _is_undecided(run)]


def _last_ended(session: Session, source_ids: Sequence[int | None]) -> dict[int | None, Run]:
    """The last reading of each source that has come to its end."""
    newest = (
        select(func.max(col(Run.id)))
        .where(col(Run.source_id).in_(source_ids), col(Run.state) != RunState.RUNNING)
        .group_by(col(Run.source_id))
    )
    wanted = select(Run).where(col(Run.id).in_(newest))
    return {run.source_id: run for run in session.execute(wanted).scalars()}


def _is_undecided(run: Run) -> bool:
    return run.state is RunState.QUARANTINED and not run.fields.get("discarded")


def event_ids(session: Session, source_id: int) -> list[int]:
    """The latest events about a source's health."""
    wanted = select(col(Event.id)).where(col(Event.source_id) == source_id)
    return list(session.execute(wanted.order_by(col(Event.id).desc()).limit(MOST_EVENTS)).scalars())


def sources(session: Session) -> list[SourceHealth]:
    """Every source that is read, broken ones first."""
    wanted = (
        select(Source, Process)
        .outerjoin(Process, col(Process.id) == Source.process_id)
        .where(col(Source.address) != "")
        .order_by(col(Source.broken_since_at).is_(None), col(Source.name), col(Source.key))
    )
    return [_health(session, source, process) for source, process in session.execute(wanted).all()]


def last_check_on(session: Session) -> date | None:
    """The last day of a look that is on record, whatever it was for."""
    found: date | None = run(session, _LAST_CHECK).scalar_one()
    return found


_LAST_CHECK = select(func.max(col(Check.looked_on))).where(col(Check.superseded_at).is_(None))
_LAST_SEEN = select(func.max(col(Response.first_seen_on))).where(col(Response.struck_at).is_(None))
_LAST_LOOK = select(
    _LAST_CHECK.scalar_subquery(), _LAST_SEEN.scalar_subquery(), exists(select(col(Obligation.id)))
)


@dataclass(frozen=True, slots=True)
class Looked:
    """The last day anybody looked for any answer, or saw one; and whether there is any obligation at all."""

    last_on: date | None
    anything_owed: bool


def last_look(session: Session) -> Looked:
    """When anybody looked last, at whatever."""
    looked, seen, owed = run(session, _LAST_LOOK).one()
    days = (day for day in (looked, seen) if day is not None)
    return Looked(max(days, default=None), bool(owed))


def _health(session: Session, source: Source, process: Process | None) -> SourceHealth:
    of_it = select(Run).where(col(Run.source_id) == source.id)
    last = session.execute(of_it.order_by(col(Run.id).desc()).limit(1)).scalars().first()
    counted = select(col(Run.state), func.count()).where(col(Run.source_id) == source.id)
    states: dict[RunState, int] = {
        state: int(n) for state, n in session.execute(counted.group_by(col(Run.state))).all()
    }
    return SourceHealth(source, process, last, sum(states.values()), states.get(RunState.QUARANTINED, 0))
