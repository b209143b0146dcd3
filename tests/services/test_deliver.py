"""Delivering: each thing once, nothing lost, one message for what belongs together, and failures that stay small."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Event as Signal
from threading import Thread

import pytest
from sqlmodel import Session, col, select

from tests.services.told import ADA, BOB, NOW, Telling, happen, link
from tracker.domain.post import LEASE, MAX_ATTEMPTS, Fate, Message, Outcome, wait_after
from tracker.domain.words import DeliveryState, EventKind, Visibility
from tracker.services.deliver import Post, claim, send, still_wanted
from tracker.services.settle_delivery import put_back, settle
from tracker.services.unsubscribe import leave
from tracker.storage.engine import Database
from tracker.storage.tables import Delivery, Item

SENT, QUEUED, SENDING = DeliveryState.SENT, DeliveryState.QUEUED, DeliveryState.SENDING
FAILED, DROPPED = DeliveryState.FAILED, DeliveryState.DROPPED


@dataclass
class Scripted:
    """A channel that answers as it was told, and keeps what it was handed."""

    fates: list[Fate] = field(default_factory=list)
    handed: list[Message] = field(default_factory=list)
    meanwhile: Callable[[], None] = lambda: None
    name: str = "email"
    sender_domain: str = "example.org"

    def send(self, message: Message) -> Outcome:
        self.handed.append(message)
        self.meanwhile()
        return Outcome(self.fates.pop(0) if self.fates else Fate.ACCEPTED, "as scripted")


def scripted(telling: Telling, *fates: Fate) -> Scripted:
    """The site's mail goes by a scripted channel from now on."""
    channel = Scripted(list(fates))
    post = telling.composed.post
    telling.composed.__dict__["post"] = Post({"email": channel}, post.word, post.seal)
    return channel


def news(telling: Telling, address: str = ADA) -> list[str]:
    return [m["Subject"] for m in telling.inbox.to(address) if "List-Id" in m]


@pytest.fixture
def subscribed(telling: Telling) -> Telling:
    """Three obligations, and somebody who wants all that is overdue at once."""
    telling.enter(3)
    telling.subscribe()
    return telling


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


def test_a_temporary_refusal_waits_longer_each_time_and_then_arrives(subscribed: Telling) -> None:
    subscribed.inbox.refusals[ADA] = "450 4.7.1 greylisted"
    subscribed.happen()
    for attempts in (1, 2, 3):
        subscribed.work()
        subscribed.work()
        (row,) = subscribed.ledger()
        assert (row.attempts, row.state) == (attempts, QUEUED)
        assert row.next_at == subscribed.clock() + wait_after(attempts)
        subscribed.clock.forward(wait_after(attempts))
    subscribed.inbox.refusals.clear()
    subscribed.work()
    assert subscribed.states() == [SENT]
    assert len(news(subscribed)) == 1


def test_news_that_comes_while_an_address_is_waited_for_joins_the_backlog(subscribed: Telling) -> None:
    subscribed.inbox.refusals[ADA] = "450 4.7.1 greylisted"
    subscribed.happen()
    subscribed.work()
    subscribed.inbox.refusals.clear()
    subscribed.happen(which=1)
    subscribed.work()
    assert news(subscribed) == []
    subscribed.clock.forward(wait_after(1))
    subscribed.work()
    assert news(subscribed) == ["2 newly overdue, among them Ministry of Water – Recommendation 1"]


def test_an_address_that_never_takes_anything_is_given_up(subscribed: Telling) -> None:
    channel = scripted(subscribed, *[Fate.LATER] * MAX_ATTEMPTS)
    subscribed.happen()
    for _ in range(MAX_ATTEMPTS + 3):
        subscribed.work()
        subscribed.clock.forward(timedelta(days=1, minutes=1))
    assert subscribed.states() == [FAILED]
    assert len(channel.handed) == MAX_ATTEMPTS


def test_an_address_that_does_not_exist_gets_nothing_more_and_is_erased(subscribed: Telling) -> None:
    subscribed.inbox.refusals[ADA] = "550 5.1.1 no such user"
    subscribed.happen()
    subscribed.work()
    subscribed.inbox.refusals.clear()
    subscribed.happen(which=1)
    subscribed.clock.forward(timedelta(days=2))
    subscribed.work()
    assert news(subscribed) == []
    assert subscribed.states() == [FAILED]
    (row,) = subscribed.subscriptions()
    assert (row.address, row.ended_reason) == ("", "bounced")


def test_a_message_refused_for_good_is_not_tried_again_but_the_next_one_is(subscribed: Telling) -> None:
    channel = scripted(subscribed, Fate.REFUSED)
    subscribed.happen()
    subscribed.work()
    subscribed.happen(which=1)
    subscribed.clock.forward(timedelta(days=2))
    subscribed.work()
    assert subscribed.states() == [FAILED, SENT]
    assert len(channel.handed) == 2


def test_a_relay_out_of_reach_ends_the_round_and_counts_against_nobody(telling: Telling) -> None:
    telling.enter()
    telling.subscribe(ADA)
    telling.subscribe(BOB)
    telling.happen()
    channel = scripted(telling, *[Fate.CLOSED] * 30)
    for _ in range(30):
        telling.work()
        telling.clock.forward(timedelta(minutes=2))
    assert len(channel.handed) == 30
    assert {row.attempts for row in telling.ledger()} == {0}
    telling.work()
    assert telling.states() == [SENT, SENT]


def test_an_answer_that_never_came_is_asked_for_again_under_the_same_id(subscribed: Telling) -> None:
    channel = scripted(subscribed, Fate.UNCLEAR)
    subscribed.happen()
    subscribed.work()
    subscribed.happen(which=1)
    subscribed.clock.forward(timedelta(minutes=1))
    subscribed.work()
    first, again, other = channel.handed
    assert first.message_id == again.message_id != other.message_id
    assert (first.subject, first.text) == (again.subject, again.text)
    assert subscribed.states() == [SENT, SENT]


def test_a_worker_that_dies_after_claiming_loses_nothing(subscribed: Telling) -> None:
    channel = scripted(subscribed)
    subscribed.happen()

    def die() -> None:
        raise KeyboardInterrupt

    channel.meanwhile = die
    with pytest.raises(KeyboardInterrupt):
        subscribed.work()
    channel.meanwhile = lambda: None
    subscribed.work()
    assert subscribed.states() == [SENDING]
    subscribed.clock.forward(LEASE + timedelta(seconds=1))
    subscribed.happen(which=1)
    subscribed.work()
    assert [m.message_id for m in channel.handed][:2] == [channel.handed[0].message_id] * 2
    assert subscribed.states() == [SENT, SENT]


def test_whoever_leaves_between_queueing_and_sending_gets_nothing(telling: Telling) -> None:
    telling.enter(2)
    telling.subscribe()
    telling.happen()
    telling.work()
    token = link(telling.inbox.messages[1], "unsubscribe")
    scripted(telling, Fate.LATER)
    telling.happen(which=1)
    telling.work()
    assert telling.states() == [SENT, QUEUED]
    with telling.composed.database.writing() as session:
        leave(session, token, telling.clock())
    telling.clock.forward(timedelta(days=1))
    telling.work()
    assert telling.states() == [SENT, DROPPED]


def test_whoever_leaves_after_the_claim_gets_nothing_either(subscribed: Telling) -> None:
    post, database = subscribed.composed.post, subscribed.composed.database
    subscribed.happen()
    subscribed.work()
    token = link(subscribed.inbox.messages[1], "unsubscribe")
    subscribed.happen(which=1)
    channel = scripted(subscribed, Fate.CLOSED)
    subscribed.work()
    subscribed.clock.forward(timedelta(minutes=2))
    with database.writing() as session:
        parcel = claim(session, post, subscribed.clock()).parcel
    assert parcel is not None
    with database.reading() as session:
        assert still_wanted(session, parcel, subscribed.clock())
    with database.writing() as session:
        leave(session, token, subscribed.clock())
    with database.reading() as session:
        assert not still_wanted(session, parcel, subscribed.clock())
    with database.writing() as session:
        put_back(session, parcel, subscribed.clock())
    assert subscribed.states() == [SENT, DROPPED]
    assert len(channel.handed) == 1


def test_leaving_while_the_message_is_under_way_ends_what_comes_after(subscribed: Telling) -> None:
    subscribed.happen()
    subscribed.work()
    token = link(subscribed.inbox.messages[1], "unsubscribe")
    channel = scripted(subscribed)

    def left() -> None:
        with subscribed.composed.database.writing() as session:
            leave(session, token, subscribed.clock())

    channel.meanwhile = left
    subscribed.happen(which=1)
    subscribed.work()
    subscribed.happen(which=2)
    subscribed.work()
    assert len(channel.handed) == 1


def test_what_is_no_longer_public_is_not_told(subscribed: Telling) -> None:
    scripted(subscribed, Fate.LATER)
    subscribed.happen()
    subscribed.work()
    with subscribed.composed.database.writing() as session:
        for item in session.exec(select(Item)).all():
            item.visibility = Visibility.WITHHELD
    subscribed.clock.forward(timedelta(days=1))
    subscribed.work()
    assert subscribed.states() == [DROPPED]


def test_a_message_that_cannot_be_worded_does_not_hold_up_the_others(
    telling: Telling, caplog: pytest.LogCaptureFixture
) -> None:
    telling.enter()
    telling.subscribe(ADA)
    telling.subscribe(BOB)
    telling.happen()
    post = telling.composed.post

    def word(parcel: object, now: object) -> Message:
        if getattr(parcel, "address", "") == ADA:
            raise ZeroDivisionError("a template")
        return post.word(parcel, now)  # type: ignore[arg-type]

    telling.composed.__dict__["post"] = Post(post.channels, word, post.seal)
    telling.work()
    assert (len(news(telling, ADA)), len(news(telling, BOB))) == (0, 1)
    assert telling.states() == [QUEUED, SENT]
    assert "cannot be worded" in caplog.text
    assert ADA not in caplog.text


def test_a_lease_that_is_over_settles_nothing(subscribed: Telling) -> None:
    subscribed.happen()
    post, database = subscribed.composed.post, subscribed.composed.database
    scripted(subscribed, Fate.CLOSED)
    subscribed.work()
    subscribed.clock.forward(timedelta(minutes=2))
    with database.writing() as session:
        slow = claim(session, post, subscribed.clock()).parcel
    subscribed.clock.forward(LEASE + timedelta(seconds=1))
    with database.writing() as session:
        quick = claim(session, post, subscribed.clock()).parcel
    assert slow is not None and quick is not None
    assert slow.message_id == quick.message_id
    with database.reading() as session:
        assert not still_wanted(session, slow, subscribed.clock())
    with database.writing() as session:
        settle(session, slow, Outcome(Fate.REFUSED), subscribed.clock())
    assert subscribed.states() == [SENDING]
    outcome = send(post, quick, subscribed.clock())
    with database.writing() as session:
        settle(session, quick, outcome, subscribed.clock())
    assert subscribed.states() == [SENT]


def test_without_a_relay_nothing_is_claimed(subscribed: Telling) -> None:
    post = subscribed.composed.post
    subscribed.composed.__dict__["post"] = Post({}, post.word, post.seal)
    subscribed.happen()
    assert subscribed.work() == 0
    assert subscribed.states() == [QUEUED]


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


def test_two_workers_that_meet_claim_different_batches(telling: Telling) -> None:
    telling.enter()
    for name in "abcdef":
        telling.subscribe(f"{name}@example.org")
    telling.happen()
    post, database = telling.composed.post, telling.composed.database
    scripted(telling, *[Fate.CLOSED])
    telling.work()
    telling.clock.forward(timedelta(minutes=2))
    start, claimed = Signal(), []

    def work() -> None:
        start.wait()
        for _ in range(10):
            with database.writing() as session:
                found = claim(session, post, telling.clock()).parcel
            if found is None:
                return
            claimed.append(found.address)

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    start.set()
    for thread in threads:
        thread.join()
    assert sorted(claimed) == [f"{name}@example.org" for name in "abcdef"]


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
