"""Full text."""

from flask import Blueprint, render_template, request

from tracker.domain.listing import Filters, ListName, ListQuery, filters_from
from tracker.storage.search import search as find
from tracker.storage.standing_counts import tallies
from tracker.web.access import Access, access
from tracker.web.listing import PER_PAGE, page_number
from tracker.web.site import site
from tracker.web.when import when

blueprint = Blueprint("search", __name__)


@blueprint.get("/search")
@access(Access.PUBLIC)
def search() -> str:
    """Items, bodies, processes and documents that hold every word."""
    words = filters_from({"q": request.args.get("q", "")}).q
    number, moment = page_number(), when()
    if not words:
        return render_template("public/search.html", words="", results=None, number=1, pages=1, counts={})
    with site().database.reading() as session:
        results = find(session, words, limit=PER_PAGE, offset=(number - 1) * PER_PAGE)
        counts = tallies(session, ListQuery(ListName.ALL, Filters(q=words)), moment.moment, "item")
        return render_template(
            "public/search.html",
            words=words,
            results=results,
            number=number,
            pages=max(1, -(-results.items_total // PER_PAGE)),
            counts=counts,
        )
