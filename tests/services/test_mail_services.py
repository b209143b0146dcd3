"""What mail services tell, in the shape of each; who proves it, and who does not."""

import hmac
import json
from base64 import b64encode
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from standardwebhooks import Webhook

from tracker.config_checks import MAIL_SERVICES
from tracker.domain.mail_reports import ReportError, ReportKind
from tracker.domain.mail_services import mail_services, reports_of
from tracker.services.prove_report import proved

NOW = datetime(2026, 5, 12, 9, tzinfo=UTC)
ADA = "ada@example.org"
SECRET = "whsec_" + b64encode(b"twenty-four bytes of key").decode()
BOUNCE, SOFT, COMPLAINT = ReportKind.BOUNCE, ReportKind.SOFT, ReportKind.COMPLAINT
GENERIC = {"reports": [{"kind": "bounce", "address": ADA}]}


@pytest.mark.parametrize(
    ("service", "body", "told"),
    [
        ("generic", GENERIC, [(BOUNCE, ADA)]),
        ("generic", {"reports": [{"kind": "dance", "address": ADA}]}, []),
        ("generic", {"reports": [{"kind": "bounce", "address": "a@localhost"}, {"kind": "bounce"}]}, []),
        ("postmark", {"RecordType": "Bounce", "Type": "HardBounce", "Email": ADA}, [(BOUNCE, ADA)]),
        ("postmark", {"RecordType": "Bounce", "Type": "SoftBounce", "Email": ADA}, [(SOFT, ADA)]),
        ("postmark", {"RecordType": "SpamComplaint", "Email": ADA}, [(COMPLAINT, ADA)]),
        ("postmark", {"RecordType": "Open", "Email": ADA}, []),
        (
            "resend",
            {
                "type": "email.bounced",
                "data": {"to": [ADA, "bob@example.org"], "bounce": {"type": "Permanent"}},
            },
            [(BOUNCE, ADA), (BOUNCE, "bob@example.org")],
        ),
        ("resend", {"type": "email.complained", "data": {"to": [ADA]}}, [(COMPLAINT, ADA)]),
        ("resend", {"type": "email.delivered", "data": {"to": [ADA]}}, []),
        (
            "mailgun",
            {
                "event-data": {
                    "event": "failed",
                    "severity": "permanent",
                    "reason": "bounce",
                    "recipient": ADA,
                }
            },
            [(BOUNCE, ADA)],
        ),
        ("mailgun", {"event-data": {"event": "complained", "recipient": ADA}}, [(COMPLAINT, ADA)]),
        (
            "sendgrid",
            [
                {"email": ADA, "event": "bounce", "type": "bounce"},
                {"email": ADA, "event": "delivered"},
                {"email": ADA, "event": "spamreport"},
            ],
            [(BOUNCE, ADA), (COMPLAINT, ADA)],
        ),
        ("brevo", {"event": "hard_bounce", "email": ADA}, [(BOUNCE, ADA)]),
        ("brevo", {"event": "spam", "email": ADA}, [(COMPLAINT, ADA)]),
    ],
)
def test_each_service_is_understood_in_its_own_words(
    service: str, body: object, told: list[tuple[ReportKind, str]]
) -> None:
    found = reports_of(mail_services()[service], body)
    assert [(one.kind, one.address) for one in found] == told


@pytest.mark.parametrize(
    "body", [None, 3, "x", [1], {"reports": 3}, {"reports": [None]}, {"reports": [{}] * 1001}]
)
def test_what_holds_no_report_is_refused_in_a_sentence(body: object) -> None:
    with pytest.raises(ReportError) as refused:
        list(reports_of(mail_services()["generic"], body))
    assert str(refused.value).endswith(".")


def test_the_configuration_knows_every_service() -> None:
    assert list(mail_services()) == list(MAIL_SERVICES)


def test_every_service_names_a_proof_there_is() -> None:
    for one in mail_services().values():
        assert proved(one.proof, "x" * 20, {}, b"{}", NOW) == ""


def _standard(
    body: bytes, at: datetime = NOW, family: str = "webhook", secret: str = SECRET
) -> dict[str, str]:
    return {
        f"{family}-id": "msg_1",
        f"{family}-timestamp": str(int(at.timestamp())),
        f"{family}-signature": f"v1,bm9uc2Vuc2U= {Webhook(secret).sign('msg_1', at, body.decode())}",
    }


@pytest.mark.parametrize("family", ["webhook", "svix"])
def test_a_signature_made_by_another_program_is_accepted(family: str) -> None:
    body = json.dumps(GENERIC).encode()
    assert proved("standard", SECRET, _standard(body, family=family), body, NOW) == "msg_1"


@pytest.mark.parametrize("late", [timedelta(minutes=-6), timedelta(minutes=6), timedelta(days=365)])
def test_a_signature_of_another_time_proves_nothing(late: timedelta) -> None:
    body = b"{}"
    assert proved("standard", SECRET, _standard(body), body, NOW + late) == ""
    assert proved("standard", SECRET, _standard(body), body, NOW + timedelta(minutes=4)) == "msg_1"


@pytest.mark.parametrize(
    "changes",
    [
        {"webhook-id": "msg_2"},
        {"webhook-id": ""},
        {"webhook-timestamp": "1778576401"},
        {"webhook-timestamp": "NaN"},
        {"webhook-timestamp": "9" * 11},
        {"webhook-timestamp": "²"},
        {"webhook-signature": ""},
        {"webhook-signature": "v1,"},
        {"webhook-signature": "v1,===="},
        {"webhook-signature": "v1,ü"},
    ],
)
def test_whatever_is_changed_breaks_the_signature(changes: dict[str, str]) -> None:
    assert proved("standard", SECRET, _standard(b"{}") | changes, b"{}", NOW) == ""
    assert proved("standard", SECRET, _standard(b"{}"), b"{ }", NOW) == ""


def test_another_secret_or_one_that_cannot_be_read_proves_nothing() -> None:
    other = "whsec_" + b64encode(b"another key of many bytes").decode()
    assert proved("standard", other, _standard(b"{}"), b"{}", NOW) == ""
    at = str(int(NOW.timestamp()))
    by_nobody = b64encode(hmac.digest(b"", f"msg_1.{at}.{{}}".encode(), "sha256")).decode()
    headers = {"webhook-id": "msg_1", "webhook-timestamp": at, "webhook-signature": f"v1,{by_nobody}"}
    assert proved("standard", "whsec_ü", headers, b"{}", NOW) == ""


@pytest.mark.parametrize(
    ("sent", "good"),
    [
        ("Basic " + b64encode(b"answerby:a long password").decode(), True),
        ("Bearer a long password", True),
        ("Bearer a long passwor", False),
        ("Basic " + b64encode(b"a long password").decode(), False),
        ("Basic x", False),
        ("Digest a long password", False),
        ("", False),
    ],
)
def test_services_without_signatures_show_the_password(sent: str, good: bool) -> None:
    assert bool(proved("password", "a long password", {"authorization": sent}, b"{}", NOW)) is good


def _mailgun(key: str, **changes: str) -> bytes:
    at, token = str(int(NOW.timestamp())), "t" * 50
    signature = hmac.new(key.encode(), (at + token).encode(), sha256).hexdigest()
    return json.dumps(
        {"signature": {"timestamp": at, "token": token, "signature": signature} | changes}
    ).encode()


def test_a_signature_inside_the_body_is_read() -> None:
    assert proved("mailgun", "key", {}, _mailgun("key"), NOW) == "t" * 50
    wrong: list[bytes] = [
        _mailgun("other"),
        _mailgun("key", token="u"),
        _mailgun("key", signature="é"),
        b"{}",
        b"[",
    ]
    assert [proved("mailgun", "key", {}, one, NOW) for one in wrong] == [""] * 5
    assert proved("mailgun", "key", {}, _mailgun("key"), NOW + timedelta(hours=1)) == ""


def test_a_signature_by_a_services_own_key_is_read() -> None:
    private = ec.generate_private_key(ec.SECP256R1())
    public = b64encode(
        private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    ).decode()
    at, body = str(int(NOW.timestamp())), b"[]"

    def headers(signed: bytes) -> dict[str, Any]:
        signature = b64encode(private.sign(signed, ec.ECDSA(hashes.SHA256()))).decode()
        name = "x-twilio-email-event-webhook"
        return {f"{name}-timestamp": at, f"{name}-signature": signature}

    assert proved("sendgrid", public, headers(at.encode() + body), body, NOW)
    assert not proved("sendgrid", public, headers(body), body, NOW)
    assert not proved("sendgrid", public, headers(at.encode() + body), body, NOW + timedelta(hours=1))
    assert not proved("sendgrid", "no key at all", headers(at.encode() + body), body, NOW)
