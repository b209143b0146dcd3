"""Several reviewers at the same moment, on both databases: a finding is decided once, and whoever is second is told."""

import threading
from collections.abc import Callable, Iterator

import pytest
from sqlmodel import Session, select

from tests.services.entered import GROUP, NOW, item, owing, people
from tests.services.queued import finding, source
from tracker.domain.refusals import NotAccepted
from tracker.domain.words import EventKind, FindingState
from tracker.services.accept_suggested import accept_suggested
from tracker.services.review import reject
from tracker.services.split_finding import Part, split_finding
from tracker.services.undo_decision import undo_last
from tracker.storage.engine import Database
from tracker.storage.tables import Event, Finding, FindingDecision, Response

Try = Callable[[Session, int, int], object]


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    yield opened
    opened.close()


def accept(session: Session, waits: int, user: int) -> None:
    accept_suggested(session, NOW, waits, actor=GROUP, user_id=user)


def dismiss(session: Session, waits: int, user: int) -> None:
    reject(session, NOW, waits, "No.", actor=GROUP, user_id=user)


def split(session: Session, waits: int, user: int) -> None:
    parts = [Part(kind="update", title="one"), Part(kind="update", title="other")]
    split_finding(session, NOW, waits, parts, actor=GROUP, user_id=user)


def at_once(database: Database, tries: list[tuple[Try, int, int]]) -> list[str]:
    """All try at the same moment; what each was told, empty for whoever was first."""
    barrier, told = threading.Barrier(len(tries)), list[str]()

    def one(act: Try, waits: int, user: int) -> None:
        barrier.wait()
        try:
            with database.writing() as session:
                act(session, waits, user)
            told.append("")
        except NotAccepted as refused:
            told.append(str(refused))

    threads = [threading.Thread(target=one, args=each) for each in tries]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(told)


def waiting(database: Database) -> tuple[int, int, int]:
    """A finding and two reviewers."""
    with database.writing() as session:
        first, second = people(session)
        (owed,) = owing(session, item(session))
        return finding(session, source(session), "an answer", owed=owed), first, second


@pytest.mark.parametrize("other", [accept, dismiss, split])
def test_two_reviewers_never_decide_the_same_finding(database: Database, other: Try) -> None:
    waits, first, second = waiting(database)
    told = at_once(
        database,
        [(accept, waits, first), (other, waits, second), (accept, waits, second), (other, waits, first)],
    )
    assert told.count("") == 1 and len(told) == 4
    assert all("already" in said for said in told if said)
    with database.reading() as session:
        assert len(session.exec(select(FindingDecision)).all()) == 1
        row = session.get(Finding, waits)
        responses = session.exec(select(Response)).all()
        found = session.exec(select(Event).where(Event.kind == EventKind.RESPONSE_FOUND)).all()
        accepted = row is not None and row.state is FindingState.ACCEPTED
        assert len(responses) == len(found) == (1 if accepted else 0)


def test_an_undo_pressed_twice_is_one(database: Database) -> None:
    waits, first, _ = waiting(database)
    with database.writing() as session:
        accept(session, waits, first)

    def undo(session: Session, _waits: int, user: int) -> None:
        undo_last(session, NOW, "By mistake.", actor=GROUP, user_id=user)

    told = at_once(database, [(undo, waits, first), (undo, waits, first)])
    assert told.count("") == 1
    with database.reading() as session:
        assert len(session.exec(select(Event).where(Event.kind == EventKind.CORRECTED)).all()) == 1
