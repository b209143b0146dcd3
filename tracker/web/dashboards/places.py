"""The same lists by topic, jurisdiction, kind of process or watchdog group."""

from collections.abc import Sequence

from flask import Blueprint, abort, render_template
from flask_babel import gettext as _

from tracker.domain.kinds import kinds, topics
from tracker.domain.listing import ListName
from tracker.domain.words import ProcessKind
from tracker.storage import groups, processes
from tracker.storage.bodies import of_jurisdiction
from tracker.web.access import Access, access
from tracker.web.choices import choices
from tracker.web.listing import list_page, order_names
from tracker.web.locale import language
from tracker.web.site import site
from tracker.web.wording import place, topic_name

blueprint = Blueprint("places", __name__)
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
        seated = [(body.key, body.name) for body in of_jurisdiction(session, code)]
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
        return render_template(
            "dashboards/place.html",
            page=page,
            title=title,
            kicker=kicker,
            about=about,
            group=group,
            bodies=bodies,
            covered=groups.processes_of(session, group) if group else (),
            choices=choices(session, page, ("standing", "basis")),
            order_names=order_names(),
        )
