"""The pages of webhooks: links only show, buttons act, the secret is shown once, and answers are plain text."""

import re
from collections.abc import Iterator
from pathlib import Path

import html5lib
import pytest
from werkzeug.test import TestResponse

from tests.services.receiving import Hooking, hooking_site
from tests.services.told import ADA, BOB, link


class Owner:
    """Somebody with a browser that keeps no cookies."""

    def __init__(self, hooking: Hooking) -> None:
        self.hooking = hooking
        self.client = hooking.composed.app.test_client(use_cookies=False)

    def open(self, address: str, status: int = 200, method: str = "GET", **fields: str) -> str:
        answer: TestResponse = self.client.open(address, method=method, data=fields or None)
        page = answer.get_data(as_text=True)
        assert answer.status_code == status, page
        assert "Set-Cookie" not in answer.headers
        if method == "GET" and status == 200:
            html5lib.HTMLParser(strict=True).parse(page)
        return page

    def post(self, address: str, status: int = 200, /, **fields: str) -> str:
        return self.open(address, status, "POST", **fields)

    def ask(self, status: int = 200, **fields: str) -> str:
        given = {"email": ADA, "url": f"{self.hooking.receiver.url}/hook", "template": "json"}
        return self.post("/subscribe/webhook", status, **{**given, "list": "overdue", **fields})

    def letter(self) -> str:
        """The address that the newest letter's link leads to."""
        self.hooking.telling.work()
        return f"/webhooks/confirm/{link(self.hooking.telling.inbox.to(ADA)[-1], 'webhooks/confirm')}"

    def page(self) -> tuple[str, str]:
        """Ask, confirm: the owner's page of the webhook, and what it showed first."""
        self.ask()
        shown = self.post(self.letter())
        found = re.search(r'action="(/webhooks/[\w-]+/\d+)"', shown)
        assert found is not None
        return found[1], shown


@pytest.fixture
def owner(database_url: str, tmp_path: Path) -> Iterator[Owner]:
    with hooking_site(database_url, tmp_path) as hooking:
        yield Owner(hooking)


def test_the_form_of_mail_leads_to_that_of_webhooks_with_the_same_filters(owner: Owner) -> None:
    page = owner.open("/subscribe?list=waiting&body=ministry-of-water")
    assert "/subscribe/webhook?list=waiting&amp;body=ministry-of-water" in page
    form = owner.open("/subscribe/webhook?list=waiting&body=ministry-of-water")
    assert "Ministry of Water" in form
    assert '<input type="hidden" name="body" value="ministry-of-water">' in form
    assert "Mattermost" in form


def test_everybody_gets_the_same_answer(owner: Owner) -> None:
    fresh = owner.ask()
    again = owner.ask()
    other = owner.ask(email=BOB)
    assert fresh == again == other.replace(BOB, ADA)


def test_a_wrong_field_says_so_and_keeps_what_was_typed(owner: Owner) -> None:
    page = owner.ask(400, url="http://example.org/hook", email="ada@", template="pager", body="nobody")
    assert "must begin with https://" in page
    assert all(f'id="wrong-{name}"' in page for name in ("url", "email", "template"))
    assert 'value="http://example.org/hook"' in page
    assert "body=nobody is not on record here" in owner.ask(400, body="nobody")


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_opening_links_changes_nothing(owner: Owner, method: str) -> None:
    owner.ask()
    address = owner.letter()
    for _ in range(5):
        owner.open(address, method=method)
    assert owner.hooking.telling.subscriptions()[0].confirmed_at is None


def test_the_secret_is_shown_once_and_the_pages_are_kept_nowhere(owner: Owner) -> None:
    page, shown = owner.page()
    (secret,) = re.findall(r"whsec_[A-Za-z0-9+/=]+", shown)
    assert secret not in owner.open(page)
    answer = owner.client.get(page)
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    newer = owner.post(page, act="secret")
    assert re.findall(r"whsec_[A-Za-z0-9+/=]+", newer) not in ([], [secret])
    assert "signs too until" in owner.open(page)


def test_the_letter_names_what_the_list_is_narrowed_to(owner: Owner) -> None:
    owner.ask(body="ministry-of-water")
    owner.letter()
    [letter] = owner.hooking.telling.inbox.to(ADA)
    part = letter.get_body(("plain",))
    assert part is not None
    assert "Overdue (body: Ministry of Water)" in " ".join(part.get_content().split())


def test_a_second_press_on_the_letters_button_leads_to_the_page(owner: Owner) -> None:
    owner.ask()
    address = owner.letter()
    owner.post(address)
    assert "whsec_" not in owner.post(address, 303)


def test_the_log_shows_what_was_answered_as_plain_text(owner: Owner) -> None:
    page, _ = owner.page()
    owner.hooking.receiver.says(500, b"<script>alert(1)</script>" + b"x" * 5000)
    owner.hooking.telling.happen()
    owner.hooking.work()
    shown = owner.open(page)
    assert "The receiver failed (status 500)." in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt;xxx" in shown
    assert "x" * 200 not in shown
    assert "1 change" in shown
    assert "Failing" in shown


def test_the_buttons_test_pause_resume_and_end(owner: Owner) -> None:
    page, _ = owner.page()
    owner.post(page, 303, act="test")
    assert "A test is on its way" in owner.open(page)
    owner.hooking.work()
    assert "Taken (status 200)." in owner.open(page)
    owner.post(page, 303, act="pause")
    assert "Paused" in owner.open(page)
    owner.post(page, 303, act="catch-up")
    assert "Switched on." in owner.open(page)
    owner.post(page, 303, act="end")
    owner.open(page, 404)
    assert "You have no webhooks." in owner.open(page.rpartition("/")[0])
    owner.post(page, 404, act="test")


def test_nobody_else_reaches_a_webhook_and_a_form_without_an_act_says_so(owner: Owner) -> None:
    page, _ = owner.page()
    token = page.split("/")[2]
    owner.open(f"/webhooks/{token}/999", 404)
    owner.open("/webhooks/nobody/1", 404)
    owner.open("/webhooks/confirm/nobody", 404)
    assert "press a button" in owner.post(page, 400, act="burn")
    managed = owner.open(f"/subscriptions/{token}")
    assert f"/webhooks/{token}" in managed


def test_a_filled_trap_keeps_nothing(owner: Owner) -> None:
    owner.ask(homepage="https://spam.example")
    assert owner.hooking.telling.subscriptions() == []
