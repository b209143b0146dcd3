"""Messages that came back: who says so is not trusted, what they name must be ours."""

import re
from datetime import timedelta
from email import message_from_string, policy
from email.message import EmailMessage

import pytest

from tests.services.told import ADA, BOB, SECRET, Telling
from tracker.domain.link_tokens import Seal
from tracker.domain.mail_reports import ReportError
from tracker.services.read_returned import reports_in, returned

SEAL = Seal(SECRET)
UNCHANGED = policy.default.clone(refold_source="none")


RETURNED = """From: MAILER-DAEMON@mx.example.org
To: alerts@example.org
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I am sorry.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; %(recipient)s
Action: %(action)s
Status: %(status)s
Diagnostic-Code: smtp; 550 %(status)s unknown

--b
Content-Type: %(part)s

%(headers)s

--b--
"""


def delivery_report(
    original: EmailMessage | None,
    recipient: str = ADA,
    status: str = "5.1.1",
    action: str = "failed",
    part: str = "text/rfc822-headers",
) -> bytes:
    """As Postfix writes it."""
    headers = (
        original.as_string(policy=UNCHANGED).split("\n\n")[0]
        if original is not None
        else "Subject: none of yours"
    )
    said = {"recipient": recipient, "action": action, "status": status, "part": part, "headers": headers}
    return (RETURNED % said).encode()


def complaint(original: EmailMessage, recipient: str = "", kind: str = "abuse") -> bytes:
    """As a feedback loop writes it (RFC 5965)."""
    named = f"Original-Rcpt-To: {recipient}\n" if recipient else ""
    return f"""From: feedback@mail.example.net
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="b"

--b
Content-Type: text/plain

This is a complaint.

--b
Content-Type: message/feedback-report

Feedback-Type: {kind}
User-Agent: Some/1.0
Version: 1
{named}
--b
Content-Type: message/rfc822

{original.as_string(policy=UNCHANGED)}

--b--
""".encode()


def take(telling: Telling, message: bytes) -> int:
    with telling.composed.database.writing() as session:
        return returned(session, message, SEAL, telling.clock())


def ended(telling: Telling) -> list[str]:
    return [row.ended_reason for row in telling.subscriptions()]


@pytest.fixture
def told(telling: Telling) -> EmailMessage:
    """Ada and Bob got news; Ada's message."""
    telling.enter()
    telling.subscribe(ADA)
    telling.subscribe(BOB)
    telling.happen()
    telling.work()
    return telling.inbox.to(ADA)[-1]


@pytest.mark.parametrize("part", ["text/rfc822-headers", "message/rfc822"])
def test_a_message_of_ours_that_came_back_stops_its_address(
    telling: Telling, told: EmailMessage, part: str
) -> None:
    assert take(telling, delivery_report(told, part=part)) == 1
    assert ended(telling) == ["bounced", ""]
    assert take(telling, delivery_report(told, part=part)) in (0, 1)
    assert ended(telling) == ["bounced", ""]


@pytest.mark.parametrize(
    ("status", "action"), [("4.4.1", "delayed"), ("2.0.0", "delivered"), ("5.7.1", "failed")]
)
def test_a_delay_a_success_and_a_policy_stop_nobody(
    telling: Telling, told: EmailMessage, status: str, action: str
) -> None:
    assert take(telling, delivery_report(told, status=status, action=action)) == 0
    assert ended(telling) == ["", ""]


def test_a_full_box_is_counted_and_given_up_after_ten_days(telling: Telling, told: EmailMessage) -> None:
    for _ in range(11):
        take(telling, delivery_report(told, status="5.2.2"))
        telling.clock.forward(timedelta(days=1))
    assert ended(telling) == ["took no mail for ten days", ""]


def test_a_forged_report_about_somebody_elses_address_does_nothing(
    telling: Telling, told: EmailMessage
) -> None:
    assert take(telling, delivery_report(told, recipient=BOB)) in (0, 1)
    assert ended(telling)[1] == ""
    telling.clock.forward(timedelta(minutes=1))
    assert take(telling, delivery_report(None, recipient=BOB)) == 0
    forged = message_from_string("Message-ID: <letter-1@example.org>\n\nx")
    assert take(telling, delivery_report(forged, recipient=BOB)) == 0  # type: ignore[arg-type]
    assert ended(telling)[1] == ""


@pytest.mark.parametrize("recipient", ["", ADA, "redacted@redacted.invalid"])
def test_a_complaint_is_known_by_the_messages_own_link(
    telling: Telling, told: EmailMessage, recipient: str
) -> None:
    assert take(telling, complaint(told, recipient)) == 1
    assert ended(telling) == ["complained", ""]


def test_a_report_of_something_else_is_no_complaint(telling: Telling, told: EmailMessage) -> None:
    assert take(telling, complaint(told, kind="not-spam")) == 0
    assert ended(telling) == ["", ""]


@pytest.mark.parametrize(
    "message",
    [
        b"",
        b"Subject: I am on holiday\n\nuntil Monday",
        b"Content-Type: multipart/report; report-type=disposition-notification; boundary=b\n\n--b--",
        b"Content-Type: multipart/report; report-type=delivery-status\n\nno parts",
        b"\xff\xfe\x00" * 50,
        b"x" * 6_000_000,
    ],
)
def test_what_is_no_report_does_nothing(message: bytes) -> None:
    try:
        assert reports_in(message) == []
    except ReportError as error:
        assert re.match("this", str(error))
