"""A new entry is about each duty that is owed about it: whoever follows one of them is told."""

import pytest
from sqlmodel import Session, select

from tests.services.entered import NOW, STATED, item
from tracker.domain.listing import Filters, ListName, ListQuery
from tracker.domain.words import Basis, EventKind, Visibility
from tracker.services.enter import OwedBy
from tracker.services.reckon import Deadline
from tracker.storage.engine import Database
from tracker.storage.events import events
from tracker.storage.tables import Body

DATED, UNDATED = STATED, Deadline(basis=Basis.REQUEST)
ASKED = ListName.ALL, Filters(body="ministry-of-water")


def entered(session: Session, name: ListName, filters: Filters) -> int:
    """How many new entries a list tells."""
    told = events(session, ListQuery(name, filters), include_backfill=False)
    return len([event for event in told if event.kind is EventKind.LOGGED])


@pytest.mark.parametrize(
    ("name", "filters", "deadline", "told"),
    [
        (*ASKED, DATED, 1),
        (ListName.ALL, Filters(body="ministry-of-rivers"), DATED, 0),
        (ListName.ALL, Filters(basis="convention"), DATED, 1),
        (ListName.ALL, Filters(body="ministry-of-water", basis="statute"), DATED, 0),
        (ListName.DUE, Filters(), DATED, 1),
        (ListName.DUE, Filters(), UNDATED, 0),
        (ListName.WAITING, Filters(), UNDATED, 1),
        (ListName.WAITING, Filters(), DATED, 0),
        (ListName.OVERDUE, Filters(body="ministry-of-water"), DATED, 0),
    ],
)
def test_who_follows_a_body_or_a_sort_of_date_is_told_of_new_entries(
    database: Database, name: ListName, filters: Filters, deadline: Deadline, told: int
) -> None:
    with database.writing() as session:
        item(session, "ministry-of-water", deadline=deadline)
        assert entered(session, name, filters) == told


def test_an_entry_for_two_bodies_is_told_once_to_each(database: Database) -> None:
    with database.writing() as session:
        owed_by = OwedBy(body="ministry-of-water"), OwedBy(body="ministry-of-rivers")
        item(session, addressees=owed_by, now=NOW)
        for key in ("ministry-of-water", "ministry-of-rivers"):
            assert entered(session, ListName.ALL, Filters(body=key)) == 1


def test_what_a_withheld_body_owes_is_not_told_by_the_entry(database: Database) -> None:
    with database.writing() as session:
        item(session, "ministry-of-water")
        session.exec(
            select(Body).where(Body.key == "ministry-of-water")
        ).one().visibility = Visibility.WITHHELD
        session.flush()
        assert entered(session, *ASKED) == 0
