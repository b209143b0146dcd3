"""When sending fails: who waits, who is given up, what is erased, and what a crash or a farewell leaves behind."""

from datetime import timedelta
from threading import Event as Signal
from threading import Thread

import pytest
from sqlmodel import select

from tests.services.scripted import news, scripted
from tests.services.told import ADA, BOB, Telling, link
from tracker.domain.post import LEASE, MAX_ATTEMPTS, Fate, Message, Outcome, wait_after
from tracker.domain.words import DeliveryState, Visibility
from tracker.services.deliver import Post, begin_some, claim, send
from tracker.services.settle_delivery import put_back, settle
from tracker.services.unsubscribe import leave
from tracker.storage.tables import Item

SENT, QUEUED, SENDING = DeliveryState.SENT, DeliveryState.QUEUED, DeliveryState.SENDING
FAILED, DROPPED = DeliveryState.FAILED, DeliveryState.DROPPED


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
        (parcel,) = claim(session, post, subscribed.clock()).parcels
    with database.promptly() as change:
        assert begin_some(database, change, [parcel], subscribed.clock()) == [parcel]
        with database.writing() as session:
            leave(session, token, subscribed.clock())
        assert begin_some(database, change, [parcel], subscribed.clock()) == []
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
        return post.words["email"](parcel, now)  # type: ignore[arg-type]

    telling.composed.__dict__["post"] = Post(post.channels, {"email": word}, post.seal)
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
        (slow,) = claim(session, post, subscribed.clock()).parcels
    subscribed.clock.forward(LEASE + timedelta(seconds=1))
    with database.writing() as session:
        (quick,) = claim(session, post, subscribed.clock()).parcels
    assert slow.message_id == quick.message_id
    with database.promptly() as change:
        assert begin_some(database, change, [slow], subscribed.clock()) == []
    with database.writing() as session:
        settle(session, slow, Outcome(Fate.REFUSED), subscribed.clock())
    assert subscribed.states() == [SENDING]
    outcome = send(post, quick, subscribed.clock())
    with database.writing() as session:
        settle(session, quick, outcome, subscribed.clock())
    assert subscribed.states() == [SENT]


def test_without_a_relay_nothing_is_claimed(subscribed: Telling) -> None:
    post = subscribed.composed.post
    subscribed.composed.__dict__["post"] = Post({}, post.words, post.seal)
    subscribed.happen()
    assert subscribed.work() == 0
    assert subscribed.states() == [QUEUED]


def test_two_workers_that_meet_claim_different_batches(telling: Telling) -> None:
    telling.enter()
    for name in "abcdef":
        telling.subscribe(f"{name}@example.org")
    telling.happen()
    post, database = telling.composed.post, telling.composed.database
    scripted(telling, *[Fate.CLOSED])
    telling.work()
    telling.clock.forward(timedelta(minutes=2))
    start, claimed = Signal(), list[str]()

    def work() -> None:
        start.wait()
        for _ in range(10):
            with database.writing() as session:
                found = claim(session, post, telling.clock(), most=1).parcels
            claimed.extend(parcel.address for parcel in found)

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    start.set()
    for thread in threads:
        thread.join()
    assert sorted(claimed) == [f"{name}@example.org" for name in "abcdef"]
