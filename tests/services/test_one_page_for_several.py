"""One page that may answer several: none of them is flagged while nobody has decided what it is."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import Session, col

from tests.services.entered import GROUP, NOW, item, owing, people, standing
from tests.services.queued import finding, source
from tracker.domain.words import Standing
from tracker.services.accept_suggested import is_complete
from tracker.services.draft_decision import draft_response
from tracker.services.look import Look, look
from tracker.services.put_off import put_off
from tracker.services.review import accept_response, reject
from tracker.services.settle import settle
from tracker.services.split_finding import Part, split_finding
from tracker.services.suggest import suggest_anew
from tracker.services.undo_decision import undo_last
from tracker.storage import findings
from tracker.storage.engine import Database
from tracker.storage.tables import Finding, FindingObligation, Source

WAITS, FLAGGED = Standing.AWAITING_ASSESSMENT, Standing.OVERDUE


class Desk:
    """An item that two ministries owe an answer to, and one page that may be the answer of both."""

    def __init__(self, session: Session, **changes: Any) -> None:
        self.session = session
        self.reviewer, _ = people(session)
        entered = item(session, "ministry-of-water", "ministry-of-rivers", ref="R7")
        self.owed = owing(session, entered)
        here = source(session, process_id=entered.process_id)
        content: dict[str, Any] = {
            "body_name": "Ministry of Water; Ministry of Rivers",
            "extra": {"response_kind": "reply", "item": "R7"},
        }
        self.waits = finding(session, here, "Publish the river data: our answer", **content | changes)
        settle(session, suggest_anew(session, session.get_one(Source, here[0]), NOW), NOW)

    def look_by_hand(self) -> None:
        for owed in self.owed:
            said = Look(obligations=(owed,), looked_on=date(2026, 5, 12), places=("https://gov.example/x",))
            look(self.session, NOW, said, actor=GROUP)

    def dismiss(self) -> None:
        reject(self.session, NOW, self.waits, "A leaflet.", actor=GROUP, user_id=self.reviewer)

    def accept(self) -> None:
        waits = findings.one(self.session, self.waits)
        assert waits is not None
        said = draft_response(self.session, waits)
        both = replace(said, lines=tuple(replace(line, on_behalf=True) for line in said.lines))
        accept_response(self.session, NOW, self.waits, both, actor=GROUP, user_id=self.reviewer)

    @property
    def standings(self) -> list[Standing]:
        return [standing(self.session, owed) for owed in self.owed]


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    yield opened
    opened.close()


def test_neither_of_two_debtors_is_flagged_while_one_page_may_answer_both(database: Database) -> None:
    with database.writing() as session:
        desk = Desk(session)
        assert desk.standings == [WAITS, WAITS]
        desk.look_by_hand()
        assert desk.standings == [WAITS, WAITS]


def test_of_two_debtors_that_fit_alike_neither_is_flagged(database: Database) -> None:
    with database.writing() as session:
        desk = Desk(session, body_name="")
        desk.look_by_hand()
        assert session.get_one(Finding, desk.waits).obligation_id is None
        assert desk.standings == [WAITS, WAITS]


def test_once_it_is_dismissed_the_look_counts_for_both(database: Database) -> None:
    with database.writing() as session:
        desk = Desk(session)
        desk.look_by_hand()
        desk.dismiss()
        assert desk.standings == [FLAGGED, FLAGGED]


def test_undoing_the_dismissal_holds_both_again(database: Database) -> None:
    with database.writing() as session:
        desk = Desk(session)
        desk.look_by_hand()
        desk.dismiss()
        undo_last(session, NOW, actor=GROUP, user_id=desk.reviewer)
        assert desk.standings == [WAITS, WAITS]


def test_putting_it_off_lets_nobody_be_flagged(database: Database) -> None:
    with database.writing() as session:
        desk = Desk(session)
        desk.look_by_hand()
        put_off(session, NOW, desk.waits, date(2026, 5, 20), actor=GROUP, user_id=desk.reviewer)
        assert desk.standings == [WAITS, WAITS]
        undo_last(session, NOW, actor=GROUP, user_id=desk.reviewer)
        assert desk.standings == [WAITS, WAITS]


def test_a_part_holds_only_whom_it_is_about(database: Database) -> None:
    with database.writing() as session:
        desk = Desk(session)
        desk.look_by_hand()
        parts = [
            Part(kind="response", title="The answer", obligation=desk.owed[0]),
            Part(kind="update", title="A note"),
        ]
        split_finding(session, NOW, desk.waits, parts, actor=GROUP, user_id=desk.reviewer)
        assert desk.standings == [WAITS, FLAGGED]
        undo_last(session, NOW, actor=GROUP, user_id=desk.reviewer)
        assert desk.standings == [WAITS, WAITS]


def test_accepting_it_for_both_leaves_nobody_in_suspense_for_a_find(database: Database) -> None:
    with database.writing() as session:
        desk = Desk(session)
        desk.accept()
        assert desk.standings == [WAITS, WAITS]
        undo_last(session, NOW, "By mistake.", actor=GROUP, user_id=desk.reviewer)
        desk.look_by_hand()
        desk.dismiss()
        assert desk.standings == [FLAGGED, FLAGGED]


def test_whether_one_body_answers_for_another_is_for_a_person_to_say(database: Database) -> None:
    with database.writing() as session:
        waits = findings.one(session, Desk(session).waits)
        assert waits is not None and not is_complete(session, waits)


def test_what_a_finding_holds_is_kept_once_for_each(database: Database) -> None:
    with database.writing() as session:
        desk = Desk(session)
        suggest_anew(session, session.get_one(Source, 1), NOW)
        held = session.execute(select(col(FindingObligation.obligation_id))).scalars()
        assert sorted(held) == sorted(desk.owed)
