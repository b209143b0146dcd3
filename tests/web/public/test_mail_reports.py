"""Reports of mail services at the door: signed ones act, once; all others say what is wrong and change nothing."""

import json
from base64 import b64encode
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from socket import create_server

import pytest
from standardwebhooks import Webhook
from werkzeug.test import TestResponse

from tests.services.told import ADA, BOB, Clock, Inbox, Telling, relay, site
from tracker.services.take_reports import MOST_BYTES
from tracker.web.app import create_app
from tracker.web.site import Site

SECRET = "whsec_" + b64encode(b"twenty-four bytes of key").decode()


class Door:
    """A site whose mail service reports to it, and two subscribers."""

    def __init__(self, telling: Telling, service: str, secret: str) -> None:
        self.telling, composed = telling, telling.composed
        config = replace(
            composed.config, mail=replace(composed.config.mail, reports=service, reports_secret=secret)
        )
        app = create_app(Site(config, composed.database, composed.now), testing=True)
        self.client = app.test_client(use_cookies=False)

    def post(
        self, told: object, name: str = "msg_1", service: str = "generic", at: datetime | None = None
    ) -> TestResponse:
        body, signed_at = json.dumps(told), at or self.telling.clock()
        headers = {
            "webhook-id": name,
            "webhook-timestamp": str(int(signed_at.timestamp())),
            "webhook-signature": Webhook(SECRET).sign(name, signed_at, body),
        }
        return self.client.post(f"/hooks/mail/{service}", data=body, headers=headers)

    def ended(self) -> list[str]:
        return [row.ended_reason for row in self.telling.subscriptions()]


@pytest.fixture
def telling(sqlite_url: str, tmp_path: Path) -> Iterator[Telling]:
    """A site with two subscribers."""
    with closing(create_server(("127.0.0.1", 0))) as found:
        port = int(found.getsockname()[1])
    inbox, clock = Inbox(), Clock()
    with relay(inbox, port):
        composed = site(sqlite_url, clock, port, tmp_path)
        made = Telling(composed, clock, inbox)
        made.enter()
        made.subscribe(ADA)
        made.subscribe(BOB)
        yield made
        composed.database.close()


@pytest.fixture
def door(telling: Telling) -> Door:
    """It listens to the generic shape."""
    return Door(telling, "generic", SECRET)


def told(kind: str, *addresses: str) -> dict[str, object]:
    return {"reports": [{"kind": kind, "address": one} for one in addresses]}


def test_a_signed_report_stops_its_address_and_a_repeat_is_no_error(door: Door) -> None:
    for _ in range(3):
        answer = door.post(told("bounce", ADA))
        assert (answer.status_code, answer.text) == (200, "Taken.\n")
        assert "Set-Cookie" not in answer.headers
    assert door.ended() == ["bounced", ""]


def test_a_repeat_does_nothing_to_whoever_came_back_meanwhile(door: Door) -> None:
    door.post(told("bounce", ADA))
    door.telling.clock.forward(timedelta(hours=3))
    door.telling.subscribe(ADA)
    assert door.post(told("bounce", ADA)).status_code == 200
    assert door.ended() == ["bounced", "", ""]


def test_one_request_may_tell_of_many(door: Door) -> None:
    door.post(told("complaint", ADA, BOB, "nobody@example.org"))
    assert door.ended() == ["complained", "complained"]


@pytest.mark.parametrize("minutes", [-6, 6, 600])
def test_an_old_signature_and_one_ahead_are_refused(door: Door, minutes: int) -> None:
    at = door.telling.clock() + timedelta(minutes=minutes)
    assert door.post(told("bounce", ADA), at=at).status_code == 401
    assert door.ended() == ["", ""]


def test_without_a_signature_nothing_happens(door: Door) -> None:
    answer = door.client.post("/hooks/mail/generic", json=told("bounce", ADA))
    assert answer.status_code == 401
    assert "signature" in answer.text
    assert door.ended() == ["", ""]


@pytest.mark.parametrize("service", ["postmark", "sendgrid", "nobody"])
def test_only_the_service_that_is_configured_is_listened_to(door: Door, service: str) -> None:
    assert door.post(told("bounce", ADA), service=service).status_code == 404


def test_a_site_that_names_no_service_listens_to_none(telling: Telling) -> None:
    assert Door(telling, "", "").post(told("bounce", ADA)).status_code == 404


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH"])
def test_no_other_method_does_anything(door: Door, method: str) -> None:
    assert door.client.open("/hooks/mail/generic", method=method).status_code == 405


@pytest.mark.parametrize("body", [3, None, [], {"reports": "x"}, "[" * 100_000])
def test_what_cannot_be_read_says_so_and_may_be_sent_again(door: Door, body: object) -> None:
    answer = door.post(body)
    assert answer.status_code in (200, 400)
    assert answer.text.endswith(".\n")
    assert door.post(told("bounce", ADA)).status_code == 200


def test_a_body_without_end_is_not_read(door: Door) -> None:
    answer = door.client.post("/hooks/mail/generic", data=b"x" * (MOST_BYTES + 1))
    assert answer.status_code == 413


def test_a_password_is_enough_for_services_that_sign_nothing(telling: Telling) -> None:
    door = Door(telling, "postmark", "a password of many signs")
    body = {"RecordType": "Bounce", "Type": "HardBounce", "Email": ADA}
    right = door.client.post("/hooks/mail/postmark", json=body, auth=("answerby", "a password of many signs"))
    wrong = door.client.post("/hooks/mail/postmark", json=body | {"Email": BOB}, auth=("answerby", "guess"))
    assert (right.status_code, wrong.status_code) == (200, 401)
    assert door.ended() == ["bounced", ""]
