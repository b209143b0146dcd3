"""What imports have to know and to find again: everything of the processes a table names, read at once; the acts."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import func, select, text, update
from sqlmodel import Session, SQLModel, col

from tracker.storage.tables import (
    Addressee,
    Body,
    BodyAlias,
    Claim,
    Document,
    ImportAct,
    ImportBatch,
    ImportChange,
    ImportKey,
    Item,
    ItemTopic,
    Obligation,
    Process,
    Response,
    ResponseLine,
    Terms,
)

AT_ONCE = 500
Found = TypeVar("Found", bound=SQLModel)
_LOCK = 0x414E5342


@dataclass(slots=True)
class OnRecord:
    """What the database holds of a table's processes before it is compared."""

    processes: dict[str, Process] = field(default_factory=dict)
    documents: dict[tuple[int, str], Document] = field(default_factory=dict)
    bodies: dict[str, list[Body]] = field(default_factory=lambda: defaultdict(list))
    keys: dict[tuple[str, int, str], int] = field(default_factory=dict)
    items: dict[int, Item] = field(default_factory=dict)
    by_own_key: dict[str, int] = field(default_factory=dict)
    topics: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    addressees: dict[tuple[int, int], Addressee] = field(default_factory=dict)
    obligations: dict[tuple[int, int, str], Obligation] = field(default_factory=dict)
    periods: dict[tuple[int, int, str, int], Obligation] = field(default_factory=dict)
    """The same by report or stage."""
    terms: dict[int, Terms] = field(default_factory=dict)
    responses: dict[int, Response] = field(default_factory=dict)
    lines: dict[tuple[int, int], ResponseLine] = field(default_factory=dict)
    claims: dict[int, Claim] = field(default_factory=dict)
    undone: set[int] = field(default_factory=set)
    """Batches of imports that were undone."""

    def note(self, owing: Obligation) -> None:
        """An obligation; without a period its first is meant."""
        place = (owing.item_id, owing.body_id, owing.kind.value)
        self.periods[(*place, owing.period)] = owing
        first = self.obligations.get(place)
        if first is None or owing.period < first.period:
            self.obligations[place] = owing

    def owing(self, item: int, body: int, kind: str, period: int | None) -> Obligation | None:
        """What a body owes about an item, of one period or the first."""
        if period is None:
            return self.obligations.get((item, body, kind))
        return self.periods.get((item, body, kind, period))


def one_at_a_time(session: Session) -> None:
    """Two imports follow each other: the second sees what the first made."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})


def on_record(session: Session, process_keys: Iterable[str]) -> OnRecord:
    """All that is on record about these processes, and every body by its names."""
    undone = select(col(ImportAct.batch_id)).where(col(ImportAct.undone_at).is_not(None))
    found = OnRecord(undone=set(session.execute(undone).scalars()))
    _bodies(session, found)
    for process in _in_parts(session, Process, col(Process.key), process_keys):
        found.processes[process.key] = process
    ids = [process.id for process in found.processes.values()]
    for document in _in_parts(session, Document, col(Document.process_id), ids):
        found.documents[(document.process_id, document.title)] = document
    for key in _in_parts(session, ImportKey, col(ImportKey.process_id), ids):
        found.keys[(key.kind, key.process_id, key.external_key)] = key.row_id
    for item in _in_parts(session, Item, col(Item.process_id), ids):
        found.items[item.id or 0] = item
        found.by_own_key[item.key] = item.id or 0
    _owed(session, found)
    return found


def _bodies(session: Session, found: OnRecord) -> None:
    by_id = {body.id: body for body in session.execute(select(Body).order_by(col(Body.id))).scalars()}
    for body in by_id.values():
        for name in {body.key, body.name.casefold()}:
            found.bodies[name].append(body)
    aliases = select(BodyAlias).where(col(BodyAlias.superseded_at).is_(None))
    for alias in session.execute(aliases).scalars():
        named = found.bodies[alias.name.casefold()]
        if by_id[alias.body_id] not in named:
            named.append(by_id[alias.body_id])


def _owed(session: Session, found: OnRecord) -> None:
    items = list(found.items)
    for topic in _in_parts(session, ItemTopic, col(ItemTopic.item_id), items):
        found.topics[topic.item_id].add(topic.topic)
    for asked in _in_parts(session, Addressee, col(Addressee.item_id), items):
        found.addressees[(asked.item_id, asked.body_id)] = asked
    ids = []
    for owing in _in_parts(session, Obligation, col(Obligation.item_id), items):
        ids.append(owing.id or 0)
        found.note(owing)
    found.terms = {
        terms.obligation_id: terms
        for terms in _in_parts(session, Terms, col(Terms.obligation_id), ids)
        if terms.superseded_at is None
    }
    _answers(session, found, ids)


def _answers(session: Session, found: OnRecord, ids: list[int]) -> None:
    for line in _in_parts(session, ResponseLine, col(ResponseLine.obligation_id), ids):
        if line.superseded_at is None:
            found.lines[(line.response_id, line.obligation_id)] = line
    for response in _in_parts(session, Response, col(Response.id), {response for response, _ in found.lines}):
        found.responses[response.id or 0] = response
    for claim in _in_parts(session, Claim, col(Claim.obligation_id), ids):
        if claim.superseded_at is None:
            found.claims[claim.id or 0] = claim


def _in_parts(session: Session, table: type[Found], column: Any, values: Iterable[Any]) -> Iterator[Found]:
    wanted = sorted(set(values))
    for start in range(0, len(wanted), AT_ONCE):
        yield from session.execute(select(table).where(column.in_(wanted[start : start + AT_ONCE]))).scalars()


def all_keys(session: Session, table: type[SQLModel]) -> set[str]:
    """The keys of a table that are taken."""
    return set(session.execute(select(col(table.key))).scalars())  # type: ignore[attr-defined]


def next_numbers(session: Session) -> dict[int, int]:
    """The next free place of an item in each process."""
    highest = select(col(Item.process_id), func.max(col(Item.number))).group_by(col(Item.process_id))
    return {row[0]: int(row[1]) + 1 for row in session.execute(highest).all()}


def set_parents(session: Session, parents: Sequence[tuple[int, int]]) -> None:
    """Put items under others: (item, parent) by their ids."""
    rows = [{"id": item, "parent_id": parent} for item, parent in parents]
    for start in range(0, len(rows), AT_ONCE):
        session.execute(update(Item), rows[start : start + AT_ONCE])


def acts(
    session: Session, limit: int = 100, *, group_id: int | None = None
) -> list[tuple[ImportAct, ImportBatch]]:
    """The imports of a group, or all of them; the newest first."""
    wanted = select(ImportAct, ImportBatch).join(ImportBatch, col(ImportBatch.id) == col(ImportAct.batch_id))
    if group_id is not None:
        wanted = wanted.where(col(ImportBatch.group_id) == group_id)
    return [
        (row[0], row[1]) for row in session.execute(wanted.order_by(col(ImportAct.id).desc()).limit(limit))
    ]


def act(session: Session, act_id: int) -> tuple[ImportAct, ImportBatch] | None:
    """One import."""
    wanted = select(ImportAct, ImportBatch).join(ImportBatch, col(ImportBatch.id) == col(ImportAct.batch_id))
    row = session.execute(wanted.where(col(ImportAct.id) == act_id)).first()
    return (row[0], row[1]) if row else None


def same_file(session: Session, sha256: str, mapping: str) -> ImportAct | None:
    """The last import of the very same file by the same mapping that was not undone."""
    wanted = (
        select(ImportAct)
        .join(ImportBatch, col(ImportBatch.id) == col(ImportAct.batch_id))
        .where(
            col(ImportBatch.file_sha256) == sha256,
            col(ImportAct.mapping) == mapping,
            col(ImportAct.undone_at).is_(None),
        )
    )
    return session.execute(wanted.order_by(col(ImportAct.id).desc()).limit(1)).scalar_one_or_none()


def made_by(session: Session, table: type[Found], batch_id: int) -> list[Found]:
    """The rows of a table that an import made."""
    column = col(table.batch_id)  # type: ignore[attr-defined]
    return list(session.execute(select(table).where(column == batch_id).order_by(col(table.id))).scalars())  # type: ignore[attr-defined]


def changes_of(session: Session, act_id: int) -> list[ImportChange]:
    """What an import changed, the last first."""
    wanted = (
        select(ImportChange).where(col(ImportChange.act_id) == act_id).order_by(col(ImportChange.id).desc())
    )
    return list(session.execute(wanted).scalars())


def keys_named(session: Session, kind: str, process_id: int, key: str) -> list[ImportKey]:
    """The row that says what a key of a table stands for."""
    wanted = select(ImportKey).where(
        col(ImportKey.kind) == kind,
        col(ImportKey.process_id) == process_id,
        col(ImportKey.external_key) == key,
    )
    return list(session.execute(wanted).scalars())
