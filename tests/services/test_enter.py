"""Entering an item: its addressees, their clocks, and what is refused."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlmodel import Session, col, select

from tests.services.entered import GROUP, NOW, STATED, item, owing, report, shown, standing
from tracker.domain.keys import free_key, key_of
from tracker.domain.list_events import UNLISTED
from tracker.domain.partial import PartialDate, day
from tracker.domain.refusals import NotAccepted
from tracker.domain.words import (
    Basis,
    BodyKind,
    DueSource,
    EventKind,
    ObligationKind,
    Precision,
    Role,
    Standing,
    Trigger,
    Visibility,
)
from tracker.services.correct import decide
from tracker.services.enter import EnterItem, OwedBy, enter_item, preview
from tracker.services.enter_process import EnterBody
from tracker.services.reckon import Deadline
from tracker.storage.engine import Database
from tracker.storage.entries import owed
from tracker.storage.tables import Body, Event, Item

COMMONS = Deadline(rule="gb-commons-select-committee", trigger_on=day(date(2026, 3, 9)))


def events(session: Session) -> list[tuple[EventKind, bool]]:
    rows = session.exec(select(Event).order_by(col(Event.id))).all()
    return [(event.kind, event.backfill) for event in rows if event.detail.get("what") not in UNLISTED]


def test_three_addressees_owe_one_item_each_with_a_role_and_a_clock(database: Database) -> None:
    with database.writing() as session:
        document = report(session)
        addressees = (
            OwedBy(body="ministry-of-water"),
            OwedBy(body="Ministry of RIVERS", role=Role.JOINT),
            OwedBy(new=EnterBody(name="Water Company", jurisdiction="gb"), role=Role.SUPPORTING),
        )
        entered = item(session, document=document, addressees=addressees, topics=("health",))
        lines = owed(session, owing(session, entered))
        assert [(line.body.key, line.addressee.role) for line in lines] == [
            ("ministry-of-water", Role.LEAD),
            ("ministry-of-rivers", Role.JOINT),
            ("water-company", Role.SUPPORTING),
        ]
        assert {shown(session, line.id).due_on for line in lines} == {date(2026, 5, 4)}
        assert entered.number == 1 and entered.visibility is Visibility.PUBLIC
        assert {line.obligation.recorded_by for line in lines} == {GROUP}


def test_a_past_date_nobody_looked_at_since_is_unchecked_and_no_news(database: Database) -> None:
    with database.writing() as session:
        entered = item(session)
        [id_] = owing(session, entered)
        assert standing(session, id_) is Standing.UNCHECKED
        assert (EventKind.LOGGED, False) in events(session)
        assert all(backfill for kind, backfill in events(session) if kind is not EventKind.LOGGED)


def test_a_draft_is_in_no_log(database: Database) -> None:
    with database.writing() as session:
        entered = item(session, draft=True)
        assert entered.visibility is Visibility.DRAFT
        assert events(session) == []


def test_a_rule_gives_the_date_with_its_steps_before_anything_is_kept(database: Database) -> None:
    with database.writing() as session:
        said = EnterItem(
            document=report(session),
            title="A",
            addressees=(OwedBy(body="ministry-of-water"),),
            deadline=COMMONS,
        )
        [foreseen] = preview(session, NOW, said)
        assert foreseen.name == "Ministry of Water"
        assert foreseen.terms.computed_on == date(2026, 5, 9)
        assert foreseen.clock.due_on == date(2026, 5, 9)
        assert foreseen.terms.basis is Basis.CONVENTION
        assert [step["code"] for step in foreseen.terms.steps][-1] == "due"
        assert session.exec(select(Item)).all() == []


def test_a_date_a_rule_computed_is_never_stored_as_stated(database: Database) -> None:
    with database.writing() as session:
        [id_] = owing(session, item(session, deadline=COMMONS))
        [line] = owed(session, [id_])
        assert (line.terms.stated_on, line.terms.computed_on) == (None, date(2026, 5, 9))
        assert line.terms.rule_snapshot["key"] == "gb-commons-select-committee"
        assert shown(session, id_).due_source is DueSource.COMPUTED


def test_reports_are_counted_from_the_anchor_each_time(database: Database) -> None:
    stated = Deadline(basis=Basis.PROMISE, stated=day(date(2026, 8, 31)), every_months=6)
    with database.writing() as session:
        addressees = (OwedBy(body="ministry-of-water", kind=ObligationKind.REPORT, periods=4),)
        entered = item(session, document=report(session), addressees=addressees, deadline=stated)
        lines = owed(session, owing(session, entered))
        assert [(line.obligation.period, line.terms.stated_on) for line in lines] == [
            (1, date(2026, 8, 31)),
            (2, date(2027, 2, 28)),
            (3, date(2027, 8, 31)),
            (4, date(2028, 2, 29)),
        ]


def test_a_trigger_ahead_does_not_start_the_clock_and_an_unknown_day_is_unknown(database: Database) -> None:
    with database.writing() as session:
        document = report(session)
        ahead = item(
            session,
            document=document,
            deadline=Deadline(rule="gb-commons-select-committee", trigger_ahead=True),
        )
        unknown = item(session, document=document, deadline=Deadline(rule="gb-commons-select-committee"))
        assert standing(session, owing(session, ahead)[0]) is Standing.NOT_STARTED
        assert standing(session, owing(session, unknown)[0]) is Standing.UNKNOWN


def test_neither_rule_nor_date_counts_the_wait(database: Database) -> None:
    with database.writing() as session:
        entered = item(
            session, deadline=Deadline(trigger=Trigger.PUBLISHED, trigger_on=day(date(2026, 3, 9)))
        )
        assert standing(session, owing(session, entered)[0]) is Standing.WAITING


def test_a_stated_date_before_the_start_is_kept_and_unknown_until_decided(database: Database) -> None:
    with database.writing() as session:
        entered = item(session, deadline=replace(STATED, trigger_on=day(date(2026, 6, 1))))
        assert standing(session, owing(session, entered)[0]) is Standing.UNKNOWN


def test_a_partial_date_is_kept_as_written_and_its_last_day_counts(database: Database) -> None:
    written = PartialDate(date(2026, 6, 1), Precision.MONTH, "by the end of June")
    with database.writing() as session:
        [id_] = owing(session, item(session, deadline=replace(STATED, stated=written)))
        assert shown(session, id_).due_on == date(2026, 6, 30)
        assert owed(session, [id_])[0].terms.stated_as_written == "by the end of June"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": "  "}, "title"),
        ({"document": "nowhere"}, "document"),
        ({"addressees": ()}, "body-1"),
        ({"addressees": (OwedBy(body="ministry-of-water"), OwedBy(body="Ministry of Magic"))}, "body-2"),
        ({"addressees": (OwedBy(body="ministry-of-water"), OwedBy(body="Ministry of Water"))}, "body-2"),
        ({"addressees": (OwedBy(new=EnterBody(name="Ministry of Water")),)}, "body-1"),
        ({"deadline": Deadline(rule="no-such-rule")}, "rule"),
        ({"deadline": Deadline(rule="gb-commons-select-committee", amount=0)}, "amount"),
        ({"deadline": Deadline(rule="gb-commons-select-committee", calendar="ZZ")}, "calendar"),
        ({"deadline": Deadline(stated=day(date(2026, 5, 4)))}, "basis"),
        ({"deadline": replace(COMMONS, trigger_ahead=True)}, "trigger_on"),
        ({"key": "Not a key"}, "key"),
        ({"parent": "no-such-item"}, "parent"),
        ({"topics": ("tea",)}, "topics"),
    ],
)
def test_what_cannot_be_entered_is_refused_at_its_field_and_nothing_is_kept(
    database: Database, changes: dict[str, Any], field: str
) -> None:
    with database.writing() as session:
        document = report(session)
        with pytest.raises(NotAccepted) as caught:
            item(session, **({"document": document} | changes))
        assert [one.field for one in caught.value.refusals] == [field]
        assert session.exec(select(Item)).all() == []


def test_two_bodies_of_one_name_must_be_told_apart_by_key(database: Database) -> None:
    with database.writing() as session:
        document = report(session)
        session.add(
            Body(key="other-water", name="Ministry of Water", kind=BodyKind.GOVERNMENT, recorded_at=NOW)
        )
        with pytest.raises(NotAccepted) as caught:
            item(session, "Ministry of water", document=document)
        assert "ministry-of-water, other-water" in str(caught.value)
        assert enter_item(
            session,
            NOW,
            EnterItem(
                document=document, title="B", addressees=(OwedBy(body="other-water"),), deadline=STATED
            ),
            actor=GROUP,
        ).id


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Citizens’ Assembly on Water", "citizens-assembly-on-water"),
        ("Ministère de l’Écologie", "ministere-de-lecologie"),
        ("Straße & Übung", "strasse-and-ubung"),
        ("水", "x"),
        ("a" * 90, "a" * 80),
        ("word " * 30, "-".join(["word"] * 16)),
    ],
)
def test_a_key_is_made_of_small_letters_digits_and_hyphens(name: str, key: str) -> None:
    assert key_of(name) == key


def test_a_taken_key_gets_the_first_free_number() -> None:
    taken = {"report", "report-2"}
    assert free_key("report", taken.__contains__) == "report-3"


def test_a_rule_nobody_knows_is_refused_with_the_nearest_keys() -> None:
    [refused] = Deadline(rule="gb-foi-s11").complaints()
    assert (refused.field, "gb-foi-s10" in str(refused)) == ("rule", True)
    [second] = Deadline(rule="gb-foi-s10", second_rule="gb-foi-s11").complaints()
    assert (second.field, "gb-foi-s10" in str(second)) == ("second_rule", True)


def test_a_stated_date_older_than_its_document_is_told_in_the_preview_and_waits_for_an_editor(
    database: Database,
) -> None:
    promised = Deadline(basis=Basis.PROMISE, stated=day(date(2026, 3, 1)))
    with database.writing() as session:
        said = EnterItem(
            document=report(session),
            title="Publish the river data",
            addressees=(OwedBy(body="ministry-of-water"),),
            deadline=promised,
        )
        [foreseen] = preview(session, NOW, said)
        assert foreseen.clock.problem and foreseen.clock.problem.code == "stated_before_asked"
        [id_] = owing(session, enter_item(session, NOW, said, actor=GROUP))
        assert standing(session, id_) is Standing.UNKNOWN
        decide(session, NOW, id_, DueSource.STATED, "It repeats an older deadline.", actor=GROUP)
        assert standing(session, id_) is Standing.UNCHECKED
