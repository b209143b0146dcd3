"""A relay that talks without end: one answer is bounded by its length, whatever time would allow."""

from collections.abc import Callable

import pytest

from tests.channels.test_kept_lines import Script, channel
from tracker.channels import smtp_answers
from tracker.channels.relay_steps import walk
from tracker.channels.smtp_answers import MOST_BYTES, MOST_LINES
from tracker.domain.post import Fate, Message

FLOOD = 40 * MOST_LINES
PATIENT = {"each_seconds": 20.0, "whole_seconds": 60.0}
"""So long that it is not time which ends the answer."""


class Counted:
    """Counts what is read of a relay's answers."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.lines = 0
        real: Callable[..., bytes] = smtp_answers.Answers.readline

        def readline(answers: smtp_answers.Answers, size: int = -1) -> bytes:
            self.lines += 1
            return real(answers, size)

        monkeypatch.setattr(smtp_answers.Answers, "readline", readline)


def endless(code: int, words: bytes = b"and so on") -> bytes:
    return b"%d-%s\r\n" % (code, words) * FLOOD


@pytest.mark.parametrize(
    ("verb", "code", "fate"),
    [
        (b"EHLO", 250, Fate.CLOSED),
        (b"MAIL", 250, Fate.CLOSED),
        (b"RCPT", 550, Fate.LATER),
        (b"DATA", 354, Fate.LATER),
        (b".", 250, Fate.UNCLEAR),
    ],
)
def test_an_answer_without_end_is_cut_and_the_message_waits(
    message: Message, verb: bytes, code: int, fate: Fate, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted, script = Counted(monkeypatch), Script({(verb, 1): endless(code)})
    with script.serving() as port:
        outcome = channel(port, **PATIENT).send(message)
    assert outcome.fate is fate, outcome
    assert f"longer than {MOST_LINES} lines" in outcome.error
    assert counted.lines < MOST_LINES + 20


def test_long_lines_count_by_their_bytes(message: Message, monkeypatch: pytest.MonkeyPatch) -> None:
    counted, script = Counted(monkeypatch), Script({(b"RCPT", 1): endless(250, b"x" * 8000)})
    with script.serving() as port:
        assert channel(port, **PATIENT).send(message).fate is Fate.LATER
    assert counted.lines < MOST_BYTES / 8000 + 20


def test_each_answer_has_its_own_measure(message: Message) -> None:
    long = b"250-a line\r\n" * (MOST_LINES - 1) + b"250 the last\r\n"
    script = Script({(verb, 1): long for verb in (b"EHLO", b"MAIL", b"RCPT", b".")})
    with script.serving() as port:
        assert channel(port, **PATIENT).send(message).accepted


def test_a_greeting_without_end_is_said_to_the_operator_who_tries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.channels.test_kept_lines.GREETS", endless(220))
    script = Script()
    with script.serving() as port:
        (step,) = walk(channel(port, **PATIENT).relay, b"x", "ada@example.org")
    assert not step.good
    assert "longer than" in step.sentence
