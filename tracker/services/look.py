"""Put a look on record: at these places, on this day, no answer was found."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from tracker.domain.refusals import Refused, insist, refuse
from tracker.services.choose import choose, not_ahead
from tracker.services.enter_process import kept
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
    settle(session, [one.id for one in found], now, backfill=said.late_entry, actor=actor)
    return made
