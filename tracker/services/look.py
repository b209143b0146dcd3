"""Put a look on record: at these places, on this day, no answer was found."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlmodel import Session

from tracker.domain.refusals import Refused, insist, refuse
from tracker.services.choose import choose, not_ahead
from tracker.services.enter_process import kept
from tracker.services.note_look import note_look
from tracker.services.settle import settle
from tracker.storage.entries import id_of
from tracker.storage.people import group_of
from tracker.storage.tables import Check, CheckObligation

MOST_PLACES = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """Where a person looked for answers, for one obligation or many, and found nothing new."""

    obligations: tuple[int, ...]
    looked_on: date
    """A day in the debtor's zone."""
    places: tuple[str, ...]
    note: str = ""
    late_entry: bool = False
    """Found in old papers: into the log, alerting nobody."""

    def complaints(self) -> Iterator[Refused]:
        """What keeps this from being a look."""
        if not any(place.strip() for place in self.places):
            yield refuse("places", "Say where you looked: a page, a register, a search; one to a line.")
        elif len(self.places) > MOST_PLACES:
            yield refuse("places", "Name at most %(most)s places.", most=MOST_PLACES)


def look(session: Session, now: datetime, said: Look, *, actor: str, user_id: int | None = None) -> Check:
    """Write the look; what it makes overdue is announced at once."""
    found = choose(session, said.obligations, also=list(said.complaints()))
    insist(not_ahead("looked_on", said.looked_on, found, now))
    group = group_of(session, actor)
    made = kept(
        session,
        Check(
            looked_on=said.looked_on,
            places=[place.strip() for place in said.places if place.strip()],
            note=said.note.strip(),
            user_id=user_id,
            group_id=group.id if group else None,
            recorded_at=now,
            recorded_by=actor,
        ),
    )
    session.add_all(CheckObligation(check_id=id_of(made), obligation_id=one.id) for one in found)
    note_look(session, now, made, found, actor=actor, backfill=said.late_entry)
    settle(session, [one.id for one in found], now, backfill=said.late_entry, actor=actor)
    return made


def look_many(
    session: Session,
    now: datetime,
    places: Mapping[int, tuple[str, ...]],
    said: Look,
    *,
    actor: str,
    user_id: int | None = None,
) -> list[Check]:
    """One sitting, many answers: those that were looked for at the same places make one look.

    `said` holds the day, the note and the places that hold for all of them.
    """
    together: dict[tuple[str, ...], list[int]] = {}
    for id_ in said.obligations:
        own = tuple(dict.fromkeys(place.strip() for place in (*said.places, *places.get(id_, ()))))
        together.setdefault(tuple(place for place in own if place), []).append(id_)
    looks = [replace(said, obligations=tuple(ids), places=where) for where, ids in together.items()]
    return [
        look(session, now, one, actor=actor, user_id=user_id)
        for one in looks or [replace(said, obligations=())]
    ]
