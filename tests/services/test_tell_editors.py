"""People who edit are told by mail what waits for them: once each, gathered, nothing where nothing is."""

import re
from datetime import timedelta

import pytest
from sqlmodel import select

from tests.services.alerted import (
    ADMIN,
    DAY,
    EDITOR,
    REVIEWER,
    add,
    alert,
    broken,
    choose,
    findings,
    mended,
    morning,
    objected,
    subjects,
    text,
)
from tests.services.entered import GROUP, item, owing
from tests.services.told import Telling, frame
from tracker.domain.words import FindingState, UserRole, Verdict, Visibility
from tracker.jobs import run_once
from tracker.services.alert_wishes import leave_alerts
from tracker.storage.entries import id_of
from tracker.storage.people import user_by_email
from tracker.storage.tables import (
    AlertWish,
    Assessment,
    Finding,
    Group,
    Item,
    Letter,
    LogCheck,
    Process,
)


@pytest.fixture
def desk(telling: Telling) -> Telling:
    """A site with an editor, to whom nothing has been told."""
    add(telling, EDITOR, UserRole.EDITOR)
    alert(telling)
    return telling


def test_an_editor_is_told_once_of_each_finding_on_the_next_morning(desk: Telling) -> None:
    findings(desk, "First", "Second")
    alert(desk)
    assert subjects(desk) == []
    for _ in range(3):
        morning(desk)
    assert subjects(desk) == ["2 findings"]
    findings(desk, "Third")
    morning(desk, 4)
    assert subjects(desk)[1:] == ["1 finding"]


def test_nothing_new_is_no_mail(desk: Telling) -> None:
    for _ in range(5):
        morning(desk)
    assert desk.inbox.messages == []
    with desk.composed.database.reading() as session:
        assert session.exec(select(Letter)).all() == []


def test_daily_mails_come_on_working_days(desk: Telling) -> None:
    desk.clock.forward(3 * DAY)
    alert(desk)
    findings(desk, "On a Friday")
    morning(desk)
    assert (desk.clock().strftime("%A"), subjects(desk)) == ("Saturday", [])
    morning(desk)
    morning(desk)
    assert (desk.clock().strftime("%A"), subjects(desk)) == ("Monday", ["1 finding"])


def test_forty_days_of_downtime_are_one_digest_with_its_range(desk: Telling) -> None:
    findings(desk, "Early")
    desk.clock.forward(20 * DAY)
    findings(desk, "Late")
    morning(desk, 20)
    morning(desk)
    assert subjects(desk) == ["2 findings"]
    assert "from 12 May 2026 to 21 June 2026" in " ".join(text(desk.inbox.messages[0]).split())


def test_what_was_settled_meanwhile_is_not_told(desk: Telling) -> None:
    first, _ = findings(desk, "Settled", "Open")
    with desk.composed.database.writing() as session:
        session.get_one(Finding, first).state = FindingState.REJECTED
    morning(desk)
    assert subjects(desk) == ["1 finding"]


def test_what_is_settled_while_the_letter_waits_is_not_in_it(desk: Telling) -> None:
    first, second = findings(desk, "Settled", "Open")
    desk.clock.forward(DAY)
    run_once("alerts", desk.composed)
    with desk.composed.database.writing() as session:
        session.get_one(Finding, first).state = FindingState.REJECTED
    desk.work()
    assert subjects(desk) == ["1 finding"]
    assert f"/edit/review/{second}" in text(desk.inbox.messages[0])
    assert f"/edit/review/{first}\n" not in text(desk.inbox.messages[0])


def test_a_letter_of_which_nothing_is_left_is_not_sent(desk: Telling) -> None:
    (only,) = findings(desk, "Settled")
    desk.clock.forward(DAY)
    run_once("alerts", desk.composed)
    with desk.composed.database.writing() as session:
        session.get_one(Finding, only).state = FindingState.REJECTED
    desk.work()
    assert desk.inbox.messages == []


def test_a_flood_is_one_mail_with_the_counts_by_source_and_the_first_ten(desk: Telling) -> None:
    findings(desk, *(f"Finding {n}" for n in range(495)))
    findings(desk, *(f"Reply {n}" for n in range(5)), key="replies")
    morning(desk)
    (message,) = desk.inbox.messages
    assert message["Subject"] == "500 findings"
    said = text(message)
    assert "answers: 495 · replies: 5" in said
    assert "and 490 more" in said
    assert len(re.findall(r"/edit/review/\d+", said)) == 10


def test_at_once_is_at_most_one_mail_in_fifteen_minutes(desk: Telling) -> None:
    choose(desk, EDITOR, findings="at_once")
    for number in range(4):
        findings(desk, f"Finding {number}")
        alert(desk)
        desk.clock.forward(timedelta(minutes=2))
        alert(desk)
    assert subjects(desk) == ["1 finding"]
    desk.clock.forward(timedelta(minutes=15))
    alert(desk)
    assert subjects(desk)[1:] == ["3 findings"]


def test_weekly_mails_come_on_the_day_chosen(desk: Telling) -> None:
    choose(desk, EDITOR, findings="weekly")
    findings(desk, "First")
    for _ in range(14):
        morning(desk)
    assert subjects(desk) == ["1 finding"]
    assert desk.inbox.messages[0]["Date"].startswith("Mon, 18 May 2026")


def test_a_mail_can_be_left_with_one_click_and_says_how_to_choose(desk: Telling) -> None:
    findings(desk, "First")
    morning(desk)
    (message,) = desk.inbox.messages
    address = str(message["List-Unsubscribe"]).strip().strip("<>")
    assert address.startswith("https://answers.example.org/alerts/leave/")
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["List-Id"] == "<alerts.answers.example.org>"
    assert "This is the first mail" in text(message)
    assert "https://answers.example.org/edit/alerts" in text(message, "html")
    with desk.composed.database.writing() as session:
        assert leave_alerts(session, address.rpartition("/")[2], desk.clock())
        assert leave_alerts(session, address.rpartition("/")[2], desk.clock())
    findings(desk, "Second")
    morning(desk, 3)
    assert subjects(desk) == ["1 finding"]


def test_a_tip_and_an_objection_are_counted_each(desk: Telling) -> None:
    findings(desk, "Told by a visitor", key="told-by-visitor")
    objected(desk)
    morning(desk)
    assert subjects(desk) == ["1 objection (since 12 May 2026), 1 tip"]
    assert "/edit/objections/2026-0001" in text(desk.inbox.messages[0])


def test_words_and_addresses_of_whoever_objects_stay_out_of_the_mail(desk: Telling) -> None:
    objected(desk)
    morning(desk)
    assert b"private words" not in desk.inbox.raw[0]


def test_the_title_of_an_item_is_in_the_mail_only_while_it_is_public(desk: Telling) -> None:
    objected(desk)
    desk.clock.forward(DAY)
    run_once("alerts", desk.composed)
    with desk.composed.database.writing() as session:
        session.exec(select(Item)).one().visibility = Visibility.WITHHELD
    desk.work()
    assert subjects(desk) == ["1 objection (since 12 May 2026)"]
    assert b"river data" not in desk.inbox.raw[0]


def test_other_groups_are_told_of_their_own_processes_only(desk: Telling) -> None:
    add(desk, "far@example.org", UserRole.EDITOR, "far-away")
    with desk.composed.database.writing() as session:
        frame(session)
        far = session.exec(select(Group).where(Group.key == "far-away")).one()
        process = session.exec(select(Process)).one()
        process.group_id = far.id
        session.flush()
        process_id = id_of(process)
    findings(desk, "Theirs", process_id=process_id)
    findings(desk, "Everybody’s", key="shared")
    alert(desk)
    morning(desk)
    assert subjects(desk) == ["1 finding"]
    assert subjects(desk, "far@example.org") == ["2 findings"]


def test_nobody_is_told_to_countersign_a_verdict_of_their_own(desk: Telling) -> None:
    own = add(desk, REVIEWER, UserRole.REVIEWER)
    add(desk, "other@example.org", UserRole.REVIEWER, "far-away")
    alert(desk)
    with desk.composed.database.writing() as session:
        (owed,) = owing(session, item(session, document=frame(session)))
        session.add(
            Assessment(
                obligation_id=owed,
                verdict=Verdict.NOT,
                reasons="Says nothing.",
                user_id=own,
                recorded_at=desk.clock(),
                recorded_by=GROUP,
            )
        )
    morning(desk)
    assert subjects(desk, REVIEWER) == []
    assert subjects(desk, "other@example.org") == ["1 verdict for a second reader"]


def test_a_source_is_told_broken_once_again_after_a_week_and_when_it_is_mended(desk: Telling) -> None:
    add(desk, REVIEWER, UserRole.REVIEWER)
    findings(desk, "First")
    alert(desk)
    choose(desk, REVIEWER, findings="off", sources="daily")
    broken(desk, "answers")
    for _ in range(12):
        morning(desk)
        broken(desk, "answers")
    mended(desk, "answers")
    morning(desk)
    morning(desk)
    assert subjects(desk, REVIEWER) == [
        "answers: cannot be read",
        "answers: still cannot be read, a week on",
        "answers: is read again",
    ]


def test_a_source_that_broke_and_was_mended_between_two_mails_is_not_told(desk: Telling) -> None:
    add(desk, REVIEWER, UserRole.REVIEWER)
    findings(desk, "First")
    choose(desk, REVIEWER, findings="off", sources="daily")
    broken(desk, "answers")
    mended(desk, "answers")
    morning(desk)
    assert subjects(desk, REVIEWER) == []


def test_a_broken_log_is_told_administrators_at_once_and_cannot_be_turned_off(desk: Telling) -> None:
    add(desk, ADMIN, UserRole.ADMIN)
    alert(desk)
    with desk.composed.database.writing() as session:
        user = user_by_email(session, ADMIN)
        wish = session.get_one(AlertWish, id_of(user))
        wish.chosen = {"log": "off"}
        session.add(LogCheck(checked_at=desk.clock(), size=9, first_bad=3, problem="Entry 3 was changed."))
    desk.clock.forward(timedelta(minutes=1))
    run_once("alerts", desk.composed)
    with desk.composed.database.writing() as session:
        queued = session.exec(select(Letter)).one()
        assert queued.address == ADMIN
    desk.work()
    (message,) = desk.inbox.to(ADMIN)
    assert message["Subject"] == "The public log is broken"
    assert message["List-Unsubscribe"] is None
