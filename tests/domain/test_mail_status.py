"""What a server's answer about a recipient means, code by code (RFC 5321, RFC 3463)."""

import pytest

from tracker.domain.mail_status import meaning, of_message
from tracker.domain.post import Fate

GONE, LATER, REFUSED = Fate.BOUNCED, Fate.LATER, Fate.REFUSED


@pytest.mark.parametrize(
    ("code", "answer", "fate", "of_address"),
    [
        (550, "5.1.1 no such user", GONE, True),
        (550, "5.1.2 no such host", GONE, True),
        (553, "5.1.3 bad address", GONE, True),
        (551, "5.1.6 moved", GONE, True),
        (556, "5.1.10 takes no mail", GONE, True),
        (550, "5.2.1 disabled", GONE, True),
        (554, "5.2.1 disabled", GONE, True),
        (552, "5.2.2 full", LATER, True),
        (550, "5.2.2 full", LATER, True),
        (552, "5.2.3 too long", REFUSED, False),
        (552, "5.3.4 too big for us", REFUSED, False),
        (550, "5.1.8 we know no such sender", REFUSED, False),
        (550, "5.4.1 access denied", REFUSED, True),
        (550, "5.7.1 relaying denied", REFUSED, False),
        (554, "5.7.1 blocked", REFUSED, False),
        (550, "5.7.26 not authenticated", REFUSED, False),
        (450, "4.2.2 full", LATER, True),
        (452, "4.2.2 full", LATER, True),
        (450, "4.7.1 greylisted", LATER, False),
        (421, "4.7.0 too many from you", LATER, False),
        (451, "4.3.0 try again", LATER, False),
        (450, "mailbox unavailable", LATER, True),
        (421, "too busy", LATER, False),
        (550, "No such user here", GONE, True),
        (550, "blocked: see our black list", REFUSED, False),
        (550, "message rejected as spam", REFUSED, False),
        (554, "transaction failed", REFUSED, False),
        (503, "bad sequence", REFUSED, False),
        (252, "cannot verify", LATER, False),
    ],
)
def test_an_answer_blames_the_address_us_or_the_hour(
    code: int, answer: str, fate: Fate, of_address: bool
) -> None:
    found = meaning(code, answer)
    assert (found.fate, found.of_address) == (fate, of_address)


@pytest.mark.parametrize(
    ("code", "answer", "fate"),
    [(550, "refused", REFUSED), (550, "5.1.1 gone", GONE), (552, "full", LATER), (451, "later", LATER)],
)
def test_after_the_whole_message_only_an_enhanced_code_blames_the_address(
    code: int, answer: str, fate: Fate
) -> None:
    assert of_message(code, answer).fate is fate
