"""Processes and documents, and how far the answers to them have come."""

from collections import defaultdict

from flask import Blueprint, abort, redirect, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.domain.listing import Filters, ListName, ListQuery
from tracker.domain.words import ProcessKind
from tracker.storage import items
from tracker.storage import processes as stored
from tracker.storage.bodies import public_bodies
from tracker.storage.standing_counts import tallies
from tracker.storage.tables import Process
from tracker.web.access import Access, access
from tracker.web.choices import choices
from tracker.web.listing import list_page, order_names
from tracker.web.site import site
from tracker.web.when import When, when

blueprint = Blueprint("processes", __name__)
GONE = 410
ORDERS = ("item", "days", "due", "newest", "body")


@blueprint.get("/processes")
@access(Access.PUBLIC)
def processes() -> str:
    """Every process by kind."""
    moment = when()
    with site().database.reading() as session:
        found = stored.public_processes(session)
        by_kind: dict[ProcessKind, list[Process]] = defaultdict(list)
        for one in found:
            by_kind[one.kind].append(one)
        return render_template(
            "dashboards/processes.html",
            when=moment,
            total=len(found),
            by_kind=[(kind, by_kind[kind]) for kind in ProcessKind if kind in by_kind],
            tallies=_tallies(session, moment, Filters(), "process"),
        )


@blueprint.get("/processes/<key:key>")
@access(Access.PUBLIC)
def process(key: str) -> str:
    """One process: its documents, and where each of its items stands."""
    with site().database.reading() as session:
        whole = stored.whole(session, key)
        if whole is None or whole.process.id is None:
            abort(404)
        page = list_page(session, ListName.ALL, fixed={"process": key}, orders=ORDERS)
        return render_template(
            "dashboards/process.html",
            whole=whole,
            page=page,
            item_counts=stored.item_counts(session, whole.process.id),
            documents=_tallies(session, page.when, Filters(process=key), "document"),
            bodies=_bodies(session, page.when, Filters(process=key)),
            choices=choices(session, page, ("standing",)),
            order_names=order_names(),
        )


@blueprint.get("/processes/<key:key>/<int:number>")
@access(Access.PUBLIC)
def numbered(key: str, number: int) -> Response:
    """The short address of an item, for print."""
    with site().database.reading() as session:
        found = items.key_of_number(session, key, number) if number < 2**31 else None
    if found is None:
        abort(404)
    return redirect(url_for("items.item", key=found))


@blueprint.get("/documents/<key:key>")
@access(Access.PUBLIC)
def document(key: str) -> str | tuple[str, int]:
    """One document and where each of its items stands."""
    with site().database.reading() as session:
        found = stored.document(session, key)
        if found is None:
            return _tombstone(session, key)
        page = list_page(session, ListName.ALL, fixed={"document": key}, orders=ORDERS)
        return render_template(
            "dashboards/document.html",
            document=found[0],
            process=found[1],
            page=page,
            bodies=_bodies(session, page.when, Filters(document=key)),
            choices=choices(session, page, ("standing",)),
            order_names=order_names(),
        )


def _tombstone(session: Session, key: str) -> tuple[str, int]:
    """What stands in the place of a document that was withheld."""
    found = items.tombstone(session, "document", key)
    if found is None:
        abort(404)
    return render_template("public/tombstone.html", withheld=found), GONE


def _tallies(session: Session, moment: When, filters: Filters, by: str) -> object:
    return tallies(session, ListQuery(ListName.ALL, filters), moment.moment, by)


def _bodies(session: Session, moment: When, filters: Filters) -> object:
    """Bodies of a plan with their counts, those with most to answer first."""
    counts = tallies(session, ListQuery(ListName.ALL, filters), moment.moment, "body")
    named = [(body, counts[body.key]) for body in public_bodies(session) if body.key in counts]
    return sorted(named, key=lambda pair: -pair[1].total)
