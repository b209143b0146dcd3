"""What an item said before each change of its words, and which looks for its answers the log holds."""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from sqlalchemy import or_, select
from sqlmodel import Session, col

from tracker.domain.ledger import digest
from tracker.domain.words import EventKind, Visibility
from tracker.storage.tables import Check, CheckObligation, Event, Item, Obligation, Revision

WORDS = ("title", "text", "ref", "language", "kind", "tags")
"""The columns of an item whose words are told; what else a row holds is told by the log."""


@dataclass(frozen=True, slots=True)
class Change:
    """One field, before and after."""

    field: str
    before: str
    after: str


def changes_of(session: Session, item: Item) -> dict[datetime, list[Change]]:
    """What was changed in an item's words, by the instant of the change.

    Nothing from before it was last a draft, withheld or shown by link only: such words stay out of sight.
    """
    wanted = select(Revision).where(col(Revision.table_name) == "item", col(Revision.row_id) == item.id)
    rows = list(session.execute(wanted.order_by(col(Revision.id))).scalars())
    states: list[tuple[datetime | None, dict[str, Any]]] = [(row.recorded_at, row.before) for row in rows]
    told: dict[datetime, list[Change]] = {}
    for (at, before), (_later, after) in pairwise([*states, (None, item.model_dump())]):
        if before.get("visibility") != Visibility.PUBLIC.value:
            told.clear()
        elif at is not None:
            told.setdefault(at, []).extend(_between(before, after))
    return told


def _between(before: dict[str, Any], after: dict[str, Any]) -> list[Change]:
    pairs = ((name, _said(before.get(name)), _said(after.get(name))) for name in WORDS)
    return [Change(name, old, new) for name, old, new in pairs if old != new]


def _said(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")


def shown_and_hidden(session: Session, key: str) -> list[int]:
    """The events that tell when an item was withheld and shown again; they are tied to its process only."""
    detail = col(Event.detail)
    wanted = select(col(Event.id)).where(
        col(Event.kind) == EventKind.CORRECTED,
        detail["what"].as_string() == "visibility",
        detail["of"].as_string() == "item",
        or_(detail["key"].as_string() == key, detail["key_sha256"].as_string() == digest(key)),
    )
    return list(session.execute(wanted).scalars())


MOST_LOOKS = 200
"""Looks told on one page, the newest."""


def looks_for(session: Session, item: Item) -> list[int]:
    """The events that bind the looks for an item's answers; of the readings of one source the newest only."""
    checks = _checks_of(session, item)
    wanted = select(col(Event.id), col(Event.detail), col(Event.source_id)).where(
        col(Event.announced_at).in_({check.recorded_at for check, _ in checks}),
        col(Event.kind) == EventKind.NOTED,
        col(Event.detail)["what"].as_string() == "looked",
    )
    runs = {check.run_id for check, _ in checks if check.run_id}
    owed = {obligation_id for _, obligation_id in checks}
    found: list[int] = []
    sources: set[int | None] = set()
    for id_, detail, source_id in session.execute(wanted.order_by(col(Event.id).desc())).all():
        if source_id is None and owed.intersection(detail.get("obligations") or owed):
            found.append(id_)
        elif source_id not in sources and detail.get("run") in runs:
            found.append(id_)
            sources.add(source_id)
    return found


def reminders_of(session: Session, item: Item) -> list[int]:
    """The events that tell when bodies were reminded of the days of an item."""
    wanted = select(col(Event.id)).where(
        col(Event.item_id) == item.id,
        col(Event.kind) == EventKind.NOTED,
        col(Event.detail)["what"].as_string().in_(["reminded", "reminder_returned"]),
    )
    return [id_ for id_ in session.execute(wanted).scalars() if id_ is not None]


def _checks_of(session: Session, item: Item) -> list[tuple[Check, int]]:
    wanted = (
        select(Check, col(CheckObligation.obligation_id))
        .join(CheckObligation, col(CheckObligation.check_id) == col(Check.id))
        .join(Obligation, col(Obligation.id) == col(CheckObligation.obligation_id))
        .where(col(Obligation.item_id) == item.id)
        .order_by(col(Check.recorded_at).desc())
    )
    return [(check, id_) for check, id_ in session.execute(wanted.limit(MOST_LOOKS)).all()]
