"""Processes and documents, and how far the answers to them have come."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import groupby
from typing import Any

from flask import Blueprint, abort, redirect, render_template, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from tracker.domain.listing import Filters, ListName, ListQuery
from tracker.domain.words import ProcessKind
from tracker.storage import items, process_lists
from tracker.storage import processes as stored
from tracker.storage.process_lists import tallies_of
from tracker.storage.standing_counts import Tally
from tracker.storage.tables import Process
from tracker.web.access import Access, access
from tracker.web.choices import choices
from tracker.web.listing import asked_filters, list_page, order_names
from tracker.web.paging import Paging, insist_on_page, page_number
from tracker.web.plan_page import figures_of, plan_of, whole_list_asked
from tracker.web.site import site
from tracker.web.trends import drawn, trend_of
from tracker.web.when import insist_on_record, when
from tracker.web.wording import kind_name, place

blueprint = Blueprint("processes", __name__)
GONE = 410
ORDERS = ("item", "days", "due", "newest", "body")
PER_PAGE = 40
MOST_DOCUMENTS = 25
"""Of a process with more its page shows the newest; every item names its own."""


@blueprint.get("/processes")
@access(Access.PUBLIC)
def processes() -> str:
    """Processes by kind, of one kind or place where asked, a page at a time."""
    moment = when()
    with site().database.reading() as session:
        chosen, at = asked_filters(session), moment.moment
        total = process_lists.count(session, chosen, at)
        paging = Paging(total, page_number(), PER_PAGE, {**chosen.given(), **moment.arguments})
        insist_on_page(paging.number, paging.pages)
        found = process_lists.listed(session, chosen, at, limit=PER_PAGE, offset=paging.offset)
        return render_template(
            "dashboards/processes.html",
            when=moment,
            chosen=chosen,
            paging=paging,
            by_kind=_by_kind(found),
            tallies=tallies_of(session, ListQuery(ListName.ALL), "process", _ids(found), at),
            kinds=_named(process_lists.counts_of(session, "kind", Filters(), at), kind_name),
            places=_named(process_lists.counts_of(session, "jurisdiction", Filters(), at), place),
        )


def _ids(found: list[Any]) -> list[int]:
    return [one.id for one in found]


def _by_kind(found: list[Process]) -> list[tuple[ProcessKind, list[Process]]]:
    return [(kind, list(group)) for kind, group in groupby(found, key=lambda one: one.kind)]


def _named(counts: Any, called: Any) -> list[tuple[str, str, int]]:
    """(key, name, how many), by name."""
    named = ((key, called(key), n) for key, n in counts.items() if key)
    return sorted(named, key=lambda one: one[1].casefold())


@blueprint.get("/processes/<key:key>")
@access(Access.PUBLIC)
def process(key: str) -> str:
    """One process: its documents, and where each of its items stands."""
    with site().database.reading() as session:
        whole = stored.whole(session, key, MOST_DOCUMENTS)
        if whole is None:
            abort(404)
        insist_on_record(whole.process.recorded_at, when())
        about = Filters(process=key)
        documents = _ids(list(whole.documents))
        plan = _plan(session, about, whole.process, documents)
        page = plan["page"]
        return render_template(
            "dashboards/process.html",
            whole=whole,
            item_counts=stored.item_counts(session, documents),
            documents=defaultdict(Tally, plan["figures"].documents),
            trend=trend_of(session, about, page.when) if drawn(page) else None,
            **plan,
        )


def _plan(
    session: Session, about: Filters, process: Process, documents: Iterable[int] = ()
) -> dict[str, Any]:
    """What the pages of a process and of a document show alike."""
    page = list_page(session, ListName.ALL, fixed=about.given(), orders=ORDERS, plain=False)
    figures = figures_of(session, about, page, documents)
    shown = plan_of(session, about, page, process.kind, figures) if whole_list_asked(page) else None
    return {
        "page": page,
        "figures": figures,
        "plan": shown,
        "choices": choices(session, page, ("standing",)),
        "order_names": order_names(),
    }


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
        insist_on_record(found[0].recorded_at, when())
        return render_template(
            "dashboards/document.html",
            document=found[0],
            process=found[1],
            **_plan(session, Filters(document=key), found[1]),
        )


def _tombstone(session: Session, key: str) -> tuple[str, int]:
    """What stands in the place of a document that was withheld."""
    found = items.tombstone(session, "document", key)
    if found is None:
        abort(404)
    return render_template("public/tombstone.html", withheld=found), GONE
