"""Bodies are renamed, merged, divided and separated again; due days stay, and pages of days before keep the old names."""

from datetime import date, timedelta

import pytest
from sqlmodel import Session, select

from tests.services.entered import GROUP, NOW, item, owing, report
from tracker.domain.listing import Filters, ListName, ListQuery
from tracker.domain.refusals import NotAccepted
from tracker.domain.words import BodyKind, EventKind
from tracker.services.enter_process import EnterBody, enter_body
from tracker.services.merge_bodies import Merge, SameAs, merge_bodies, same_body
from tracker.services.note_body_change import Happened
from tracker.services.rename_body import Rekey, Rename, rekey_body, rename_body
from tracker.services.split_body import Split, split_body
from tracker.services.tie_body import Members, PartOf, part_of, set_members
from tracker.services.undo_body_change import undo_body_change
from tracker.storage import bodies
from tracker.storage.engine import Database
from tracker.storage.lines import Line, lines, moment
from tracker.storage.scorecards import scorecards
from tracker.storage.tables import Body, Event
from tracker.storage.ties_then import as_it_was

MAY = date(2026, 5, 1)
HAPPENED = Happened(works_from_on=MAY, reason="The order of 1 May", source_url="https://law.example/order")
LATER = NOW + timedelta(days=1)


def body(session: Session, key: str) -> Body:
    found = bodies.by_key(session, key)
    assert found is not None
    return found


def whole(session: Session, key: str) -> bodies.BodyWhole:
    found = bodies.whole(session, key)
    assert found is not None
    return found


def seen(session: Session, key: str = "", day: date | None = None, *, hindsight: bool = False) -> list[Line]:
    at = moment(NOW + timedelta(days=5), day, hindsight=hindsight)
    return lines(session, ListQuery(ListName.ALL, Filters(body=key)), at)


def changes(session: Session) -> list[str]:
    wanted = select(Event).where(Event.kind == EventKind.CORRECTED)
    return [str(event.detail["what"]) for event in session.exec(wanted).all()]


def fields(caught: pytest.ExceptionInfo[NotAccepted]) -> list[str]:
    return [one.field for one in caught.value.refusals]


def test_a_renamed_body_keeps_its_old_name_on_pages_of_days_before(database: Database) -> None:
    with database.writing() as session:
        item(session)
        rename_body(
            session,
            NOW,
            body(session, "ministry-of-water"),
            Rename(name="Department of Water", happened=HAPPENED),
            actor=GROUP,
        )
        assert [line.body_name for line in seen(session)] == ["Department of Water"]
        assert [line.body_name for line in seen(session, day=date(2026, 4, 30), hindsight=True)] == [
            "Ministry of Water"
        ]
        assert [one.name for one in whole(session, "ministry-of-water").former] == ["Ministry of Water"]
        assert changes(session) == ["body_renamed"]


def test_a_name_cannot_change_ahead_of_its_day_nor_be_another_bodys(database: Database) -> None:
    with database.writing() as session:
        report(session)
        ahead = Happened(works_from_on=date(2026, 6, 1), reason="")
        with pytest.raises(NotAccepted) as caught:
            rename_body(
                session,
                NOW,
                body(session, "ministry-of-water"),
                Rename(name="ministry of rivers", happened=ahead),
                actor=GROUP,
            )
        assert fields(caught) == ["reason", "works_from_on", "name"]


def test_undoing_a_rename_gives_the_name_back(database: Database) -> None:
    with database.writing() as session:
        report(session)
        water = body(session, "ministry-of-water")
        made = rename_body(session, NOW, water, Rename(name="Water Board", happened=HAPPENED), actor=GROUP)
        undo_body_change(session, LATER, made, "Wrong ministry", actor=GROUP)
        assert water.name == "Ministry of Water"
        assert whole(session, water.key).former == ()
        assert changes(session) == ["body_renamed", "body_change_undone"]
        with pytest.raises(NotAccepted):
            undo_body_change(session, LATER, made, "Again", actor=GROUP)


def test_another_key_leaves_the_old_one_leading_to_the_body_and_to_nobody_else(database: Database) -> None:
    with database.writing() as session:
        item(session)
        water = body(session, "ministry-of-water")
        made = rekey_body(session, NOW, water, Rekey(key="water", happened=HAPPENED), actor=GROUP)
        assert water.key == "water"
        assert [line.body_key for line in seen(session, "ministry-of-water")] == ["water"]
        other = enter_body(session, NOW, EnterBody(name="Ministry of water!", jurisdiction="GB"), actor=GROUP)
        assert other.key != "ministry-of-water"
        undo_body_change(session, LATER, made, "No", actor=GROUP)
        assert [line.body_key for line in seen(session, "water")] == ["ministry-of-water"]


def test_after_a_merger_both_are_named_from_the_day_on_and_the_due_day_stays(database: Database) -> None:
    with database.writing() as session:
        item(session)
        made = merge_bodies(
            session,
            NOW,
            body(session, "ministry-of-water"),
            Merge(into="Ministry of Rivers", happened=HAPPENED),
            actor=GROUP,
        )
        [line] = seen(session, "ministry-of-rivers")
        assert (line.body_name, line.debtor_name, line.debtor_since_on) == (
            "Ministry of Water",
            "Ministry of Rivers",
            MAY,
        )
        assert line.due_on == date(2026, 5, 4)
        [before] = seen(session, day=date(2026, 4, 30), hindsight=True)
        assert before.debtor_key == ""
        undo_body_change(session, LATER, made, "It was called off", actor=GROUP)
        assert seen(session, "ministry-of-rivers") == []
        [as_shown] = seen(session, day=NOW.date())
        assert as_shown.debtor_key == "ministry-of-rivers"
        again = merge_bodies(
            session,
            LATER,
            body(session, "ministry-of-water"),
            Merge(into="ministry-of-rivers", happened=HAPPENED),
            actor=GROUP,
        )
        assert again.id != made.id


def test_two_bodies_merge_into_a_third_and_have_one_scorecard(database: Database) -> None:
    with database.writing() as session:
        item(session, "ministry-of-water", "ministry-of-rivers")
        enter_body(session, NOW, EnterBody(name="Ministry of Nature", jurisdiction="GB"), actor=GROUP)
        into = Merge(into="ministry-of-nature", others=("Ministry of Rivers",), happened=HAPPENED)
        merge_bodies(session, NOW, body(session, "ministry-of-water"), into, actor=GROUP)
        [card] = scorecards(session, ListQuery(ListName.ALL), moment(NOW))
        assert (card.key, card.n) == ("ministry-of-nature", 2)


def test_a_merger_in_a_circle_or_into_itself_is_refused(database: Database) -> None:
    with database.writing() as session:
        report(session)
        water, rivers = body(session, "ministry-of-water"), body(session, "ministry-of-rivers")
        merge_bodies(session, NOW, water, Merge(into=rivers.key, happened=HAPPENED), actor=GROUP)
        for one, into in ((rivers, water.key), (rivers, rivers.key), (water, rivers.key), (rivers, "nobody")):
            with pytest.raises(NotAccepted) as caught:
                merge_bodies(session, NOW, one, Merge(into=into, happened=HAPPENED), actor=GROUP)
            assert set(fields(caught)) == {"into"}


def test_an_entry_made_twice_is_one_body_and_can_be_separated_again(database: Database) -> None:
    with database.writing() as session:
        item(session)
        made = same_body(
            session,
            NOW,
            body(session, "ministry-of-water"),
            SameAs(kept="ministry-of-rivers", happened=HAPPENED),
            actor=GROUP,
        )
        [line] = seen(session, "ministry-of-rivers")
        assert (line.body_name, line.debtor_key, line.debtor_since_on) == (
            "Ministry of Rivers",
            "ministry-of-rivers",
            None,
        )
        undo_body_change(session, LATER, made, "They are two after all", actor=GROUP)
        assert seen(session, "ministry-of-rivers") == []
        assert [line.body_name for line in seen(session)] == ["Ministry of Water"]


def test_a_divided_body_passes_each_duty_to_whom_it_was_given(database: Database) -> None:
    with database.writing() as session:
        document = report(session)
        [first] = owing(session, item(session, document=document, title="Rivers"))
        [second] = owing(session, item(session, document=document, title="Lakes"))
        enter_body(session, NOW, EnterBody(name="Lakes Office", jurisdiction="GB"), actor=GROUP)
        goes = Split(goes_to={first: "ministry-of-rivers"}, happened=HAPPENED)
        split_body(session, NOW, body(session, "ministry-of-water"), goes, actor=GROUP)
        assert [line.id for line in seen(session, "ministry-of-rivers")] == [first]
        assert {line.id: line.debtor_key for line in seen(session)} == {
            first: "ministry-of-rivers",
            second: "",
        }
        more = Split(goes_to={second: "Lakes Office"}, happened=HAPPENED)
        made = split_body(session, NOW, body(session, "ministry-of-water"), more, actor=GROUP)
        assert [line.id for line in seen(session, "lakes-office")] == [second]
        undo_body_change(session, LATER, made, "Not the lakes", actor=GROUP)
        assert seen(session, "lakes-office") == []
        with pytest.raises(NotAccepted) as caught:
            split_body(
                session,
                NOW,
                body(session, "lakes-office"),
                Split(goes_to={first: "ministry-of-rivers"}, happened=HAPPENED),
                actor=GROUP,
            )
        assert fields(caught) == ["goes_to"]


def test_a_part_counts_with_its_whole_until_that_is_undone(database: Database) -> None:
    with database.writing() as session:
        item(session)
        water = body(session, "ministry-of-water")
        made = part_of(
            session, NOW, water, PartOf(whole="ministry-of-rivers", happened=HAPPENED), actor=GROUP
        )
        assert len(seen(session, "ministry-of-rivers")) == 1
        with pytest.raises(NotAccepted) as caught:
            part_of(
                session,
                NOW,
                body(session, "ministry-of-rivers"),
                PartOf(whole=water.key, happened=HAPPENED),
                actor=GROUP,
            )
        assert fields(caught) == ["whole"]
        undo_body_change(session, LATER, made, "Never was", actor=GROUP)
        assert seen(session, "ministry-of-rivers") == []


def test_members_join_and_leave_a_group_and_undoing_puts_them_back(database: Database) -> None:
    with database.writing() as session:
        report(session)
        group = enter_body(session, NOW, EnterBody(name="All ministries", kind=BodyKind.GROUP), actor=GROUP)
        said = Members(members=("Ministry of Water", "ministry-of-rivers"), happened=HAPPENED)
        set_members(session, NOW, group, said, actor=GROUP)
        left = set_members(
            session, NOW, group, Members(members=("ministry-of-water",), happened=HAPPENED), actor=GROUP
        )
        assert left.detail["left"] == ["ministry-of-rivers"]
        undo_body_change(session, LATER, left, "They stayed", actor=GROUP)
        assert len(whole(session, group.key).members) == 2
        with pytest.raises(NotAccepted) as caught:
            set_members(session, NOW, body(session, "ministry-of-water"), said, actor=GROUP)
        assert "members" in fields(caught)


def test_on_older_days_a_body_hangs_together_as_it_did_then(database: Database) -> None:
    before = MAY - timedelta(days=1)
    with database.writing() as session:
        item(session)
        water, rivers = body(session, "ministry-of-water"), body(session, "ministry-of-rivers")
        group = enter_body(session, NOW, EnterBody(name="All ministries", kind=BodyKind.GROUP), actor=GROUP)
        part_of(session, NOW, water, PartOf(whole=rivers.key, happened=HAPPENED), actor=GROUP)
        set_members(session, NOW, group, Members(members=(water.key,), happened=HAPPENED), actor=GROUP)
        session.flush()
        now = whole(session, water.key)
        assert (now.part_of, [one.key for one in now.groups]) == (rivers, [group.key])
        then = as_it_was(session, now, before, None)
        assert (then.part_of, then.groups) == (None, ())
        assert as_it_was(session, whole(session, rivers.key), before, None).parts == ()
        assert as_it_was(session, whole(session, group.key), before, None).members == ()
        unknown = as_it_was(session, now, MAY, NOW - timedelta(days=1))
        assert unknown.part_of is None
        assert as_it_was(session, now, MAY, NOW) == now


def test_a_merger_adds_nothing_to_days_before_it(database: Database) -> None:
    before = MAY - timedelta(days=1)
    with database.writing() as session:
        item(session)
        merged = Merge(into="ministry-of-rivers", happened=HAPPENED)
        merge_bodies(session, NOW, body(session, "ministry-of-water"), merged, actor=GROUP)
        assert len(seen(session, "ministry-of-rivers")) == 1
        assert seen(session, "ministry-of-rivers", before, hindsight=True) == []
        assert len(seen(session, "ministry-of-water", before, hindsight=True)) == 1
