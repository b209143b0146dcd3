"""What can be followed: the lists with an address of their own, and everything that has a page."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from flask import abort, request
from flask_babel import gettext as _
from sqlmodel import Session

from tracker.domain.listing import Filters, ListName, ListQuery, filters_from
from tracker.domain.words import EventKind
from tracker.rendering.clean_text import one_line
from tracker.rendering.list_words import LIST
from tracker.storage import health
from tracker.web.known_names import NAMES, Naming, in_words, known
from tracker.web.locale import tongue
from tracker.web.when import When, when


@dataclass(frozen=True)
class Followed:
    """One list at one address, at the moment asked for."""

    path: str
    """Of the page, without the ending."""
    title: str
    query: ListQuery
    given: Mapping[str, str]
    """The filters the reader chose."""
    when: When
    kinds: frozenset[EventKind] | None = None
    """Only events of these kinds; None: all of the list."""
    source_id: int | None = None
    """Only events about this source."""

    @property
    def arguments(self) -> dict[str, str]:
        """What keeps an address on this list."""
        return {**self.given, **self.when.arguments}


@dataclass(frozen=True)
class Index:
    """A list with an address of its own."""

    name: ListName
    title: Callable[[], str]
    kinds: frozenset[EventKind] | None = None


def _called(name: ListName) -> Callable[[], str]:
    return lambda: tongue().say(LIST[name])


SOURCE_EVENTS = frozenset({EventKind.SOURCE_BROKEN, EventKind.SOURCE_MENDED})

INDEXES: Mapping[str, Index] = {
    "overdue": Index(ListName.OVERDUE, _called(ListName.OVERDUE)),
    "not-answered-by-date-asked": Index(
        ListName.NOT_ANSWERED_BY_DATE_ASKED, _called(ListName.NOT_ANSWERED_BY_DATE_ASKED)
    ),
    "waiting": Index(ListName.WAITING, _called(ListName.WAITING)),
    "awaiting": Index(ListName.AWAITING, _called(ListName.AWAITING)),
    "calendar": Index(ListName.DUE, _called(ListName.DUE)),
    "obligations": Index(ListName.ALL, lambda: _("Everything on record")),
    "events": Index(ListName.ALL, _called(ListName.ALL)),
    "search": Index(
        ListName.ALL, lambda: _("Search: %(words)s", words=one_line(request.args.get("q", ""))[:200])
    ),
    "corrections": Index(ListName.ALL, lambda: _("Corrections"), frozenset({EventKind.CORRECTED})),
    "bodies": Index(ListName.ALL, lambda: _("Bodies")),
    "processes": Index(ListName.ALL, lambda: _("Processes")),
    "sources": Index(
        ListName.ALL,
        lambda: _("Sources"),
        SOURCE_EVENTS,
    ),
}


def index(session: Session, name: str) -> Followed:
    """One of the lists with an address of its own, narrowed as the reader asks."""
    one, given = INDEXES[name], known(session, filters_from(request.args))
    if name == "search" and not given.q:
        abort(400, _("A search needs words: write them after q=, as in ?q=housing."))
    title = one.title() if name == "search" else _titled(session, one.title(), given)
    return Followed(f"/{name}", title, ListQuery(one.name, given), given.given(), when(), one.kinds)


PAGES: Mapping[str, tuple[str, Naming]] = {
    "bodies": ("body", NAMES["body"]),
    "processes": ("process", NAMES["process"]),
    "documents": ("document", NAMES["document"]),
    "items": ("item", NAMES["item"]),
    "topics": ("topic", NAMES["topic"]),
    "jurisdictions": ("jurisdiction", NAMES["jurisdiction"]),
    "kinds": ("kind", NAMES["kind"]),
    "groups": ("group", NAMES["group"]),
}
"""First part of a page's address: the filter it stands for, and what it is called."""


def _titled(session: Session, title: str, given: Filters) -> str:
    """A list under its name and what it is narrowed by."""
    narrowed = in_words(session, given)
    return f"{title} – {narrowed}" if narrowed else title


def page(session: Session, place: str, key: str) -> Followed:
    """All that is owed about the thing a page shows; 404 where there is none."""
    name, naming = PAGES[place]
    title = naming(session, key)
    if title is None:
        abort(404)
    chosen = known(session, replace(filters_from(request.args), **{name: ""}))
    about = replace(chosen, **{name: key})
    title = _titled(session, title, chosen)
    return Followed(f"/{place}/{key}", title, ListQuery(ListName.ALL, about), _without(chosen, name), when())


def source(session: Session, key: str) -> Followed:
    """The health of one source; 404 where there is none."""
    whole = health.source(session, key)
    if whole is None:
        abort(404)
    found = whole.health.source
    query = ListQuery(ListName.ALL, known(session, filters_from(request.args)))
    title = _("Source: %(name)s", name=found.name or found.key)
    given = query.filters.given()
    return Followed(f"/sources/{key}", title, query, given, when(), SOURCE_EVENTS, found.id)


def _without(chosen: Filters, name: str) -> dict[str, str]:
    return {key: value for key, value in chosen.given().items() if key != name}
