"""Open obligations reckoned anew after a day off was added, in SQLite and in PostgreSQL.

Run: make bench, or: python bench/recompute_many.py --obligations 200000
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import func, insert, select
from sqlmodel import Session, SQLModel, col

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.postgres import running_server
from tracker.domain.habits import Habits
from tracker.domain.partial import day
from tracker.domain.words import BodyKind, ProcessKind
from tracker.services.enter import EnterItem, OwedBy, enter_item
from tracker.services.enter_process import EnterBody, EnterDocument, EnterProcess, enter_body, enter_document
from tracker.services.enter_process import enter_process as enter
from tracker.services.reckon import Deadline
from tracker.services.recompute import ALL, Batch, begin, go_on
from tracker.storage.engine import Database
from tracker.storage.migrate import migrate
from tracker.storage.tables import Addressee, Item, Obligation, Segment, Terms

OBLIGATIONS = 5_000
NOW = datetime(2026, 5, 12, 9, tzinfo=UTC)
DAY_OFF = ("GB", date(2026, 5, 20), "State funeral")
RULES = ("gb-foi-s10", "gb-foi-s10", "gb-eaw-coroner-pfd", "gb-lords-committee", "gb-eir")
"""Working days of the kingdom twice, calendar days, months, working days again."""
STARTS = tuple(date(2026, 3, 2) + timedelta(days=n) for n in range(70))
CHUNK = 5_000


@dataclass(frozen=True)
class Pattern:
    """One obligation as the product enters it, to be repeated under other numbers."""

    item: dict[str, Any]
    addressee: dict[str, Any]
    obligation: dict[str, Any]
    terms: dict[str, Any]
    segments: list[dict[str, Any]]


def fill(database: Database, number: int) -> None:
    """Patterns entered by the product, then copied in bulk."""
    with database.writing() as session:
        patterns = list(_patterns(session, _document(session)))
    start = len(patterns)
    while start < number:
        with database.writing() as session:
            wanted = range(start, min(start + CHUNK, number))
            _copy(session, [(place + 1, patterns[place % len(patterns)]) for place in wanted])
        start += CHUNK


def _document(session: Session) -> str:
    process = EnterProcess(name="Requests", kind=ProcessKind.PARLIAMENTARY_COMMITTEE, jurisdiction="GB")
    key = enter(session, NOW, process, actor="group:bench").key
    ministry = EnterBody(name="Ministry", kind=BodyKind.GOVERNMENT, jurisdiction="GB")
    enter_body(session, NOW, ministry, actor="group:bench")
    document = EnterDocument(process=key, title="Register", published=day(date(2026, 1, 5)))
    return enter_document(session, NOW, document, actor="group:bench").key


def _patterns(session: Session, document: str) -> Iterator[Pattern]:
    for number, (start, rule) in enumerate((start, rule) for start in STARTS for rule in RULES):
        said = EnterItem(
            document=document,
            title=f"Request {number}",
            key=f"pattern-{number}",
            addressees=(OwedBy(body="ministry"),),
            deadline=Deadline(rule=rule, trigger_on=day(start)),
        )
        item = enter_item(session, NOW, said, actor="group:bench")
        [owed] = _rows(session, Obligation, Obligation.item_id, item.id)
        [addressee] = _rows(session, Addressee, Addressee.item_id, item.id)
        [terms] = _rows(session, Terms, Terms.obligation_id, owed["id"])
        segments = _rows(session, Segment, Segment.obligation_id, owed["id"])
        yield Pattern(item.model_dump(), addressee, owed, terms, segments)


def _rows(session: Session, table: type[SQLModel], column: Any, value: Any) -> list[dict[str, Any]]:
    return [row.model_dump() for row in session.execute(select(table).where(col(column) == value)).scalars()]


def _copy(session: Session, wanted: Sequence[tuple[int, Pattern]]) -> None:
    def add(table: type[SQLModel], rows: list[dict[str, Any]]) -> None:
        session.execute(insert(table), rows)

    add(Item, [one.item | {"id": n, "key": f"item-{n}", "number": n} for n, one in wanted])
    add(Addressee, [one.addressee | {"id": n, "item_id": n} for n, one in wanted])
    add(Obligation, [one.obligation | {"id": n, "item_id": n, "addressee_id": n} for n, one in wanted])
    add(Terms, [_bare(one.terms) | {"obligation_id": n} for n, one in wanted])
    add(Segment, [_bare(row) | {"obligation_id": n} for n, one in wanted for row in one.segments])


def _bare(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "id"}


def reckoned_anew(database: Database) -> tuple[list[float], list[Batch]]:
    """Seconds and outcome of each batch."""
    with database.writing() as session:
        pass_id = begin(session, NOW, ALL)
    taken, done = [], [Batch(0)]
    while not done[-1].finished:
        began = time.perf_counter()
        with database.writing() as session:
            done.append(go_on(session, NOW, pass_id, ALL))
        taken.append(time.perf_counter() - began)
    return taken, done


def measured(url: str, number: int) -> None:
    """One database, from empty to recomputed twice."""
    migrate(url)
    plain = Database(url)
    began = time.perf_counter()
    fill(plain, number)
    with plain.reading() as session:
        there = session.execute(select(func.count(col(Obligation.id)))).scalar_one()
    plain.close()
    print(
        f"{url.partition(':')[0]}: {there:,} open obligations, seeded in {time.perf_counter() - began:.0f} s"
    )
    told = Database(url, Habits(days_off=(DAY_OFF,)))
    for name in ("after the day off", "once more, nothing changed"):
        worked = time.process_time()
        taken, done = reckoned_anew(told)
        _tell(name, taken, done, time.process_time() - worked)
    told.close()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"  at most {peak:.0f} MB of memory, seeding included", flush=True)


def _tell(name: str, taken: list[float], done: list[Batch], worked: float) -> None:
    examined, renewed = (sum(getattr(one, what) for one in done) for what in ("examined", "renewed"))
    moved = sum(len(one.moved) for one in done)
    slow = sorted(taken)[int(0.95 * (len(taken) - 1))]
    print(
        f"  {name}: {examined:,} looked at, {renewed:,} with new terms, {moved:,} moved in {sum(taken):.1f} s, "
        f"{worked:.1f} s of them work of this process ({examined / sum(taken):,.0f} a second);\n"
        f"    a batch {1000 * median(taken):.0f} ms, 19 of 20 within {1000 * slow:.0f} ms",
        flush=True,
    )


def _in_a_process_of_its_own(url: str, number: int) -> None:
    command = [sys.executable, __file__, "--obligations", str(number), "--url", url]
    subprocess.run(command, check=True)


def main() -> None:
    """Print what each database takes."""
    words = argparse.ArgumentParser()
    words.add_argument("--obligations", type=int, default=OBLIGATIONS)
    words.add_argument("--url", default="", help="an empty database; without it, a fresh one of each kind")
    said = words.parse_known_args()[0]
    if said.url:
        measured(said.url, said.obligations)
        return
    with tempfile.TemporaryDirectory() as folder:
        _in_a_process_of_its_own(f"sqlite:///{Path(folder) / 'many.db'}", said.obligations)
    with running_server() as server:
        _in_a_process_of_its_own(server.create("many"), said.obligations)


if __name__ == "__main__":
    main()
