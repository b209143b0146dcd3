"""Who is past a binding date, and, apart from them, who did not answer by a date that was only asked for."""

from flask import Blueprint, render_template
from flask_babel import gettext as _
from sqlmodel import Session

from tracker.domain.listing import ListName
from tracker.web.access import Access, access
from tracker.web.choices import choices
from tracker.web.listing import Page, list_page, order_names
from tracker.web.site import site
from tracker.web.trends import Trend, drawn, overdue_trend

blueprint = Blueprint("overdue", __name__)
ORDERS = ("days", "due", "body", "newest")
NARROWED_BY = ("body", "process", "topic", "jurisdiction", "kind", "basis")


@blueprint.get("/overdue")
@access(Access.PUBLIC)
def overdue() -> str:
    """Past a date that binds by law, convention or their own promise, without a substantive answer."""
    return _list(
        ListName.OVERDUE,
        _("Overdue"),
        _(
            "A date that binds by law, by convention or by their own promise has passed, somebody has looked since, "
            "and no substantive answer was found. Each entry says as of when."
        ),
    )


@blueprint.get("/not-answered-by-date-asked")
@access(Access.PUBLIC)
def not_answered() -> str:
    """Past a date the asker or the watchdog named."""
    return _list(
        ListName.NOT_ANSWERED_BY_DATE_ASKED,
        _("Not answered by the date asked for"),
        _(
            "The asker or the watchdog named the date. It does not bind the body, so nobody here is called overdue."
        ),
    )


def _list(name: ListName, title: str, about: str) -> str:
    with site().database.reading() as session:
        page = list_page(session, name, orders=ORDERS)
        return render_template(
            "dashboards/list.html",
            page=page,
            title=title,
            about=about,
            choices=choices(session, page, NARROWED_BY),
            order_names=order_names(),
            empty=_("Nothing stands in this list."),
            trend=_trend(session, page),
        )


def _trend(session: Session, page: Page) -> Trend | None:
    """The chart of the whole list stands on its first page; of a narrowed list it can be had as data."""
    whole = page.query.name is ListName.OVERDUE and drawn(page) and not page.given
    return overdue_trend(session, page.query.filters, page.when) if whole else None
