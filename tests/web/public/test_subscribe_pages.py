"""The pages of being told: links only show, buttons act, and everybody gets the same answer."""

import json
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from html import unescape
from pathlib import Path
from socket import create_server

import html5lib
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.services.told import ADA, BOB, Clock, Inbox, Telling, link, relay, site
from tests.shared import shared
from tracker.domain.words import DeliveryState, EventKind
from tracker.web.app import create_app
from tracker.web.site import Site

TOKEN_CASES = [
    case["case"] for case in json.loads(shared("data", "badinputs", "emails", "token_cases.json").read_text())
]
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


class Reader:
    """Somebody with a browser that keeps no cookies."""

    def __init__(self, telling: Telling) -> None:
        composed = telling.composed
        self.telling = telling
        self.app = create_app(Site(composed.config, composed.database, composed.now), testing=True)
        self.client: FlaskClient = self.app.test_client(use_cookies=False)

    def open(self, address: str, status: int = 200, method: str = "GET", **fields: object) -> TestResponse:
        answer = self.client.open(address, method=method, data=fields or None)
        assert answer.status_code == status, answer.get_data(as_text=True)
        assert "Set-Cookie" not in answer.headers
        if method == "GET" and status == 200:
            html5lib.HTMLParser(strict=True).parse(answer.get_data(as_text=True))
        return answer

    def post(self, address: str, status: int = 200, /, **fields: object) -> TestResponse:
        return self.open(address, status, "POST", **fields)

    def ask(self, address: str = ADA, /, **fields: object) -> str:
        """Ask and get the letter; the address of its link."""
        self.post("/subscribe", email=address, **fields)
        self.telling.work()
        return f"/subscriptions/{link(self.telling.inbox.to(address)[-1], 'subscriptions')}"

    def unsubscribe_address(self) -> str:
        """The link that leaves, from a message with news."""
        self.telling.happen()
        self.telling.work()
        return f"/unsubscribe/{link(self.telling.inbox.messages[-1], 'unsubscribe')}"

    def state(self) -> list[tuple[str, bool, bool]]:
        return [
            (row.address, row.confirmed_at is not None, row.ended_at is not None)
            for row in self.telling.subscriptions()
        ]


@pytest.fixture
def reader(sqlite_url: str, tmp_path: Path) -> Iterator[Reader]:
    """A site that mails, and somebody who reads it."""
    with closing(create_server(("127.0.0.1", 0))) as found:
        port = int(found.getsockname()[1])
    inbox, clock = Inbox(), Clock()
    with relay(inbox, port):
        composed = site(sqlite_url, clock, port, tmp_path)
        telling = Telling(composed, clock, inbox)
        telling.enter(2)
        yield Reader(telling)
        composed.database.close()


def test_the_form_knows_the_list_it_was_opened_for(reader: Reader) -> None:
    page = reader.open("/subscribe?list=waiting&body=ministry-of-water").get_data(as_text=True)
    assert "Waiting, no date set (body: Ministry of Water)" in page
    assert '<input type="hidden" name="body" value="ministry-of-water">' in page


def test_the_return_key_in_the_address_asks_for_the_letter_and_not_for_the_preview(reader: Reader) -> None:
    """A browser presses the first button of a form."""
    page = reader.open("/subscribe?list=overdue").get_data(as_text=True)
    form = page[page.index('<form class="narrow narrow-form"') :]
    assert form.index('value="ask"') < form.index('value="preview"')


def test_asking_sends_one_letter_and_says_so(reader: Reader) -> None:
    page = reader.post("/subscribe", email=ADA, list="overdue").get_data(as_text=True)
    assert "Look into your mailbox" in page
    reader.telling.work()
    assert len(reader.telling.inbox.to(ADA)) == 1


def test_everybody_gets_the_same_answer(reader: Reader) -> None:
    address = reader.ask()
    waits = reader.post("/subscribe", email=ADA).get_data(as_text=True)
    reader.post(address, act="confirm", choose="1")
    known = reader.post("/subscribe", email=ADA).get_data(as_text=True)
    fresh = reader.post("/subscribe", email=BOB).get_data(as_text=True)
    assert waits == known == fresh.replace(BOB, ADA)


def test_a_wrong_field_says_so_and_keeps_what_was_typed(reader: Reader) -> None:
    fields = {"email": "ada@", "zone": "Europe/Madrid", "frequency": "weekly", "weekday": "4", "body": "x"}
    page = reader.post("/subscribe", 400, **fields).get_data(as_text=True)
    assert 'id="wrong-email"' in page
    assert 'value="Europe/Madrid"' in page
    assert '<option value="4" selected>' in page
    assert '<input type="hidden" name="body" value="x">' in page
    assert reader.state() == []


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
def test_opening_links_changes_nothing_however_often(reader: Reader, method: str) -> None:
    address = reader.ask()
    for _ in range(50):
        reader.open(address, method=method)
    assert reader.state() == [(ADA, False, False)]
    reader.post(address, act="confirm", choose="1")
    leaving = reader.unsubscribe_address()
    for _ in range(50):
        reader.open(leaving, method=method)
    assert reader.state() == [(ADA, True, False)]


def test_the_button_confirms_and_twice_is_the_same(reader: Reader) -> None:
    address = reader.ask()
    first = reader.post(address, act="confirm", choose="1").get_data(as_text=True)
    again = reader.post(address, act="confirm", choose="1").get_data(as_text=True)
    assert first == again
    reader.telling.work()
    assert len(reader.telling.inbox.messages) == 1
    assert "confirmed already" in reader.open(address).get_data(as_text=True)


def test_mail_programs_leave_with_one_post_without_cookie_or_form_token(reader: Reader) -> None:
    reader.post(reader.ask(), act="confirm", choose="1")
    address = reader.unsubscribe_address()
    answer = reader.post(address, **ONE_CLICK)
    assert answer.status_code == 200
    assert reader.state() == [("", True, True)]
    reader.post(address, **ONE_CLICK)
    assert "You have left already" in reader.open(address).get_data(as_text=True)


def test_leaving_drops_what_waits(reader: Reader) -> None:
    reader.post(reader.ask(), act="confirm", choose="1")
    address = reader.unsubscribe_address()
    reader.telling.inbox.refusals[ADA] = "450 later"
    reader.telling.happen(EventKind.ANSWERED_LATE)
    reader.telling.work()
    reader.post(address)
    assert reader.telling.states() == [DeliveryState.SENT, DeliveryState.DROPPED]


def test_a_link_of_another_kind_is_refused(reader: Reader) -> None:
    confirming = reader.ask()
    reader.post(confirming.replace("/subscriptions/", "/unsubscribe/"), 404)
    reader.post(confirming, act="confirm", choose="1")
    leaving = reader.unsubscribe_address()
    reader.open(leaving.replace("/unsubscribe/", "/subscriptions/"), 404)
    assert reader.state() == [(ADA, True, False)]


def test_a_flipped_sign_gets_the_answer_of_an_unknown_link(reader: Reader) -> None:
    address = reader.ask()
    flipped = address[:-1] + ("A" if address[-1] != "A" else "B")
    wrong = reader.open(flipped, 404).get_data(as_text=True)
    unknown = reader.open("/subscriptions/unknown", 404).get_data(as_text=True)
    assert wrong.replace(flipped, "") == unknown.replace("/subscriptions/unknown", "")
    assert "This link leads nowhere" in wrong
    reader.post(flipped, 404, act="confirm", choose="1")
    assert reader.state() == [(ADA, False, False)]


def test_the_management_page_changes_and_leaves(reader: Reader) -> None:
    page = reader.post(reader.ask(), act="confirm", choose="1").get_data(as_text=True)
    address = page.partition("<main")[2].split('href="/subscriptions/')[1].split('"')[0]
    reader.post(
        f"/subscriptions/{address}", 303, act="change", subscription="1", frequency="weekly", weekday="2"
    )
    assert '<option value="weekly" selected>' in reader.open(f"/subscriptions/{address}").get_data(
        as_text=True
    )
    reader.post(f"/subscriptions/{address}", 303, act="leave", subscription="1")
    reader.post(f"/subscriptions/{address}", 303, act="leave", subscription="1")
    assert reader.state() == [("", True, True)]
    assert "we no longer have it" in reader.open(f"/subscriptions/{address}").get_data(as_text=True)


@pytest.mark.parametrize(
    "fields", [{}, {"act": "dance"}, {"act": "confirm"}, {"act": "confirm", "choose": "x"}]
)
def test_a_form_that_says_nothing_is_refused_in_a_sentence(reader: Reader, fields: dict[str, str]) -> None:
    address = reader.ask()
    assert "again" in reader.post(address, 400, **fields).get_data(as_text=True) or fields
    reader.post(address, act="confirm", choose="1")
    assert reader.state() == [(ADA, True, False)]


def test_pages_behind_a_secret_link_are_neither_kept_nor_passed_on(reader: Reader) -> None:
    headers = reader.open(reader.ask()).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in headers["X-Robots-Tag"]


def test_a_site_without_a_relay_says_so_and_keeps_no_address(reader: Reader) -> None:
    composed = reader.telling.composed
    config = replace(composed.config, mail=replace(composed.config.mail, host=""))
    client = create_app(Site(config, composed.database, composed.now), testing=True).test_client()
    assert "sends no e-mail" in client.get("/subscribe?list=overdue").get_data(as_text=True)
    assert "sends no e-mail" in client.post("/subscribe", data={"email": ADA}).get_data(as_text=True)
    assert reader.state() == []


def test_letters_and_links_keep_the_language_they_were_asked_in(reader: Reader) -> None:
    reader.post("/es/subscribe", email=ADA)
    reader.telling.work()
    body = reader.telling.inbox.messages[0].get_body(("plain",))
    assert body is not None
    assert "https://answers.example.org/es/subscriptions/" in body.get_content()


def test_the_shared_cases_are_those_tried_here() -> None:
    tried = {
        "HEAD confirm link",
        "GET confirm 50x from 10 addresses within 1 s",
        "POST confirm",
        "POST confirm twice",
        "token with one flipped bit",
        "token of another subscriber",
        "confirm token used on the unsubscribe route",
        "POST List-Unsubscribe=One-Click without cookie, CSRF, Referer",
        "unsubscribe after the subscriber row was deleted",
        "re-subscribe after unsubscribe",
        "subscribe an already confirmed address",
        "subscribe 1000x the same address in a minute",
        "unsubscribe between queueing and sending",
        "change SECRET_KEY",
    }
    assert set(TOKEN_CASES) == tried


def text(answer: TestResponse) -> str:
    return " ".join(unescape(answer.get_data(as_text=True)).split())


def test_four_weeks_are_shown_before_any_address_is_given(reader: Reader) -> None:
    reader.telling.happen()
    reader.telling.clock.forward(timedelta(days=7))
    page = text(reader.open("/subscribe?list=overdue&frequency=weekly&zone=Europe/Madrid"))
    assert "Became overdue: Ministry of Water – Recommendation 1" in page
    assert page.count("Nothing: no message.") == 3
    assert "The next one is due: Monday 25 May 2026, 07:00 (Europe/Madrid)." in page


def test_a_preview_of_another_rhythm_keeps_what_was_typed_and_stores_nothing(reader: Reader) -> None:
    page = text(
        reader.post("/subscribe", act="preview", list="overdue", frequency="daily", email="half@", quiet="1")
    )
    assert page.count("Nothing new: a short message would have said so.") == 28
    assert 'value="half@"' in page
    assert reader.state() == []


def test_the_form_says_in_words_what_will_be_sent(reader: Reader) -> None:
    page = text(reader.open("/subscribe?list=overdue&jurisdiction=GB&topic=health&standing=overdue"))
    assert "Overdue (topic: Health and care; jurisdiction: United Kingdom; standing: Overdue)" in page
    assert "You are told of what becomes overdue by law, convention or their own promise" in page
    assert "only what comes to stand at “Overdue”" in page


def test_what_no_subscription_can_follow_is_said(reader: Reader) -> None:
    page = text(reader.open("/subscribe?list=overdue&as_of=2026-05-01&colour=red"))
    assert "it does not look back to a day" in page
    assert "“colour” is no filter" in page


@pytest.mark.parametrize("fields", [{"body": "nobody"}, {"topic": "weather"}, {"jurisdiction": "XX-9"}])
def test_a_filter_that_names_nothing_on_record_is_refused(reader: Reader, fields: dict[str, str]) -> None:
    page = text(reader.post("/subscribe", 400, email=ADA, list="overdue", **fields))
    assert "is not on record here: choose one that is." in page
    assert reader.state() == []


LISTS = {
    "/overdue": "list=overdue",
    "/overdue?topic=health&jurisdiction=GB": "topic=health",
    "/waiting": "list=waiting",
    "/awaiting": "list=awaiting",
    "/not-answered-by-date-asked": "list=not-answered",
    "/calendar": "list=calendar",
    "/events": "list=obligations",
    "/bodies": "list=obligations",
    "/processes": "list=obligations",
    "/bodies/ministry-of-water": "body=ministry-of-water",
    "/processes/citizens-assembly-on-water": "process=citizens-assembly-on-water",
    "/documents/citizens-assembly-on-water-final-report": "document=",
    "/topics/health": "topic=health",
    "/jurisdictions/GB": "jurisdiction=GB",
    "/kinds/citizens-assembly": "kind=citizens-assembly",
    "/search?q=water": "q=water",
    "/": "list=overdue",
}


@pytest.mark.parametrize("address", LISTS)
def test_every_list_can_be_subscribed_to(reader: Reader, address: str) -> None:
    found = re.search(r'class="subscribe" href="([^"]+)"', reader.open(address).get_data(as_text=True))
    assert found is not None
    link_to = unescape(found[1])
    assert LISTS[address] in link_to
    assert "What would have come in the past four weeks" in text(reader.open(link_to))


def test_a_list_as_it_stood_once_says_that_news_is_of_now(reader: Reader) -> None:
    page = reader.open("/overdue?as_of=2026-05-01&hindsight=1").get_data(as_text=True)
    found = re.search(r'class="subscribe" href="([^"]+)"', page)
    assert found is not None
    assert "it does not look back to a day" in text(reader.open(unescape(found[1])))


def managing(reader: Reader, **fields: str) -> str:
    page = reader.post(reader.ask(ADA, **fields), act="confirm", choose="1").get_data(as_text=True)
    return "/subscriptions/" + page.partition("<main")[2].split('href="/subscriptions/')[1].split('"')[0]


def test_the_page_that_confirms_shows_the_past_four_weeks_again(reader: Reader) -> None:
    page = text(reader.open(reader.ask(ADA, frequency="weekly")))
    assert page.count("Nothing: no message.") == 4


def test_everything_of_a_list_can_be_changed_without_an_account(reader: Reader) -> None:
    address = managing(reader)
    wanted = {"frequency": "weekly", "weekday": "4", "zone": "America/Lima", "language": "es", "quiet": "1"}
    reader.post(address, 303, act="change", subscription="1", not_before="2026-07-01", **wanted)
    (row,) = reader.telling.subscriptions()
    assert (row.frequency.value, row.weekday, row.zone) == ("weekly", 4, "America/Lima")
    assert (row.language, row.tells_quiet) == ("es", True)
    page = text(reader.open(address))
    assert "Paused: what happens meanwhile comes on Friday 3 July 2026, 07:00 (America/Lima)." in page
    assert 'value="2026-07-03"' in page


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("zone", "Mars/Olympus", "is not a time zone"),
        ("not_before", "soon", "is no day"),
        ("not_before", "2031-01-01", "a year at most"),
        ("language", "tlh", "Choose one of the languages offered"),
        ("frequency", "hourly", "Choose one of the ways offered"),
    ],
)
def test_a_change_that_cannot_be_read_is_refused_on_its_page(
    reader: Reader, field: str, value: str, said: str
) -> None:
    address = managing(reader, frequency="daily")
    page = text(reader.post(address, 400, act="change", subscription="1", **{field: value}))
    assert said in page and "Please look again:" in page
    assert reader.telling.subscriptions()[0].frequency.value == "daily"


def test_what_is_held_about_an_address_can_be_taken_away_and_erased(reader: Reader) -> None:
    address = managing(reader, list="waiting", body="ministry-of-water")
    held = reader.client.get(f"{address}/held.json")
    assert held.mimetype == "application/json" and "attachment" in held.headers["Content-Disposition"]
    kept = held.get_json()
    assert kept["addresses"] == [ADA]
    assert kept["subscriptions"][0]["filters"] == {"body": "ministry-of-water"}
    assert kept["subscriptions"][0]["consent"].startswith("1: ")
    assert [row["letter"] for row in kept["messages"]] == ["confirm"]
    reader.post("/subscribe", email=ADA, list="overdue")
    reader.post(address, 303, act="leave-all")
    assert [row[0] for row in reader.state()] == ["", ""]
    after = reader.client.get(f"{address}/held.json").get_json()
    assert after["addresses"] == [] and ADA not in str(after)


def test_what_is_held_is_told_to_nobody_without_the_link(reader: Reader) -> None:
    confirming = reader.ask()
    assert reader.client.get(f"{confirming}/held.json").status_code == 404
    assert reader.client.get("/subscriptions/unknown/held.json").status_code == 404
