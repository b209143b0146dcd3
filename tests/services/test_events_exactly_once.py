"""Whatever was planned and replanned, and whenever somebody swept: the log has each change of standing once."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from tests.services.entered import item, owing
from tracker.domain.announcing import news_of
from tracker.domain.words import Basis, EventKind, Standing
from tracker.services.announce import announce
from tracker.services.sweep import next_to_sweep, sweep
from tracker.storage import segments
from tracker.storage.engine import Database
from tracker.storage.tables import Event, Obligation, Segment

FIRST = date(2026, 3, 1)
DAYS = 40
STANDINGS = [
    Standing.RUNNING,
    Standing.DUE_SOON,
    Standing.UNCHECKED,
    Standing.OVERDUE,
    Standing.OVERDUE_UNSUBSTANTIVE,
    Standing.PARTLY_ANSWERED,
    Standing.ANSWERED,
    Standing.ANSWERED_LATE,
    Standing.PAUSED,
    Standing.VOID,
    Standing.AWAITING_ASSESSMENT,
]
Path = list[Standing]
"""Where it stands on each day."""
ahead = st.lists(st.tuples(st.integers(0, DAYS), st.sampled_from(STANDINGS)), min_size=1, max_size=4)
writes = st.dictionaries(st.integers(1, DAYS - 1), ahead, max_size=5)
sweeps = st.sets(st.integers(1, DAYS - 1), max_size=12)


@dataclass
class Lived:
    """A history as it went: each day's standing, and on which days anybody said anything."""

    path: Path
    said_on: list[int] = field(default_factory=list)


def at(day: int) -> datetime:
    return datetime.combine(FIRST + timedelta(days=day), datetime.min.time(), UTC)


def replanned(path: Path, day: int, planned: list[tuple[int, Standing]]) -> Path:
    """From a day on, what is planned; the days before stay as they were."""
    after = list(path)
    for offset, standing in sorted(planned, key=lambda one: one[0]):
        for later in range(min(day + offset, DAYS), DAYS):
            after[later] = standing
    return after


def rows(obligation_id: int, path: Path, now: datetime) -> list[Segment]:
    begins = [day for day in range(DAYS) if day == 0 or path[day] is not path[day - 1]]
    ends = [*begins[1:], None]
    return [
        Segment(
            obligation_id=obligation_id,
            standing=path[day],
            from_at=at(day),
            until_at=at(end) if end is not None else None,
            recorded_at=now,
            begins_on=FIRST + timedelta(days=day),
            basis=Basis.PROMISE,
            flagged=False,
            stale=False,
            detail={},
        )
        for day, end in zip(begins, ends, strict=True)
    ]


@pytest.fixture
def database(sqlite_url: str) -> Iterator[Database]:
    opened = Database(sqlite_url)
    yield opened
    opened.close()


@contextmanager
def owed(database: Database) -> Iterator[tuple[Session, Obligation]]:
    """An obligation that stands nowhere yet, forgotten afterwards."""
    with database.writing() as session:
        found = session.exec(select(Obligation)).first()
        obligation = found or session.get(Obligation, owing(session, item(session, now=at(0)))[0])
        assert obligation is not None and obligation.id is not None
        segments.replace(session, obligation.id, [], at(0))
        obligation.announced_standing, obligation.announced_from_at = None, None
        session.flush()
        yield session, obligation


def live(
    session: Session, obligation: Obligation, plans: dict[int, list[tuple[int, Standing]]], swept: set[int]
) -> Lived:
    """Write and sweep as told, each at the beginning of its day."""
    assert obligation.id is not None
    lived = Lived([Standing.RUNNING] * DAYS)
    for day in range(DAYS):
        if day == 0 or day in plans:
            lived.path = replanned(lived.path, day, plans.get(day, []))
            segments.replace(session, obligation.id, rows(obligation.id, lived.path, at(day)), at(day))
            current = segments.current(session, obligation.id)
            if announce(session, obligation, current, at(day), today=FIRST + timedelta(days=day)):
                lived.said_on.append(day)
        if day in swept or day == DAYS - 1:
            while (unit := next_to_sweep(session, at(day))) is not None:
                assert sweep(session, unit, at(day))
                lived.said_on.append(day)
    return lived


def of_path(path: Path) -> list[tuple[EventKind, date]]:
    """What a log that was kept day by day says, the first day left out."""
    return [
        (kind, FIRST + timedelta(days=day))
        for day in range(1, DAYS)
        for kind in news_of(path[day - 1], path[day])
    ]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(plans=writes, swept=sweeps)
def test_the_log_is_the_same_whenever_anybody_swept(
    database: Database, plans: dict[int, list[tuple[int, Standing]]], swept: set[int]
) -> None:
    with owed(database) as (session, obligation):
        last = max((event.id or 0 for event in session.exec(select(Event))), default=0)
        lived = live(session, obligation, plans, swept)
        events = session.exec(select(Event).where(col(Event.id) > last).order_by(col(Event.id))).all()
        events = [event for event in events if event.kind not in (EventKind.LOGGED, EventKind.NOTED)]
        assert [(event.kind, event.happened_on) for event in events] == of_path(lived.path)
        assert [event.announced_at for event in events] == sorted(event.announced_at for event in events)
        assert all(event.announced_at >= event.recorded_at for event in events)
        told = [event for event in events if not event.backfill]
        # What is told of one moment is one change: where it stands now.
        for moment in {event.announced_at for event in told}:
            its = [event for event in events if event.announced_at == moment]
            assert {event.happened_on for event in its if not event.backfill} == {its[-1].happened_on}
