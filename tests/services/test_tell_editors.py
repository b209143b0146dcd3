"""People who edit are told by mail what waits for them: once each, gathered, nothing where nothing is."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from email.message import EmailMessage
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlmodel import Session, select

from tests.services.entered import GROUP, item, owing
from tests.services.queued import finding, source
from tests.services.told import SECRET, Telling, frame
from tracker.domain.link_tokens import Seal
from tracker.domain.words import FindingState, ObjectionKind, ObjectionState, UserRole, Verdict, Visibility
from tracker.jobs import run_once
from tracker.services.alert_wishes import Chosen, choose_alerts, leave_alerts, resume_alerts, stop_alerts
from tracker.services.note_health import note_failure, note_success
from tracker.services.people import add_user, disable, leave_group
from tracker.services.tell_editors import begin_alerts, tell_editors
from tracker.storage.entries import id_of
from tracker.storage.people import group_by_key, user_by_email
from tracker.storage.tables import (
    AlertTold,
    AlertWish,
    Assessment,
    Finding,
    Group,
    Item,
    Letter,
    LogCheck,
    Objection,
    Process,
    Source,
)

WORDS = "three calm herons"
EDITOR, REVIEWER, ADMIN = "editor@example.org", "reviewer@example.org", "admin@example.org"
DAY = timedelta(days=1)


@pytest.fixture
def desk(telling: Telling) -> Telling:
    """A site with an editor, to whom nothing has been told."""
    add(telling, EDITOR, UserRole.EDITOR)
    alert(telling)
    return telling


def add(telling: Telling, email: str, role: UserRole, group: str = "city-watch") -> int:
    with telling.composed.database.writing() as session:
        return id_of(add_user(session, telling.clock(), email, role, group, password=WORDS).user)


def alert(telling: Telling) -> None:
    """A round of the worker: what waits is queued, and what was queued is sent."""
    run_once("alerts", telling.composed)
    telling.work()


def morning(telling: Telling, days: int = 1) -> None:
    """Time goes on, to after seven o’clock."""
    telling.clock.forward(days * DAY)
    alert(telling)


def choose(telling: Telling, email: str, **often: str) -> None:
    with telling.composed.database.writing() as session:
        user = user_by_email(session, email)
        assert user is not None
        said = Chosen(often, "0", True, "UTC", "en")
        choose_alerts(session, telling.clock(), id_of(user), said, ("en", "es"))


def findings(
    telling: Telling, *titles: str, key: str = "answers", process_id: int | None = None
) -> list[int]:
    with telling.composed.database.writing() as session:
        known = session.exec(select(Source).where(Source.key == key)).one_or_none()
        where = source(session, key, process_id) if known is None else (id_of(known), _run(session, known))
        return [finding(session, where, title, found_at=telling.clock()) for title in titles]


def _run(session: Session, known: Source) -> int:
    found = session.exec(select(Finding).where(Finding.source_id == known.id)).first()
    assert found is not None
    return found.run_id


def subjects(telling: Telling, to: str = EDITOR) -> list[str]:
    return [str(message["Subject"]) for message in telling.inbox.to(to)]


def text(message: EmailMessage, kind: str = "plain") -> str:
    body = message.get_body((kind,))
    assert body is not None
    return str(body.get_content())


def broken(telling: Telling, key: str) -> None:
    with telling.composed.database.writing() as session:
        found = session.exec(select(Source).where(Source.key == key)).one()
        note_failure(session, found, "The page is gone.", telling.clock(), code="gone")


def mended(telling: Telling, key: str) -> None:
    with telling.composed.database.writing() as session:
        found = session.exec(select(Source).where(Source.key == key)).one()
        note_success(session, found, 3, telling.clock())


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


def objected(telling: Telling) -> None:
    with telling.composed.database.writing() as session:
        owed = owing(session, item(session, document=frame(session)))
        rows = [
            Objection(
                obligation_id=id_,
                kind=ObjectionKind.WE_ANSWERED,
                state=ObjectionState.OPEN,
                number="2026-0001",
                text="private words",
                recorded_at=telling.clock(),
                recorded_by="contact:1",
            )
            for id_ in owed * 2
        ]
        session.add_all(rows)


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
    assert message["Subject"] == "the public log is broken"
    assert message["List-Unsubscribe"] is None


def test_an_address_that_bounces_stops_the_mails_until_its_owner_resumes_them(desk: Telling) -> None:
    desk.inbox.refusals[EDITOR] = "550 5.1.1 no such user"
    findings(desk, "First")
    morning(desk)
    with desk.composed.database.reading() as session:
        wish = session.exec(select(AlertWish)).one()
        assert wish.stopped_at == desk.clock()
    desk.inbox.refusals.clear()
    morning(desk)
    assert desk.inbox.messages == []
    with desk.composed.database.writing() as session:
        resume_alerts(session, desk.clock(), wish.user_id)
    morning(desk)
    assert subjects(desk) == ["1 finding"]


def test_a_letter_that_was_never_sent_has_told_nothing(desk: Telling) -> None:
    desk.inbox.refusals[EDITOR] = "550 5.7.1 blocked"
    findings(desk, "First")
    morning(desk)
    assert desk.inbox.messages == []
    desk.inbox.refusals.clear()
    findings(desk, "Second")
    for _ in range(3):
        morning(desk)
    assert subjects(desk) == ["2 findings"]


def test_while_the_relay_is_down_one_letter_waits(desk: Telling) -> None:
    desk.inbox.refusals[EDITOR] = "451 later"
    for number in range(4):
        findings(desk, f"Finding {number}")
        morning(desk)
    with desk.composed.database.reading() as session:
        assert len(session.exec(select(Letter)).all()) == 1
    desk.inbox.refusals.clear()
    morning(desk, 3)
    morning(desk)
    assert subjects(desk) == ["1 finding", "3 findings"]


def test_a_closed_account_and_one_without_a_role_get_nothing(desk: Telling) -> None:
    add(desk, "second@example.org", UserRole.EDITOR)
    alert(desk)
    findings(desk, "First")
    desk.clock.forward(DAY)
    run_once("alerts", desk.composed)
    with desk.composed.database.writing() as session:
        first, second = user_by_email(session, EDITOR), user_by_email(session, "second@example.org")
        group = group_by_key(session, "city-watch")
        assert first is not None and second is not None and group is not None
        disable(session, desk.clock(), first)
        leave_group(session, desk.clock(), second, group)
    desk.work()
    findings(desk, "Second")
    morning(desk, 2)
    assert desk.inbox.messages == []


def test_without_a_relay_nothing_counts_as_told(desk: Telling) -> None:
    findings(desk, "First")
    desk.clock.forward(DAY)
    channels = desk.composed.post.channels
    kept = channels.pop("email")  # type: ignore[attr-defined]
    run_once("alerts", desk.composed)
    channels["email"] = kept  # type: ignore[index]
    alert(desk)
    assert subjects(desk) == ["1 finding"]


def test_two_workers_at_once_tell_each_account_once(telling_on_postgres: Telling) -> None:
    desk = telling_on_postgres
    for number in range(12):
        add(desk, f"editor-{number}@example.org", UserRole.EDITOR)
    findings(desk, "First", "Second")
    workers = [Thread(target=run_once, args=("alerts", desk.composed)) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    desk.clock.forward(DAY)
    workers = [Thread(target=run_once, args=("alerts", desk.composed)) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    with desk.composed.database.reading() as session:
        assert len(session.exec(select(AlertWish)).all()) == 12
        assert len(session.exec(select(Letter)).all()) == 12
        assert len(session.exec(select(AlertTold)).all()) == 24


def test_a_worker_that_dies_before_its_end_has_told_nothing(desk: Telling) -> None:
    findings(desk, "First")
    desk.clock.forward(DAY)

    def die(session: Session) -> None:
        tell_editors(session, desk.clock(), Seal(SECRET))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), desk.composed.database.writing() as session:
        die(session)
    alert(desk)
    alert(desk)
    assert subjects(desk) == ["1 finding"]


@contextmanager
def counted() -> Iterator[list[str]]:
    said: list[str] = []

    def note(_conn: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        said.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def test_the_number_of_queries_does_not_grow_with_accounts_and_things(telling: Telling) -> None:
    def planned(accounts: int, things: int, of: str) -> int:
        for number in range(accounts):
            add(telling, f"{of}-{number}@example.org", UserRole.EDITOR)
        with telling.composed.database.writing() as session:
            begin_alerts(session, telling.clock(), "en")
        findings(telling, *(f"{of} {number}" for number in range(things)))
        telling.clock.forward(DAY)
        with telling.composed.database.writing() as session, counted() as said:
            assert tell_editors(session, telling.clock(), Seal(SECRET)) >= accounts
        return len(said)

    few = planned(2, 2, "few")
    with telling.composed.database.writing() as session:
        for letter in session.exec(select(Letter)).all():
            letter.sent_at, letter.next_at = telling.clock(), None
    assert planned(20, 40, "many") <= few + 2


def test_stopping_an_address_twice_is_stopping_it_once(desk: Telling) -> None:
    with desk.composed.database.writing() as session:
        assert stop_alerts(session, EDITOR, "bounced", desk.clock())
        assert not stop_alerts(session, EDITOR, "bounced", desk.clock())
        assert not stop_alerts(session, "nobody@example.org", "bounced", desk.clock())
