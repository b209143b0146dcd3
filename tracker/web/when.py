"""Which day a list is looked at: now, or `?as_of=YYYY-MM-DD`, with `&hindsight=1` by today's facts."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import g, request
from flask_babel import gettext as _
from werkzeug.exceptions import BadRequest, NotFound

from tracker.storage.lines import Moment, moment
from tracker.storage.record import record_begins_on
from tracker.web.locale import tongue
from tracker.web.looking_back import LOOKED
from tracker.web.site import site

FIRST_YEAR = 1900
FARTHEST_AHEAD = timedelta(hours=14)
"""The first zone on earth is that far ahead of UTC."""


class NotShownThen(NotFound):
    """Nothing was shown here on the day asked for; the same day in hindsight can be offered."""

    def __init__(self, said: str) -> None:
        self.said = said
        super().__init__(f"{said} {_('Add hindsight=1 to see that day with the facts known today.')}")


@dataclass(frozen=True)
class When:
    """The moment of a list and the day it is seen on."""

    now: datetime
    moment: Moment
    today: date
    """The day a page is seen on: `as_of` where given."""
    as_of: date | None = None
    hindsight: bool = False

    @property
    def arguments(self) -> dict[str, str]:
        """The arguments that keep an address at this moment."""
        if self.as_of is None:
            return {}
        return {"as_of": self.as_of.isoformat()} | ({"hindsight": "1"} if self.hindsight else {})


def when() -> When:
    """The moment the reader asks for; a day that is none, or is ahead, is refused with a sentence (400)."""
    g.setdefault(LOOKED, True)
    now, written = site().now(), request.args.get("as_of", "").strip()
    hindsight = request.args.get("hindsight", "") not in ("", "0")
    if not written:
        return When(now, moment(now), now.date())
    as_of = _day(written, (now + FARTHEST_AHEAD).date())
    if not hindsight:
        _on_record(as_of)
    return When(now, moment(now, as_of, hindsight=hindsight), as_of, as_of, hindsight)


def insist_on_record(recorded_at: datetime, seen: When) -> None:
    """What was put on record after the day asked for was on no page of that day (404 with a sentence)."""
    if seen.moment.known_by is not None and recorded_at > seen.moment.known_by:
        raise NotShownThen(_("This was put on record here on %(day)s.", day=tongue().day(recorded_at.date())))


def _on_record(as_of: date) -> None:
    """Before anything was recorded nothing was shown: an empty list would say that nobody owed anything."""
    with site().database.reading() as session:
        begins_on = record_begins_on(session)
    if begins_on is not None and as_of < begins_on:
        raise NotShownThen(
            _(
                "The record of this site begins on %(day)s; nothing was shown before.",
                day=tongue().day(begins_on),
            )
        )


def _day(written: str, last: date) -> date:
    try:
        day = date.fromisoformat(written) if len(written) == 10 else None
    except ValueError:
        day = None
    if day is None:
        raise BadRequest(
            _(
                "as_of=%(written)s is not a day: write it as YYYY-MM-DD, such as 2026-05-04.",
                written=written[:40],
            )
        )
    if day.year < FIRST_YEAR or day > last:
        raise BadRequest(
            _("as_of=%(written)s lies ahead or too far back: choose a day up to today.", written=written)
        )
    return day
