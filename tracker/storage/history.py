"""What an item said before each change of its words, beside the log's own entries about it."""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from tracker.domain.words import EventKind, Visibility
from tracker.storage.tables import Event, Item, Revision

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
        detail["key"].as_string() == key,
    )
    return list(session.execute(wanted).scalars())
