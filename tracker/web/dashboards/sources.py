"""The health of each source, in words that blame the reader and not the body."""

from flask import Blueprint, render_template

from tracker.storage import health
from tracker.web.access import Access, access
from tracker.web.site import site

blueprint = Blueprint("sources", __name__)


@blueprint.get("/sources")
@access(Access.PUBLIC)
def sources() -> str:
    """When each source was last read, and what is broken since when."""
    with site().database.reading() as session:
        found = health.sources(session)
        return render_template(
            "dashboards/sources.html", sources=found, last_check_on=health.last_check_on(session)
        )
