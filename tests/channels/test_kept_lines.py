"""Connections kept for a run of messages: what a relay does between two of them is no fault of the next."""

from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import replace
from socket import create_server, socket
from threading import Thread
from typing import Any

import pytest

from tests.services.told import Inbox, relay
from tracker.channels import smtp_line
from tracker.channels.email import EmailChannel, Relay
from tracker.domain.post import Fate, Message

GREETS, TAKES = b"220 relay\r\n", {b"DATA": b"354 go on\r\n", b"QUIT": b"221 bye\r\n"}


class Script:
    """A relay of few words: per connection, what it says in place of 250 to the n-th time of a command."""

    greeting = b"250 OK\r\n"

    def __init__(self, *connections: dict[tuple[bytes, int], bytes | None]) -> None:
        self.connections, self.calls, self.taken = list(connections), 0, 0
        self.server = create_server(("127.0.0.1", 0))

    @contextmanager
    def serving(self) -> Iterator[int]:
        Thread(target=self._serve, daemon=True).start()
        with closing(self.server):
            yield self.server.getsockname()[1]

    def _serve(self) -> None:
        while True:
            try:
                caller, _ = self.server.accept()
            except OSError:
                return
            self.calls += 1
            Thread(target=self._talk, args=(caller,), daemon=True).start()

    def _talk(self, caller: socket) -> None:
        said = self.connections.pop(0) if self.connections else {}
        heard: dict[bytes, int] = {}
        with suppress(ConnectionError), caller, caller.makefile("rb") as lines:
            caller.sendall(GREETS)
            for line in lines:
                verb = line[:4].upper()
                heard[verb] = heard.get(verb, 0) + 1
                usual = self.greeting if verb == b"EHLO" else TAKES.get(verb, b"250 OK\r\n")
                answer = said.get((verb, heard[verb]), usual)
                if answer is None:
                    return
                caller.sendall(answer)
                if verb == b"DATA" and answer.startswith(b"354"):
                    while (content := lines.readline()) not in (b".\r\n", b""):
                        pass
                    self.taken += content == b".\r\n"
                    caller.sendall(said.get((b".", heard[verb]), b"250 taken\r\n") or b"")


@pytest.fixture(
    autouse=True, params=[b"250 OK\r\n", b"250-relay\r\n250 PIPELINING\r\n"], ids=["in turn", "ahead"]
)
def _greeting(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """All of it with a relay that is asked step by step, and with one that takes commands ahead of its answers."""
    monkeypatch.setattr(Script, "greeting", request.param)


def channel(port: int, **changes: Any) -> EmailChannel:
    return EmailChannel(Relay("127.0.0.1", port, "alerts@example.org", starttls=False, **changes))


def fates(script: Script, message: Message, number: int) -> list[Fate]:
    with script.serving() as port:
        sending = channel(port, each_seconds=2.0, whole_seconds=5.0)
        with sending.kept():
            return [sending.send(replace(message, message_id=f"<{n}@x>")).fate for n in range(number)]


def test_a_run_of_messages_travels_over_one_connection(message: Message) -> None:
    script = Script()
    assert fates(script, message, 5) == [Fate.ACCEPTED] * 5
    assert (script.calls, script.taken) == (1, 5)


def test_outside_a_run_every_message_has_its_own_connection(free_port: int, message: Message) -> None:
    inbox = Inbox()
    with relay(inbox, free_port):
        sending = channel(free_port)
        assert [sending.send(message).fate for _ in range(2)] == [Fate.ACCEPTED] * 2
        assert sending._idle == []


def test_after_so_many_messages_the_relay_is_called_anew(
    message: Message, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp_line, "MOST_ON_ONE_LINE", 2)
    script = Script()
    assert fates(script, message, 5) == [Fate.ACCEPTED] * 5
    assert script.calls == 3


@pytest.mark.parametrize("verb", [b"MAIL", b"RCPT", b"DATA"])
@pytest.mark.parametrize("answer", [b"421 4.7.0 enough for now\r\n", None])
def test_a_relay_that_hangs_up_between_two_messages_is_called_again(
    message: Message, verb: bytes, answer: bytes | None
) -> None:
    script = Script({(verb, 2): answer})
    assert fates(script, message, 3) == [Fate.ACCEPTED] * 3
    assert (script.calls, script.taken) == (2, 3)


def test_a_refused_address_does_not_spoil_the_next_message(message: Message) -> None:
    no_one = b"503 5.5.1 no recipients\r\n" if b"PIPELINING" in Script.greeting else TAKES[b"DATA"]
    script = Script({(b"RCPT", 2): b"550 5.1.1 no such user\r\n", (b"DATA", 2): no_one})
    assert fates(script, message, 3) == [Fate.ACCEPTED, Fate.BOUNCED, Fate.ACCEPTED]
    assert script.calls == 1


def test_content_without_an_answer_is_never_sent_a_second_time_in_the_same_breath(message: Message) -> None:
    script = Script({(b".", 2): b"421 4.3.2 going down\r\n"})
    first, second, third = fates(script, message, 3)
    assert (first, third) == (Fate.ACCEPTED, Fate.ACCEPTED)
    assert second is not Fate.ACCEPTED
    assert script.taken == 3


def test_an_answer_too_many_is_not_taken_for_the_next_one(message: Message) -> None:
    script = Script({(b".", 1): b"250 taken\r\n250 and again\r\n"})
    assert fates(script, message, 2) == [Fate.ACCEPTED] * 2
    assert (script.calls, script.taken) == (2, 2)


@pytest.mark.parametrize("answer", [b"503 5.5.1 not now\r\n", b"500 what\r\n", None])
def test_a_relay_that_cannot_forget_a_refused_address_is_called_anew(
    message: Message, answer: bytes | None
) -> None:
    script = Script({(b"RCPT", 2): b"450 4.2.0 later\r\n", (b"RSET", 1): answer})
    assert fates(script, message, 3) == [Fate.ACCEPTED, Fate.LATER, Fate.ACCEPTED]
    assert (script.calls, script.taken) == (2, 2)


@pytest.mark.parametrize(
    "answer", [b"452 4.5.3 too many messages\r\n", b"550 5.7.1 enough\r\n", b"gibberish\r\n"]
)
def test_a_relay_that_takes_so_many_messages_a_connection_is_called_anew(
    message: Message, answer: bytes
) -> None:
    script = Script({(b"MAIL", 3): answer})
    assert fates(script, message, 4) == [Fate.ACCEPTED] * 4
    assert (script.calls, script.taken) == (2, 4)


def test_a_relay_that_takes_nothing_is_not_called_again_and_again(message: Message) -> None:
    refusing: dict[tuple[bytes, int], bytes | None] = {(b"MAIL", 1): b"550 5.7.1 no\r\n"}
    script = Script(*[refusing] * 9)
    assert fates(script, message, 2) == [Fate.CLOSED] * 2
    assert script.calls == 2


@pytest.mark.parametrize("answer", [b"200 fine\r\n", b"251 will forward\r\n"])
def test_content_taken_with_an_unusual_yes_is_taken(message: Message, answer: bytes) -> None:
    assert fates(Script({(b".", 1): answer}), message, 2) == [Fate.ACCEPTED] * 2


@pytest.mark.parametrize("answer", [b"gibberish\r\n", b"\x00\xff\r\n", b"354 go on\r\n", b"999 what\r\n"])
def test_an_answer_to_the_content_that_says_nothing_leaves_it_unclear(
    message: Message, answer: bytes
) -> None:
    script = Script({(b".", 1): answer})
    assert fates(script, message, 2) == [Fate.UNCLEAR, Fate.ACCEPTED]
    assert script.calls == 2


def test_a_relay_that_waits_for_content_to_nobody_gets_none(message: Message) -> None:
    script = Script({(b"RCPT", 2): b"550 5.1.1 no such user\r\n"})
    assert fates(script, message, 3) == [Fate.ACCEPTED, Fate.BOUNCED, Fate.ACCEPTED]
    assert script.taken == 2


def test_an_address_that_is_put_off_is_asked_for_once(message: Message) -> None:
    script = Script({(b"RCPT", 1): b"450 4.2.1 later\r\n", (b"DATA", 1): b"503 5.5.1 no recipients\r\n"})
    assert fates(script, message, 1) == [Fate.LATER]
    assert (script.calls, script.taken) == (1, 0)


def test_a_sender_that_is_refused_means_the_relay_whatever_it_says_next(message: Message) -> None:
    script = Script({(b"MAIL", 1): b"550 5.7.1 not you\r\n"})
    assert fates(script, message, 1) == [Fate.CLOSED]
    assert script.taken == 0


def test_whole_messages_arrive_by_commands_sent_ahead(free_port: int, message: Message) -> None:
    class Ahead(Inbox):
        async def handle_EHLO(  # noqa: N802
            self, server: Any, session: Any, envelope: Any, name: str, responses: list[str]
        ) -> list[str]:
            session.host_name = name
            return [*responses[:-1], "250-PIPELINING", responses[-1]]

    inbox, sending = Ahead(), channel(free_port)
    with relay(inbox, free_port), sending.kept():
        assert [sending.send(message).fate for _ in range(3)] == [Fate.ACCEPTED] * 3
        assert all(line.smtp.has_extn("pipelining") for line in sending._idle)
    assert [inbox.raw, inbox.recipients] == [[sending.wire(message)] * 3, [message.to] * 3]
