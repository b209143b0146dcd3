"""The health of the sources, and when anybody last looked at all."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlmodel import Session, col

from tracker.domain.words import RunState
from tracker.storage.tables import Check, Obligation, Process, Response, Run, Source


@dataclass(frozen=True)
class SourceHealth:
    """A source with its process and its last reading."""

    source: Source
    process: Process | None
    run: Run | None
    runs: int
    quarantined: int


def sources(session: Session) -> list[SourceHealth]:
    """Every source, broken ones first."""
    wanted = (
        select(Source, Process)
        .outerjoin(Process, col(Process.id) == Source.process_id)
        .order_by(col(Source.broken_since_at).is_(None), col(Source.name), col(Source.key))
    )
    return [_health(session, source, process) for source, process in session.execute(wanted).all()]


def last_check_on(session: Session) -> date | None:
    """The last day of a look that is on record, whatever it was for."""
    checks = select(func.max(col(Check.looked_on))).where(col(Check.superseded_at).is_(None))
    found: date | None = session.execute(checks).scalar_one()
    return found


def last_looked_on(session: Session) -> date | None:
    """The last day anybody looked for any answer, or saw one."""
    looked = last_check_on(session)
    seen = session.execute(
        select(func.max(col(Response.first_seen_on))).where(col(Response.struck_at).is_(None))
    ).scalar_one()
    return max((day for day in (looked, seen) if day is not None), default=None)


def anything_owed(session: Session) -> bool:
    """Whether there is any obligation at all."""
    return session.execute(select(col(Obligation.id)).limit(1)).first() is not None


def _health(session: Session, source: Source, process: Process | None) -> SourceHealth:
    of_it = select(Run).where(col(Run.source_id) == source.id)
    last = session.execute(of_it.order_by(col(Run.id).desc()).limit(1)).scalars().first()
    counted = select(col(Run.state), func.count()).where(col(Run.source_id) == source.id)
    states: dict[RunState, int] = {
        state: int(n) for state, n in session.execute(counted.group_by(col(Run.state))).all()
    }
    return SourceHealth(source, process, last, sum(states.values()), states.get(RunState.QUARANTINED, 0))
