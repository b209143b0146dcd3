"""Rows and a mapping become planned items; what cannot be understood is a problem of its row, never a default."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256

from tracker.domain.importing.answers import claims_of, responses_of
from tracker.domain.importing.dating import Calendar
from tracker.domain.importing.deadline import deadline_of
from tracker.domain.importing.mapping import ItemMap
from tracker.domain.importing.mapping import Mapping as Said
from tracker.domain.importing.planned import PlannedDocument, PlannedItem, PlannedProcess
from tracker.domain.importing.problems import MappingError, RowProblem, Weight, row_name
from tracker.domain.importing.row import Reader, Row, last_number
from tracker.domain.importing.rows import Rows
from tracker.domain.importing.template import Template
from tracker.domain.importing.topics import topics_of
from tracker.domain.importing.who import addressees_of
from tracker.domain.keys import key_of
from tracker.domain.words import ItemKind, ProcessKind

LONGEST_KEY = 200
LONGEST_TITLE = 300
NO_KEY = (
    "The column of the key is empty in this row. "
    "Fill it in, or take the key out of the mapping: then titles tell the items apart."
)
NOTHING_TO_TELL_BY = "The row has no title and no text, and nothing else tells it from others: fill one in."


@dataclass(slots=True)
class Plan:
    """What a table comes to."""

    items: list[PlannedItem] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    rows: int = 0
    """Rows that were read."""
    left_out: int = 0
    """Rows that the mapping does not want."""


def plan(said: Said, columns: Sequence[str], rows: Sequence[tuple[int, Sequence[str]]]) -> Plan:
    """The planned items of a table, in its order; raises MappingError where the mapping does not fit it."""
    insist_on_columns(said, columns)
    made, counting = Plan(rows=len(rows)), Rows(said, columns)
    wanted = list(counting.wanted(rows))
    made.left_out = counting.left_out
    reader = Reader(said, _calendar(said, frozenset(columns), wanted), frozenset(columns))
    by_key: dict[tuple[str, str], PlannedItem] = {}
    for row in wanted:
        _take(reader, row, by_key)
    _ask_who(reader, by_key.values())
    met = [*counting.problems, *reader.problems, *reader.words_asked(), *reader.calendar.problems]
    made.problems = sorted(met, key=lambda one: one.row)
    made.items = list(by_key.values())
    return made


def _ask_who(reader: Reader, items: Collection[PlannedItem]) -> None:
    """An item nobody owes is kept and shown, and said: its column was empty, or named no body."""
    if not reader.said.addressee or reader.said.item.own_key:
        return
    parents = {(item.process.key, item.parent) for item in items}
    sentence = "No body is named that owes this: the item stands without one, and with no clock."
    for item in items:
        if not item.addressees and (item.process.key, item.key) not in parents:
            column = reader.said.addressee[0].body.first_column()
            reader.problems.append(RowProblem(Weight.QUESTION, sentence, item.row, column))


def insist_on_columns(said: Said, columns: Collection[str]) -> None:
    """Raise MappingError for the first column the table does not have."""
    for template in _templates(said):
        template.insist_on(columns)
    named = [*said.read.fill_down, *(only.column for only in said.only), *said.topics.flags]
    for name in named:
        Template((f"{{{name}}}",)).insist_on(columns)


def _templates(said: Said) -> Iterator[Template]:
    parts: list[object] = [said.process, said.document, said.item, *said.above, said.deadline, said.topics]
    parts += [*said.addressee, *said.response, *said.claim]
    for part in parts:
        for name in part.__slots__:  # type: ignore[attr-defined]
            value = getattr(part, name)
            if isinstance(value, Template):
                yield value


def _calendar(said: Said, columns: Collection[str], rows: Sequence[Row]) -> Calendar:
    """Reads dates; the values of each column of dates are those by which its order is proved."""
    dates = [(part, 1) for part in (said.deadline.due, said.deadline.start, said.document.published)]
    for response in said.response:
        last = response.numbers or last_number(response, columns)
        dates += [(response.published, last), (response.received, last)]
    dates += [(claim.on, claim.numbers or last_number(claim, columns)) for claim in said.claim]
    names = {
        name if name in columns else name.replace("#", str(number))
        for part, last in dates
        for name in part.names()
        for number in range(1, last + 1)
    }
    values = {name: {row.cells.get(name, "") for row in rows} for name in names}
    return Calendar(said.dates, said.answers, values)


def _take(reader: Reader, row: Row, by_key: dict[tuple[str, str], PlannedItem]) -> None:
    said = reader.said
    process = _process(reader, row)
    if process is None:
        return
    document = _document(reader, row, process)
    parent = _above(reader, row, process, document, by_key)
    key = _key(reader, row, said.item)
    if not key:
        reader.error(row, NO_KEY if said.item.key else NOTHING_TO_TELL_BY, said.item.key.first_column())
        return
    if said.above and parent == key:
        return
    known = by_key.get((process.key, key))
    if known is not None and said.item.repeated == "number":
        key, known = _numbered(key, process, by_key), None
    if known is not None and said.item.repeated == "refuse":
        there = row_name(known.row)
        sentence = f'The key is that of {there} already. If both rows are one item, say repeated = "merge".'
        reader.error(row, sentence, said.item.key.first_column(), key)
        return
    item = known or _item(reader, row, said.item, key, process, document, parent)
    if item is None:
        return
    by_key[(process.key, key)] = item
    _add(reader, row, item)


def _numbered(key: str, process: PlannedProcess, by_key: Collection[tuple[str, str]]) -> str:
    number = 2
    while (process.key, f"{key} ({number})") in by_key:
        number += 1
    return f"{key} ({number})"


def _add(reader: Reader, row: Row, item: PlannedItem) -> None:
    """What a row says of its item: who owes, what came back, what is claimed."""
    deadline = deadline_of(reader, row)
    for one in addressees_of(reader, row, item.kind, deadline):
        place = (one.body.name, one.owes, one.period)
        if not any((other.body.name, other.owes, other.period) == place for other in item.addressees):
            item.addressees.append(one)
        # A body that is named twice leads where it leads once; what it owes is one thing.
    for response in list(responses_of(reader, row, item)):
        again = sum(
            (one.to, one.place.partition("~")[0]) == (response.to, response.place) for one in item.responses
        )
        item.responses.append(replace(response, place=f"{response.place}~{again}") if again else response)
    for claim in list(claims_of(reader, row, item)):
        again = sum((one.to, one.place.partition("~")[0]) == (claim.to, claim.place) for one in item.claims)
        item.claims.append(replace(claim, place=f"{claim.place}~{again}") if again else claim)


def _process(reader: Reader, row: Row) -> PlannedProcess | None:
    said = reader.said.process
    name, key = said.name.filled(row.cells), said.key.filled(row.cells)
    if not (name or key):
        reader.error(row, "The row does not say to which process it belongs.", said.name.first_column())
        return None
    own = key_of(key or name, "process")
    kind = reader.word(row, ProcessKind, said.kind_column, said.kind)
    return reader.processes.setdefault(
        own,
        PlannedProcess(
            own,
            (name or key)[:300],
            kind or said.kind,
            said.organiser.filled(row.cells)[:500],
            said.jurisdiction.filled(row.cells)[:20],
            (row.cells.get(said.language_column) or said.language)[:12],
            said.url.filled(row.cells)[:2000],
        ),
    )


def _document(reader: Reader, row: Row, process: PlannedProcess) -> PlannedDocument:
    said = reader.said.document
    title = said.title.filled(row.cells)[:300] or process.name
    found = reader.documents.get((process.key, title))
    if found is None:
        published = reader.calendar.read(
            said.published.filled(row.cells), row.number, said.published.first_column()
        )
        url = said.url.filled(row.cells)[:2000]
        found = PlannedDocument(title, said.key.filled(row.cells)[:80], published.value, url)
        reader.documents[(process.key, title)] = found
    return found


def _above(
    reader: Reader,
    row: Row,
    process: PlannedProcess,
    document: PlannedDocument,
    by_key: dict[tuple[str, str], PlannedItem],
) -> str:
    """The items a row stands under, made where they are first named; the key of the nearest."""
    parent = ""
    for said in reader.said.above:
        key = _key(reader, row, said)
        if not key:
            continue
        if (process.key, key) not in by_key:
            item = _item(reader, row, said, key, process, document, parent)
            if item is not None:
                by_key[(process.key, key)] = item
                item.addressees += addressees_of(
                    reader, row, item.kind, deadline_of(reader, row, undated=True)
                )
        parent = key
    return parent


def _key(reader: Reader, row: Row, said: ItemMap) -> str:
    key = " ".join(said.key.filled(row.cells).split()) if said.key else ""
    if not said.key:
        key = " ".join((said.title.filled(row.cells) or said.text.filled(row.cells)).split())
    if len(key) > LONGEST_KEY:
        return f"{key[:60]} {sha256(key.encode()).hexdigest()[:16]}"
    return key


def _item(
    reader: Reader,
    row: Row,
    said: ItemMap,
    key: str,
    process: PlannedProcess,
    document: PlannedDocument,
    parent: str,
) -> PlannedItem | None:
    text = said.text.filled(row.cells)
    title = " ".join((said.title.filled(row.cells) or text).split())
    kind = reader.word(row, ItemKind, said.kind_column, said.kind)
    if not title or kind is None:
        if not title:
            reader.error(row, "The row has neither a title nor a text.", said.title.first_column())
        return None
    topics, tags = topics_of(reader, row)
    own_parent = said.parent.filled(row.cells)
    if not own_parent and said.parent_until and said.parent_until in key:
        own_parent = key.rpartition(said.parent_until)[0]
    return PlannedItem(
        row.number,
        key,
        process,
        document,
        kind,
        title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1].rstrip()}…",
        text or (title if len(title) > LONGEST_TITLE else ""),
        said.ref.filled(row.cells)[:200],
        said.language.filled(row.cells)[:12],
        own_parent or parent,
        said.repeats.filled(row.cells),
        said.source.filled(row.cells)[:2000],
        topics,
        tags,
    )


__all__ = ["MappingError", "Plan", "Weight", "insist_on_columns", "plan"]
