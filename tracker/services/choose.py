"""Choose the obligations an entry is about: they exist, and their item is out of draft."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import Session

from tracker.domain.refusals import Refused, insist, refuse
from tracker.domain.words import Visibility
from tracker.domain.zones import today_in, zone_of
from tracker.storage.entries import Owed, owed


def choose(
    session: Session, ids: Sequence[int], *, field: str = "obligations", also: Sequence[Refused] = ()
) -> list[Owed]:
    """The obligations of the ids; raises NotAccepted, together with what else was found wrong."""
    found = owed(session, ids)
    complaints = [*also]
    if not ids:
        complaints.append(refuse(field, "Tick at least one obligation."))
    missing = sorted(set(ids) - {one.id for one in found})
    if missing:
        complaints.append(refuse(field, "There is no obligation %(id)s.", id=missing[0]))
    drafts = [one.item.title for one in found if one.item.visibility is Visibility.DRAFT]
    if drafts:
        complaints.append(refuse(field, "“%(title)s” is a draft: publish it first.", title=drafts[0]))
    insist(complaints)
    return found


def choose_one(session: Session, id_: int, *, also: Sequence[Refused] = ()) -> Owed:
    """The one obligation of the id; raises NotAccepted, together with what else was found wrong."""
    return choose(session, [id_], field="obligation", also=also)[0]


def today_where(one: Owed, now: datetime) -> date:
    """The day it is where the body owes; in an unknown place the last day on earth."""
    return today_in(one.body.zone or zone_of(one.body.jurisdiction), now)


def not_ahead(field: str, day: date | None, owing: Sequence[Owed], now: datetime) -> list[Refused]:
    """A day on which something is said to have happened has begun where each body is."""
    if day is None:
        return []
    ahead = next((one for one in owing if day > today_where(one, now)), None)
    if ahead is None:
        return []
    today = today_where(ahead, now)
    return [
        refuse(
            field,
            "It is not yet %(day)s where %(body)s is: choose a day up to %(today)s.",
            day=day.isoformat(),
            body=ahead.body.name,
            today=today.isoformat(),
        )
    ]
