"""The same lists by topic, jurisdiction, kind of process or watchdog group."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import Blueprint, abort, render_template
from flask_babel import gettext as _
from sqlmodel import Session

from tracker.domain.kinds import kinds, topics
from tracker.domain.listing import Filters, ListName, ListQuery
from tracker.domain.words import ProcessKind
from tracker.storage import groups, process_lists, processes
from tracker.storage.lines import Moment
from tracker.storage.process_lists import bodies_seated
from tracker.web.access import Access, access
from tracker.web.choices import choices
from tracker.web.listing import list_page, order_names
from tracker.web.locale import language
from tracker.web.site import site
from tracker.web.wording import place, topic_name

blueprint = Blueprint("places", __name__)
MOST_BODIES, MOST_PROCESSES = 60, 20
"""Of more the page shows so many, and where the others stand."""
OF_PROCESSES = frozenset({"jurisdiction", "kind", "group"})
"""What processes are sorted by; a topic belongs to items."""
ORDERS = ("days", "due", "newest", "item", "body")


@blueprint.get("/topics/<key:key>")
@access(Access.PUBLIC)
def topic(key: str) -> str:
    """Everything about a topic."""
    if key not in topics():
        abort(404)
    return _list({"topic": key}, topic_name(key), _("Topic"))


@blueprint.get("/jurisdictions/<string:code>")
@access(Access.PUBLIC)
def jurisdiction(code: str) -> str:
    """Everything of a jurisdiction and its parts."""
    with site().database.reading() as session:
        known = processes.jurisdictions(session)
        seated = bodies_seated(session, code, MOST_BODIES + 1)
    if not seated and not any(one == code or one.startswith(f"{code}-") for one in known):
        abort(404)
    return _list({"jurisdiction": code}, place(code), _("Jurisdiction"), bodies=seated)


@blueprint.get("/kinds/<key:key>")
@access(Access.PUBLIC)
def kind(key: str) -> str:
    """Everything of a kind of process."""
    if key not in set(ProcessKind):
        abort(404)
    words = kinds()[ProcessKind(key)].in_language(language())
    return _list({"kind": key}, words.many, _("Kind of process"), words.about)


@blueprint.get("/groups/<key:key>")
@access(Access.PUBLIC)
def group(key: str) -> str:
    """A watchdog group: what it covers, and who pays it."""
    with site().database.reading() as session:
        found = groups.by_key(session, key)
        if found is None:
            abort(404)
        name, about = found.name, found.about
    return _list({"group": key}, name, _("Watchdog group"), about)


def _list(
    fixed: dict[str, str], title: str, kicker: str, about: str = "", bodies: Sequence[tuple[str, str]] = ()
) -> str:
    with site().database.reading() as session:
        group = groups.by_key(session, fixed["group"]) if "group" in fixed else None
        page = list_page(session, ListName.ALL, fixed=fixed, orders=ORDERS)
        found = _processes(session, fixed, page.when.moment)
        return render_template(
            "dashboards/place.html",
            fixed=fixed,
            **found,
            page=page,
            title=title,
            kicker=kicker,
            about=about,
            group=group,
            bodies=bodies[:MOST_BODIES],
            more_bodies=len(bodies) > MOST_BODIES,
            choices=choices(session, page, ("standing", "basis")),
            order_names=order_names(),
        )


def _processes(session: Session, fixed: Mapping[str, str], at: Moment) -> dict[str, Any]:
    """The first processes of a place, kind or group with how they stand, and how many there are."""
    if not OF_PROCESSES & set(fixed):
        return {"processes": [], "processes_total": 0, "tallies": {}}
    about = Filters(**fixed)
    shown = process_lists.listed(session, about, at, limit=MOST_PROCESSES)
    ids = [one.id for one in shown if one.id is not None]
    return {
        "processes": shown,
        "processes_total": process_lists.count(session, about, at),
        "tallies": process_lists.tallies_of(session, ListQuery(ListName.ALL), "process", ids, at),
    }
