"""Who publishes this, what is kept about readers, who can use it."""

from datetime import date

from flask import Blueprint, render_template

from tracker.storage.groups import all_groups
from tracker.web.access import Access, access
from tracker.web.site import site

blueprint = Blueprint("about", __name__)
CHECKED_ON = date(2026, 11, 21)
"""When what is said of accessibility was last read through and found true."""


@blueprint.get("/about")
@access(Access.PUBLIC)
def about() -> str:
    """Who publishes this site and which groups enter and judge."""
    with site().database.reading() as session:
        return render_template("public/about.html", groups=all_groups(session))


@blueprint.get("/privacy")
@access(Access.PUBLIC)
def privacy() -> str:
    """What is kept about readers: next to nothing."""
    return render_template("public/privacy.html")


@blueprint.get("/accessibility")
@access(Access.PUBLIC)
def accessibility() -> str:
    """Who can use the site, and what to do if you cannot."""
    return render_template("public/accessibility.html", checked_on=CHECKED_ON)
