"""Asked without a date; responses nobody has judged; and every obligation there is."""

from flask import Blueprint, render_template
from flask_babel import gettext as _

from tracker.domain.listing import ListName
from tracker.web.access import Access, access
from tracker.web.choices import choices
from tracker.web.listing import list_page, order_names
from tracker.web.site import site

blueprint = Blueprint("waiting", __name__)
NARROWED_BY = ("body", "process", "topic", "jurisdiction", "kind")


@blueprint.get("/waiting")
@access(Access.PUBLIC)
def waiting() -> str:
    """Nobody set a date: the days since the asking."""
    about = _(
        "Somebody asked, and nobody set a date for the answer. The days since the asking are counted up."
    )
    return _list(ListName.WAITING, _("Waiting without a date"), about, ("start", "newest", "body", "item"))


@blueprint.get("/awaiting")
@access(Access.PUBLIC)
def awaiting() -> str:
    """A response is there and waits for a reader."""
    about = _(
        "A response has come and nobody has judged yet whether it is an answer. Nobody here is called overdue."
    )
    return _list(ListName.AWAITING, _("Not yet judged"), about, ("newest", "due", "body", "item"))


@blueprint.get("/obligations")
@access(Access.PUBLIC)
def obligations() -> str:
    """Everything that is owed or was, wherever it stands."""
    about = _("One entry for each body that owes an answer about one item, wherever it stands.")
    orders = ("item", "days", "due", "newest", "body")
    return _list(ListName.ALL, _("Everything on record"), about, orders, ("standing", "basis"))


def _list(name: ListName, title: str, about: str, orders: tuple[str, ...], more: tuple[str, ...] = ()) -> str:
    with site().database.reading() as session:
        page = list_page(session, name, orders=orders)
        return render_template(
            "dashboards/list.html",
            page=page,
            title=title,
            about=about,
            choices=choices(session, page, (*more, *NARROWED_BY)),
            order_names=order_names(),
            empty=_("Nothing stands in this list."),
        )
