"""Each morning the desk says what waits, how much of it, since when, and leads there with one click."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event
from sqlalchemy.engine import Engine

from tests.services.entered import NOW, item, report
from tests.web.editing.conftest import Clock, Person
from tracker.domain.words import UserRole
from tracker.services.people import add_user
from tracker.services.reckon import Deadline
from tracker.storage.engine import Database
from tracker.storage.morning import Waits, morning_of
from tracker.storage.people import Member


@contextmanager
def counted() -> Iterator[list[str]]:
    said: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_more: object) -> None:
        said.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def member(group_id: int, *, admin: bool = False) -> Member:
    return Member(
        0, "x@example.org", 0, group_id, "city-watch", "City Watch", UserRole.EDITOR, site_admin=admin
    )


def waiting(database: Database, who: Member) -> dict[str, Waits]:
    with database.reading() as session:
        return {one.kind: one for one in morning_of(session, NOW, who, 90)}


def test_looks_and_drafts_are_on_the_desk_with_their_oldest_and_one_click_away(
    editor: Person, database: Database
) -> None:
    with database.writing() as session:
        document = report(session)
        item(session, "ministry-of-water", "ministry-of-rivers", document=document)
        item(session, document=document, title="Later", draft=True)
    editor.get("/edit/")
    assert 'href="/edit/looks">Looks that are due</a>' in editor.page
    assert 'href="/edit/#drafts">Drafts</a>' in editor.page
    found = waiting(database, member(1))
    assert (found["looks"].mine, found["looks"].others, found["looks"].oldest_on.isoformat()) == (
        2,
        0,
        "2026-05-05",
    )
    assert found["drafts"].mine == 1


def test_what_other_groups_have_to_do_stands_apart(database: Database) -> None:
    with database.writing() as session:
        add_user(session, NOW, "far@example.org", UserRole.EDITOR, "far-away", password="three calm herons")
        item(session)
    looks = waiting(database, member(2))["looks"]
    assert (looks.mine, looks.others) == (0, 1)
    assert waiting(database, member(2, admin=True))["looks"].mine == 1


def test_the_desk_asks_the_same_number_of_questions_however_much_waits(
    editor: Person, database: Database, clock: Clock
) -> None:
    with database.writing() as session:
        document = report(session)
        item(session, document=document)
    with counted() as few:
        editor.get("/edit/")
    with database.writing() as session:
        for n in range(12):
            item(session, "ministry-of-water", "ministry-of-rivers", document=document, title=f"No. {n}")
    with counted() as many:
        editor.get("/edit/")
    assert len(many) == len(few)


def test_a_date_that_cannot_be_computed_waits_since_it_was_entered(database: Database) -> None:
    no_day = Deadline(rule="gb-commons-select-committee")
    with database.writing() as session:
        item(session, deadline=no_day)
    assert waiting(database, member(1))["unknown"].oldest_on == NOW.date()
