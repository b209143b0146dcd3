"""A whole site exported, imported into an empty one and exported again: the same tables, whatever was entered."""

import csv
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scrapers.cage import Cage
from tests.services.entered import GROUP, NOW, report
from tracker.domain.partial import PartialDate, day
from tracker.domain.words import Basis, ItemKind, ObligationKind, Precision, Role, Trigger
from tracker.services.enter import EnterItem, enter_item
from tracker.services.entry import OwedBy
from tracker.services.export_tables import export_tables
from tracker.services.import_table import import_table
from tracker.services.read_file import File
from tracker.services.read_table import planned, preset_mapping, read_table, table_cage
from tracker.services.reckon import Deadline
from tracker.storage.engine import Database

BODIES = ("ministry-of-water", "ministry-of-rivers")
OWN_NUMBERS = ("id", "obligation")
PLACE = ("key", "item", "body", "owes", "kind", "period")
HOSTILE = (
    "=1+1", "+44 20", "-", "@x", "'=1", "''", "\t=x", 'a "quoted"; cell, with; signs', "two\nlines", "NA", "ND",
    "=cmd|' /C calc'!A0", "1/2/2025", "0012", "TRUE", "\u202eabc", "é\u0301", "日本", "<script>alert(1)</script>", "{Title}",
)  # fmt: skip
TEXTS = st.sampled_from(HOSTILE) | st.text(
    st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=60
)
TITLES = TEXTS.map(lambda text: " ".join(text.split())).filter(bool)
DAYS = st.dates(date(2020, 1, 1), date(2027, 12, 31))
DATES = st.builds(
    lambda on, long: (
        PartialDate(on.replace(day=1, month=long.get(on.month, 1)), Precision.MONTH)
        if long
        else PartialDate(on.replace(day=1, month=1), Precision.YEAR)
    ),
    DAYS,
    st.sampled_from([{}, {month: month for month in range(1, 13)}]),
)
BINDS = st.sampled_from([Basis.CONVENTION, Basis.PROMISE, Basis.REQUEST, Basis.BENCHMARK])
DEADLINES = st.one_of(
    st.builds(
        lambda basis, on, said: Deadline(basis=basis, stated=on, as_written=said),
        BINDS,
        DAYS.map(day) | DATES,
        TITLES | st.just(""),
    ),
    st.builds(
        lambda on: Deadline(rule="gb-eaw-coroner-pfd", trigger=Trigger.DATED, trigger_on=day(on)), DAYS
    ),
    st.just(Deadline(basis=Basis.REQUEST)),
)
DUTIES = st.one_of(
    st.tuples(st.sampled_from([ObligationKind.RESPOND, ObligationKind.DELIVER]), st.just(0), DEADLINES),
    st.tuples(
        st.just(ObligationKind.REPORT),
        st.integers(1, 4),
        st.builds(
            lambda on: Deadline(basis=Basis.PROMISE, stated=day(on), every_months=6),
            DAYS,
        ),
    ),
)


@st.composite
def items(draw: st.DrawFn) -> list[EnterItem]:
    """Items of one document; each may stand under an earlier one."""
    made: list[EnterItem] = []
    for number in range(draw(st.integers(1, 4))):
        owing = []
        for body in draw(st.lists(st.sampled_from(BODIES), min_size=1, max_size=2, unique=True)):
            kind, periods, deadline = draw(DUTIES)
            role = draw(st.sampled_from(Role))
            owing.append(OwedBy(body=body, role=role, kind=kind, periods=periods, deadline=deadline))
        made.append(
            EnterItem(
                document="",
                key=f"item-{number}",
                title=draw(TITLES),
                text=draw(TEXTS | st.just("")),
                ref=draw(TITLES | st.just("")),
                kind=draw(st.sampled_from(ItemKind)),
                parent=draw(st.sampled_from(["", *(one.key for one in made)])),
                topics=tuple(
                    draw(st.sets(st.sampled_from(["transparency-and-integrity", "climate-and-environment"])))
                ),
                tags=("one tag",) if draw(st.booleans()) else (),
                addressees=tuple(owing),
            )
        )
    return made


@pytest.fixture(scope="module")
def cage() -> Iterator[Cage]:
    with table_cage() as opened:
        yield opened


def exported(database: Database, folder: Path) -> dict[str, list[dict[str, str]]]:
    """The tables of an export that an import makes, without the numbers that each site gives itself."""
    with database.reading() as session:
        export_tables(session, NOW, folder, "csv")
    found = {}
    for name in ("items", "obligations", "processes", "documents"):
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            rows = [
                {column: cell for column, cell in row.items() if column not in OWN_NUMBERS}
                for row in csv.DictReader(file)
            ]
        found[name] = sorted(rows, key=lambda row: [row.get(name, "") for name in PLACE])
    return found


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(entered=items())
def test_a_whole_site_exported_comes_back_equal(
    migrated_sqlite: Path, cage: Cage, entered: list[EnterItem]
) -> None:
    with TemporaryDirectory() as made:
        folder = Path(made)
        first, second = (_fresh(migrated_sqlite, folder / f"{name}.db") for name in ("first", "second"))
        with first.writing() as session:
            document = report(session)
            for said in entered:
                enter_item(session, NOW, replace(said, document=document), actor=GROUP)
        before = exported(first, folder / "first")
        _import(second, cage, (folder / "first" / "items.csv").read_bytes())
        after = exported(second, folder / "second")
        for table, rows in before.items():
            for one, other in zip(rows, after[table], strict=True):
                differ = {name: (cell, other[name]) for name, cell in one.items() if cell != other[name]}
                assert not differ, f"{table}: {differ!r}"
        first.close()
        second.close()


def _fresh(migrated: Path, path: Path) -> Database:
    shutil.copyfile(migrated, path)
    return Database(f"sqlite:///{path}")


def _import(database: Database, cage: Cage, body: bytes) -> None:
    said, file = preset_mapping("items"), File("items.csv", body)
    read = read_table(cage, file, said, NOW)
    with database.writing() as session:
        import_table(session, NOW, planned(read, said), said, read, file, preset="items", actor=GROUP)
