"""The working days of a place: every holiday of a year, where it comes from, and how far it is known."""

from dataclasses import dataclass
from datetime import date, timedelta

from flask import Blueprint, render_template, request
from flask_babel import gettext as _
from werkzeug.exceptions import BadRequest, NotFound

from tracker.domain.calendar_days import CalendarError
from tracker.domain.calendar_places import countries, parts_of
from tracker.domain.calendars import Calendar, calendar, calendar_codes
from tracker.domain.dates import FIRST_YEAR, LAST_YEAR
from tracker.rendering.step_words import STEPS
from tracker.services.reckon import working_calendar
from tracker.web.access import Access, access
from tracker.web.known_arguments import insist_on
from tracker.web.locale import tongue
from tracker.web.site import site
from tracker.web.wording import place

blueprint = Blueprint("calendars", __name__)
BY_RULE = 2050
"""A calendar that reaches this far does so by the rule of its law: nobody proclaims a day so early."""


@dataclass(frozen=True)
class DayOff:
    """A day that is no working day, and why."""

    on: date
    name: str
    weekend: bool
    where: str
    """The parts of a union that have it where others work."""
    origin: str
    """`site`: told by its operator; `list`: our own list, by the law it cites; `package`: the package of holidays."""


@blueprint.get("/calendars")
@access(Access.PUBLIC)
def every() -> str:
    """Every place whose working days are known."""
    insist_on(())
    return render_template(
        "public/calendars.html",
        own=[calendar(code) for code in calendar_codes()],
        countries=sorted((place(code), code) for code in countries() if code not in calendar_codes()),
    )


@blueprint.get("/calendars/<string:code>")
@access(Access.PUBLIC)
def one(code: str) -> str:
    """The calendar of a code in a year, `?year=`."""
    year = _year()
    with site().database.reading() as session:
        try:
            found = working_calendar(session, code.strip().upper())
        except CalendarError as error:
            raise NotFound(f"{error}.") from error
    return render_template(
        "public/calendar.html",
        calendar=found,
        year=year,
        first=FIRST_YEAR,
        last=LAST_YEAR,
        days=_days_off(found, year),
        kept_working=_kept_working(found, year),
        working=found.working_days(date(year, 1, 1), date(year, 12, 31)),
        codes=calendar_codes(),
        parts=parts_of(found.code),
        core_days_only=tongue().say(STEPS["core_days_only"]) if _core_days_only(found) else "",
        reckoned_by_rule=found.horizon >= BY_RULE,
    )


def _core_days_only(found: Calendar) -> bool:
    return any(part.core_days_only for part in found.parts)


def _year() -> int:
    insist_on(("year",))
    written = request.args.get("year", "").strip()
    if not written:
        return site().today().year
    number = int(written) if written.isascii() and written.isdigit() and len(written) == 4 else 0
    if not FIRST_YEAR <= number <= LAST_YEAR:
        raise BadRequest(
            _(
                "year=%(written)s is not a year: write one from %(first)s to %(last)s.",
                written=written[:20],
                first=FIRST_YEAR,
                last=LAST_YEAR,
            )
        )
    return number


def _days_off(found: Calendar, year: int) -> list[DayOff]:
    """Holidays and closures in order; plain weekends are said in one sentence."""
    day, off = date(year, 1, 1), []
    while day.year == year:
        name = found.holiday_name(day)
        if name and not (found.is_weekend(day) and name == f"{day:%A}"):
            off.append(DayOff(day, name, found.is_weekend(day), found.only_in(day), _origin(found, day)))
        if day == date(LAST_YEAR, 12, 31):
            break
        day += timedelta(days=1)
    return off


def _origin(found: Calendar, day: date) -> str:
    if day in found.added:
        return "site"
    ours = any(
        any(rule.day_in(day.year) == day for rule in part.days)
        or any(day in closure.days_in(day.year) for closure in part.closures)
        for part in found.parts
    )
    return "list" if ours else "package"


def _kept_working(found: Calendar, year: int) -> list[date]:
    """Days the package calls holidays and the law, or this site, does not."""
    listed = (date.fromisoformat(day) for part in found.parts for day in part.working)
    return sorted({day for day in (*listed, *found.removed) if day.year == year})
