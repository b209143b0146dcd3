"""Programs that open every link of a letter about work to do, a webhook or a quiet week: nothing moves either."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from socket import create_server

import pytest
from flask.testing import FlaskClient

from tests.services.alerted import EDITOR, add, choose, findings, morning
from tests.services.receiving import Hooking, Receiver
from tests.services.reminded import Reminding
from tests.services.told import ADA, BOB, SECRET, Clock, Inbox, Telling, relay, site
from tests.web.public.test_link_scanners import BROWSER, links_of, rows
from tracker.compose import compose
from tracker.config import Reminders, Webhooks
from tracker.domain.letter import ENDED, NOTICE
from tracker.domain.link_tokens import Seal
from tracker.domain.words import UserRole
from tracker.jobs import run_once
from tracker.services.webhook_end import GONE, switch_off
from tracker.services.write_letter import write_letter
from tracker.storage import webhooks

SEAL = Seal(SECRET)
HOOK = "https://hooks.example.org/news"
SUBJECTS = ("digest", "reminder", "alert", "Please confirm a webhook", "Your webhooks", "was switched off")


@dataclass
class Desk:
    """A site that reminds, alerts and posts; and somebody who opens its pages without cookies."""

    telling: Telling
    client: FlaskClient


@pytest.fixture
def desk(sqlite_url: str, tmp_path: Path) -> Iterator[Desk]:
    with closing(create_server(("127.0.0.1", 0))) as found:
        port = int(found.getsockname()[1])
    clock, inbox = Clock(), Inbox()
    with relay(inbox, port):
        base = site(sqlite_url, clock, port, tmp_path)
        base.close()
        on = replace(
            base.config,
            reminders=Reminders(enabled=True),
            webhooks=Webhooks(allow_hosts=("hooks.example.org",)),
        )
        telling = Telling(compose(on, clock), clock, inbox)
        telling.enter(2)
        yield Desk(telling, telling.composed.app.test_client(use_cookies=False))
        telling.composed.close()


def _letters(telling: Telling) -> None:
    telling.subscribe(BOB, frequency="daily", quiet="1")
    hooking = Hooking(telling, Receiver(url="https://hooks.example.org"))
    number, _, _ = hooking.hook()
    hooking.ask()  # a second time: where theirs are
    add(telling, EDITOR, UserRole.EDITOR)
    choose(telling, EDITOR, finding="daily")
    findings(telling, "A reply")
    reminding = Reminding(telling.composed, telling.clock, telling.inbox)
    reminding.reach()
    reminding.look(*telling.owed, on=telling.clock().date())
    with telling.composed.database.writing() as session:
        found = webhooks.find(session, number)
        assert found is not None
        switch_off(session, found, GONE, SEAL, telling.clock())
        now = telling.clock()
        ended = {"number": "O-1", "state": "upheld", "outcome": "We were wrong."}
        write_letter(session, now, ENDED, ADA, seal=SEAL, link="/items/one", said=ended)
        notice = {"body": "Ministry of Water", "title": "x", "reasons": "y", "until": "2026-05-19"}
        write_letter(session, now, NOTICE, ADA, link="/object?body=ministry-of-water", said=notice)
    run_once("remind", telling.composed)
    morning(telling)
    telling.work()


@pytest.fixture
def links(desk: Desk) -> list[str]:
    """Where these letters lead."""
    _letters(desk.telling)
    return links_of(desk.telling.inbox.messages)


def test_the_letters_are_those_meant(desk: Desk, links: list[str]) -> None:
    for place in ("/webhooks/confirm/", "/webhooks/", "/reminders/", "/alerts/leave/", "/unsubscribe/"):
        assert any(one.startswith(place) for one in links), (place, links)


def test_opening_every_link_moves_no_row(desk: Desk, links: list[str]) -> None:
    before = rows(desk.telling)
    for method in ("GET", "HEAD", "OPTIONS"):
        for address in links:
            for headers in ({}, BROWSER):
                assert desk.client.open(address, method=method, headers=headers).status_code < 500
    assert rows(desk.telling) == before


def test_a_form_sent_empty_acts_only_where_one_leaves(desk: Desk, links: list[str]) -> None:
    before = rows(desk.telling)
    for address in links:
        if not address.startswith(("/unsubscribe/", "/alerts/leave/", "/reminders/")):
            assert desk.client.post(address).status_code < 500
    assert rows(desk.telling) == before
    desk.telling.clock.forward(timedelta(days=1))
