"""One act ends many duties: a revoked instrument, a House prorogued or dissolved; seen first, undone as a whole."""

from datetime import date

import pytest
from sqlmodel import Session

from tests.services import moving
from tests.services.entered import GROUP, people, shown, standing
from tests.services.moved import LATER, by_rule, clock_of, refused, told
from tests.services.test_assess import verdict
from tests.services.test_respond import reply
from tracker.domain.words import EndCause, EventKind, Standing, Verdict
from tracker.services.assess import assess
from tracker.services.end_many import EndMany, Fate, decide_end, end_many, preview_end, undo_act
from tracker.services.respond import respond
from tracker.storage import endings
from tracker.storage.endings import entries_of, questions_of
from tracker.storage.engine import Database
from tracker.storage.entries import documents, id_of

CANADA = by_rule("ca-commons-so109", date(2026, 4, 1))
COMMONS = by_rule("gb-commons-select-committee", date(2026, 4, 1))


def said(session: Session, cause: EndCause = EndCause.REVOKED, **more: object) -> EndMany:
    [(document, _process)] = documents(session)
    wanted: dict[str, object] = {
        "cause": cause,
        "works_from_on": date(2026, 5, 20),
        "reason": "Revoked by order.",
        "source_url": "https://orders.example/9",
        "document": document.key,
    }
    return EndMany(**(wanted | more))  # type: ignore[arg-type]


def fates(session: Session, what: EndMany) -> dict[int, Fate]:
    return {found.one.id: found.fate for found in preview_end(session, LATER, what)}


def ended(session: Session, what: EndMany) -> int:
    return id_of(end_many(session, LATER, what, actor=GROUP))


def test_a_revoked_instrument_ends_all_that_is_open_with_one_reason(database: Database) -> None:
    with database.writing() as session:
        ids = [clock_of(session), clock_of(session, COMMONS), clock_of(session)]
        assert set(fates(session, said(session)).values()) == {Fate.ENDS}
        act = ended(session, said(session))
        assert {standing(session, id_, LATER) for id_ in ids} == {Standing.VOID}
        assert {entry.reason for entry in entries_of(session, act)} == {"Revoked by order."}
        assert all(len(told(session, EventKind.VOID, id_)) == 1 for id_ in ids)


def test_what_is_answered_keeps_its_answer(database: Database) -> None:
    with database.writing() as session:
        open_, answered = clock_of(session), clock_of(session)
        _answer(session, answered)
        assert fates(session, said(session)) == {open_: Fate.ENDS, answered: Fate.ANSWERED}
        act = ended(session, said(session))
        assert standing(session, answered, LATER) is Standing.ANSWERED_LATE
        assert [entry.obligation_id for entry in entries_of(session, act)] == [open_]


def test_an_act_is_undone_as_a_whole(database: Database) -> None:
    with database.writing() as session:
        ids = [clock_of(session), clock_of(session)]
        was = {id_: standing(session, id_, LATER) for id_ in ids}
        act = endings.act_by_id(session, ended(session, said(session)))
        assert act is not None
        undo_act(session, LATER, act, "Another order.", actor=GROUP)
        assert {id_: standing(session, id_, LATER) for id_ in ids} == was
        assert all(told(session, EventKind.CORRECTED, id_) for id_ in ids)
        with refused("reason"):
            undo_act(session, LATER, act, "Again.", actor=GROUP)


def test_what_runs_again_is_reckoned_by_the_days_off_that_came_meanwhile(database: Database) -> None:
    with database.writing() as session:
        ids = [moving.asked(session), moving.asked(session)]
        what = said(session, works_from_on=moving.NOW.date())
        act_id = id_of(end_many(session, moving.NOW, what, actor=GROUP))
    with moving.told_of(database.url, moving.FUNERAL) as again:
        moving.recomputed(again, LATER)
        with again.writing() as session:
            assert moving.moved(session) == []
            act = endings.act_by_id(session, act_id)
            assert act is not None
            undo_act(session, LATER, act, "Another order.", actor=GROUP)
            assert {shown(session, id_, LATER).due_on for id_ in ids} == {date(2026, 6, 4)}
            assert {event.obligation_id for event in moving.moved(session)} == set(ids)


def test_a_prorogation_does_what_each_rule_says(database: Database) -> None:
    with database.writing() as session:
        survives, stated = clock_of(session, CANADA), clock_of(session)
        what = said(session, EndCause.PROROGUED)
        assert fates(session, what) == {survives: Fate.CONTINUES, stated: Fate.UNDECIDED}
        before = standing(session, stated, LATER)
        act = ended(session, what)
        assert entries_of(session, act) == []
        assert standing(session, stated, LATER) is before
        assert [question.obligation_id for question in questions_of(session, act)] == [stated]


def test_a_dissolution_ends_what_its_rule_ends(database: Database) -> None:
    with database.writing() as session:
        id_ = clock_of(session, CANADA)
        ended(session, said(session, EndCause.DISSOLVED))
        assert standing(session, id_, LATER) is Standing.VOID


@pytest.mark.parametrize("ends", [True, False])
def test_what_no_rule_decides_an_editor_does(database: Database, ends: bool) -> None:
    with database.writing() as session:
        id_ = clock_of(session)
        was = standing(session, id_, LATER)
        act = endings.act_by_id(session, ended(session, said(session, EndCause.PROROGUED)))
        assert act is not None
        assert [count for _, _, _, count in endings.undecided(session)] == [1]
        decide_end(session, LATER, act, id_, ends, "The Speaker ruled so.", actor=GROUP)
        assert standing(session, id_, LATER) is (Standing.VOID if ends else was)
        assert endings.undecided(session) == []
        with refused("obligation"):
            decide_end(session, LATER, act, id_, not ends, "Otherwise.", actor=GROUP)


def test_an_act_needs_a_reason_a_source_a_place_and_something_open(database: Database) -> None:
    with database.writing() as session:
        clock_of(session)
        with refused("reason"):
            preview_end(session, LATER, said(session, reason=" "))
        with refused("source_url"):
            preview_end(session, LATER, said(session, source_url=""))
        with refused("document"):
            preview_end(session, LATER, said(session, document="nowhere"))
        with refused("process"):
            preview_end(session, LATER, said(session, document="", process="nowhere"))
        ended(session, said(session))
        with refused("works_from_on"):
            ended(session, said(session))


def _answer(session: Session, id_: int) -> None:
    reviewer, _ = people(session)
    response = id_of(respond(session, LATER, reply(id_), actor=GROUP))
    assess(session, LATER, verdict(id_, response, Verdict.SUBSTANTIVE), actor=GROUP, user_id=reviewer)
