"""Subscribing: asked for, confirmed by a second click, changed, left; the address is gone afterwards."""

from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from tests.services.told import ADA, BOB, SECRET, Telling, link
from tracker.domain.link_tokens import LIVES, Purpose, Seal
from tracker.domain.listing import Filters, ListName, ListQuery
from tracker.domain.past_digests import Rhythm
from tracker.domain.refusals import NotAccepted
from tracker.domain.words import DeliveryState, EventKind, Frequency
from tracker.services.read_wish import Changed, wish_from
from tracker.services.subscribe import MOST_PENDING, change, confirm, leave_one, open_link
from tracker.services.unsubscribe import leave, leaving
from tracker.storage.subscriptions import query_of
from tracker.storage.tables import Delivery, Token

SEAL = Seal(SECRET)
DAILY = Changed(Rhythm(Frequency.DAILY), "", False)


def subjects(telling: Telling, address: str = ADA) -> list[str]:
    return [message["Subject"] for message in telling.inbox.to(address)]


def letters(telling: Telling) -> list[str]:
    with telling.composed.database.reading() as session:
        return [row.letter for row in session.exec(select(Delivery)).all() if row.letter]


def write(telling: Telling) -> Session:
    return telling.composed.database.writing()  # type: ignore[return-value]


def test_asking_changes_nothing_but_sends_a_letter(telling: Telling) -> None:
    telling.enter()
    telling.ask()
    telling.happen()
    telling.work()
    assert subjects(telling) == ["Please confirm: news from Answer Watch"]
    assert telling.ledger() == []


def test_the_letter_says_what_was_asked_for(telling: Telling) -> None:
    telling.enter()
    telling.ask(list="waiting", body="ministry-of-water", frequency="weekly", weekday="3")
    telling.work()
    body = telling.inbox.messages[0].get_body(("plain",))
    assert body is not None
    assert "Waiting, no date set (body: Ministry of Water), once a week" in body.get_content()


def test_opening_the_link_confirms_nothing(telling: Telling) -> None:
    telling.ask()
    telling.work()
    token = link(telling.inbox.messages[0], "subscriptions")
    for _ in range(50):
        with telling.composed.database.reading() as session:
            opened = open_link(session, token, telling.clock())
            assert opened is not None
            assert (opened.purpose, len(opened.pending), len(opened.live)) == (Purpose.CONFIRM, 1, 0)
    assert [row.confirmed_at for row in telling.subscriptions()] == [None]


def test_the_second_click_confirms_once(telling: Telling) -> None:
    telling.ask()
    telling.work()
    first = telling.confirm()
    confirmed = telling.subscriptions()[0].confirmed_at
    telling.clock.forward(timedelta(minutes=5))
    again = telling.confirm()
    assert (again, telling.subscriptions()[0].confirmed_at) == (first, confirmed)
    telling.work()
    assert len(telling.inbox.messages) == 1


def test_news_after_the_confirmation_arrives_and_what_was_before_does_not(telling: Telling) -> None:
    telling.enter(2)
    telling.happen()
    telling.subscribe()
    telling.happen(which=1)
    telling.work()
    assert subjects(telling)[1:] == ["Became overdue: Ministry of Water – Recommendation 2"]


@pytest.mark.parametrize("fields", [{}, {"list": "overdue", "frequency": "daily"}])
def test_asking_again_for_what_is_had_sends_a_letter_that_says_so(
    telling: Telling, fields: dict[str, str]
) -> None:
    telling.subscribe()
    telling.ask(**fields)
    telling.work()
    assert subjects(telling)[1:] == ["You get this list already: news from Answer Watch"]
    assert len(telling.subscriptions()) == 1


def test_a_thousand_wishes_in_a_minute_are_one_letter(telling: Telling) -> None:
    for number in range(40):
        telling.ask(body=f"body-{number % 30}")
    telling.work()
    assert letters(telling) == ["confirm"]
    assert len(telling.subscriptions()) == MOST_PENDING


def test_an_hour_later_there_may_be_another_letter(telling: Telling) -> None:
    telling.ask()
    telling.clock.forward(timedelta(minutes=59))
    telling.ask()
    assert letters(telling) == ["confirm"]
    telling.clock.forward(timedelta(minutes=2))
    telling.ask()
    assert letters(telling) == ["confirm", "confirm"]
    assert len(telling.subscriptions()) == 1


def test_the_cap_is_for_each_address_however_it_is_spelt(telling: Telling) -> None:
    telling.ask("Ada@Example.org")
    telling.ask(ADA)
    telling.ask(BOB)
    assert letters(telling) == ["confirm", "confirm"]


def test_several_lists_asked_for_within_the_hour_are_confirmed_by_one_link(telling: Telling) -> None:
    telling.ask(body="ministry-of-water")
    telling.ask(body="ministry-of-rivers")
    telling.subscribe()
    assert [row.confirmed_at is not None for row in telling.subscriptions()] == [True, True, True]


def test_only_the_wishes_that_were_chosen_are_confirmed(telling: Telling) -> None:
    telling.ask(body="ministry-of-water")
    telling.ask(body="ministry-of-rivers")
    telling.work()
    first = telling.subscriptions()[0].id or 0
    with telling.composed.database.writing() as session:
        confirm(session, link(telling.inbox.messages[0], "subscriptions"), [first], SEAL, telling.clock())
    assert [row.confirmed_at is not None for row in telling.subscriptions()] == [True, False]


def test_a_link_confirms_nobody_elses_wish(telling: Telling) -> None:
    telling.ask(ADA)
    telling.ask(BOB)
    telling.work()
    telling.confirm(ADA)
    assert {row.address: row.confirmed_at is not None for row in telling.subscriptions()} == {
        ADA: True,
        BOB: False,
    }


def test_one_flipped_sign_leads_nowhere(telling: Telling) -> None:
    telling.ask()
    telling.work()
    token = link(telling.inbox.messages[0], "subscriptions")
    wrong = ("A" if token[0] != "A" else "B") + token[1:]
    with telling.composed.database.writing() as session:
        for bad in (wrong, "unknown", "", "x" * 5000, "ü\ud800"):
            assert open_link(session, bad, telling.clock()) is None
            assert confirm(session, bad, [1], SEAL, telling.clock()) is None
            assert not leave(session, bad, telling.clock())


def test_a_link_does_what_it_was_made_for_and_nothing_else(telling: Telling) -> None:
    telling.ask()
    telling.work()
    confirming = link(telling.inbox.messages[0], "subscriptions")
    with telling.composed.database.writing() as session:
        assert not leave(session, confirming, telling.clock())
        assert not leave_one(session, confirming, 1, telling.clock())
    managing = telling.confirm()
    with telling.composed.database.writing() as session:
        assert not leave(session, managing, telling.clock())
        assert confirm(session, managing, [1], SEAL, telling.clock()) is None
    assert telling.subscriptions()[0].ended_at is None


def test_a_link_ends_after_a_week_and_the_address_is_forgotten(telling: Telling) -> None:
    telling.ask()
    telling.work()
    token = link(telling.inbox.messages[0], "subscriptions")
    telling.clock.forward(LIVES[Purpose.CONFIRM] + timedelta(minutes=1))
    with telling.composed.database.writing() as session:
        assert confirm(session, token, [1], SEAL, telling.clock()) is None
    telling.work()
    (row,) = telling.subscriptions()
    assert (row.address, row.ended_reason) == ("", "never confirmed")
    assert row.address_hash == SEAL.address_hash(ADA)


def test_tokens_are_kept_as_hashes_only(telling: Telling) -> None:
    telling.enter()
    managing = telling.subscribe()
    telling.happen()
    telling.work()
    sent = {
        managing,
        link(telling.inbox.messages[1], "unsubscribe"),
        link(telling.inbox.messages[0], "subscriptions"),
    }
    with telling.composed.database.reading() as session:
        for row in session.exec(select(Token)).all():
            assert not sent & {row.secret_hash, row.subject, str(row.detail)}
            assert row.expires_at is not None


def test_one_click_leaves_and_again_is_no_error(telling: Telling) -> None:
    telling.enter()
    telling.subscribe()
    telling.happen()
    telling.work()
    token = link(telling.inbox.messages[1], "unsubscribe")
    with telling.composed.database.reading() as session:
        assert [row.id for row in leaving(session, token, telling.clock()) or []] == [1]
    for _ in range(3):
        with telling.composed.database.writing() as session:
            assert leave(session, token, telling.clock())
    (row,) = telling.subscriptions()
    assert (row.address, row.ended_reason, row.address_hash) == ("", "left", SEAL.address_hash(ADA))


def test_whoever_left_gets_a_new_letter_and_never_news_without_it(telling: Telling) -> None:
    telling.enter()
    managing = telling.subscribe()
    with telling.composed.database.writing() as session:
        assert leave_one(session, managing, 1, telling.clock())
    telling.clock.forward(timedelta(hours=2))
    telling.ask()
    telling.happen()
    telling.work()
    assert subjects(telling) == ["Please confirm: news from Answer Watch"] * 2


def test_the_link_of_one_address_reaches_no_other(telling: Telling) -> None:
    managing = telling.subscribe(ADA)
    telling.subscribe(BOB)
    with telling.composed.database.writing() as session:
        assert not leave_one(session, managing, 2, telling.clock())
        assert not change(session, managing, 2, DAILY, telling.clock())
    assert [row.ended_at for row in telling.subscriptions()] == [None, None]


def test_another_frequency_takes_effect(telling: Telling) -> None:
    managing = telling.subscribe()
    with telling.composed.database.writing() as session:
        assert change(session, managing, 1, DAILY, telling.clock())
    row = telling.subscriptions()[0]
    assert row.next_due_at is not None and row.next_due_at > telling.clock()


def test_links_sent_before_another_secret_work_on(telling: Telling) -> None:
    telling.enter()
    telling.subscribe()
    telling.happen()
    telling.work()
    old = link(telling.inbox.messages[1], "unsubscribe")
    telling.composed.__dict__.pop("post")
    object.__setattr__(telling.composed.config.web, "secret_key", "another secret, just as long as before")
    telling.happen(EventKind.ANSWERED_LATE)
    telling.work()
    new = link(telling.inbox.messages[2], "unsubscribe")
    assert old != new
    with telling.composed.database.writing() as session:
        assert leaving(session, old, telling.clock()) == leaving(session, new, telling.clock()) != []
        assert leave(session, old, telling.clock())


def test_consent_is_on_record_with_its_text_and_its_times(telling: Telling) -> None:
    telling.subscribe()
    (row,) = telling.subscriptions()
    assert row.consent.startswith("1: ")
    assert row.confirmed_at is not None and row.created_at <= row.confirmed_at


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"email": "nobody"}, "email"),
        ({"email": ADA, "list": "no-such-list"}, "list"),
        ({"email": ADA, "standing": "angry"}, "list"),
        ({"email": ADA, "frequency": "hourly"}, "frequency"),
        ({"email": ADA, "weekday": "7"}, "weekday"),
        ({"email": ADA, "zone": "Mars/Olympus"}, "zone"),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_field(fields: dict[str, str], field: str) -> None:
    with pytest.raises(NotAccepted) as refused:
        wish_from(fields, "en")
    assert [one.field for one in refused.value.refusals] == [field]


def test_all_complaints_come_at_once() -> None:
    with pytest.raises(NotAccepted) as refused:
        wish_from({"email": "x", "list": "y", "zone": "z"}, "en")
    assert [one.field for one in refused.value.refusals] == ["email", "list", "zone"]


def test_a_wish_keeps_its_list_and_filters(telling: Telling) -> None:
    telling.ask(list="calendar", body="ministry-of-water", basis="statute")
    (row,) = telling.subscriptions()
    assert query_of(row) == ListQuery(ListName.DUE, Filters(body="ministry-of-water", basis="statute"))


def test_no_row_but_the_subscription_holds_the_address(telling: Telling) -> None:
    telling.enter()
    managing = telling.subscribe()
    telling.happen()
    telling.work()
    with telling.composed.database.writing() as session:
        leave_one(session, managing, 1, telling.clock())
    with telling.composed.database.reading() as session:
        for table in (Delivery, Token):
            for row in session.exec(select(table)).all():
                assert ADA not in str(row.model_dump())
        assert session.exec(select(Delivery.state).where(col(Delivery.letter) == "")).all() == [
            DeliveryState.SENT
        ]
