"""Puts what moves nobody's standing into the log too: a verdict, a second reader, a look, who keeps a process."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlmodel import Session

from tracker.domain.words import EventKind
from tracker.services.record_event import record_event
from tracker.storage import entries
from tracker.storage.tables import Item, Process


def note_fact(
    session: Session,
    now: datetime,
    what: str,
    ids: Iterable[int] = (),
    *,
    detail: Mapping[str, object],
    actor: str,
    item: Item | None = None,
    process: Process | None = None,
    backfill: bool = False,
) -> None:
    """One entry for each obligation, else one about the item or process. Nobody is alerted; drafts leave none."""
    said = {"what": what, **detail}
    wanted = sorted(set(ids))
    for one in entries.owed(session, wanted):
        record_event(
            session,
            EventKind.NOTED,
            now=now,
            happened_on=now.date(),
            obligation=one.obligation,
            actor=actor,
            backfill=backfill,
            detail=said,
        )
    if not wanted:
        record_event(
            session,
            EventKind.NOTED,
            now=now,
            happened_on=now.date(),
            item=item,
            process=process,
            actor=actor,
            backfill=backfill,
            detail=said,
        )
