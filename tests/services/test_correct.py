"""Corrections take the place of what stood there, and are public."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlmodel import Session, select

from tests.services.entered import GROUP, NOW, STATED, item, owing, shown, standing
from tests.services.test_respond import reply
from tracker.domain.partial import day
from tracker.domain.refusals import NotAccepted
from tracker.domain.words import Basis, DueSource, EventKind, ResponseKind, Role, Standing, Visibility
from tracker.services.correct import (
    confirm_rule,
    correct_line,
    correct_role,
    correct_terms,
    deadline_of,
    decide,
)
from tracker.services.look import Look, look
from tracker.services.reckon import Deadline
from tracker.services.respond import SaidFor, respond
from tracker.services.revise import file_under, publish_draft, revise
from tracker.storage.engine import Database
from tracker.storage.entries import owed, topics_of
from tracker.storage.tables import Event, Item, Revision, Terms


def corrections(session: Session) -> list[str]:
    found = session.exec(select(Event)).all()
    return [str(event.detail["what"]) for event in found if event.kind is EventKind.CORRECTED]


def overdue(session: Session, *bodies: str, **changes: Any) -> list[int]:
    ids = owing(session, item(session, *bodies, **changes))
    said = Look(obligations=tuple(ids), looked_on=date(2026, 5, 12), places=("site",))
    look(session, NOW, said, actor=GROUP)
    return ids


def test_corrected_terms_leave_the_old_ones_on_record_and_move_the_date_in_public(database: Database) -> None:
    with database.writing() as session:
        [id_] = overdue(session)
        [before] = owed(session, [id_])
        said = replace(deadline_of(before), stated=day(date(2026, 6, 4)))
        correct_terms(session, NOW, id_, said, "misread the month", actor=GROUP)
        assert standing(session, id_) is Standing.RUNNING
        rows = session.exec(select(Terms).where(Terms.obligation_id == id_)).all()
        assert [(row.stated_on, row.superseded_at is None) for row in rows] == [
            (date(2026, 5, 4), False),
            (date(2026, 6, 4), True),
        ]
        [moved] = [e for e in session.exec(select(Event)).all() if e.kind is EventKind.DATE_MOVED]
        assert (moved.detail["old"], moved.detail["new"]) == ("2026-05-04", "2026-06-04")
        [corrected] = [e for e in session.exec(select(Event)).all() if e.kind is EventKind.CORRECTED]
        assert corrected.detail["changed"] == {"stated_on": ["2026-05-04", "2026-06-04"]}


def test_a_conflict_of_dates_is_unknown_until_an_editor_decides(database: Database) -> None:
    conflict = Deadline(
        rule="gb-commons-select-committee", trigger_on=day(date(2026, 3, 9)), stated=day(date(2026, 3, 1))
    )
    with database.writing() as session:
        [id_] = owing(session, item(session, deadline=conflict))
        assert standing(session, id_) is Standing.UNKNOWN
        decide(session, NOW, id_, DueSource.COMPUTED, "the letter has a slip of the pen", actor=GROUP)
        assert shown(session, id_).due_on == date(2026, 5, 9)
        assert standing(session, id_) is Standing.UNCHECKED


def test_there_must_be_two_dates_to_decide_between(database: Database) -> None:
    with database.writing() as session:
        [id_] = owing(session, item(session))
        with pytest.raises(NotAccepted) as caught:
            decide(session, NOW, id_, DueSource.COMPUTED, "why not", actor=GROUP)
        assert [one.field for one in caught.value.refusals] == ["decided"]


def test_a_rule_nobody_confirmed_flags_nobody_until_an_editor_has(database: Database) -> None:
    with database.writing() as session:
        [id_] = owing(
            session, item(session, deadline=replace(STATED, stated=None, rule="gb-commons-select-committee"))
        )
        [one] = owed(session, [id_])
        one.terms.rule_checked = False
        look(
            session, NOW, Look(obligations=(id_,), looked_on=date(2026, 5, 12), places=("site",)), actor=GROUP
        )
        assert standing(session, id_) is Standing.UNKNOWN
        assert confirm_rule(session, NOW, one.terms.rule_key, "https://law.example/38", actor=GROUP) == 1
        assert standing(session, id_) is Standing.OVERDUE
        with pytest.raises(NotAccepted):
            confirm_rule(session, NOW, one.terms.rule_key, "", actor=GROUP)


def test_a_supporting_body_is_shown_and_never_flagged(database: Database) -> None:
    with database.writing() as session:
        [first, second] = overdue(session, "ministry-of-water", "ministry-of-rivers")
        correct_role(session, NOW, second, Role.SUPPORTING, "the report only asks it to help", actor=GROUP)
        assert (shown(session, first).flagged, shown(session, second).flagged) == (True, False)
        assert corrections(session) == ["role"]


def test_a_reply_that_was_a_holding_reply_is_corrected_by_a_new_line(database: Database) -> None:
    with database.writing() as session:
        [id_] = owing(session, item(session))
        response = respond(session, NOW, reply(id_), actor=GROUP)
        said = SaidFor(obligation=id_, kind=ResponseKind.HOLDING, quote="We will reply in due course.")
        correct_line(session, NOW, response, said, "it announces a reply", actor=GROUP)
        assert standing(session, id_) is Standing.OVERDUE_UNSUBSTANTIVE
        assert corrections(session) == ["response"]


def test_words_are_changed_in_place_and_the_old_ones_kept(database: Database) -> None:
    with database.writing() as session:
        entered = item(session)
        with pytest.raises(NotAccepted):
            revise(session, NOW, entered, {"title": "New"}, "", actor=GROUP)
        assert revise(session, NOW, entered, {"title": "New"}, "a slip", actor=GROUP, user_id=None)
        assert not revise(session, NOW, entered, {"title": "New"}, "again", actor=GROUP)
        [kept] = session.exec(select(Revision)).all()
        assert (kept.table_name, kept.before["title"]) == ("item", "Publish the river data")
        assert corrections(session) == ["text"]


def test_what_is_not_ones_to_change_is_refused(database: Database) -> None:
    with database.writing() as session:
        entered = item(session)
        for changes in ({"key": "x"}, {"visibility": Visibility.WITHHELD}, {"title": " "}):
            with pytest.raises(NotAccepted):
                revise(session, NOW, entered, changes, "because", actor=GROUP)


def test_a_draft_is_corrected_in_private_and_published_once(database: Database) -> None:
    with database.writing() as session:
        entered = item(session, draft=True)
        [id_] = owing(session, entered)
        [one] = owed(session, [id_])
        revise(session, NOW, entered, {"title": "Better"}, "", actor=GROUP)
        correct_terms(session, NOW, id_, replace(deadline_of(one), basis=Basis.REQUEST), "why", actor=GROUP)
        correct_role(session, NOW, id_, Role.JOINT, "why", actor=GROUP)
        assert [one.kind for one in session.exec(select(Event)).all() if one.item_id] == []
        publish_draft(session, NOW, entered, actor=GROUP)
        assert shown(session, id_).basis is Basis.REQUEST
        with pytest.raises(NotAccepted):
            publish_draft(session, NOW, entered, actor=GROUP)


def test_an_item_is_filed_under_its_topics_and_no_others(database: Database) -> None:
    with database.writing() as session:
        entered: Item = item(session, topics=("housing-and-building", "health"))
        file_under(session, NOW, entered, ["housing-and-building", "transport"], actor=GROUP)
        assert topics_of(session, entered.id or 0) == ["housing-and-building", "transport"]
