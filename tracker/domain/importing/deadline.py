"""When a row says that something is due."""

from tracker.domain.importing.mapping import DeadlineMap
from tracker.domain.importing.planned import PlannedDeadline
from tracker.domain.importing.row import Reader, Row
from tracker.domain.words import Basis, Trigger


def deadline_of(reader: Reader, row: Row, *, undated: bool = False) -> PlannedDeadline:
    """The deadline of a row; a date that cannot be read is unknown, never none."""
    said = reader.said.deadline
    basis = reader.word(row, Basis, said.basis_column, said.basis or Basis.REQUEST)
    if undated:
        return PlannedDeadline(basis=basis)
    due_text = said.due.filled(row.cells)
    none = due_text.casefold() in {word.casefold() for word in said.no_date}
    due = reader.calendar.read("" if none else due_text, row.number, said.due.first_column())
    start_text = said.start.filled(row.cells)
    start = reader.calendar.read(start_text, row.number, said.start.first_column())
    trigger = reader.word(row, Trigger, said.trigger_column, said.trigger or Trigger.DATED)
    return PlannedDeadline(
        due=due.value,
        start=start.value,
        trigger=trigger if start.value else None,
        rule=said.rule.filled(row.cells),
        basis=basis if (said.basis or said.basis_column) else None,
        amount=_amount(reader, row),
        calendar=said.calendar.filled(row.cells)[:40],
        written=(said.written.filled(row.cells) if _has_words(said, row) else due_text)[:1000],
        legal_basis=said.legal_basis.filled(row.cells)[:1000],
        source=said.source.filled(row.cells)[:2000],
        unknown=due.in_doubt,
    )


def _has_words(said: DeadlineMap, row: Row) -> bool:
    """A column for the deadline's own words that is empty says that there are none."""
    return bool(said.written.first_column()) and said.written.first_column() in row.cells


def _amount(reader: Reader, row: Row) -> int | None:
    written = reader.said.deadline.amount.filled(row.cells)
    if not written:
        return None
    if written.isascii() and written.isdigit() and 0 < int(written[:5]) < 1000:
        return int(written)
    reader.error(row, "The number of days, weeks or months is a whole number below 1000.", "", written)
    return None
