"""Who is reminded, on whose day, in which language; and what a crash, a dispute or a change of debtor does."""

import socket
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from tests.services.entered import GROUP, STATED
from tests.services.reminded import BOX, DUE, Reminding, body, reminding
from tests.services.told import SECRET
from tracker.domain.link_tokens import Seal
from tracker.domain.partial import PartialDate, day
from tracker.domain.reminding import Plan
from tracker.domain.words import (
    Basis,
    ClockEntryKind,
    ItemKind,
    ObjectionKind,
    ObjectionState,
    Precision,
    Trigger,
)
from tracker.jobs import run_once
from tracker.rendering.reminded_words import reminded_words
from tracker.services.due_reminders import unreached
from tracker.services.move_clock import MoveClock, move_clock
from tracker.services.object_end import end_objection
from tracker.services.object_to import Objecting, object_to
from tracker.services.reach_body import reach_body
from tracker.services.reckon import Deadline
from tracker.services.succeed import Succeed, succeed
from tracker.services.write_letter import claim_letter
from tracker.storage.lines import moment
from tracker.storage.reminders import reminded_of
from tracker.storage.tables import Body, BodyContact, Letter, ReminderRound, Terms

NEAR = date(2026, 4, 27)


@pytest.fixture
def site(database_url: str, tmp_path: Path) -> Iterator[Reminding]:
    with closing(socket.create_server(("127.0.0.1", 0))) as found:
        port = int(found.getsockname()[1])
    with reminding(database_url, port, tmp_path) as made:
        yield made


def objected(site: Reminding, owed: int, state: ObjectionState | None, kind: ObjectionKind) -> None:
    """The body objects, and an editor ends it if a state is given."""
    with site.composed.database.writing() as session:
        contact = BodyContact(
            body_id=body(session).id or 0,
            address="desk@water.gov.example",
            address_hash="x",
            asked_at=site.clock(),
            verified_at=site.clock(),
        )
        session.add(contact)
        session.flush()
        said = Objecting(
            kind=kind,
            obligations=(owed,),
            url="https://water.gov.example/why",
            said_on=date(2026, 5, 20) if kind is ObjectionKind.EXTENDED else None,
            said_body="Ministry of Rivers" if kind is ObjectionKind.WRONG_BODY else "",
        )
        number = object_to(session, site.clock(), contact, said, Seal(SECRET))
        if state is not None:
            end_objection(session, site.clock(), number, state, "So it is.", actor=GROUP)


def subjects(site: Reminding) -> list[str]:
    """Of the reminders of one round; other letters are left out."""
    return [str(message["Subject"]) for message in site.work() if message["To"] == BOX]


@pytest.mark.parametrize(
    ("state", "kind", "goes"),
    [
        (None, ObjectionKind.WRONG_BODY, False),
        (ObjectionState.UPHELD, ObjectionKind.WRONG_BODY, False),
        (ObjectionState.NOT_UPHELD, ObjectionKind.WRONG_BODY, True),
        (ObjectionState.WITHDRAWN, ObjectionKind.WRONG_BODY, True),
        (ObjectionState.UPHELD, ObjectionKind.EXTENDED, False),
        (ObjectionState.CORRECTED, ObjectionKind.EXTENDED, True),
    ],
)
def test_what_is_disputed_is_not_reminded_of(
    site: Reminding, state: ObjectionState | None, kind: ObjectionKind, goes: bool
) -> None:
    [owed] = site.enter()
    site.reach()
    site.on(NEAR)
    objected(site, owed, state, kind)
    assert bool(subjects(site)) is goes


def test_a_clock_that_stands_still_is_not_reminded_of(site: Reminding) -> None:
    [owed] = site.enter()
    site.reach()
    site.on(NEAR)
    with site.composed.database.writing() as session:
        stopped = MoveClock(
            obligation=owed,
            kind=ClockEntryKind.PAUSE,
            works_from_on=NEAR,
            reason="Purdah.",
            source_url="https://water.gov.example/purdah",
            cures=True,
        )
        move_clock(session, site.clock(), stopped, actor=GROUP)
    assert site.days(DUE + timedelta(days=10)) == []


@pytest.mark.parametrize("checked", [True, False])
def test_a_day_by_a_rule_nobody_confirmed_is_not_reminded_of(site: Reminding, checked: bool) -> None:
    by_rule = Deadline(rule="gb-foi-s10", trigger=Trigger.RECEIVED, trigger_on=day(date(2026, 4, 8)))
    [owed] = site.enter(deadline=by_rule)
    site.reach()
    with site.composed.database.writing() as session:
        session.exec(select(Terms).where(Terms.obligation_id == owed)).one().rule_checked = checked
    site.on(NEAR)
    assert [str(one["Subject"]) for one in site.work()] == (
        ["Due on 7 May 2026: Publish the river data"] if checked else []
    )


def test_the_day_is_the_bodys_own(site: Reminding) -> None:
    site.enter()
    site.reach()
    with site.composed.database.writing() as session:
        body(session).zone = "Pacific/Auckland"
    site.clock.at = datetime(2026, 4, 26, 11, 59, tzinfo=UTC)  # a minute before the 27th there
    run_once("sweep", site.composed)
    assert [one.on_day for one in site.rows(ReminderRound)] == []
    first = site.work()
    site.clock.at = datetime(2026, 4, 26, 12, 1, tzinfo=UTC)
    assert len(first) == 1 and len(site.work()) == 1
    assert [row.on_day for row in site.rows(ReminderRound)] == [date(2026, 4, 26), NEAR]


def test_who_came_after_is_reminded_and_named(site: Reminding) -> None:
    [owed] = site.enter()
    site.reach()
    with site.composed.database.writing() as session:
        rivers = session.exec(select(Body).where(Body.key == "ministry-of-rivers")).one()
        page = "https://rivers.gov.example/contact"
        mailbox = "office@rivers.gov.example"
        reach_body(session, site.clock(), rivers, (), mailbox, actor=GROUP, mailbox_source=page)
        said = Succeed(successor="ministry-of-rivers", works_from_on=date(2026, 4, 1), reason="Merged.")
        succeed(session, site.clock(), body(session), said, actor=GROUP)
    site.on(NEAR)
    [message] = site.work()
    assert message["To"] == "office@rivers.gov.example"
    text = message.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "Since 1 April 2026 owed by Ministry of Rivers, which came after Ministry of Water." in " ".join(
        text.split()
    )
    with site.composed.database.reading() as session:
        [told] = reminded_of(session, [owed], moment(site.clock()))[owed]
    english = site.composed.post.letter.__self__.tongues["en"]  # type: ignore[union-attr]
    said_of = reminded_words(told.detail, english)
    assert said_of == "Ministry of Rivers: Reminded by mail 7 days before the date (4 May 2026)"


def test_nothing_is_called_due_where_only_the_asker_named_the_date(site: Reminding) -> None:
    [owed] = site.enter(deadline=replace(STATED, basis=Basis.REQUEST))
    site.reach()
    came = site.days(DUE)
    site.on(DUE + timedelta(days=8))
    site.look(owed, on=DUE + timedelta(days=8))
    for message in [*(one for _on, one in came), *site.work()]:
        assert message["Subject"] == "Asked for by 4 May 2026: Publish the river data"
        text = message.get_body(("plain",)).get_content()  # type: ignore[union-attr]
        assert "Asked for by " in text and not {"Due", "due", "overdue"} & set(text.replace(":", " ").split())


def test_a_month_is_not_said_to_be_a_day_that_was_named(site: Reminding) -> None:
    month = PartialDate(date(2026, 5, 1), Precision.MONTH, "by May 2026")
    site.enter(deadline=replace(STATED, stated=month))
    site.reach()
    site.on(date(2026, 5, 25))
    [message] = site.work()
    text = message.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "Due on Sunday 31 May 2026, in 6 days." in text
    assert "The document itself says: “by May 2026”." in text, text


def test_a_promise_is_not_said_to_have_been_asked_for(site: Reminding) -> None:
    site.enter(kind=ItemKind.COMMITMENT)
    site.reach()
    site.on(NEAR)
    [message] = site.work()
    text = message.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert (
        "Commitment of Ministry of Water in Citizens’ Assembly on Water" in " ".join(text.split())
        and " asks " not in text
    )


def test_a_letter_is_written_in_the_language_of_the_place(site: Reminding) -> None:
    site.enter()
    site.reach()
    with site.composed.database.writing() as session:
        body(session).jurisdiction = "ES-CT"
    site.on(NEAR)
    run_once("remind", site.composed)
    [letter] = site.rows(Letter)
    assert letter.language == "es"
    [message] = site.work()
    assert message["Content-Language"] == "es" and "4 de mayo de 2026" in str(message["Subject"])


def test_after_a_crash_the_same_letter_goes_again_and_is_told_once(site: Reminding) -> None:
    site.enter()
    site.reach()
    site.on(NEAR)
    run_once("remind", site.composed)
    channel = site.composed.post.channels["email"]
    word = site.composed.post.letter
    assert word is not None
    with site.composed.database.writing() as session:
        claimed = claim_letter(session, Seal(SECRET), site.clock(), channel.sender_domain)
    assert claimed is not None
    channel.send(word(claimed, site.clock()))  # and here it is killed
    assert site.work() == []
    site.clock.forward(timedelta(minutes=11))
    [message] = site.work()
    assert message["Message-ID"] == site.inbox.messages[0]["Message-ID"]
    assert len(site.told()) == 1


def test_while_the_relay_is_away_nothing_is_told(site: Reminding) -> None:
    site.enter()
    site.reach()
    site.inbox.refusals[BOX] = "451 4.3.0 later"
    site.on(NEAR)
    assert (site.work(), site.told()) == ([], [])
    site.inbox.refusals.clear()
    site.clock.forward(timedelta(days=2))
    [message] = site.work()
    assert "Due on Monday 4 May 2026, in 5 days." in message.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert [row.detail["days"] for row in site.told()] == [5]


def test_bodies_that_cannot_be_reached_are_named_with_the_reason(site: Reminding) -> None:
    site.enter(deadline=replace(STATED))
    site.on(NEAR)
    with site.composed.database.reading() as session:
        [one] = unreached(session, site.clock(), Plan())
        assert (one.body.key, one.mailbox.problem, one.many) == ("ministry-of-water", "no_mailbox", 1)
    site.reach()
    with site.composed.database.reading() as session:
        assert unreached(session, site.clock(), Plan()) == []
