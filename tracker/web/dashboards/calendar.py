"""What falls due when, month by month."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby

from flask import Blueprint, render_template

from tracker.domain.listing import ListName
from tracker.storage.lines import Line
from tracker.web.access import Access, access
from tracker.web.choices import choices
from tracker.web.listing import list_page, order_names
from tracker.web.site import site

blueprint = Blueprint("calendar", __name__)
NARROWED_BY = ("body", "process", "topic", "jurisdiction", "kind", "basis")


@blueprint.get("/calendar")
@access(Access.PUBLIC)
def calendar() -> str:
    """The due days ahead."""
    with site().database.reading() as session:
        page = list_page(session, ListName.DUE, orders=("due",))
        return render_template(
            "dashboards/calendar.html",
            page=page,
            months=_months(page.lines),
            choices=choices(session, page, NARROWED_BY),
            order_names=order_names(),
        )


def _months(lines: Sequence[Line]) -> list[tuple[date, list[Line]]]:
    dated = [line for line in lines if line.due_on is not None]
    return [(month, list(of_it)) for month, of_it in groupby(dated, key=_month)]


def _month(line: Line) -> date:
    return (line.due_on or date.max).replace(day=1)
