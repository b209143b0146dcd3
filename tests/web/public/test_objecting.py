"""A body objects through its own domain: what it says stands beside the flag at once, and moves nothing."""

import re
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from socket import create_server
from typing import Any

import html5lib
import pytest
from sqlmodel import select
from werkzeug.test import TestResponse

from tests.services.entered import shown
from tests.services.told import SECRET, Clock, Inbox, Telling, link, relay, site
from tracker.domain.link_tokens import Seal
from tracker.domain.refusals import NotAccepted
from tracker.domain.words import EventKind, FindingState, ObjectionKind, ObjectionState, Standing
from tracker.services.object_contact import MOST_WAITING, ask_to_object, forget_contacts
from tracker.services.object_end import end_objection
from tracker.services.reach_body import reach_body
from tracker.storage.tables import Body, BodyContact, Event, Finding, Letter, Objection, Page
from tracker.web.app import create_app
from tracker.web.site import Site

DESK = "office@water.gov.example"


class Ministry:
    """An official with a browser that keeps no cookies."""

    def __init__(self, telling: Telling) -> None:
        composed = telling.composed
        self.telling = telling
        app = create_app(Site(composed.config, composed.database, composed.now), testing=True)
        self.client = app.test_client(use_cookies=False)

    def open(self, address: str, status: int = 200, **headers: str) -> str:
        return self._seen(self.client.get(address, headers=headers), status)

    def post(self, address: str, status: int = 200, /, **fields: Any) -> str:
        return self._seen(self.client.post(address, data=fields), status)

    def _seen(self, answer: TestResponse, status: int) -> str:
        page = answer.get_data(as_text=True)
        assert answer.status_code == status, page[-2000:]
        assert "Set-Cookie" not in answer.headers
        if answer.mimetype == "text/html" and status < 300:
            html5lib.HTMLParser(strict=True).parse(page)
        return answer.headers.get("Location", "") if status == 303 else page

    def proved(self, address: str = DESK) -> str:
        """Ask, get the letter, press the button: the address of the body's own page."""
        self.post("/object", body="ministry-of-water", email=address)
        self.telling.work()
        opened = f"/object/{link(self.telling.inbox.to(address)[-1], 'object')}"
        return self.post(opened, 303, act="confirm")

    def rows(self, table: Any) -> list[Any]:
        with self.telling.composed.database.reading() as session:
            found = list(session.exec(select(table).order_by(*table.__table__.primary_key)).all())
            session.expunge_all()
        return found

    def standing(self) -> Standing:
        with self.telling.composed.database.reading() as session:
            return shown(session, self.telling.owed[0], self.telling.clock()).standing


@pytest.fixture
def ministry(sqlite_url: str, tmp_path: Path) -> Iterator[Ministry]:
    with closing(create_server(("127.0.0.1", 0))) as found:
        port = int(found.getsockname()[1])
    inbox, clock = Inbox(), Clock()
    with relay(inbox, port):
        composed = site(sqlite_url, clock, port, tmp_path)
        telling = Telling(composed, clock, inbox)
        telling.enter(2)
        with composed.database.writing() as session:
            body = session.exec(select(Body).where(Body.key == "ministry-of-water")).one()
            body.website = "https://www.water.gov.example/about"
        yield Ministry(telling)
        composed.database.close()


def test_the_link_is_proved_by_a_button_and_works_once(ministry: Ministry) -> None:
    ministry.post("/object", body="ministry-of-water", email=DESK)
    ministry.telling.work()
    opened = f"/object/{link(ministry.telling.inbox.to(DESK)[-1], 'object')}"
    for _ in range(3):
        assert "Do you write for Ministry of Water?" in ministry.open(opened)
    assert [one.verified_at for one in ministry.rows(BodyContact)] == [None]
    page = ministry.post(opened, 303, act="confirm")
    ministry.post(opened, 404, act="confirm")
    ministry.open(opened, 404)
    assert "2 entries are on record" in ministry.open(page)
    assert "/bodies/ministry-of-water.ics" in ministry.open(page)


@pytest.mark.parametrize(
    "address", ["someone@gmail.com", "office@rivers.gov.example", "office@gov.example", "office@"]
)
def test_an_address_elsewhere_gets_a_sentence_and_no_letter(ministry: Ministry, address: str) -> None:
    page = ministry.post("/object", 400, body="ministry-of-water", email=address)
    assert 'id="email-error"' in page
    assert ministry.rows(Letter) == [] and ministry.rows(BodyContact) == []


def test_known_and_new_addresses_get_the_same_answer_and_one_letter_an_hour(ministry: Ministry) -> None:
    first = ministry.post("/object", body="ministry-of-water", email=DESK)
    again = ministry.post("/object", body="ministry-of-water", email=DESK)
    program = ministry.post("/object", body="ministry-of-water", email=DESK, homepage="https://spam.example")
    assert first == again == program
    assert len(ministry.rows(Letter)) == 1


def test_many_made_up_addresses_stop_the_letters_for_a_day_and_the_page_says_so(ministry: Ministry) -> None:
    def ask(address: str) -> str | None:
        with ministry.telling.composed.database.writing() as session:
            body = session.exec(select(Body).where(Body.key == "ministry-of-water")).one()
            try:
                return ask_to_object(session, body, address, Seal(SECRET), ministry.telling.clock(), "en")
            except NotAccepted as refused:
                return str(refused)

    told = [ask(f"made-up-{number}@water.gov.example") for number in range(25)]
    assert len(ministry.rows(Letter)) == MOST_WAITING
    assert "try again tomorrow" in str(told[-1]) and ask("made-up-1@water.gov.example") == told[-1]
    ministry.telling.clock.forward(timedelta(days=1, minutes=1))
    assert ask(DESK) == DESK


def test_a_domain_that_two_bodies_share_proves_nothing_until_it_is_on_record(ministry: Ministry) -> None:
    def rivers(**changes: str) -> None:
        with ministry.telling.composed.database.writing() as session:
            body = session.exec(select(Body).where(Body.key == "ministry-of-rivers")).one()
            body.website = changes.get("website", "")

    rivers(website="https://water.gov.example/rivers")
    assert "an address proves nothing" in ministry.open("/object?body=ministry-of-water")
    ministry.post("/object", 400, body="ministry-of-water", email=DESK)
    with ministry.telling.composed.database.writing() as session:
        body = session.exec(select(Body).where(Body.key == "ministry-of-water")).one()
        reach_body(session, ministry.telling.clock(), body, ("water.gov.example",), "", actor="group:x")
    ministry.post("/object", body="ministry-of-water", email=DESK)
    ministry.post("/object", 400, body="ministry-of-rivers", email=DESK)


def test_an_agency_beneath_a_ministrys_domain_does_not_speak_for_the_ministry(ministry: Ministry) -> None:
    with ministry.telling.composed.database.writing() as session:
        body = session.exec(select(Body).where(Body.key == "ministry-of-rivers")).one()
        body.website = "https://rivers.water.gov.example"
    page = ministry.post("/object", 400, body="ministry-of-water", email="desk@rivers.water.gov.example")
    assert "domain of another body" in page
    ministry.post("/object", body="ministry-of-water", email="desk@press.water.gov.example")
    ministry.post("/object", body="ministry-of-rivers", email="desk@rivers.water.gov.example")


def test_a_page_is_closed_when_its_domain_is_off_the_record(ministry: Ministry) -> None:
    page = ministry.proved()
    with ministry.telling.composed.database.writing() as session:
        body = session.exec(select(Body).where(Body.key == "ministry-of-water")).one()
        body.website = "https://other.gov.example"
    ministry.open(page, 404)


def test_a_contact_who_proves_it_again_keeps_the_page_for_its_days(ministry: Ministry) -> None:
    ministry.proved()
    ministry.telling.clock.forward(timedelta(days=80))
    page = ministry.proved()
    ministry.telling.clock.forward(timedelta(days=20))
    with ministry.telling.composed.database.writing() as session:
        assert forget_contacts(session, ministry.telling.clock()) == 0
    ministry.open(page)
    ministry.telling.clock.forward(timedelta(days=80))
    with ministry.telling.composed.database.writing() as session:
        assert forget_contacts(session, ministry.telling.clock()) == 1
    assert [(one.address, one.address_hash) for one in ministry.rows(BodyContact)] == [("", "")]


def test_forms_of_other_sites_are_refused(ministry: Ministry) -> None:
    for address in ("/object", "/seen-an-answer", "/object/unknown"):
        answer = ministry.client.post(address, headers={"Sec-Fetch-Site": "cross-site"})
        assert answer.status_code == 403


def test_what_it_says_stands_beside_the_flag_everywhere_and_moves_no_standing(ministry: Ministry) -> None:
    before = ministry.standing()
    page = ministry.proved()
    one, two = ministry.telling.owed
    sent = ministry.post(
        page,
        303,
        act="object",
        kind="we_answered",
        obligations=[one, two],
        url="https://www.water.gov.example/answer",
        said_on="2026-05-06",
        text="see page 3",
    )
    assert "number of your receipt" in ministry.open(sent)
    assert ministry.standing() is before
    says = "the body says it answered on 6 May 2026; being looked into"
    [first, second] = ministry.rows(Objection)
    assert first.number == second.number and first.state is ObjectionState.OPEN
    listed = ministry.open("/bodies/ministry-of-water")
    item = re.findall(r'href="(/items/[^"#]+)', listed)[0]
    assert says in listed and says in ministry.open(item)
    owed = ministry.client.get("/api/v1/obligations").get_json()["data"]
    assert {row["objection"] for row in owed} == {"we_answered"}
    assert {row["objection_said_on"] for row in owed} == {"2026-05-06"}
    assert "we_answered" in ministry.open("/obligations.csv")
    kinds = [event.kind for event in ministry.rows(Event)]
    assert kinds.count(EventKind.OBJECTED) == 2
    assert "see page 3" not in "".join(str(event.detail) for event in ministry.rows(Event))


def test_an_answer_named_is_one_finding_that_holds_nothing(ministry: Ministry) -> None:
    page = ministry.proved()
    fields = {"act": "object", "kind": "we_answered", "said_on": "2026-05-06"}
    upload = (BytesIO(b"%PDF-1.7 our answer"), "../../etc/passwd<script>.html")
    ministry.post(page, 303, **fields, obligations=ministry.telling.owed, document=upload)
    [finding] = ministry.rows(Finding)
    assert finding.state is FindingState.OPEN and finding.obligation_id is None
    assert finding.suggestion["obligations"] == ministry.telling.owed
    [kept] = ministry.rows(Page)
    assert kept.content_type == "application/pdf" and kept.address.startswith("upload:")
    answer = ministry.client.get(f"/evidence/{kept.sha256}/bytes")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert ministry.standing() not in (Standing.AWAITING_ASSESSMENT, Standing.ANSWERED)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"kind": "we_answered", "said_on": "2026-05-06"}, "url"),
        ({"kind": "we_answered", "url": "https://www.water.gov.example/a"}, "said_on"),
        ({"kind": "we_answered", "url": "https://x.example/a", "said_on": "2027-05-06"}, "said_on"),
        ({"kind": "we_answered", "url": "javascript:alert(1)", "said_on": "2026-05-06"}, "url"),
        ({"kind": "wrong_body"}, "said_body"),
        ({"kind": "wrong_date"}, "text"),
        ({"kind": "extended", "said_on": "2026-06-06"}, "url"),
        ({"kind": "private_reply"}, "said_on"),
        ({"kind": "dance"}, "kind"),
        ({}, "kind"),
    ],
)
def test_each_kind_asks_for_what_it_needs(ministry: Ministry, fields: dict[str, str], field: str) -> None:
    page = ministry.proved()
    said = ministry.post(page, 422, act="object", obligations=ministry.telling.owed[:1], **fields)
    assert f'id="{field}-error"' in said or f'href="#{field}"' in said
    assert ministry.rows(Objection) == []


@pytest.mark.parametrize("kind", ["", "dance"])
def test_all_that_is_wrong_with_an_objection_is_told_at_once(ministry: Ministry, kind: str) -> None:
    page = ministry.proved()
    wrong = {"kind": kind, "said_on": "the ides", "url": "javascript:alert(1)", "said_body": "a@b.example"}
    said = ministry.post(page, 422, act="object", **wrong, document=(BytesIO(b"<svg onload=x>"), "a.pdf"))
    for field in ("kind", "said_on", "url", "said_body", "obligations", "document"):
        assert f'href="#{field}"' in said, field
    assert said.count("Choose one of the list.") == 2, "above the form and at its place, once each"


def test_a_page_of_another_kind_is_no_document(ministry: Ministry) -> None:
    page = ministry.proved()
    fields = {"act": "object", "kind": "we_answered", "said_on": "2026-05-06"}
    for body in (b"<html><script>", b"\x00\x01\x02", b"<svg onload=x>"):
        ministry.post(
            page,
            422,
            **fields,
            obligations=ministry.telling.owed[:1],
            document=(BytesIO(body), "a.pdf"),
        )
    assert ministry.rows(Page) == []


def test_only_its_own_entries_can_be_objected_to(ministry: Ministry) -> None:
    page = ministry.proved()
    ministry.post(page, 422, act="object", kind="wrong_body", said_body="Rivers", obligations=[9999])
    assert ministry.rows(Objection) == []


def test_it_ends_with_reasons_and_the_contact_is_told(ministry: Ministry) -> None:
    page = ministry.proved()
    fields = {"act": "object", "kind": "wrong_body", "said_body": "Ministry of Rivers"}
    ministry.post(page, 303, **fields, obligations=ministry.telling.owed[:1])
    [row] = ministry.rows(Objection)
    ministry.telling.clock.forward(timedelta(days=3))
    with ministry.telling.composed.database.writing() as session:
        ended = end_objection(
            session,
            ministry.telling.clock(),
            row.number,
            ObjectionState.UPHELD,
            "The report names Rivers.",
            actor="group:city-watch",
            seal=Seal(SECRET),
        )
    assert ended == 1
    corrections = ministry.open("/corrections")
    assert "The report names Rivers." in corrections and "upheld" in corrections
    assert "The report names Rivers." in ministry.open("/corrections.atom")
    assert re.search(r"\(median\)</dt><dd>3<", ministry.open("/object"))
    ministry.telling.work()
    subjects = [str(message["Subject"]) for message in ministry.telling.inbox.to(DESK)]
    assert any("Receipt" in one for one in subjects) and any("upheld" in one for one in subjects)
    assert "being looked into" not in ministry.open("/bodies/ministry-of-water")
    assert all(letter.address == "" for letter in ministry.rows(Letter))


def test_addresses_never_confirmed_are_erased_after_a_week(ministry: Ministry) -> None:
    ministry.post("/object", body="ministry-of-water", email=DESK)
    ministry.telling.clock.forward(timedelta(days=8))
    with ministry.telling.composed.database.writing() as session:
        assert forget_contacts(session, ministry.telling.clock()) == 1
    assert [one.address for one in ministry.rows(BodyContact)] == [""]


def test_the_kinds_of_objection_each_have_words(ministry: Ministry) -> None:
    page = ministry.proved()
    for kind in ObjectionKind:
        ministry.post(
            page,
            303,
            act="object",
            kind=kind.value,
            said_on="2026-05-06",
            said_body="Rivers",
            text="so it is",
            url="https://www.water.gov.example/a",
            obligations=ministry.telling.owed[:1],
        )
        assert "the body says" in ministry.open("/bodies/ministry-of-water")
