"""The deadline rules with their legal basis."""

from flask import Blueprint, abort, render_template

from tracker.domain.catalogue import catalogue
from tracker.domain.rules import Rule
from tracker.web.access import Access, access
from tracker.web.wording import period, place

blueprint = Blueprint("rules", __name__)


@blueprint.get("/rules")
@access(Access.PUBLIC)
def rules() -> str:
    """Every rule, by jurisdiction."""
    by_place: dict[str, list[Rule]] = {}
    for rule in catalogue().values():
        by_place.setdefault(place(rule.jurisdiction), []).append(rule)
    return render_template("public/rules.html", by_place=sorted(by_place.items()), length=length)


@blueprint.get("/rules/<string:key>")
@access(Access.PUBLIC)
def rule(key: str) -> str:
    """One rule."""
    found = catalogue().get(key)
    if found is None:
        abort(404)
    return render_template("public/rule.html", rule=found, length=length)


def length(one: Rule) -> str:
    """How long a rule gives: "20 working days"."""
    return period(one.amount, one.unit)
