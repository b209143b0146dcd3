"""Undoes a whole import: what it made leaves the public, what it changed goes back, unless changed since."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, SQLModel

from tracker.domain.refusals import insist, refuse
from tracker.domain.words import EventKind, Visibility
from tracker.services.import_writing import plain
from tracker.services.record_event import record_event
from tracker.services.revise import remember
from tracker.services.settle import settle
from tracker.storage import imports, undoing
from tracker.storage.announced import is_told
from tracker.storage.entries import id_of
from tracker.storage.tables import (
    Body,
    Claim,
    Document,
    ImportAct,
    ImportChange,
    ImportKey,
    Item,
    Process,
    Response,
    Withheld,
)

REASON = "The import it came with was undone."


def undo_import(
    session: Session, now: datetime, act_id: int, *, actor: str, user_id: int | None = None
) -> ImportAct:
    """Take an import back as a whole; raises NotAccepted where it is none or was undone already."""
    found = imports.act(session, act_id)
    if found is None:
        insist([refuse("import", "There is no import %(id)s.", id=act_id)])
    elif found[0].undone_at is not None:
        insist([refuse("import", "This import was undone already.")])
    assert found is not None  # noqa: S101 - insisted on above
    act, _ = found
    imports.one_at_a_time(session)
    kept: list[str] = []
    back, touched = _changes(session, now, act, kept, user_id)
    gone = _answers(session, now, act, touched)
    gone |= _items(session, now, act, kept, actor)
    touched -= undoing.ended(session, touched)
    settle(session, touched, now, backfill=True, actor=actor)
    _frames(session, now, act)
    act.undone_at, act.undone_by = now, actor
    act.undo = {**gone, "changed_back": back, "kept": kept[:200], "kept_all": len(kept)}
    session.flush()
    return act


def _changes(
    session: Session, now: datetime, act: ImportAct, kept: list[str], user_id: int | None
) -> tuple[int, set[int]]:
    """Rows that were there before get back what they held, the last change first."""
    back, touched = 0, set[int]()
    for change in imports.changes_of(session, id_of(act)):
        if change.table_name == "item_topic":
            undoing.drop_topic(session, change.row_id, str(change.after["topic"]))
            back += 1
            continue
        row = undoing.row_of(session, change.table_name, change.row_id)
        if row is None:
            continue
        if any(plain(getattr(row, name)) != value for name, value in change.after.items()):
            kept.append(f"{change.table_name} {getattr(row, 'key', change.row_id)}")
            continue
        _give_back(session, now, row, change, user_id)
        touched |= undoing.obligations_of(session, row)
        back += 1
    return back, touched


def _give_back(
    session: Session, now: datetime, row: SQLModel, change: ImportChange, user_id: int | None
) -> None:
    if change.table_name == "terms":
        # Back to the old terms: those the import made in their place no longer count.
        undoing.supersede_terms(session, getattr(row, "obligation_id"), now)  # noqa: B009 - any table
    elif "superseded_at" not in change.before:
        remember(session, now, row, REASON, user_id)
    for name, value in change.before.items():
        setattr(row, name, _read(row, name, value))
    session.add(row)


def _read(row: SQLModel, name: str, value: Any) -> Any:
    """A value as its column takes it."""
    kind = undoing.kind_of(row, name)
    if value is None or kind is None:
        return value
    if kind is date:
        return date.fromisoformat(value)
    return datetime.fromisoformat(value) if kind is datetime else kind(value)


def _answers(session: Session, now: datetime, act: ImportAct, touched: set[int]) -> dict[str, object]:
    """Responses are struck and claims withdrawn, also on items that stay."""
    responses = imports.made_by(session, Response, act.batch_id)
    for response in responses:
        if response.struck_at is None:
            response.struck_at, response.struck_reason = now, REASON
            touched |= undoing.obligations_of(session, response)
    claims = imports.made_by(session, Claim, act.batch_id)
    for claim in claims:
        claim.superseded_at = claim.superseded_at or now
    session.flush()
    return {"responses": len(responses), "claims": len(claims)}


def _items(session: Session, now: datetime, act: ImportAct, kept: list[str], actor: str) -> dict[str, object]:
    """Items leave every list unless somebody worked on them since; addressees added to others go too."""
    made = imports.made_by(session, Item, act.batch_id)
    worked_on = undoing.worked_on(session, [id_of(item) for item in made], act.batch_id)
    gone = [item for item in made if item.id not in worked_on]
    kept += [f"item {item.key}" for item in made if item.id in worked_on]
    for item in gone:
        if item.visibility is not Visibility.DRAFT:
            session.add(_tombstone(item, now))
        item.visibility = Visibility.WITHHELD
    session.flush()
    undoing.end_owed(session, [id_of(item) for item in gone], act.batch_id, worked_on, now)
    undoing.drop_keys(session, ImportKey, act.batch_id, worked_on)
    by_process: dict[int, list[int]] = {}
    for item in gone:
        by_process.setdefault(item.process_id, []).append(id_of(item))
    for process_id, ids in by_process.items():
        _tell(session, now, process_id, ids, actor)
    return {"items": len(gone)}


def _tombstone(item: Item, now: datetime) -> Withheld:
    return Withheld(
        object_kind="item",
        object_key=item.key,
        visibility=Visibility.WITHHELD,
        reason=REASON,
        recorded_at=now,
    )


def _tell(session: Session, now: datetime, process_id: int, items: list[int], actor: str) -> None:
    """Whoever was told of one of the items is told that it is gone; else it is for the record, as the import was."""
    record_event(
        session,
        EventKind.CORRECTED,
        now=now,
        happened_on=now.date(),
        process=session.get(Process, process_id),
        actor=actor,
        backfill=not is_told(session, items),
        detail={"what": "import_undone", "items": len(items), "reason": REASON},
    )


def _frames(session: Session, now: datetime, act: ImportAct) -> None:
    """Processes, documents and bodies that only this import brought and that nothing else uses."""
    for table in (Document, Process, Body):
        rows: Iterable[Any] = imports.made_by(session, table, act.batch_id)
        used = undoing.in_use(session, table)
        for row in rows:
            if row.id not in used:
                row.visibility = Visibility.WITHHELD
        session.flush()
