"""What was entered by mistake leaves every list, and the log says why."""

from datetime import date, timedelta

import pytest
from sqlmodel import select

from tests.services.entered import GROUP, NOW, item, owing, shown, standing
from tests.services.test_correct import overdue
from tests.services.test_respond import reply
from tracker.domain.list_events import UNLISTED
from tracker.domain.listing import ListName, ListQuery
from tracker.domain.refusals import NotAccepted
from tracker.domain.words import EventKind, Standing
from tracker.services.correct_body import BodyFacts, correct_body
from tracker.services.enter_process import EnterBody
from tracker.services.respond import respond
from tracker.services.settle import settle
from tracker.services.take_back import strike
from tracker.services.take_out import remove_addressee, withdraw_item
from tracker.storage import events, segments
from tracker.storage.bodies import by_key
from tracker.storage.engine import Database
from tracker.storage.entries import bodies_named, item_by_key, owed
from tracker.storage.items import tombstone
from tracker.storage.lines import lines, moment
from tracker.storage.tables import Event, Revision

ALL = ListQuery(ListName.ALL)


def test_a_withdrawn_item_leaves_every_list_and_its_address_says_why(database: Database) -> None:
    with database.writing() as session:
        [id_] = overdue(session)
        [one] = owed(session, [id_])
        with pytest.raises(NotAccepted):
            withdraw_item(session, NOW, one.item, " ", actor=GROUP)
        withdraw_item(session, NOW, one.item, "entered twice", actor=GROUP)
        assert lines(session, ALL, moment(NOW)) == []
        stone = tombstone(session, "item", one.item.key)
        assert stone is not None and stone.reason == "entered twice"
        [told] = events.events(session, ALL, kinds=[EventKind.CORRECTED])
        assert told.detail == {"what": "item_withdrawn", "item": one.item.key, "reason": "entered twice"}
        settle(session, [id_], NOW)
        assert segments.current(session, id_) == []
        with pytest.raises(NotAccepted):
            withdraw_item(session, NOW, one.item, "again", actor=GROUP)


def test_a_withdrawn_draft_leaves_no_word_in_public(database: Database) -> None:
    with database.writing() as session:
        entered = item(session, draft=True)
        withdraw_item(session, NOW, entered, "a trial", actor=GROUP)
        assert not [e for e in session.exec(select(Event)).all() if e.detail.get("what") not in UNLISTED]
        assert tombstone(session, "item", entered.key) is None


def test_a_body_that_was_never_asked_leaves_the_item_alone(database: Database) -> None:
    with database.writing() as session:
        water, rivers = overdue(session, "ministry-of-water", "ministry-of-rivers")
        both = reply(water)
        response = respond(session, NOW, both, actor=GROUP)
        before = len(session.exec(select(Event)).all())
        remove_addressee(session, NOW, rivers, "it is not named in the report", actor=GROUP)
        assert [line.id for line in lines(session, ALL, moment(NOW))] == [water]
        [told] = session.exec(select(Event)).all()[before:]
        assert (told.kind, told.obligation_id) == (EventKind.CORRECTED, rivers)
        assert told.detail == {"what": "addressee_removed", "reason": "it is not named in the report"}
        strike(session, NOW, response, "another case", actor=GROUP)
        settle(session, [water, rivers], NOW)
        assert segments.current(session, rivers) == []
        assert standing(session, water) is Standing.OVERDUE
        with pytest.raises(NotAccepted):
            remove_addressee(session, NOW, rivers, "again", actor=GROUP)
        with pytest.raises(NotAccepted) as caught:
            remove_addressee(session, NOW, water, "the last one", actor=GROUP)
        assert "withdraw the whole item" in str(caught.value)


def test_a_body_is_renamed_and_its_old_name_kept(database: Database) -> None:
    with database.writing() as session:
        [id_] = owing(session, item(session))
        body = by_key(session, "ministry-of-water")
        assert body is not None
        said = BodyFacts(
            body=EnterBody(name="Ministry for Water", jurisdiction="NZ"),
            aliases=("Ministry of Water", "MfW"),
        )
        assert correct_body(session, NOW, body, said, "misspelt", actor=GROUP)
        assert not correct_body(session, NOW, body, said, "misspelt", actor=GROUP)
        assert [one.key for one in bodies_named(session, "mfw")] == ["ministry-of-water"]
        [told] = events.events(session, ALL, kinds=[EventKind.CORRECTED])
        assert told.detail["changed"]["name"] == ["Ministry of Water", "Ministry for Water"]
        assert told.detail["changed"]["jurisdiction"] == ["GB", "NZ"]
        [kept] = session.exec(select(Revision)).all()
        assert kept.before["name"] == "Ministry of Water"
        assert shown(session, id_).begins_on == date(2026, 5, 5)
        for wrong in (
            BodyFacts(body=EnterBody(name="Ministry of Rivers", jurisdiction="GB")),
            BodyFacts(body=EnterBody(name="", jurisdiction="GB")),
            BodyFacts(body=EnterBody(name="X", jurisdiction="GB"), aliases=("ministry of rivers",)),
            BodyFacts(body=EnterBody(name="X", jurisdiction="GB", zone="Nowhere/At_All")),
        ):
            with pytest.raises(NotAccepted):
                correct_body(session, NOW, body, wrong, "why", actor=GROUP)


def test_the_sweep_says_nothing_of_what_was_taken_out(database: Database) -> None:
    with database.writing() as session:
        entered = item(session)
        withdraw_item(session, NOW, entered, "entered twice", actor=GROUP)
        told = len(session.exec(select(Event)).all())
        assert segments.unannounced(session, NOW.replace(year=2027)) is None
        assert len(session.exec(select(Event)).all()) == told
        assert item_by_key(session, entered.key) is not None


def test_a_past_day_still_shows_the_body_that_was_asked_then(database: Database) -> None:
    with database.writing() as session:
        water, rivers = overdue(session, "ministry-of-water", "ministry-of-rivers")
        later = NOW + timedelta(days=3)
        remove_addressee(session, later, rivers, "it is not named in the report", actor=GROUP)
        assert [line.id for line in lines(session, ALL, moment(later))] == [water]
        then = moment(later, NOW.date())
        assert sorted(line.id for line in lines(session, ALL, then)) == sorted([water, rivers])
