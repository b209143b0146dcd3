"""Reads a table somebody brought in the cage, and what a mapping makes of it; nothing is kept."""

from collections.abc import Mapping as Table
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from importlib import resources
from typing import Any

from scrapers.cage import Cage as OwnCage
from scrapers.cage import Caged
from scrapers.model import Problem, page_of
from scrapers.model import Source as Place
from scrapers.tables.sheet import MOST_BYTES, Sheet
from tracker.domain.formulas import restored
from tracker.domain.importing.mapping import Mapping, read_mapping
from tracker.domain.importing.plan import Plan, plan
from tracker.domain.importing.problems import MappingError, RowProblem, Weight
from tracker.domain.nearest import nearest
from tracker.services.read_file import Cage, File, UnreadableFile

READERS = "scrapers.tables.readers"
SECONDS, MEMORY = 180.0, 384 << 20
"""What the reading of one table may take."""
_WEIGHTS = {"question": Weight.QUESTION, "note": Weight.NOTE}


@dataclass(frozen=True, slots=True)
class TableRead:
    """A sheet, and what was met while it was read."""

    sheet: Sheet
    problems: tuple[RowProblem, ...]
    sha256: str


@lru_cache(maxsize=1)
def shipped() -> Table[str, str]:
    """The mappings that come with the product, by their names."""
    folder = resources.files("tracker") / "mappings"
    files = [file for file in folder.iterdir() if file.name.endswith(".toml")]
    return {
        file.name.removesuffix(".toml"): file.read_text(encoding="utf-8") for file in sorted(files, key=str)
    }


def preset_mapping(preset: str, own: str = "") -> Mapping:
    """The mapping of a preset, or one that somebody wrote; raises MappingError."""
    if own:
        return read_mapping(own)
    if preset == "table":
        raise MappingError(
            "The preset `table` needs a mapping: give one with --map FILE (docs/importing.md)."
        )
    if preset not in shipped():
        raise MappingError(f"There is no preset {preset[:60]!r}{nearest(preset, presets())}.")
    return read_mapping(shipped()[preset])


def preset_of(said: Mapping) -> str:
    """The preset a mapping was made from, by the name it bears, also where questions were answered in it since."""
    named = (preset for preset in shipped() if preset_mapping(preset).name == said.name)
    return next(named, "table") if said.name else "table"


def presets() -> tuple[str, ...]:
    """What a table can be read as."""
    return (*shipped(), "table")


def table_cage() -> OwnCage:
    """Where tables are read: one child, which is ended with the `with`."""
    return OwnCage(readers=READERS, seconds_per_page=SECONDS, memory_bytes=MEMORY, children=1)


def read_table(
    cage: Cage, file: File, said: Mapping | None, now: datetime, sheet: str = "", rows: str = ""
) -> TableRead:
    """The sheet a mapping wants (the first, without one); raises UnreadableFile with a sentence."""
    if len(file.body) > MOST_BYTES:
        raise UnreadableFile(f"{file.name} is larger than {MOST_BYTES >> 20} MB: split it.")
    page = page_of(file.body, address=f"file:{file.name[-200:]}", fetched_at=now)
    try:
        results = cage.read("table", page, Place("table", "table", "", _options(said) | _chosen(sheet, rows)))
    except Caged as error:
        raise UnreadableFile(f"{file.name} could not be read. {error}") from error
    met = [one for one in results if isinstance(one, Problem)]
    fatal = [f"{one.sentence}{_where(one)}" for one in met if one.weight == "fatal"]
    sheets = [one for one in results if isinstance(one, Sheet)]
    if fatal or not sheets:
        raise UnreadableFile(f"{file.name}: {' '.join(fatal) or 'there is no table in it.'}")
    problems = tuple(
        RowProblem(_WEIGHTS[one.weight], one.sentence, _row(one), "", one.as_written) for one in met
    )
    return TableRead(sheets[0], problems, sha256(file.body).hexdigest())


def _chosen(sheet: str, rows: str) -> dict[str, Any]:
    """What somebody chose by hand comes before what the mapping says."""
    return {name: value for name, value in (("sheet", sheet), ("rows", rows)) if value}


def any_mapping(text: str) -> Mapping:
    """A mapping somebody wrote; raises MappingError."""
    return read_mapping(text)


def words_of(read: TableRead, columns: Sequence[str], most: int = 60) -> dict[str, list[str]]:
    """The different words in some columns, as far as they are few enough to be given a meaning each."""
    found: dict[str, list[str]] = {}
    for name in columns:
        at = read.sheet.columns.index(name)
        words = dict.fromkeys(cells[at] for _, cells in read.sheet.rows if cells[at])
        found[name] = [word for word in words if len(word) <= 200][:most]
    return found


def _where(problem: Problem) -> str:
    place = f" ({problem.locator})" if problem.locator and problem.locator != "page" else ""
    return f"{place}: {problem.as_written[:80]}" if problem.as_written else place


def _row(problem: Problem) -> int:
    number = problem.locator.removeprefix("row ")
    return int(number) if number.isdigit() else 0


def _options(said: Mapping | None) -> dict[str, Any]:
    if said is None:
        return {}
    read = said.read
    rows, sheets = list(read.rows), list(read.sheet)
    wanted = {
        "sheet": sheets[0] if len(sheets) == 1 else sheets,
        "header_row": read.header_row,
        "delimiter": read.delimiter,
        "encoding": read.encoding,
        "rows": rows[0] if len(rows) == 1 else rows,
    }
    return {name: value for name, value in wanted.items() if value}


def planned(read: TableRead, said: Mapping) -> Plan:
    """What the table comes to; raises MappingError where the mapping does not fit it."""
    rows = read.sheet.rows
    if said.read.restore and "delimiter" in read.sheet.said:
        rows = [(number, [restored(cell) for cell in cells]) for number, cells in rows]
    made = plan(said, read.sheet.columns, rows)
    made.problems = [*read.problems, *made.problems]
    return made
