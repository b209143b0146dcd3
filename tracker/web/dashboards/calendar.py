"""What falls due when: a month as a grid of days, the months ahead as a picture, and a list of either or of one day."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from flask import Blueprint, render_template, request
from flask_babel import gettext as _
from sqlmodel import Session
from werkzeug.exceptions import BadRequest

from tracker.domain.listing import Filters, ListName
from tracker.domain.words import Basis
from tracker.rendering.pictures.columns import Column, ColumnPicture, column_picture
from tracker.rendering.pictures.month import Month, month_of, months_ahead
from tracker.storage.due_days import DueDay, due_counts, due_days, due_lines
from tracker.storage.lines import Line
from tracker.web.access import Access, access
from tracker.web.choices import choices
from tracker.web.listing import PER_PAGE, asked_filters, list_page, order_names
from tracker.web.locale import tongue
from tracker.web.paging import Paging, insist_on_page, page_number
from tracker.web.site import site
from tracker.web.trends import drawn
from tracker.web.when import When, when

blueprint = Blueprint("calendar", __name__)
NARROWED_BY = ("body", "process", "topic", "jurisdiction", "kind", "basis")
FEW = 3
AHEAD = 12


@dataclass(frozen=True)
class Ahead:
    """What falls due in each of the months ahead, by basis, with its picture."""

    months: tuple[tuple[date, Counter[Basis]], ...]
    bases: tuple[Basis, ...]
    picture: ColumnPicture


@blueprint.get("/calendar")
@access(Access.PUBLIC)
def calendar() -> str:
    """A month, and the due days ahead; `?month=2026-05` that month's; `?due=2026-05-04` one day's."""
    with site().database.reading() as session:
        if request.args.get("due"):
            return _one_day(session, _day())
        if request.args.get("month"):
            return _one_month(session, _month())
        page = list_page(session, ListName.DUE, orders=("due",))
        return render_template(
            "dashboards/calendar.html",
            page=page,
            months=_months(page.lines),
            choices=choices(session, page, NARROWED_BY),
            order_names=order_names(),
            ahead=_ahead(session, page.query.filters, page.when) if drawn(page) else None,
            **_grid(session, page.query.filters, page.when, page.today.replace(day=1)),
        )


def _one_month(session: Session, first: date) -> str:
    seen, filters = when(), asked_filters(session)
    grid = _grid(session, filters, seen, first)
    month: Month = grid["month"]  # type: ignore[assignment]
    told = _told(session, filters, seen, (first, month.last), {"month": f"{first:%Y-%m}"})
    return render_template("dashboards/calendar_month.html", **told, **grid)


def _one_day(session: Session, day: date) -> str:
    told = _told(session, asked_filters(session), when(), (day, day), {"due": day.isoformat()})
    return render_template("dashboards/calendar_day.html", day=day, **told)


def _told(
    session: Session, filters: Filters, seen: When, span: tuple[date, date], named: dict[str, str]
) -> dict[str, object]:
    """A page of what falls due in a span, whatever became of it."""
    number, at = page_number(), seen.moment
    tallies = [one.tally for one in due_days(session, filters, at, *span, few=0)]
    pages = Paging(
        sum(one.total for one in tallies),
        number,
        PER_PAGE,
        {**named, **filters.given(), **seen.arguments},
    )
    insist_on_page(number, pages.pages)
    lines = due_lines(session, filters, at, *span, limit=PER_PAGE, offset=(number - 1) * PER_PAGE)
    return {
        "when": seen,
        "pages": pages,
        "days": [(day, list(of_it)) for day, of_it in groupby(lines, key=lambda line: line.due_on)],
        "given": filters.given(),
        "named_month": named,
    }


def _grid(session: Session, filters: Filters, seen: When, first: date) -> dict[str, object]:
    month = Month(first, tongue().first_day_of_week)
    found = due_days(session, filters, seen.moment, first, month.last, few=FEW)
    by_day: dict[date, DueDay] = {one.day: one for one in found}
    return {"month": month, "by_day": by_day}


def _ahead(session: Session, filters: Filters, seen: When) -> Ahead | None:
    months = months_ahead(seen.today, AHEAD)
    counted: dict[date, Counter[Basis]] = {first: Counter() for first in months}
    found = due_counts(session, filters, seen.moment, months[0], Month(months[-1]).last)
    for day, by_basis in found.items():
        counted[day.replace(day=1)].update(by_basis)
    bases = tuple(basis for basis in Basis if any(one[basis] for one in counted.values()))
    if not bases:
        return None
    columns = [
        Column(tongue().short_month(first), _year_under(first, months), _plain(counts))
        for first, counts in counted.items()
    ]
    return Ahead(tuple(counted.items()), bases, column_picture(columns, [basis.value for basis in bases]))


def _year_under(first: date, months: Sequence[date]) -> str:
    return str(first.year) if first == months[0] or first.month == 1 else ""


def _plain(counts: Counter[Basis]) -> dict[str, int]:
    return {basis.value: n for basis, n in counts.items()}


def _months(lines: Sequence[Line]) -> list[tuple[date, list[Line]]]:
    dated = [line for line in lines if line.due_on is not None]
    return [(month, list(of_it)) for month, of_it in groupby(dated, key=_month_of)]


def _month_of(line: Line) -> date:
    return (line.due_on or date.max).replace(day=1)


def _month() -> date:
    written = request.args["month"]
    first = month_of(written)
    if first is None:
        raise BadRequest(
            _("month=%(month)s is no month: write it as YYYY-MM, such as 2026-05.", month=written[:40])
        )
    return first


def _day() -> date:
    written = request.args["due"]
    if month_of(written[:7]) is not None and len(written) == 10:
        try:
            return date.fromisoformat(written)
        except ValueError:
            pass
    raise BadRequest(
        _("due=%(day)s is not a day: write it as YYYY-MM-DD, such as 2026-05-04.", day=written[:40])
    )
