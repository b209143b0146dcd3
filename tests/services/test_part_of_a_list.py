"""A reading that brought only part of a list is no look for what stood on the rest of it."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from scrapers.cage import Cage
from tests.services.entered import GROUP, item, owing, shown
from tests.services.register import Clock, Collecting, running_register
from tests.services.reviewed import rows
from tracker.domain.partial import day
from tracker.domain.words import Basis, RunState, Standing, Trigger
from tracker.services.reckon import Deadline
from tracker.services.release_run import may_be_released, release_run
from tracker.services.reread import reread
from tracker.storage.engine import Database
from tracker.storage.tables import Check, Run, Source, Watch

PATH = "/answers"
OPTIONS = {
    "key": "no",
    "next": "a[rel=next]",
    "fields": {"no": "column:No", "title": "column:Asked", "status": "column:State"},
    "statuses": {"Answered": "reply", "Open": "ignore"},
}


@pytest.fixture
def harbour(database: Database, cage: Cage) -> Iterator[Collecting]:
    """A list of sixty questions on three pages; an answer that was due the day before yesterday is waited for on it."""
    with running_register() as register:
        made = Collecting(database, register, cage, Clock(datetime(2026, 5, 3, 9, tzinfo=UTC)))
        made.source("harbour", "listing", PATH, options=OPTIONS)
        publish(made, 25, 25, 10)
        due = Deadline(
            basis=Basis.CONVENTION,
            stated=day(date(2026, 5, 4)),
            trigger=Trigger.PUBLISHED,
            trigger_on=day(date(2026, 3, 9)),
        )
        with database.writing() as session:
            (owed,) = owing(session, item(session, "ministry-of-water", now=made.clock(), deadline=due))
            place, now = made.register.base + PATH, made.clock()
            session.add(
                Watch(obligation_id=owed, source_id=1, address=place, recorded_at=now, recorded_by=GROUP)
            )
        read(made)
        made.clock.forward(days=3)
        yield made


def publish(collecting: Collecting, *sizes: int, ends_after: int = 9) -> None:
    """Pages of so many rows each; the link to the next is missing after one of them."""
    for number, size in enumerate(sizes):
        first = sum(sizes[:number])
        cells = (
            f"<tr><td>{first + row}<td>Open lock {first + row}<td>Open</tr>" for row in range(1, size + 1)
        )
        on = f'<a rel=next href="{PATH}?p={number + 1}">' if number + 1 < min(len(sizes), ends_after) else ""
        table = f"<table><tr><th>No<th>Asked<th>State</tr>{''.join(cells)}</table>"
        collecting.register.put(PATH + (f"?p={number}" if number else ""), f"<!doctype html>{table}{on}")


def read(collecting: Collecting) -> RunState:
    """The list as the worker reads it."""
    assert collecting.collect(only="harbour")
    state: RunState = rows(collecting.database, Run)[-1].state
    return state


def stands(collecting: Collecting) -> Standing:
    with collecting.database.reading() as session:
        return shown(session, 1, collecting.clock()).standing


@pytest.mark.parametrize(("sizes", "ends_after"), [((25, 25, 10), 2), ((25, 25, 0), 9), ((25, 9), 9)])
def test_a_list_that_ends_pages_early_is_set_aside_and_flags_nobody(
    harbour: Collecting, sizes: tuple[int, ...], ends_after: int
) -> None:
    publish(harbour, *sizes, ends_after=ends_after)
    assert read(harbour) is RunState.QUARANTINED
    assert stands(harbour) is Standing.UNCHECKED and len(rows(harbour.database, Check)) == 1
    harbour.clock.forward(days=1)
    publish(harbour, 25, 25, 10)
    assert read(harbour) is RunState.HEALTHY and stands(harbour) is Standing.OVERDUE


def test_a_list_that_lost_a_row_at_the_end_of_a_page_or_shows_longer_pages_is_read_as_ever(
    harbour: Collecting,
) -> None:
    publish(harbour, 25, 25, 8)
    assert read(harbour) is RunState.HEALTHY
    harbour.clock.forward(days=1)
    publish(harbour, 30, 30)
    assert read(harbour) is RunState.HEALTHY and stands(harbour) is Standing.OVERDUE


def test_a_reading_with_a_tenth_fewer_entries_is_used_and_no_look_until_that_is_usual(
    harbour: Collecting,
) -> None:
    publish(harbour, 25, 20, 8)
    assert read(harbour) is RunState.HEALTHY
    assert stands(harbour) is Standing.UNCHECKED and len(rows(harbour.database, Check)) == 1
    for _ in range(3):
        harbour.clock.forward(days=1)
        read(harbour)
    assert stands(harbour) is Standing.OVERDUE


def test_a_list_that_really_became_shorter_is_released_by_hand_and_is_a_look(harbour: Collecting) -> None:
    publish(harbour, 25, 9)
    assert read(harbour) is RunState.QUARANTINED
    aside = rows(harbour.database, Run)[-1]
    assert may_be_released(aside)
    with harbour.database.writing() as session:
        release_run(session, harbour.clock(), aside.id, "They published a shorter list.", actor=GROUP)
    assert stands(harbour) is Standing.OVERDUE


def test_the_list_itself_is_looked_at_again_only_as_the_source_is_read(harbour: Collecting) -> None:
    with harbour.database.writing() as session:
        session.get_one(Source, 1).next_due_at = harbour.clock.forward(days=20).replace(month=7)
    publish(harbour, 25, 9)
    assert not reread(harbour.database, harbour.gate(), harbour.cage, harbour.clock, 1)
    assert harbour.collect() and rows(harbour.database, Run)[-1].state is RunState.QUARANTINED
    assert stands(harbour) is Standing.UNCHECKED
    harbour.clock.forward(days=20)
    assert not reread(harbour.database, harbour.gate(), harbour.cage, harbour.clock, 1)
    assert stands(harbour) is Standing.UNCHECKED
