"""How a list's first page and a write grow with the number of obligations: ratios, side by side in one run.

Run: make bench
"""

import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median

from sqlmodel import Session

from tracker.domain.listing import ListName, ListQuery
from tracker.domain.words import Basis, BodyKind, ItemKind, ProcessKind
from tracker.services.settle import settle
from tracker.storage.engine import Database
from tracker.storage.lines import count, lines, moment
from tracker.storage.migrate import migrate
from tracker.storage.tables import (
    Addressee,
    Body,
    Check,
    CheckObligation,
    Document,
    Item,
    Obligation,
    Process,
    Terms,
)

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
SMALL, LARGE = 500, 4000
ROUNDS = 15


def filled(folder: Path, size: int) -> Database:
    """A database with so many overdue obligations."""
    url = f"sqlite:///{folder / f'{size}.db'}"
    migrate(url)
    database = Database(url)
    with database.writing() as session:
        body = Body(
            recorded_at=NOW, key="ministry", name="Ministry", kind=BodyKind.GOVERNMENT, jurisdiction="GB"
        )
        process = Process(recorded_at=NOW, key="plan", kind=ProcessKind.ACTION_PLAN, name="Plan")
        session.add_all([body, process])
        session.flush()
        document = Document(recorded_at=NOW, key="plan-1", process_id=process.id, title="Plan")
        check = Check(recorded_at=NOW, looked_on=date(2026, 11, 1), places=["https://example.org"])
        session.add_all([document, check])
        session.flush()
        for number in range(size):
            _add(session, number, process.id, document.id, body.id, check.id)
    with database.writing() as session:
        settle(session, range(1, size + 1), NOW, backfill=True)
    return database


def _add(
    session: Session,
    number: int,
    process_id: int | None,
    document_id: int | None,
    body_id: int | None,
    check_id: int | None,
) -> None:
    item = Item(
        recorded_at=NOW,
        key=f"item-{number}",
        process_id=process_id,
        document_id=document_id,
        number=number,
        kind=ItemKind.COMMITMENT,
        title=f"Promise {number}",
    )
    session.add(item)
    session.flush()
    addressee = Addressee(recorded_at=NOW, item_id=item.id, body_id=body_id)
    session.add(addressee)
    session.flush()
    owed = Obligation(recorded_at=NOW, item_id=item.id, body_id=body_id, addressee_id=addressee.id)
    session.add(owed)
    session.flush()
    due_on = date(2026, 1 + number % 10, 1)
    session.add(Terms(recorded_at=NOW, obligation_id=owed.id, basis=Basis.PROMISE, stated_on=due_on))
    session.add(CheckObligation(check_id=check_id, obligation_id=owed.id))


def first_page(database: Database) -> None:
    """What /overdue asks of the database."""
    query = ListQuery(ListName.OVERDUE)
    with database.reading() as session:
        lines(session, query, moment(NOW), order="days", limit=50)
        count(session, query, moment(NOW))


def one_write(database: Database) -> None:
    """Settling one obligation after a fact changed."""
    with database.writing() as session:
        settle(session, [1], NOW)


def ratio(act: Callable[[Database], None], small: Database, large: Database) -> float:
    """How much longer the large one takes, by medians of rounds taken in turn."""
    taken: tuple[list[float], list[float]] = ([], [])
    for _ in range(ROUNDS):
        for times, database in zip(taken, (small, large), strict=True):
            began = time.perf_counter()
            act(database)
            times.append(time.perf_counter() - began)
    return median(taken[1]) / median(taken[0])


def main() -> None:
    """Print the ratios."""
    with tempfile.TemporaryDirectory() as folder:
        small, large = (filled(Path(folder), size) for size in (SMALL, LARGE))
        print(f"{LARGE // SMALL} times the obligations ({SMALL} and {LARGE}):")
        for name, act in (("first page of /overdue", first_page), ("settling one obligation", one_write)):
            print(f"  {name}: {ratio(act, small, large):.1f} times as long")
        small.close()
        large.close()


if __name__ == "__main__":
    main()
