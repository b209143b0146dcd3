"""Imports a table: preview, then all of it in one transaction or nothing; the same table twice changes nothing."""

from collections.abc import Mapping as Table
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from tracker.domain.importing.mapping import Mapping
from tracker.domain.importing.plan import Plan
from tracker.domain.importing.problems import RowProblem, Weight
from tracker.services.import_compare import Comparison, compare
from tracker.services.import_write import write
from tracker.services.import_writing import Progress, Writing
from tracker.services.read_file import File, UnreadableFile
from tracker.services.read_table import TableRead
from tracker.storage import imports, ownership
from tracker.storage.imports import OnRecord
from tracker.storage.tables import ImportAct, ImportBatch

MOST_KEPT = 300
"""Problems that are kept with an import."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a table."""

    comparison: Comparison
    counts: Table[str, int]
    """What is, or was, to be done."""
    act: ImportAct | None = None
    """None: nothing was to be done."""
    before: ImportAct | None = None
    """The import of the very same file by the same mapping."""


def preview(
    session: Session, plan: Plan, said: Mapping, read: TableRead, *, owner: int | None = None
) -> Imported:
    """What an import would do now; nothing is kept."""
    known = imports.on_record(session, {item.process.key for item in plan.items})
    found = compare(plan, known, create=said.bodies.create)
    insist_on_owner(session, found, known, owner)
    return Imported(found, found.counts(), None, imports.same_file(session, read.sha256, said.text))


def import_table(
    session: Session,
    now: datetime,
    plan: Plan,
    said: Mapping,
    read: TableRead,
    file: File,
    *,
    preset: str,
    actor: str,
    user_id: int | None = None,
    owner: int | None = None,
    progress: Progress = lambda done, of: None,
) -> Imported:
    """Compare anew and write; raises UnreadableFile while there are errors. All events are backfill."""
    imports.one_at_a_time(session)
    known = imports.on_record(session, {item.process.key for item in plan.items})
    found = compare(plan, known, create=said.bodies.create)
    insist_on_owner(session, found, known, owner)
    insist_on_no_errors(found)
    before = imports.same_file(session, read.sha256, said.text)
    if found.does_nothing():
        return Imported(found, found.counts(), None, before)
    counts = found.counts()
    act = _act(session, now, said, read, file, preset, actor, user_id, found)
    writing = Writing(session, now, act, known, actor, said.item.own_key)
    write(writing, found.differences, found.new_bodies.values(), progress)
    act.counts = dict(counts)
    session.flush()
    return Imported(found, counts, act, before)


def insist_on_owner(session: Session, found: Comparison, known: OnRecord, owner: int | None) -> None:
    """A process of another group is theirs to change: an error; None may write everywhere."""
    for process in known.processes.values() if owner is not None else ():
        owned = ownership.owner(session, "process", process.key)
        if owned is None or owned.group_id != owner:
            sentence = "This process belongs to another group: its people import into it."
            found.problems.insert(0, RowProblem(Weight.ERROR, sentence, 0, "", process.name))


def insist_on_no_errors(found: Comparison) -> None:
    """Raise UnreadableFile with the first errors."""
    errors = [one for one in found.problems if one.weight is Weight.ERROR]
    if errors:
        first = "; ".join(str(one) for one in errors[:3])
        raise UnreadableFile(f"Nothing was imported: {len(errors)} rows cannot be used. {first}")


def _act(
    session: Session,
    now: datetime,
    said: Mapping,
    read: TableRead,
    file: File,
    preset: str,
    actor: str,
    user_id: int | None,
    found: Comparison,
) -> ImportAct:
    batch = ImportBatch(
        preset=preset[:60],
        file_name=file.name[:300],
        file_sha256=read.sha256,
        started_at=now,
        ended_at=now,
        rows=found.plan.rows,
        user_id=user_id,
    )
    session.add(batch)
    session.flush()
    first = [one.as_data() for one in found.problems[:MOST_KEPT]]
    act = ImportAct(
        batch_id=batch.id or 0,
        mapping=said.text,
        problems={"first": first, "all": len(found.problems)},
        actor=actor,
        made_at=now,
    )
    session.add(act)
    session.flush()
    return act
