"""Who has no secret, and who has it and sends nonsense, at the door of mail reports: a sentence, and never an error."""

import hmac
import json
from base64 import b64encode
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from standardwebhooks import Webhook
from werkzeug.test import TestResponse

from tests.services.told import ADA, BOB, NOW, Clock, Inbox, Telling, site
from tests.services.told import SECRET as SITE_SECRET
from tests.web.public.test_mail_reports import SECRET, Door, told
from tracker.domain.link_tokens import Seal
from tracker.domain.mail_services import MOST, mail_services
from tracker.domain.words import Frequency
from tracker.services.take_reports import MOST_BYTES
from tracker.storage.tables import Subscription

DEEP = 10_000
LEAKED = [f"reader{n}@example.org" for n in range(300)] + [ADA, BOB]


def follower(address: str) -> Subscription:
    return Subscription(
        channel="email",
        address=address,
        address_hash=Seal(SITE_SECRET).address_hash(address),
        list_name="overdue",
        filters={},
        frequency=Frequency.INSTANT,
        created_at=NOW,
        confirmed_at=NOW,
        queued_to_seq=0,
    )


@pytest.fixture
def telling(database_url: str, tmp_path: Path) -> Iterator[Telling]:
    """A site with two subscribers, on either database; no letter leaves it."""
    clock = Clock()
    made = Telling(site(database_url, clock, 1, tmp_path), clock, Inbox())
    with made.composed.database.writing() as session:
        session.add_all([follower(address) for address in (ADA, BOB)])
    with closing(made.composed.database):
        yield made


@pytest.fixture
def door(telling: Telling) -> Door:
    """It listens to the generic shape."""
    return Door(telling, "generic", SECRET)


def signature(name: str, at: int, body: bytes) -> str:
    """Over bytes of any kind: the library that services use signs only text."""
    meant = hmac.digest(b"twenty-four bytes of key", f"{name}.{at}.".encode() + body, "sha256")
    return f"v1,{b64encode(meant).decode()}"


def signed(door: Door, body: bytes, name: str = "msg_1", **headers: str) -> TestResponse:
    at = door.telling.clock()
    every = {
        "webhook-id": name,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": signature(name, int(at.timestamp()), body),
        **headers,
    }
    return door.client.post("/hooks/mail/generic", data=body, headers=every)


def is_said(answer: TestResponse, *codes: int) -> None:
    """A sentence in plain words, with one of these codes."""
    assert answer.status_code in codes, answer.text
    assert answer.text.endswith(".\n") or answer.status_code == 413
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    "signature",
    [
        "",
        "v1,",
        "v1",
        "v1,AAAA",
        "v1,\u00e9\u00ff",
        "v2,AAAA",
        "v1,AAAA " * 5000,
        "=" * 9,
        "v1," + "A" * 60_000,
    ],
)
def test_a_wrong_signature_is_refused_whatever_it_looks_like(door: Door, signature: str) -> None:
    body = json.dumps(told("bounce", ADA)).encode()
    is_said(signed(door, body, **{"webhook-signature": signature}), 401)


@pytest.mark.parametrize("at", ["", "0", "-1", "99999999999", "1e9", "\u00b2", "9" * 400, "now"])
def test_a_time_that_is_none_is_refused(door: Door, at: str) -> None:
    is_said(signed(door, b"{}", **{"webhook-timestamp": at}), 401)


def test_a_signature_is_good_for_its_own_body_and_name_only(door: Door) -> None:
    body = json.dumps(told("bounce", ADA)).encode()
    at = door.telling.clock()
    taken = Webhook(SECRET).sign("msg_1", at, body.decode())
    other = json.dumps(told("bounce", BOB)).encode()
    is_said(signed(door, other, **{"webhook-signature": taken}), 401)
    is_said(signed(door, body, "msg_2", **{"webhook-signature": taken}), 401)


def test_a_replay_does_nothing_and_once_its_time_is_over_it_is_refused(door: Door) -> None:
    body, at = json.dumps(told("bounce", ADA)).encode(), door.telling.clock()
    sent = {
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(SECRET).sign("msg_1", at, body.decode()),
    }
    assert [signed(door, body, **sent).text for _ in range(3)] == ["Taken.\n"] * 3
    door.telling.clock.forward(timedelta(minutes=6))
    is_said(signed(door, body, **sent), 401)


@pytest.mark.parametrize("size", [MOST_BYTES + 1, 10_000_000])
@pytest.mark.parametrize("told_length", [True, False])
def test_ten_megabytes_are_not_read(door: Door, size: int, told_length: bool) -> None:
    stream = BytesIO(b"[" * size)
    answer = door.client.post(
        "/hooks/mail/generic",
        input_stream=stream,
        content_length=size if told_length else None,
        headers={} if told_length else {"Transfer-Encoding": "chunked"},
        environ_overrides={"wsgi.input_terminated": True},
    )
    is_said(
        answer, 413 if told_length else 401
    )  # without a length it is cut, and what is left is signed by nobody
    assert stream.tell() <= MOST_BYTES + 70_000


@pytest.mark.parametrize(
    "body",
    [
        b"[" * DEEP + b"]" * DEEP,
        b'{"reports":' * DEEP + b"1" + b"}" * DEEP,
        b'{"reports":' + b"[" * DEEP + b"]" * DEEP + b"}",
        b'{"reports":[{"kind":"bounce","address":' + b"[" * DEEP + b"]" * DEEP + b"}]}",
        b"1" * 100_000,
        b"NaN",
        b"\xff\xfe{",
        b"",
        b"null",
        b'"a text"',
        b'{"reports":[{"kind":{"a":[]},"address":"ada@example.org"}]}',
        b'{"reports":[{"kind":"bounce","address":{"a":1},"message_id":["x"]}]}',
        b'{"reports":[{"kind":"bounce","address":"a\\u0000b@example.org"}]}',
        b'{"reports":[{"kind":"bounce","address":"\\ud800@example.org","message_id":"\\u0000"}]}',
        b'{"reports":[{"kind":"soft","address":"ada@example.org","message_id":"\\u0000\\ud800"}]}',
        b'{"reports":[null,1,"x",[]]}',
    ],
)
def test_what_somebody_with_the_secret_sends_wrongly_is_no_error_of_ours(door: Door, body: bytes) -> None:
    is_said(signed(door, body), 200, 400)
    assert door.post(told("bounce", ADA), "msg_2").status_code == 200


def test_more_addresses_than_one_request_may_tell_of_are_refused_however_they_are_packed(door: Door) -> None:
    many = [f"reader{n}@example.org" for n in range(MOST + 1)]
    is_said(signed(door, json.dumps(told("bounce", *many)).encode()), 400)
    packed = {"reports": [{"kind": "bounce", "address": many}]}
    is_said(signed(door, json.dumps(packed).encode(), "msg_2"), 400)


@pytest.mark.parametrize(
    "kind",
    [
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "multipart/form-data; boundary=x",
        "text/plain; charset=utf-16",
        "application/json; charset=nonsense",
        "\u00e9/\u00e9",
        "x" * 3000,
    ],
)
def test_what_the_body_is_called_does_not_matter(door: Door, kind: str) -> None:
    body = json.dumps(told("complaint", "nobody@example.org")).encode()
    is_said(signed(door, body, **{"Content-Type": kind}), 200)
    is_said(door.client.post("/hooks/mail/generic", data=body, headers={"Content-Type": kind}), 401)


@pytest.mark.parametrize(
    "service", ["nobody", "GENERIC", "a" * 300, "..", "%00", "generic%0a", "%ff", "é", "a b"]
)
def test_a_service_nobody_knows_is_unknown(door: Door, service: str) -> None:
    answer = door.client.post(f"/hooks/mail/{service}", data=b"{}")
    assert answer.status_code in (400, 404)


@pytest.mark.parametrize("service", sorted(mail_services()))
def test_a_leaked_list_of_addresses_stops_nobody_without_the_secret(telling: Telling, service: str) -> None:
    door = Door(telling, service, SECRET)
    bodies: list[object] = [
        told("bounce", *LEAKED),
        told("complaint", *LEAKED),
        [{"event": "bounce", "type": "bounce", "email": one} for one in LEAKED],
        {"RecordType": "Bounce", "Type": "HardBounce", "Email": ADA},
        {"signature": {"timestamp": "1778576400", "token": "t", "signature": "0" * 64}, "event-data": {}},
        {"signature": "text"},
        {"signature": {"timestamp": [], "token": "\ud800", "signature": "\u00e9"}},
    ]
    for body in bodies:
        for login in (None, ("answerby", ""), ("answerby", "guess")):
            answer = door.client.post(f"/hooks/mail/{service}", json=body, auth=login)
            is_said(answer, 401, 404)
        for word in ("Bearer", "Bearer ", "Basic", "Basic !!!", "Basic é", "Digest x", "Bearer é"):
            answer = door.client.post(f"/hooks/mail/{service}", json=body, headers={"Authorization": word})
            is_said(answer, 401, 404)
    assert door.ended() == ["", ""]
