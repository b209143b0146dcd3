"""Several lines share what is claimed: a slow relay, a slow domain or a line too many holds up nobody else."""

from collections.abc import Callable
from datetime import timedelta
from threading import Event as Signal
from threading import Lock

import pytest

from tests.services.scripted import Scripted
from tests.services.told import ADA, BOB, Telling
from tracker.domain.post import Fate, Message, Outcome, wait_after
from tracker.domain.words import DeliveryState
from tracker.services import send_news
from tracker.services.deliver import Post
from tracker.services.sending import BEGUN

SENT, QUEUED, SENDING = DeliveryState.SENT, DeliveryState.QUEUED, DeliveryState.SENDING
LONG = 20.0
"""Seconds after which a test gives up waiting."""


class Answers(Scripted):
    """A channel that answers each address in its own way, by several lines at once."""

    def __init__(self, answer: Callable[[str], Outcome]) -> None:
        super().__init__()
        self.answer, self.lock = answer, Lock()

    def send(self, message: Message) -> Outcome:
        outcome = self.answer(message.to)
        with self.lock:
            self.handed.append(message)
        return outcome


def answering(telling: Telling, answer: Callable[[str], Outcome]) -> Answers:
    channel, post = Answers(answer), telling.composed.post
    telling.composed.__dict__["post"] = Post({"email": channel}, post.words, post.seal)
    return channel


def told(telling: Telling, *addresses: str) -> None:
    """These follow the list, and something happens."""
    telling.enter()
    for address in addresses:
        telling.subscribe(address)
    telling.happen()


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(send_news, "PATIENCE", 0.05)


def test_a_message_that_hangs_does_not_hold_up_the_others(telling: Telling) -> None:
    told(telling, ADA, BOB, "cleo@example.net")
    others = Signal()

    def answer(address: str) -> Outcome:
        if address == ADA:
            assert others.wait(LONG)
        elif address == "cleo@example.net":
            others.set()
        return Outcome(Fate.ACCEPTED)

    channel = answering(telling, answer)
    assert telling.work() == 3
    assert channel.handed[0].to != ADA
    assert telling.states() == [SENT] * 3


def test_what_comes_up_while_one_message_hangs_is_claimed_and_sent(telling: Telling) -> None:
    told(telling, ADA)
    letter = Signal()

    def answer(address: str) -> Outcome:
        if address == ADA:
            telling.ask(BOB)
            assert letter.wait(LONG)
        letter.set()
        return Outcome(Fate.ACCEPTED)

    channel = answering(telling, answer)
    telling.work()
    assert {message.to for message in channel.handed} == {ADA, BOB}


def test_a_domain_that_kept_us_waiting_in_vain_is_left_alone_for_a_while(telling: Telling) -> None:
    tarpit = [f"{name}@tarpit.example.org" for name in "abcde"]
    told(telling, *tarpit, ADA)

    def answer(address: str) -> Outcome:
        return Outcome(Fate.LATER, slow=True) if "tarpit" in address else Outcome(Fate.ACCEPTED)

    channel = answering(telling, answer)
    assert telling.work() == 1
    asked = [message.to for message in channel.handed if message.to != ADA]
    assert len(asked) < len(tarpit)
    waiting = [row for row in telling.ledger() if row.state is QUEUED]
    assert len(waiting) == len(tarpit)
    assert sum(row.attempts for row in waiting) == len(asked)
    assert all(row.next_at and row.next_at <= telling.clock() + wait_after(1) for row in waiting)


def test_one_domain_never_holds_all_lines(telling: Telling) -> None:
    tarpit = [f"{name}@tarpit.example.org" for name in "abcdef"]
    told(telling, *tarpit, ADA)
    ada = Signal()

    def answer(address: str) -> Outcome:
        if address == ADA:
            ada.set()
        else:
            assert ada.wait(LONG)
        return Outcome(Fate.ACCEPTED)

    answering(telling, answer)
    assert telling.work() == 7


def test_a_relay_that_takes_no_further_line_keeps_the_first(telling: Telling) -> None:
    told(telling, ADA, BOB)
    begun, refused = Signal(), Signal()

    def answer(address: str) -> Outcome:
        if address == ADA:
            begun.set()
            assert refused.wait(LONG)
            return Outcome(Fate.ACCEPTED)
        assert begun.wait(LONG)
        refused.set()
        return Outcome(Fate.CLOSED)

    answering(telling, answer)
    assert telling.work() == 1
    assert telling.composed.post.closed_at == {}
    answering(telling, lambda address: Outcome(Fate.ACCEPTED))
    telling.clock.forward(wait_after(1))
    assert telling.work() == 1
    assert telling.states() == [SENT] * 2


def test_what_died_with_its_worker_is_begun_alone_so_that_the_others_arrive(telling: Telling) -> None:
    readers = [f"{name}@example.org" for name in "abcdef"]
    told(telling, *readers)

    def answer(address: str) -> Outcome:
        if address == readers[0]:
            raise KeyboardInterrupt
        return Outcome(Fate.ACCEPTED)

    answering(telling, answer)
    for _ in range(len(readers) + 1):
        with pytest.raises(KeyboardInterrupt):
            telling.work()
        telling.clock.forward(timedelta(hours=1))
    rows = telling.ledger()
    assert [row.state for row in rows].count(SENT) < len(readers)
    assert max(row.attempts for row in rows) <= len(readers) + 1


def test_what_was_begun_long_ago_is_asked_for_again(telling: Telling) -> None:
    readers = [f"reader{n}@example.org" for n in range(BEGUN)]
    told(telling, *readers)

    def answer(address: str) -> Outcome:
        telling.clock.forward(timedelta(seconds=2))
        return Outcome(Fate.ACCEPTED)

    channel = answering(telling, answer)
    assert telling.work() == BEGUN
    assert sorted(message.to for message in channel.handed) == readers
    assert {row.attempts for row in telling.ledger()} == {1}
