"""Delivering: each thing once, nothing lost, one message for what belongs together, and failures that stay small."""

from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from tests.services.scripted import news
from tests.services.told import ADA, BOB, NOW, Telling, happen
from tracker.domain.words import DeliveryState, EventKind
from tracker.storage.engine import Database
from tracker.storage.tables import Delivery

SENT, QUEUED, SENDING = DeliveryState.SENT, DeliveryState.QUEUED, DeliveryState.SENDING
FAILED, DROPPED = DeliveryState.FAILED, DeliveryState.DROPPED


def test_an_event_is_mailed_once_however_often_the_job_runs(subscribed: Telling) -> None:
    subscribed.happen()
    assert [subscribed.work() for _ in range(4)] == [1, 0, 0, 0]
    assert news(subscribed) == ["Became overdue: Ministry of Water – Recommendation 1"]
    assert subscribed.states() == [SENT]


def test_backfill_is_never_mailed(subscribed: Telling) -> None:
    subscribed.happen(backfill=True)
    subscribed.work()
    assert (news(subscribed), subscribed.ledger()) == ([], [])


def test_events_of_other_lists_are_not_mailed(subscribed: Telling) -> None:
    subscribed.happen(EventKind.DUE_SOON)
    subscribed.work()
    assert news(subscribed) == []


def test_a_filter_narrows_what_is_mailed(telling: Telling) -> None:
    telling.enter()
    telling.subscribe(body="ministry-of-rivers")
    telling.happen()
    telling.work()
    assert news(telling) == []


def test_what_came_up_together_travels_in_one_message(subscribed: Telling) -> None:
    subscribed.happen()
    subscribed.happen(which=1)
    subscribed.happen(which=2)
    subscribed.work()
    assert news(subscribed) == ["3 newly overdue, among them Ministry of Water – Recommendation 1"]
    assert subscribed.states() == [SENT] * 3


def test_after_a_stop_the_backlog_is_one_digest_that_says_its_range(subscribed: Telling) -> None:
    for day in range(3):
        subscribed.happen(which=day)
        subscribed.clock.forward(timedelta(days=1))
    subscribed.happen(EventKind.ANSWERED_LATE)
    subscribed.work()
    (message,) = subscribed.inbox.messages[1:]
    body = message.get_body(("plain",))
    assert body is not None
    said = body.get_content().replace("\r\n", "\n")
    assert "Changes announced from 13 May 2026, 11:00 UTC to 15 May 2026, 11:00 UTC." in said
    assert said.count("Recommendation 1\n") == 1
    assert message["Subject"].startswith("2 newly overdue and 1 answered late, among them")


def test_only_the_last_change_of_an_obligation_is_told(subscribed: Telling) -> None:
    subscribed.happen()
    subscribed.happen(EventKind.ANSWERED_LATE)
    subscribed.work()
    assert news(subscribed) == ["Answered late: Ministry of Water – Recommendation 1"]
    assert subscribed.states() == [DROPPED, SENT]


def test_overlapping_subscriptions_of_one_address_get_one_message_without_repeats(telling: Telling) -> None:
    telling.enter()
    telling.subscribe()
    telling.subscribe(body="ministry-of-water")
    telling.happen()
    telling.work()
    assert news(telling) == ["Became overdue: Ministry of Water – Recommendation 1"]
    telling.clock.forward(timedelta(days=1))
    telling.work()
    assert len(news(telling)) == 1


def test_what_was_told_at_once_is_not_repeated_in_the_daily_digest(telling: Telling) -> None:
    telling.enter(2)
    telling.subscribe()
    telling.subscribe(list="obligations", frequency="daily")
    telling.happen()
    telling.work()
    telling.happen(EventKind.DUE_SOON, which=1)
    telling.clock.forward(timedelta(days=1))
    telling.work()
    assert [s.split(":")[0] for s in news(telling)] == ["Became overdue", "Due soon"]


def test_a_daily_digest_waits_for_its_hour_and_goes_out_once(telling: Telling) -> None:
    telling.enter(2)
    telling.subscribe(frequency="daily", zone="Europe/Madrid")
    telling.happen()
    telling.work()
    assert news(telling) == []
    telling.clock.at = NOW.replace(day=13, hour=4, minute=59)
    telling.work()
    assert news(telling) == []
    telling.clock.at = NOW.replace(day=13, hour=5, minute=1)
    telling.happen(which=1)
    telling.work()
    telling.work()
    assert news(telling) == ["2 newly overdue, among them Ministry of Water – Recommendation 1"]


def test_a_digest_hour_without_news_is_not_made_up_for_later(telling: Telling) -> None:
    telling.enter()
    telling.subscribe(frequency="daily")
    telling.clock.at = NOW.replace(day=13, hour=7, minute=5)
    telling.work()
    telling.happen()
    telling.work()
    assert news(telling) == []
    telling.clock.at = NOW.replace(day=14, hour=7, minute=5)
    telling.work()
    assert len(news(telling)) == 1


def test_two_addresses_get_a_message_each(telling: Telling) -> None:
    telling.enter()
    telling.subscribe(ADA)
    telling.subscribe(BOB)
    telling.happen()
    telling.work()
    assert (len(news(telling, ADA)), len(news(telling, BOB))) == (1, 1)


def test_a_long_stretch_of_the_log_is_looked_through_in_pieces(
    telling: Telling, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.services.queue_news.PLACES_AT_ONCE", 2)
    telling.enter(3)
    telling.subscribe()
    for which in (0, 1, 2):
        telling.happen(which=which)
    telling.work()
    assert telling.states() == [SENT] * 3
    assert len(news(telling)) == 1


def test_a_backlog_larger_than_a_claim_is_still_one_message_for_each_address(
    telling: Telling, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.storage.outgoing.MOST_AT_ONCE", 4)
    telling.enter(7)
    telling.subscribe()
    telling.subscribe(BOB)
    for which in range(7):
        telling.happen(which=which)
    telling.work()
    assert news(telling, ADA) == news(telling, BOB)
    assert [subject[:15] for subject in news(telling, ADA)] == ["7 newly overdue"]


def test_an_event_whose_writer_was_slow_to_commit_is_told_too(telling_on_postgres: Telling) -> None:
    """Its id is lower than those already told; places in the log follow the commits."""
    telling = telling_on_postgres
    telling.enter(2)
    telling.subscribe()
    slow = Database(telling.composed.database.url)
    with slow.writing() as session:
        early = happen(session, telling.owed[0], EventKind.BECAME_OVERDUE, telling.clock())
        late = telling.happen(which=1)
        telling.work()
    slow.close()
    assert early < late
    telling.work()
    assert news(telling) == [
        "Became overdue: Ministry of Water – Recommendation 2",
        "Became overdue: Ministry of Water – Recommendation 1",
    ]


def test_the_ledger_refuses_a_second_row_for_the_same_event(subscribed: Telling) -> None:
    subscribed.happen()
    subscribed.work()

    def again(session: Session) -> None:
        (row,) = session.exec(select(Delivery).where(col(Delivery.letter) == "")).all()
        copy = Delivery(
            subscription_id=row.subscription_id, event_id=row.event_id, channel="email", queued_at=NOW
        )
        session.add(copy)
        session.flush()

    with pytest.raises(Exception, match=r"(?i)unique"), subscribed.composed.database.writing() as session:
        again(session)
