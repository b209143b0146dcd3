"""The desk ends what a body objects to; what was public before and after, and whom nobody gets to see."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlmodel import Session, select

from tests.services.entered import item, owing, report
from tests.services.told import SECRET
from tests.web.editing.conftest import Clock, Person, person
from tracker.domain.link_tokens import Seal
from tracker.domain.words import EventKind, ObjectionKind, ObjectionState, UserRole
from tracker.services.object_contact import domains_of
from tracker.services.object_to import Objecting, object_to
from tracker.services.people import add_user
from tracker.services.write_letter import forget_letters, write_letter
from tracker.storage.engine import Database
from tracker.storage.tables import Body, BodyContact, Event, Letter, Objection

MARK = "marker-official-7f3"
DESK = f"{MARK}@water.gov.example"
SAYS = "the body says it answered on 6 May 2026; being looked into"
PAGES = (
    "/",
    "/overdue",
    "/bodies/ministry-of-water",
    "/corrections",
    "/events",
    "/obligations.csv",
    "/api/v1/obligations",
    "/api/v1/events",
    "/corrections.atom",
    "/events.json",
    "/object?body=ministry-of-water",
)


def raised(database: Database, clock: Clock, count: int = 12) -> tuple[list[int], str]:
    """A body that owes some answers, and says of all of them that it answered."""
    with database.writing() as session:
        document = report(session)
        owed: list[int] = []
        for which in range(count):
            owed += owing(session, item(session, document=document, title=f"Recommendation {which + 1}"))
        body = session.exec(select(Body).where(Body.key == "ministry-of-water")).one()
        contact = BodyContact(
            body_id=body.id or 0, address=DESK, address_hash="x", asked_at=clock(), verified_at=clock()
        )
        session.add(contact)
        session.flush()
        said = Objecting(
            kind=ObjectionKind.WE_ANSWERED,
            obligations=tuple(owed),
            url="https://water.gov.example/answer",
            said_on=date(2026, 5, 6),
            text="private words for editors",
        )
        number = object_to(session, clock(), contact, said, Seal(SECRET))
    return owed, number


def all_of(database: Database, table: Any) -> list[Any]:
    with database.reading() as session:
        found = list(session.exec(select(table)).all())
        session.expunge_all()
    return found


def standings(reader: Person) -> dict[int, str]:
    return {row["id"]: row["standing"] for row in reader.client.get("/api/v1/obligations").get_json()["data"]}


@pytest.mark.parametrize("state", ["upheld", "corrected", "not_upheld", "withdrawn"])
def test_an_objection_ends_with_reasons_and_moves_no_standing(
    app: Flask, database: Database, editor: Person, clock: Clock, state: str
) -> None:
    owed, number = raised(database, clock)
    reader = Person(app.test_client())
    before = standings(reader)
    assert SAYS in reader.get("/bodies/ministry-of-water").get_data(as_text=True)
    listed = editor.get("/edit/objections").get_data(as_text=True)
    assert listed.count(number) >= 1 and "and 11 more" in listed
    editor.get(f"/edit/objections/{number}")
    assert "private words for editors" in editor.page
    rows = [str(one.id) for one in all_of(database, Objection)]
    empty = editor.post(f"/edit/objections/{number}", state=state, only=rows)
    assert empty.status_code == 422 and "reasons" in editor.page
    assert editor.post(f"/edit/objections/{number}", state="open", only=rows, outcome="x").status_code == 422
    clock.later(hours=2)
    ended = editor.post(f"/edit/objections/{number}", state=state, only=rows, outcome="It is so because.")
    assert ended.status_code == 303
    assert {one.state for one in all_of(database, Objection)} == {ObjectionState(state)}
    assert standings(reader) == before
    for address in PAGES:
        page = reader.get(address).get_data(as_text=True)
        assert "being looked into" not in page.replace("looked into it first", ""), address
        assert "private words" not in page and MARK not in page, address
    corrections = reader.get("/corrections").get_data(as_text=True)
    told = corrections[corrections.index('id="objections"') :]
    assert told.count("It is so because.") == 1 and "and 4 more entries" in told
    events = [one for one in all_of(database, Event) if number in str(one.detail)]
    assert len([one for one in events if one.kind is EventKind.OBJECTED]) == len(owed)
    assert len([one for one in events if one.kind is not EventKind.OBJECTED]) == len(owed)
    letters = [one for one in all_of(database, Letter) if one.kind == "objection-ended"]
    assert [one.address for one in letters] == [DESK]
    again = editor.post(f"/edit/objections/{number}", state=state, only=rows, outcome="Once more.")
    assert again.status_code == 422
    assert MARK not in str([one.detail for one in all_of(database, Event)])


def test_a_day_of_the_past_shows_an_objection_as_it_stood_then(
    app: Flask, database: Database, clock: Clock
) -> None:
    _owed, number = raised(database, clock, 1)
    then = clock().date()
    clock.later(days=3)
    editor = person(app, "editor")
    [row] = all_of(database, Objection)
    editor.get(f"/edit/objections/{number}")
    editor.post(f"/edit/objections/{number}", state="upheld", only=[str(row.id)], outcome="Told later.")
    reader = Person(app.test_client())
    listed = reader.get("/bodies/ministry-of-water").get_data(as_text=True)
    key = listed.split('href="/items/')[1].split('"')[0].split("#")[0]
    assert "Told later." in reader.get(f"/items/{key}").get_data(as_text=True)
    past = reader.get(f"/items/{key}?as_of={then}").get_data(as_text=True)
    assert "Told later." not in past and "being looked into" in past


def test_another_groups_editor_ends_nothing_of_ours(app: Flask, database: Database, clock: Clock) -> None:
    _owed, number = raised(database, clock, 1)
    with database.writing() as session:
        add_user(
            session, clock(), "o@example.org", UserRole.EDITOR, "other-watch", password="three calm herons"
        )
    [row] = all_of(database, Objection)
    other = person(app, "o")
    other.get(f"/edit/objections/{number}")
    answer = other.post(f"/edit/objections/{number}", state="upheld", only=[str(row.id)], outcome="Ha.")
    assert answer.status_code == 403
    assert all_of(database, Objection)[0].state is ObjectionState.OPEN


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"domains": "gov.uk"}, "domains"),
        ({"domains": "gmail.com\nwater.gov.example"}, "domains"),
        ({"domains": "not a domain"}, "domains"),
        ({"domains": "\n".join(f"d{n}.gov.example" for n in range(21))}, "domains"),
        ({"mailbox": "nobody"}, "mailbox"),
        ({"mailbox": "jane.doe@water.gov.example"}, "surely_an_office"),
        ({"mailbox": "office@water.gov.example\r\nBcc: a@evil.example"}, "mailbox"),
    ],
)
def test_the_reach_page_refuses_what_proves_nothing(
    database: Database, admin: Person, typed: dict[str, str], field: str
) -> None:
    with database.writing() as session:
        report(session)
    admin.get("/edit/bodies/ministry-of-water/reach")
    answer = admin.post("/edit/bodies/ministry-of-water/reach", **typed)
    assert answer.status_code == 422
    assert f'href="#{field}"' in admin.page


def test_the_reach_page_keeps_and_shows_what_was_kept(
    app: Flask, database: Database, admin: Person, editor: Person
) -> None:
    with database.writing() as session:
        report(session)
    admin.get("/edit/bodies/ministry-of-water/reach")
    kept = admin.post(
        "/edit/bodies/ministry-of-water/reach",
        domains="water.gov.example",
        mailbox="office@water.gov.example",
    )
    assert kept.status_code == 303
    page = admin.get("/edit/bodies/ministry-of-water/reach").get_data(as_text=True)
    assert "water.gov.example" in page and "office@water.gov.example" in page
    assert editor.get("/edit/bodies/ministry-of-water/reach").status_code == 403
    reader = Person(app.test_client())
    assert "office@" not in reader.get("/bodies/ministry-of-water").get_data(as_text=True)
    with database.reading() as session:
        body = session.exec(select(Body).where(Body.key == "ministry-of-water")).one()
        assert domains_of(session, body) == ["water.gov.example"]


def test_letters_that_wait_are_seen_without_whom_they_are_for(
    database: Database, admin: Person, editor: Person, clock: Clock
) -> None:
    with database.writing() as session:
        write_letter(session, clock(), "contact", DESK, said={"body": "Ministry of Water"})
    page = admin.get("/edit/letters").get_data(as_text=True)
    assert "m…@water.gov.example" in page and MARK not in page
    assert editor.get("/edit/letters").status_code == 403


def test_a_letter_no_relay_takes_is_forgotten_with_its_address(database: Database, clock: Clock) -> None:
    with database.writing() as session:
        write_letter(session, clock(), "contact", DESK, seal=Seal(SECRET), said={"body": "Ministry of Water"})
        assert _forgotten(session, clock, days=13) == 0
        assert _forgotten(session, clock, days=15) > 0
        assert _forgotten(session, clock, days=15) == 0
    [row] = all_of(database, Letter)
    assert (row.address, row.address_hash, row.said, row.next_at) == ("", "", {}, None)


def _forgotten(session: Session, clock: Clock, days: int) -> int:
    return sum(forget_letters(session, clock() + timedelta(days=days)) for _ in range(2))
