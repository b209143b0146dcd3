"""A clock that was a year ahead, and believed, leaves nothing behind once it is right: no false word, no silence."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select

from tests.services.told import ADA, BOB, Clock, Telling, telling_site
from tracker.domain.listing import ListName, ListQuery
from tracker.domain.words import DeliveryState, EventKind, Standing
from tracker.jobs import run_once
from tracker.services.mend_clock import mend
from tracker.storage import beats
from tracker.storage.events import events
from tracker.storage.tables import Delivery, Event, Obligation, Source, Subscription

EARLY = datetime(2026, 3, 20, 9, tzinfo=UTC)
WRONG = EARLY + timedelta(days=34)
"""The answers are due soon by it."""
SOON = datetime(2026, 4, 22, 9, tzinfo=UTC)


@pytest.fixture
def telling(database_url: str, tmp_path: Path) -> Iterator[Telling]:
    with telling_site(database_url, tmp_path, Clock(EARLY)) as telling:
        telling.enter(2)
        telling.subscribe(ADA, list="obligations")
        telling.subscribe(BOB, list="obligations", frequency="daily")
        telling.inbox.messages.clear()
        telling.inbox.recipients.clear()
        yield telling


def round_of_all(telling: Telling) -> None:
    for job in ("sweep", "sequence", "deliver"):
        run_once(job, telling.composed)


def ahead_for_a_while(telling: Telling, wrong: datetime) -> datetime:
    """A worker saw the leap, believed it in the end and did its work; the instant it came back to."""
    right = telling.clock()
    with telling.composed.database.writing() as session:
        beats.add_step(session, "one", right, wrong)
    telling.clock.at = wrong + timedelta(minutes=20)
    round_of_all(telling)
    telling.clock.at = right + timedelta(hours=1)
    with telling.composed.database.writing() as session:
        beats.add_step(session, "one", wrong + timedelta(hours=1), telling.clock())
    return telling.clock()


def said(telling: Telling) -> list[tuple[EventKind, datetime]]:
    """What the log has of the first answer beside its entering, and when that counts as announced."""
    with telling.composed.database.reading() as session:
        lines = events(session, ListQuery(ListName.ALL), order="log")
        first = telling.owed[0]
        return [(line.kind, line.announced_at) for line in lines if line.obligation_id == first]


def test_what_was_said_too_early_is_taken_back_by_an_entry_that_names_it(telling: Telling) -> None:
    back = ahead_for_a_while(telling, WRONG)
    assert mend(telling.composed.database, back) > 0
    assert mend(telling.composed.database, back) == 0
    round_of_all(telling)
    assert [kind for kind, _ in said(telling)] == [EventKind.DUE_SOON, EventKind.CORRECTED]
    with telling.composed.database.reading() as session:
        early, taken = session.exec(
            select(Event)
            .where(col(Event.obligation_id) == telling.owed[0], col(Event.kind) != EventKind.LOGGED)
            .order_by(col(Event.id))
        ).all()
        assert taken.detail["corrects"] == [early.key]
        assert taken.announced_at == back
        owed = session.get(Obligation, telling.owed[0])
        assert owed is not None and owed.announced_standing is Standing.RUNNING
    # Ada had been told, and is told that it was not so.
    assert len(telling.inbox.to(ADA)) == 2


def test_what_happens_in_the_right_time_is_said_all_the_same(telling: Telling) -> None:
    mend(telling.composed.database, ahead_for_a_while(telling, WRONG))
    telling.clock.at = SOON
    round_of_all(telling)
    assert [kind for kind, _ in said(telling)] == [
        EventKind.DUE_SOON,
        EventKind.CORRECTED,
        EventKind.DUE_SOON,
    ]


def test_no_digest_letter_or_source_waits_for_a_year_that_has_not_begun(telling: Telling) -> None:
    with telling.composed.database.writing() as session:
        session.add(Source(key="news", reader="feed", address="https://news.example/", next_due_at=EARLY))
    right, wrong = telling.clock(), telling.clock() + timedelta(days=365)
    with telling.composed.database.writing() as session:
        beats.add_step(session, "one", right, wrong)
        (source,) = session.exec(select(Source)).all()
        source.next_due_at, source.claimed_until_at = wrong + timedelta(hours=9), wrong + timedelta(minutes=9)
    telling.clock.at = wrong + timedelta(minutes=20)
    telling.inbox.refusals[ADA] = "451 later"
    round_of_all(telling)
    telling.clock.at = back = right + timedelta(hours=1)
    mend(telling.composed.database, back)
    with telling.composed.database.reading() as session:
        dues = [row.next_due_at for row in session.exec(select(Subscription)).all()]
        assert [due for due in dues if due and due > back + timedelta(days=1)] == []
        waiting = session.exec(select(Delivery).where(col(Delivery.state) == DeliveryState.QUEUED)).all()
        assert [row.id for row in waiting if row.next_at and row.next_at > back] == []
        (source,) = session.exec(select(Source)).all()
        assert (source.next_due_at, source.claimed_until_at) == (back, back)


def test_a_digest_put_off_on_purpose_stays_put_off(telling: Telling) -> None:
    with telling.composed.database.writing() as session:
        for row in session.exec(select(Subscription)).all():
            row.next_due_at = EARLY + timedelta(days=20)
    mend(telling.composed.database, ahead_for_a_while(telling, WRONG + timedelta(days=300)))
    # Its day had come by the wrong clock for those it was sent to; without a leap nothing is touched.
    assert mend(telling.composed.database, EARLY - timedelta(days=3)) == 0


def test_feeds_show_what_was_said_too_early_where_it_was_found_out(telling: Telling) -> None:
    back = ahead_for_a_while(telling, WRONG)
    mend(telling.composed.database, back)
    telling.clock.at = back + timedelta(hours=1)
    telling.happen(EventKind.OBJECTED)
    with telling.composed.database.reading() as session:
        lines = events(session, ListQuery(ListName.ALL), limit=3)
    assert lines[0].kind is EventKind.OBJECTED
    assert max(line.announced_at for line in lines) == telling.clock()
    assert {line.announced_at for line in lines[1:]} == {back}


def test_a_clock_set_back_and_put_right_again_takes_nothing_back(telling: Telling) -> None:
    telling.clock.at = SOON
    round_of_all(telling)
    for from_at, to_at in ((SOON, EARLY), (EARLY, SOON)):
        with telling.composed.database.writing() as session:
            beats.add_step(session, "one", from_at, to_at)
    telling.clock.at = EARLY + timedelta(hours=1)
    assert mend(telling.composed.database, telling.clock()) == 0


def test_a_worker_that_was_started_later_than_now_says_that_the_clock_was_ahead(telling: Telling) -> None:
    right = telling.clock()
    telling.clock.at = WRONG
    with telling.composed.database.writing() as session:
        beats.keep(session, "one", {}, WRONG)
    round_of_all(telling)
    telling.clock.at = right
    assert mend(telling.composed.database, right) > 0
    assert [kind for kind, _ in said(telling)] == [EventKind.DUE_SOON, EventKind.CORRECTED]
