"""A table of many rows imported, in SQLite and in PostgreSQL, beside the same rows written bare.

Run: python bench/import_many.py --rows 20000 [--database sqlite] [--profile FILE]
"""

import argparse
import cProfile
import csv
import io
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import insert, select

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.postgres import running_server
from tracker.domain.importing.mapping import read_mapping
from tracker.services.import_table import import_table
from tracker.services.read_file import File
from tracker.services.read_table import planned, read_table, table_cage
from tracker.storage.engine import Database
from tracker.storage.migrate import migrate
from tracker.storage.tables import (
    Addressee,
    Claim,
    Event,
    ImportKey,
    Item,
    Obligation,
    Response,
    ResponseLine,
    Segment,
    Terms,
)

NOW = datetime(2026, 5, 12, 9, tzinfo=UTC)
MADE = (Item, Addressee, Obligation, Terms, Response, ResponseLine, Claim, Segment, Event, ImportKey)
MAPPING = """
[process]
name = "Safety recommendations"
kind = "audit"
[item]
key = "{No}"
title = "{What}"
[[addressee]]
body = "{Who}"
[deadline]
due = "{Due}"
basis = "promise"
[[response]]
text = "{Reply #}"
published = "{Reply # on}"
[[claim]]
state = "{Status}"
speaker = "body"
[claim.states]
"Done" = "complete"
"Not started" = "not_started"
"""
COLUMNS = ("No", "What", "Who", "Due", "Reply 1", "Reply 1 on", "Status")


def table(rows: int) -> bytes:
    """Recommendations to 150 bodies: four of five with a date, half of them answered, all with a status."""
    body = io.StringIO()
    writer = csv.writer(body)
    writer.writerow(COLUMNS)
    for n in range(rows):
        due = "" if n % 5 == 0 else f"2025-{1 + n % 12:02}-{1 + n % 28:02}"
        reply = ("We will do it.", f"2025-{1 + n % 12:02}-11") if n % 2 else ("", "")
        status = "Done" if n % 3 else "Not started"
        writer.writerow([f"R{n}", f"Do the thing number {n}, " * 3, f"Body {n % 150}", due, *reply, status])
    return body.getvalue().encode()


def databases(wanted: str) -> Iterator[tuple[str, Database]]:
    """A fresh one of each kind."""
    if wanted in ("", "sqlite"):
        with tempfile.TemporaryDirectory() as folder:
            yield "sqlite", _migrated(f"sqlite:///{folder}/bench.db")
    if wanted in ("", "postgresql"):
        with running_server() as server:
            yield "postgresql", _migrated(server.create("bench"))


def _migrated(url: str) -> Database:
    migrate(url)
    return Database(url)


def measure(name: str, database: Database, rows: int, profile: str) -> None:
    """One import, its parts, and the same rows bare."""
    said, file = read_mapping(MAPPING), File("table.csv", table(rows))
    began = time.perf_counter()
    with table_cage() as cage:
        read = read_table(cage, file, said, NOW)
    plan = planned(read, said)
    planned_at = time.perf_counter()
    watching = cProfile.Profile() if profile else nullcontext()
    with watching, database.writing() as session:
        import_table(session, NOW, plan, said, read, file, preset="table", actor="bench")
    ended = time.perf_counter()
    if isinstance(watching, cProfile.Profile):
        watching.dump_stats(profile)
    bare, made = _bare(database)
    took = ended - planned_at
    print(
        f"{name}: {rows} rows; read and planned {planned_at - began:.1f} s; imported {took:.1f} s = "
        f"{rows / took:.0f} rows a second, {made} rows of tables; bare {bare:.1f} s; ratio {took / bare:.1f}; "
        f"most memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10} MB"
    )


def _bare(database: Database) -> tuple[float, int]:
    """Seconds in which the rows the import made are written again, without a thought, into tables of their own."""
    spent, made = 0.0, 0
    for kind in MADE:
        own = kind.__table__  # type: ignore[attr-defined]
        with database.reading() as session:
            rows = [dict(row) for row in session.execute(select(own)).mappings()]
        copy = own.to_metadata(type(own.metadata)(), name=f"bare_{own.name}")
        for constraint in [*copy.foreign_key_constraints]:
            copy.constraints.discard(constraint)
        for constraint in copy.constraints:
            constraint.name = f"bare_{constraint.name}" if constraint.name else None
        for index in [*copy.indexes]:
            index.name = f"bare_{index.name}"
        with database.writing() as session:
            copy.create(session.connection())
        began = time.perf_counter()
        with database.writing() as session:
            if rows:
                session.execute(insert(copy), rows)
        spent, made = spent + time.perf_counter() - began, made + len(rows)
    return spent, made


def main() -> None:
    """From the command line."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=20_000)
    options.add_argument("--database", choices=("sqlite", "postgresql"), default="")
    options.add_argument("--profile", default="", metavar="FILE", help="where the profile is written")
    given = options.parse_args()
    for name, database in databases(given.database):
        measure(name, database, given.rows, given.profile)
        database.close()


if __name__ == "__main__":
    main()
