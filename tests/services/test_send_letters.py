"""Letters that are no news: one that goes wrong holds up no other, and none comes back once it was given up."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from tests.services.told import ADA, BOB, SECRET, Telling
from tracker.domain.letter import LEASE, MOST_TRIES, TIP
from tracker.domain.letter import Letter as Sealed
from tracker.domain.link_tokens import Seal
from tracker.domain.mail_reports import Report, ReportKind, ToldBy
from tracker.domain.post import SENDING_TAKES, Fate, Message, Outcome
from tracker.services.deliver import Post
from tracker.services.send_letters import send_letters
from tracker.services.stop_address import take_report
from tracker.services.write_letter import claim_letter, settle_letter, write_letter
from tracker.storage.tables import Letter

SEAL = Seal(SECRET)
SAID = {"title": "A page", "accepted": True}


def queue(telling: Telling, address: str) -> None:
    with telling.composed.database.writing() as session:
        write_letter(session, telling.clock(), TIP, address, seal=SEAL, link="/items/one", said=SAID)


def letters(telling: Telling) -> list[Letter]:
    with telling.composed.database.reading() as session:
        rows = list(session.exec(select(Letter).order_by(col(Letter.id))).all())
        session.expunge_all()
    return rows


def test_a_letter_that_cannot_be_worded_holds_up_no_other(
    telling: Telling, caplog: pytest.LogCaptureFixture
) -> None:
    for address in (ADA, BOB):
        queue(telling, address)
    post = telling.composed.post
    real: Any = post.letter

    def word(letter: Sealed, now: datetime) -> Message:
        if letter.address == ADA:
            raise KeyError("title")
        message: Message = real(letter, now)
        return message

    telling.composed.__dict__["post"] = Post(post.channels, post.words, post.seal, word)
    telling.work()
    assert telling.inbox.recipients == [BOB]
    assert letters(telling)[0].error == "cannot be worded: KeyError"
    assert ADA not in caplog.text
    telling.composed.__dict__["post"] = post
    telling.clock.forward(timedelta(minutes=2))
    telling.work()
    assert telling.inbox.recipients == [BOB, ADA]


@pytest.mark.parametrize("fate", [Fate.LATER, Fate.UNCLEAR, Fate.CLOSED, Fate.REFUSED, Fate.BOUNCED])
def test_a_letter_whose_reader_left_while_it_was_on_its_way_does_not_come_back(
    telling: Telling, fate: Fate
) -> None:
    queue(telling, ADA)
    with telling.composed.database.writing() as session:
        claimed = claim_letter(session, SEAL, telling.clock(), "example.org")
        assert claimed is not None
        take_report(session, Report(ReportKind.COMPLAINT, ADA), ToldBy.SERVICE, SEAL, telling.clock())
    with telling.composed.database.writing() as session:
        settle_letter(session, claimed, Outcome(fate, "450 later"), telling.clock())
    (row,) = letters(telling)
    assert (row.next_at, row.address, row.sent_at) == (None, "", None)
    telling.clock.forward(timedelta(days=2))
    telling.work()
    assert telling.inbox.recipients == []


def test_a_relay_out_of_reach_for_days_loses_no_letter(telling: Telling) -> None:
    queue(telling, ADA)
    for _ in range(3 * MOST_TRIES):
        with telling.composed.database.writing() as session:
            claimed = claim_letter(session, SEAL, telling.clock(), "example.org")
            assert claimed is not None
            settle_letter(session, claimed, Outcome(Fate.CLOSED, "nobody there"), telling.clock())
        telling.clock.forward(timedelta(hours=6))
    telling.work()
    assert telling.inbox.recipients == [ADA]


def stopped_after_claiming(telling: Telling, sleep: timedelta, meanwhile: Callable[[], object]) -> int:
    """A sender that was stopped between its claim and its sending, and went on later; how many it sent."""
    looked: list[datetime] = []

    def now() -> datetime:
        if len(looked) == 1:
            telling.clock.forward(sleep)
            meanwhile()
        looked.append(telling.clock())
        return looked[-1]

    post = telling.composed.post
    assert post.letter is not None
    return send_letters(telling.composed.database, post.channels["email"], post.letter, post.seal, now)


def test_a_sender_stopped_past_its_lease_sends_nothing_twice(telling: Telling) -> None:
    queue(telling, ADA)
    past = LEASE + timedelta(seconds=1)
    assert stopped_after_claiming(telling, past, telling.work) == 0
    assert telling.inbox.recipients == [ADA]
    assert letters(telling)[0].sent_at is not None


def test_a_lease_too_short_for_sending_is_left_to_pass(telling: Telling) -> None:
    queue(telling, ADA)
    assert stopped_after_claiming(telling, LEASE - SENDING_TAKES, lambda: None) == 0
    assert telling.inbox.recipients == []
    telling.clock.forward(SENDING_TAKES)
    telling.work()
    assert telling.inbox.recipients == [ADA]


def test_a_letter_given_up_between_claim_and_sending_is_not_sent(telling: Telling) -> None:
    queue(telling, ADA)

    def complain() -> None:
        with telling.composed.database.writing() as session:
            take_report(session, Report(ReportKind.COMPLAINT, ADA), ToldBy.SERVICE, SEAL, telling.clock())

    assert stopped_after_claiming(telling, timedelta(seconds=1), complain) == 0
    assert telling.inbox.recipients == []


@pytest.mark.parametrize("fate", list(Fate))
def test_what_a_stopped_sender_heard_does_not_touch_the_claim_of_another(
    telling: Telling, fate: Fate
) -> None:
    queue(telling, ADA)
    database = telling.composed.database
    with database.writing() as session:
        first = claim_letter(session, SEAL, telling.clock(), "example.org")
    telling.clock.forward(LEASE)
    with database.writing() as session:
        second = claim_letter(session, SEAL, telling.clock(), "example.org")
    assert first is not None and second is not None
    with database.writing() as session:
        settle_letter(session, first, Outcome(fate, "450 later"), telling.clock())
    (row,) = letters(telling)
    assert (row.next_at, row.address, row.attempts) == (second.lease_until_at, ADA, 2)
    with database.writing() as session:
        settle_letter(session, second, Outcome(Fate.ACCEPTED), telling.clock())
    assert letters(telling)[0].sent_at == telling.clock()
