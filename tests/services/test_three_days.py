"""Three days of one list of which the second is broken: nothing public moves, people are asked, the third day heals."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlmodel import col, select

from scrapers.cage import Cage
from tests.services.coroners_list import BROKEN, FORMS, GOOD, GOOD_AGAIN, PATH, Form, replied
from tests.services.entered import GROUP, item, owing, shown
from tests.services.register import Clock, Collecting, running_register
from tests.services.reviewed import rows
from tracker.domain.listing import ListName, ListQuery
from tracker.domain.partial import day
from tracker.domain.refusals import NotAccepted
from tracker.domain.words import Basis, EventKind, FindingState, ResponseKind, RunState, Standing, Trigger
from tracker.services.discard_run import discard_run, is_discarded
from tracker.services.reckon import Deadline
from tracker.services.release_run import may_be_released, release_run
from tracker.services.respond import LogResponse, SaidFor, respond
from tracker.storage.engine import Database
from tracker.storage.lines import lines, moment
from tracker.storage.tables import (
    Assessment,
    Body,
    Check,
    CheckObligation,
    Document,
    Event,
    Finding,
    Item,
    Obligation,
    Process,
    Response,
    ResponseLine,
    Run,
    Segment,
    Source,
    Terms,
    Watch,
)

PUBLIC = (
    Process,
    Document,
    Item,
    Body,
    Obligation,
    Terms,
    Response,
    ResponseLine,
    Check,
    CheckObligation,
    Assessment,
    Segment,
    Watch,
)
OPEN, ASIDE = FindingState.OPEN, FindingState.QUARANTINED


@pytest.fixture(params=FORMS)
def form(request: pytest.FixtureRequest) -> Form:
    return FORMS[request.param]


@pytest.fixture
def three_days(database: Database, cage: Cage, form: Form) -> Iterator[Collecting]:
    """The list is a source, and two answers are waited for on it: one is on record, one is overdue."""
    with running_register() as register:
        made = Collecting(database, register, cage, Clock(datetime(2024, 1, 28, 9, tzinfo=UTC)))
        made.source("reports", form.reader, PATH, options=dict(form.options), min_entries=1000)
        read(made, form, GOOD)
        with database.writing() as session:
            owed = _waited_for(session, made)
        assert len(owed) == 2
        yield made


def _waited_for(session: Any, collecting: Collecting) -> list[int]:
    due = Deadline(
        basis=Basis.CONVENTION,
        stated=day(date(2024, 1, 10)),
        trigger=Trigger.PUBLISHED,
        trigger_on=day(date(2023, 11, 15)),
    )
    now = collecting.clock()
    entered = item(session, "ministry-of-water", "ministry-of-rivers", now=now, deadline=due)
    owed = owing(session, entered)
    for id_ in owed:
        place = collecting.register.base + PATH
        session.add(Watch(obligation_id=id_, source_id=1, address=place, recorded_at=now, recorded_by=GROUP))
    said = LogResponse(
        body="ministry-of-water",
        lines=(SaidFor(obligation=owed[0], kind=ResponseKind.REPLY),),
        first_seen_on=date(2024, 1, 9),
        received=day(date(2024, 1, 8)),
        url=collecting.register.base + PATH,
    )
    respond(session, now, said, actor=GROUP)
    return owed


def read(collecting: Collecting, form: Form, on: str) -> Run:
    """The list as it was on a day, read as the worker reads it; the reading."""
    collecting.register.put(PATH, form.write(on), Content_Type=form.content_type)
    collecting.clock.at = datetime.fromisoformat(f"{on}T09:00:00+00:00")
    assert collecting.collect(only="reports")
    found = rows(collecting.database, Run)[-1]
    assert isinstance(found, Run)
    return found


def public(collecting: Collecting) -> list[Any]:
    """Every public row, every event but those about the source, and every list on one and the same day."""
    database = collecting.database
    kept = [[row.model_dump() for row in rows(database, table)] for table in PUBLIC]
    with database.reading() as session:
        log = [
            event.key
            for event in session.exec(select(Event).order_by(col(Event.id)))
            if event.source_id is None
        ]
        at = moment(datetime(2024, 2, 10, tzinfo=UTC))
        listed = [[repr(line) for line in lines(session, ListQuery(name), at)] for name in ListName]
    return [kept, log, listed]


def source(collecting: Collecting) -> Source:
    (found,) = rows(collecting.database, Source)
    assert isinstance(found, Source)
    return found


def about_source(collecting: Collecting) -> list[EventKind]:
    return [event.kind for event in rows(collecting.database, Event) if event.source_id is not None]


def responses(collecting: Collecting, state: FindingState) -> dict[str, Finding]:
    found = [one for one in rows(collecting.database, Finding) if one.kind == "response"]
    return {one.external_key: one for one in found if one.state is state}


def test_nothing_moves_on_the_broken_day_and_the_third_day_heals(three_days: Collecting, form: Form) -> None:
    assert responses(three_days, OPEN).keys() == replied(GOOD) and source(three_days).broken_since_at is None
    before, open_before = public(three_days), responses(three_days, OPEN)

    bad = read(three_days, form, BROKEN)
    assert bad.state is RunState.QUARANTINED and may_be_released(bad)
    assert public(three_days) == before
    assert {key: one.model_dump() for key, one in responses(three_days, OPEN).items()} == {
        key: one.model_dump() for key, one in open_before.items()
    }
    broken = source(three_days)
    assert broken.broken_since_at == three_days.clock.at and broken.problem.startswith("Our reader")
    assert about_source(three_days) == [EventKind.SOURCE_BROKEN]
    _shows_old_beside_new(bad)

    good = read(three_days, form, GOOD_AGAIN)
    assert good.state is RunState.HEALTHY, good.problems
    assert about_source(three_days) == [EventKind.SOURCE_BROKEN, EventKind.SOURCE_MENDED]
    assert source(three_days).broken_since_at is None and source(three_days).problem == ""
    now_open = responses(three_days, OPEN)
    assert len(now_open.keys() - open_before.keys()) == 42 and now_open.keys() == replied(GOOD_AGAIN)
    assert len(rows(three_days.database, Response)) == 1


def _shows_old_beside_new(run: Run) -> None:
    shown_: Any = run.fields["compared"]
    had, has = shown_["fields"]["link"]
    assert (had, has) == (3151, 339)
    assert shown_["gone"] >= 2800
    gone = [sample for sample in shown_["samples"] if sample["what"] == "gone"]
    assert gone and all(sample["before"]["link"].startswith("https://") for sample in gone)
    assert all(sample["now"] is None for sample in gone)


@pytest.mark.parametrize("form", [FORMS["file"]], ids=["file"])
class TestByHand:
    """What a person may decide about the broken day."""

    def test_released_by_hand_nothing_public_is_reopened_and_the_third_day_is_good(
        self, three_days: Collecting, form: Form
    ) -> None:
        bad = read(three_days, form, BROKEN)
        kept = [row.model_dump() for row in rows(three_days.database, Response)]
        with three_days.database.writing() as session:
            release_run(session, three_days.clock(), bad.id or 0, "The list was cut.", actor=GROUP)
            first = rows(three_days.database, Obligation)[0].id
            assert shown(session, first, three_days.clock()).standing is Standing.AWAITING_ASSESSMENT
        assert [row.model_dump() for row in rows(three_days.database, Response)] == kept
        assert EventKind.REOPENED not in {event.kind for event in rows(three_days.database, Event)}
        good = read(three_days, form, GOOD_AGAIN)
        assert good.state is RunState.HEALTHY, good.problems
        assert responses(three_days, OPEN).keys() == replied(GOOD_AGAIN)

    def test_read_again_before_anybody_decided_it_is_one_task_and_released_as_a_whole(
        self, three_days: Collecting, form: Form
    ) -> None:
        first = read(three_days, form, BROKEN)
        again = read(three_days, form, BROKEN)
        assert first.id != again.id and about_source(three_days) == [EventKind.SOURCE_BROKEN]
        aside = {one.run_id for one in rows(three_days.database, Finding) if one.state is ASIDE}
        assert aside in ({again.id}, set())
        with three_days.database.writing() as session, pytest.raises(NotAccepted):
            release_run(session, three_days.clock(), first.id or 0, "Really.", actor=GROUP)

    def test_discarded_it_stays_aside_and_the_same_reading_asks_nobody_again(
        self, three_days: Collecting, form: Form
    ) -> None:
        before = public(three_days)
        bad = read(three_days, form, BROKEN)
        with three_days.database.writing() as session:
            discard_run(session, three_days.clock(), bad.id or 0, "Our columns moved.", actor=GROUP)
        assert source(three_days).broken_since_at is not None and public(three_days) == before
        assert is_discarded(read(three_days, form, BROKEN))
        with three_days.database.writing() as session, pytest.raises(NotAccepted):
            discard_run(session, three_days.clock(), bad.id or 0, "", actor=GROUP)
        assert read(three_days, form, GOOD_AGAIN).state is RunState.HEALTHY
        assert responses(three_days, OPEN).keys() == replied(GOOD_AGAIN)
