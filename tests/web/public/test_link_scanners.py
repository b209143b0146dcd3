"""Programs that open every link of a message before its reader does: nothing in the database moves."""

import re
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from sqlmodel import col, select

from tests.services.told import ADA, BOB, SECRET, Telling
from tests.web.public.test_subscribe_pages import Reader, reader
from tracker.domain.letter import CONTACT, INVITE, OBJECTED, RESET, TIP
from tracker.domain.link_tokens import Seal
from tracker.domain.words import UserRole
from tracker.services import reset
from tracker.services.invite import invite
from tracker.services.people import add_user
from tracker.services.write_letter import write_letter
from tracker.storage.people import group_by_key
from tracker.storage.tables import Body, BodyContact, metadata

__all__ = ["reader"]
SEAL = Seal(SECRET)
OFFICE, EDITOR, GUEST = "office@water.gov.example", "editor@example.org", "guest@example.org"
SITE = "https://answers.example.org"
LINK = re.compile(rf"{re.escape(SITE)}[^\s<>\"')\]]*")
BROWSER = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "User-Agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Safari/537.36",
    "Accept-Language": "en",
    "Sec-Fetch-Mode": "navigate",
}
SAID: dict[str, dict[str, Any]] = {
    CONTACT: {"body": "Ministry of Water"},
    OBJECTED: {"body": "Ministry of Water", "number": "O-1", "entries": 1, "numbers": ["O-1"]},
}


def rows(telling: Telling) -> dict[str, list[tuple[object, ...]]]:
    """The whole database."""
    with telling.composed.database.reading() as session:
        return {
            table.name: sorted((tuple(row) for row in session.execute(table.select()).all()), key=repr)
            for table in metadata.sorted_tables
        }


def _letters_of_every_kind(reader: Reader) -> None:
    """Confirm, already, news, and those that open a body's page, an account or an item."""
    telling = reader.telling
    telling.subscribe(ADA)
    telling.ask(ADA)
    telling.ask(BOB, list="waiting")
    telling.happen()
    now = telling.clock()
    with telling.composed.database.writing() as session:
        body = session.exec(select(Body).where(col(Body.key) == "ministry-of-water")).one()
        body.website = "https://www.water.gov.example/"
        contact = BodyContact(
            body_id=body.id or 0,
            address=OFFICE,
            address_hash=SEAL.address_hash(OFFICE),
            asked_at=now,
            verified_at=now,
        )
        session.add(contact)
        session.flush()
        add_user(session, now, EDITOR, UserRole.EDITOR, "editors", password="a long enough password 12")
        group = group_by_key(session, "editors")
        assert group is not None
        invited = invite(session, now, GUEST, UserRole.EDITOR, group)
        asked = reset.ask(session, now, EDITOR)
        queued: list[tuple[str, str, str, dict[str, Any]]] = [
            (CONTACT, OFFICE, f"contact:{contact.id}", SAID[CONTACT]),
            (OBJECTED, OFFICE, f"page:{contact.id}", SAID[OBJECTED]),
            (INVITE, GUEST, f"/invite/{invited.secret}", {"group": group.name, "until": "2026-05-19"}),
            (RESET, EDITOR, f"/login/reset/{asked}", {}),
            (
                TIP,
                BOB,
                "/items/citizens-assembly-on-water-final-report-1",
                {"title": "A page", "accepted": True},
            ),
        ]
        for kind, address, link, said in queued:
            write_letter(session, now, kind, address, seal=SEAL, link=link, said=said)
    telling.work()


def links_of(messages: list[EmailMessage]) -> list[str]:
    found: set[str] = set()
    for message in messages:
        texts = [part.get_content() for part in message.walk() if part.get_content_maintype() == "text"]
        headers = [str(message["List-Unsubscribe"] or "")]
        found |= {one.rstrip(".,") for text in [*texts, *headers] for one in LINK.findall(text)}
    return sorted(one.removeprefix(SITE) or "/" for one in found)


@pytest.fixture
def links(reader: Reader) -> Iterator[list[str]]:
    """Where every letter leads."""
    _letters_of_every_kind(reader)
    found = links_of(reader.telling.inbox.messages)
    for place in ("/subscriptions/", "/unsubscribe/", "/object/", "/invite/", "/login/reset/"):
        assert any(one.startswith(place) for one in found), (place, found)
    yield found


def test_opening_every_link_of_every_letter_moves_no_row(reader: Reader, links: list[str]) -> None:
    before = rows(reader.telling)
    for method in ("GET", "HEAD", "OPTIONS"):
        for address in links:
            for headers in ({}, BROWSER):
                assert reader.client.open(address, method=method, headers=headers).status_code < 500
    assert rows(reader.telling) == before


def test_whoever_has_the_letter_reads_its_pages_and_they_still_work_afterwards(
    reader: Reader, links: list[str]
) -> None:
    for address in links:
        assert reader.client.get(address).status_code in (200, 302, 303), address
    leaving = next(one for one in links if one.startswith("/unsubscribe/"))
    assert reader.client.post(leaving, data={"List-Unsubscribe": "One-Click"}).status_code == 200


def test_a_program_that_sends_every_form_empty_confirms_nothing(reader: Reader, links: list[str]) -> None:
    """Only leaving acts on an empty POST: RFC 8058 asks for that; such programs would leave for their reader."""
    before = rows(reader.telling)
    for address in links:
        if not address.startswith("/unsubscribe/"):
            assert reader.client.post(address).status_code < 500
    assert rows(reader.telling) == before


@pytest.mark.parametrize("content_type", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_one_click_works_in_both_forms_without_cookie_referrer_or_redirect_and_again(
    reader: Reader, links: list[str], content_type: str
) -> None:
    leaving = next(one for one in links if one.startswith("/unsubscribe/"))
    for _ in range(2):
        answer = reader.client.post(
            leaving,
            data={"List-Unsubscribe": "One-Click"},
            content_type=content_type,
            headers={"User-Agent": "", "Accept": "*/*", "Origin": "null", "Sec-Fetch-Site": "cross-site"},
        )
        assert answer.status_code == 200
        assert "Set-Cookie" not in answer.headers and "Location" not in answer.headers
    ended = [row for row in reader.telling.subscriptions() if row.ended_reason == "left"]
    assert [row.address for row in ended] == [""]


def test_after_a_year_the_link_of_an_old_message_still_leaves(reader: Reader, links: list[str]) -> None:
    leaving = next(one for one in links if one.startswith("/unsubscribe/"))
    reader.telling.clock.forward(timedelta(days=366))
    assert reader.client.post(leaving).status_code == 200
    assert "left" in [row.ended_reason for row in reader.telling.subscriptions()]
