"""The list of what needs a look says where to look, and many looks are put on record in one go."""

from datetime import date

from sqlmodel import select

from tests.services.entered import DUE, NOW, item, owing, report
from tests.web.editing.conftest import Clock, Person
from tracker.domain.listing import Filters
from tracker.storage.engine import Database
from tracker.storage.lines import moment
from tracker.storage.looks_due import looks_due, places_to_look
from tracker.storage.tables import Body, Check, Terms


def two(database: Database) -> list[int]:
    with database.writing() as session:
        made = item(session, "ministry-of-water", "ministry-of-rivers")
        session.exec(
            select(Body).where(Body.key == "ministry-of-water")
        ).one().website = "https://water.example/"
        return owing(session, made)


def test_many_are_put_on_record_at_once_each_with_its_own_places(
    editor: Person, database: Database, clock: Clock
) -> None:
    first, second = two(database)
    editor.get("/edit/looks")
    assert "not looked at since" in editor.page and "https://water.example/" in editor.page
    typed = {
        "obligations": [str(first), str(second)],
        f"places-{first}": "https://water.example/",
        f"places-{second}": "Search of the register",
        "looked_on": "12 May 2026",
    }
    assert editor.post("/edit/looks", **typed).status_code == 303
    with database.reading() as session:
        assert sorted(made.places for made in session.exec(select(Check)).all()) == [
            ["Search of the register"],
            ["https://water.example/"],
        ]
    editor.get("/edit/looks")
    assert "Everything due has been looked at." in editor.page
    clock.later(days=120)
    with database.reading() as session:
        again = looks_due(session, moment(clock.now), clock.now.date(), 90, Filters(), None)
        assert [one.again for one in again] == [True, True]


def test_nothing_ticked_or_no_place_is_refused_and_what_was_typed_stays(
    editor: Person, database: Database
) -> None:
    first, _second = two(database)
    editor.get("/edit/looks")
    assert editor.post("/edit/looks", looked_on="12 May 2026").status_code == 422
    assert editor.post("/edit/looks", obligations=str(first), looked_on="12 May 2026").status_code == 422
    assert "Say where you looked" in editor.page
    assert editor.get("/edit/looks?page=9").status_code == 404


def test_it_is_narrowed_by_body_and_process(editor: Person, database: Database) -> None:
    two(database)
    editor.get("/edit/looks?body=ministry-of-rivers")
    assert 'name="obligations"' in editor.page and editor.page.count('name="obligations"') == 1
    editor.get("/edit/looks?process=no-such")
    assert 'name="obligations"' not in editor.page


def test_before_an_answer_would_be_published_no_look_is_due(database: Database) -> None:
    with database.writing() as session:
        [id_] = owing(session, item(session))
        session.exec(select(Terms).where(Terms.obligation_id == id_)).one().lag_days = 30
    with database.reading() as session:
        assert looks_due(session, moment(NOW), NOW.date(), 90, Filters(), None) == []
        later = date(2026, 6, 4)
        [due] = looks_due(session, moment(NOW), later, 90, Filters(), None)
        assert (due.since_on, due.line.due_on) == (later, DUE)


def test_the_places_hang_on_a_constant_number_of_queries(database: Database) -> None:
    with database.writing() as session:
        document = report(session)
        ids = [
            id_
            for n in range(6)
            for id_ in owing(session, item(session, document=document, title=f"No. {n}"))
        ]
        assert places_to_look(session, ids) == {id_: [] for id_ in ids}
