"""How dates, standings and verdicts are made."""

from flask import Blueprint, render_template

from tracker.domain.catalogue import catalogue
from tracker.domain.substance import DELIVERY, SUBSTANCE
from tracker.domain.words import HEADLINE_ORDER, Basis
from tracker.web.access import Access, access
from tracker.web.site import site

blueprint = Blueprint("method", __name__)


@blueprint.get("/method")
@access(Access.PUBLIC)
def method() -> str:
    """The whole method on one page."""
    return render_template(
        "public/method.html",
        standings=HEADLINE_ORDER,
        bases=list(Basis),
        rules=len(catalogue()),
        substance=SUBSTANCE,
        delivery=DELIVERY,
        habits=site().config.site,
    )
