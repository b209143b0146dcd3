"""Loads the demo data set in one transaction: asked, owed, answered; every event is backfill."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel import Session

from tracker.demo import answered, asked, clocks, said
from tracker.domain.words import EventKind
from tracker.services.record_event import record_event
from tracker.services.settle import settle
from tracker.storage.tables import Body, Group, ImportBatch, Item, Obligation, Process

GROUP_KEY = "demo-data-set"
ACTOR = f"group:{GROUP_KEY}"


@dataclass
class Loading:
    """What is being loaded, by the data set's own ids."""

    session: Session
    now: datetime
    batch_id: int
    group_id: int
    bodies: dict[str, Body] = field(default_factory=dict)
    processes: dict[str, Process] = field(default_factory=dict)
    documents: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Document id → its row id and its process's row id."""
    items: dict[str, Item] = field(default_factory=dict)
    obligations: dict[tuple[str, str], Obligation] = field(default_factory=dict)
    """(item, body) → what is owed."""

    @property
    def recorded(self) -> dict[str, Any]:
        """What every fact row of this load carries."""
        return {"recorded_at": self.now, "recorded_by": ACTOR, "batch_id": self.batch_id}


def load_demo(session: Session, now: datetime) -> Loading:
    """Load everything; the caller's transaction keeps all of it or nothing."""
    loading = _begin(session, now)
    for step in (
        asked.bodies,
        asked.processes,
        asked.documents,
        asked.items,
        clocks.ended,
        answered.happenings,
        answered.responses,
        said.claims,
        said.statements,
    ):
        step(loading)
    _log_items(loading)
    ids = [owed.id for owed in loading.obligations.values() if owed.id is not None]
    settle(session, ids, now, backfill=True, actor=ACTOR)
    return loading


def _begin(session: Session, now: datetime) -> Loading:
    group = Group(
        key=GROUP_KEY,
        name="Demo data set",
        about="Real recommendations and commitments, taken over from a compiled data set for this demo.",
        paid_by="Nobody.",
        created_at=now,
    )
    batch = ImportBatch(preset="demo", file_name="demo", started_at=now, ended_at=now)
    session.add_all([group, batch])
    session.flush()
    return Loading(session, now, batch_id=batch.id or 0, group_id=group.id or 0)


def _log_items(loading: Loading) -> None:
    today = loading.now.date()
    for item in loading.items.values():
        record_event(
            loading.session,
            EventKind.LOGGED,
            now=loading.now,
            happened_on=today,
            item=item,
            actor=ACTOR,
            backfill=True,
        )
