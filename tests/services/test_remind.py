"""Bodies are reminded of their days: once, in one letter, of what is certain, and in public."""

import socket
from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from threading import Thread

import pytest

from tests.services.entered import GROUP
from tests.services.reminded import BOX, DUE, Reminding, answer, body, extend, reminding
from tests.services.told import SECRET, link
from tracker.domain.link_tokens import Seal
from tracker.domain.mail_reports import Report, ReportKind, ToldBy
from tracker.domain.refusals import NotAccepted
from tracker.domain.words import Visibility
from tracker.jobs import run_once
from tracker.rendering.reminded_words import reminded_words
from tracker.services.note_body_change import Happened
from tracker.services.remind import hold_back
from tracker.services.rename_body import Rekey, rekey_body
from tracker.services.stop_address import take_report
from tracker.services.stop_reminders import stop_reminders
from tracker.storage.lines import moment
from tracker.storage.reminders import reminded_of
from tracker.storage.tables import Item, Letter, Obligation, ReminderRound


@pytest.fixture
def site(database_url: str, tmp_path: Path) -> Iterator[Reminding]:
    with reminding(database_url, free_port(), tmp_path) as made:
        yield made


def free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as found:
        return int(found.getsockname()[1])


def test_a_body_is_reminded_before_its_day_and_on_it(site: Reminding) -> None:
    site.enter()
    site.reach()
    came = site.days(DUE + timedelta(days=3))
    assert [on for on, _message in came] == [date(2026, 4, 6), date(2026, 4, 27), DUE]
    assert {message["To"] for _on, message in came} == {BOX}
    assert came[0][1]["Subject"] == "Due on 4 May 2026: Publish the river data"
    assert [(one.happened_on, one.detail["days"]) for one in site.told()] == [
        (date(2026, 4, 6), 28),
        (date(2026, 4, 27), 7),
        (DUE, 0),
    ]
    assert BOX not in str([one.detail for one in site.told()])


def test_ten_items_are_one_letter_with_all_it_takes_to_answer(site: Reminding) -> None:
    site.enter(*(f"Recommendation {number}" for number in range(10)))
    site.reach()
    site.on(date(2026, 4, 27))
    [message] = site.work()
    assert message["Subject"] == "10 dates of Ministry of Water, the first 4 May 2026: Recommendation 0"
    text = message.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert text.count("* Recommendation") == 10
    for said in (
        "Due on Monday 4 May 2026, in 7 days.",
        "The document itself names this day",
        "Citizens’ Assembly on Water asks Ministry of Water for an answer.",
        "https://answers.example.org/seen-an-answer?item=",
        "https://answers.example.org/object?body=ministry-of-water",
        "https://answers.example.org/reminders/",
    ):
        assert said in text
    assert (message["Auto-Submitted"], message["Reply-To"]) == ("auto-generated", "desk@example.org")
    assert len(site.told()) == 10 and site.work() == []


def test_after_the_day_only_what_was_looked_for_is_brought_up(site: Reminding) -> None:
    [owed] = site.enter()
    site.reach()
    site.on(DUE)
    assert len(site.work()) == 1
    site.on(date(2026, 5, 12))
    assert site.work() == []
    site.look(owed, on=date(2026, 5, 12))
    [message] = site.work()
    assert message["Subject"] == "Was due on 4 May 2026: Publish the river data"
    assert "No published response found" in str(message.get_body(("plain",)).get_content())  # type: ignore[union-attr]
    assert site.told()[-1].detail["days"] == -8


def test_after_forty_days_of_standstill_there_is_one_letter(site: Reminding) -> None:
    [owed] = site.enter()
    site.reach()
    site.on(date(2026, 4, 6))
    site.work()
    site.on(date(2026, 5, 16))
    site.look(owed, on=date(2026, 5, 16))
    assert len(site.work()) == 1
    assert [row.stage for row in site.rows()] == [-28, 7]


def test_a_clock_that_goes_back_two_hours_sends_nothing_twice(site: Reminding) -> None:
    site.enter()
    site.reach()
    site.on(date(2026, 4, 27))
    site.clock.at -= timedelta(hours=9)  # one in the morning there
    assert len(site.work()) == 1
    site.clock.at -= timedelta(hours=2)
    assert site.work() == []
    site.on(date(2026, 4, 27))
    assert site.work() == []


def test_a_date_that_moves_is_reminded_of_anew(site: Reminding) -> None:
    [owed] = site.enter()
    site.reach()
    site.on(date(2026, 4, 27))
    site.work()
    with site.composed.database.writing() as session:
        extend(session, owed, date(2026, 5, 20), site.clock())
    assert site.work() == []  # one letter a day
    site.on(date(2026, 4, 28))
    [message] = site.work()
    assert message["Subject"] == "Due on 20 May 2026: Publish the river data"


def test_what_is_answered_while_the_letter_waits_is_taken_out_of_it(site: Reminding) -> None:
    first, second = site.enter("One", "Two")
    site.reach()
    site.on(date(2026, 4, 27))
    run_once("remind", site.composed)
    site.clock.forward(timedelta(hours=1))
    with site.composed.database.writing() as session:
        answer(session, first, site.clock())
    [message] = site.work()
    assert message["Subject"] == "Due on 4 May 2026: Two"
    assert [row.obligation_id for row in site.told()] == [second]
    assert [row.dropped_at is None for row in site.rows()] == [False, True]


def test_a_letter_with_nothing_left_to_say_is_given_up(site: Reminding) -> None:
    [owed] = site.enter()
    site.reach()
    site.on(date(2026, 4, 27))
    run_once("remind", site.composed)
    shown(site, owed, Visibility.WITHHELD)
    assert site.work() == []
    [letter] = site.rows(Letter)
    assert (letter.address, letter.next_at, site.told()) == ("", None, [])


def test_a_letter_whose_mailbox_was_replaced_goes_to_the_new_one(site: Reminding) -> None:
    site.enter()
    site.reach()
    site.inbox.refusals[BOX] = "451 4.3.0 later"
    site.on(date(2026, 4, 27))
    assert site.work() == []
    site.reach("answers@water.gov.example")
    came = site.days(date(2026, 4, 30))
    assert [(on, message["To"]) for on, message in came] == [(date(2026, 4, 29), "answers@water.gov.example")]
    assert [row.detail["days"] for row in site.told()] == [5]
    assert [row.dropped_at for row in site.rows()] == [None]


def test_what_was_withheld_for_a_while_is_reminded_of_once_it_is_public_again(site: Reminding) -> None:
    [owed] = site.enter()
    site.reach()
    site.on(date(2026, 4, 27))
    run_once("remind", site.composed)
    shown(site, owed, Visibility.WITHHELD)
    assert site.work() == []
    shown(site, owed, Visibility.PUBLIC)
    assert site.work() == []  # one letter a day
    site.on(date(2026, 4, 28))
    assert len(site.work()) == 1 and site.work() == []


def shown(site: Reminding, owed: int, visibility: Visibility) -> None:
    with site.composed.database.writing() as session:
        item = session.get_one(Item, session.get_one(Obligation, owed).item_id)
        item.visibility = visibility


def test_a_body_that_gets_another_key_while_its_letter_waits_is_reminded(site: Reminding) -> None:
    site.enter()
    site.reach()
    site.on(date(2026, 4, 27))
    run_once("remind", site.composed)
    with site.composed.database.writing() as session:
        happened = Happened(works_from_on=date(2026, 4, 27), reason="Its address was unclear.")
        rekey_body(session, site.clock(), body(session), Rekey(key="water", happened=happened), actor=GROUP)
    [message] = site.work()
    said = message.get_body(("plain",)).get_content()  # type: ignore[union-attr]
    assert "https://answers.example.org/object?body=water" in said.split()


def test_mail_that_comes_back_is_no_reminder_and_stops_the_next(site: Reminding) -> None:
    site.enter()
    site.reach()
    site.inbox.refusals[BOX] = "550 5.1.1 no such mailbox"
    site.on(date(2026, 4, 6))
    assert site.work() == []
    assert [row.fate for row in site.rows(ReminderRound)] == ["bounced"]
    site.inbox.refusals.clear()
    site.on(date(2026, 4, 27))
    assert (site.work(), site.told()) == ([], [])


def test_a_reminder_that_comes_back_later_is_not_left_standing_as_if_it_had_arrived(site: Reminding) -> None:
    [owed] = site.enter()
    site.reach()
    site.on(date(2026, 4, 6))
    assert len(site.work()) == 1
    site.on(date(2026, 4, 8))
    for _ in range(2):
        with site.composed.database.writing() as session:
            report = Report(ReportKind.BOUNCE, BOX)
            take_report(session, report, ToldBy.SERVICE, Seal(SECRET), site.clock())
    assert [row.detail["what"] for row in site.noted()] == ["reminded", "reminder_returned"]
    with site.composed.database.reading() as session:
        told = reminded_of(session, [owed], moment(site.clock()))[owed]
    english = site.composed.post.letter.__self__.tongues["en"]  # type: ignore[union-attr]
    assert [reminded_words(one.detail, english) for one in told] == [
        "Reminded by mail 28 days before the date (4 May 2026)",
        "Mail to the mailbox came back: the reminder of 6 April 2026 may not have arrived",
    ]
    assert [row.fate for row in site.rows(ReminderRound)] == ["bounced"]
    site.on(date(2026, 4, 27))
    assert site.work() == []


def test_a_mailbox_nobody_published_or_of_a_person_gets_none(site: Reminding) -> None:
    site.enter()
    site.on(date(2026, 4, 27))
    assert site.work() == []
    site.reach(source="")
    assert site.work() == []
    site.reach("jane.doe@water.gov.example", surely_an_office=True)
    assert site.work() == []
    site.reach()
    assert len(site.work()) == 1


def test_what_was_overdue_when_it_was_entered_is_not_brought_up(site: Reminding) -> None:
    site.on(date(2026, 5, 20))
    [owed] = site.enter()
    site.reach()
    site.look(owed, on=date(2026, 5, 20))
    assert [message["Subject"] for _on, message in site.days(date(2026, 6, 20))] == []


def test_a_reminder_that_is_held_back_never_goes(site: Reminding) -> None:
    [owed] = site.enter()
    site.reach()
    with site.composed.database.writing() as session:
        hold_back(session, site.clock(), owed, DUE, -28, "They called.", actor="group:city-watch")
    assert [on for on, _ in site.days(date(2026, 5, 1))] == [date(2026, 4, 27)]
    with pytest.raises(NotAccepted, match="in a letter already"), site.composed.database.writing() as session:
        hold_back(session, site.clock(), owed, DUE, -7, "Too late.", actor="group:city-watch")


def test_pressing_the_button_stops_them_for_good_and_in_public(site: Reminding) -> None:
    site.enter()
    site.reach()
    site.on(date(2026, 4, 6))
    [message] = site.work()
    token = link(message, "reminders")
    with site.composed.database.writing() as session:
        assert stop_reminders(session, token, site.clock()) and stop_reminders(session, token, site.clock())
        assert not stop_reminders(session, f"{token}x", site.clock())
    site.on(date(2026, 4, 27))
    assert site.work() == []
    site.reach("")  # taken off the record and put there again: it asked, whoever enters it
    site.reach()
    assert site.work() == []
    assert [row.detail["what"] for row in site.noted()] == ["reminded", "reminders_stopped"]


def test_a_demonstration_sends_nothing(database_url: str, tmp_path: Path) -> None:
    with reminding(database_url, free_port(), tmp_path, demo=True) as site:
        site.enter()
        site.reach()
        site.on(date(2026, 4, 27))
        assert (site.work(), site.rows()) == ([], [])


def test_two_workers_at_once_queue_one_letter(postgres_url: str, tmp_path: Path) -> None:
    with reminding(postgres_url, free_port(), tmp_path) as site:
        site.enter("One", "Two")
        site.reach()
        site.on(date(2026, 4, 27))
        threads = [Thread(target=run_once, args=("remind", site.composed)) for _ in range(4)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        assert len(site.work()) == 1 and len(site.rows()) == 2 and len(site.rows(ReminderRound)) == 1
