"""Binds looks into the log: one entry for each act of looking, however much was looked for; nobody is alerted."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from sqlmodel import Session

from tracker.domain.ledger import digest
from tracker.domain.words import EventKind, Visibility
from tracker.services.record_event import record_event
from tracker.storage import entries
from tracker.storage.entries import Owed, id_of
from tracker.storage.tables import Check, Event, Source

MOST_NAMED = 200
"""Obligations an entry names by their numbers; of more than that it keeps how many they are, and a hash."""


def note_look(
    session: Session, now: datetime, made: Check, found: Sequence[Owed], *, actor: str, backfill: bool = False
) -> Event | None:
    """A person's look. The places and the note are bound by a hash: they may be withheld; drafts leave no entry."""
    public = [one for one in found if one.item.visibility is not Visibility.DRAFT]
    if not public:
        return None
    alone = public[0].obligation if len(public) == 1 else None
    said = _said([(made, sorted(one.id for one in public))])
    return _write(session, now, said, made.looked_on, actor, backfill=backfill, obligation=alone)


def note_reading(
    session: Session, now: datetime, source: Source, run_id: int, made: Sequence[tuple[Check, Iterable[int]]]
) -> Event | None:
    """All that one reading of a source was a look for, in one entry."""
    wanted = {id_ for _, ids in made for id_ in ids}
    public = {one.id for one in entries.owed(session, wanted) if one.item.visibility is not Visibility.DRAFT}
    looks = [(check, sorted(public.intersection(ids))) for check, ids in made]
    kept = [(check, ids) for check, ids in looks if ids]
    if not kept:
        return None
    said = {**_said(kept), "run": run_id}
    day = max(check.looked_on for check, _ in kept)
    return _write(session, now, said, day, f"source:{source.key}", source=source)


def _said(looks: Sequence[tuple[Check, list[int]]]) -> dict[str, object]:
    ids = sorted({id_ for _, found in looks for id_ in found})
    bound = [
        [id_of(check), check.looked_on, check.places, check.note, check.news_only, found]
        for check, found in looks
    ]
    named = {"obligations": ids} if len(ids) <= MOST_NAMED else {}
    return {"what": "looked", "many": len(ids), "sha256": digest(bound), **named}


def _write(
    session: Session, now: datetime, said: dict[str, object], day: date, actor: str, **about: object
) -> Event:
    return record_event(
        session,
        EventKind.NOTED,
        now=now,
        happened_on=day,
        actor=actor,
        detail=said,
        **about,  # type: ignore[arg-type]
    )
