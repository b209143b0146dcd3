"""Full text: what holds the words, by kind, with the place where they stand."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from flask import Blueprint, render_template, request
from flask_babel import gettext as _
from sqlmodel import Session
from werkzeug.exceptions import BadRequest

from tracker.domain.kinds_meant import kinds_meant, topics_meant
from tracker.domain.listing import Filters
from tracker.domain.rollup import headline
from tracker.domain.searching import Piece, Search, excerpt, marked, search_from
from tracker.domain.words import Standing
from tracker.storage import facets
from tracker.storage import search as stored
from tracker.storage.directory import aliases_by_body
from tracker.storage.search import Found, Section
from tracker.storage.search_near import Near, near
from tracker.storage.tallies import counts_by
from tracker.web.access import Access, access
from tracker.web.choices import Choices, chips_of, choices_from
from tracker.web.listing import PER_PAGE, asked_filters
from tracker.web.paging import insist_on_page, page_number
from tracker.web.site import site
from tracker.web.when import When, when
from tracker.web.wording import place

blueprint = Blueprint("search", __name__)
FEW = 10
NARROWED_BY = ("process", "topic", "jurisdiction", "kind")


@dataclass(frozen=True)
class Hit:
    """One thing found, as the page shows it."""

    found: Found
    name: Sequence[Piece]
    place: Sequence[Piece]
    """The part of its text that holds the words; empty where its name does."""
    about: Sequence[Piece]
    standing: Standing | None = None


@dataclass(frozen=True)
class Shown:
    """A section of the page."""

    kind: str
    section: Section
    hits: Sequence[Hit]

    @property
    def pages(self) -> int:
        """How many pages it has by itself; what was not counted is not paged to."""
        return max(1, -(-self.section.total // PER_PAGE))


@blueprint.get("/search")
@access(Access.PUBLIC)
def search() -> str:
    """Items, bodies, processes, documents and answers that hold every word."""
    number, moment, only = page_number(), when(), _only()
    with site().database.reading() as session:
        chosen = asked_filters(session)
        wanted = search_from(chosen.q)
        found = Finding(session, wanted, chosen, moment, only or ("item" if number > 1 else ""), number)
        shown = found.sections()
        if found.only and wanted.wanted:
            insist_on_page(number, shown[0].pages if shown else 1)
        return render_template(
            "public/search.html",
            words=chosen.q,
            wanted=wanted,
            shown=shown,
            only=found.only,
            number=number,
            few=FEW,
            choices=found.choices(shown),
            given=found.given,
            when=moment,
            **_instead(session, wanted, moment, found=bool(shown)),
            names=SECTIONS,
        )


def _instead(session: Session, wanted: Search, seen: When, *, found: bool) -> dict[str, Any]:
    """What can be looked at where nothing was found: names, words and lists that were probably meant.

    At an earlier day no names and words are offered: what bears them may have come later.
    """
    if found or not wanted.wanted:
        return {"like": [], "near": Near(), "kinds_meant": [], "topics_meant": []}
    typed = [word for term in wanted.wanted for word in term.words]
    return {
        "like": [] if seen.as_of else stored.like(session, wanted),
        "near": Near() if seen.as_of else near(session, wanted),
        "kinds_meant": kinds_meant(typed),
        "topics_meant": topics_meant(typed),
    }


SECTIONS: Mapping[str, Callable[[], str]] = {
    "item": lambda: _("Items"),
    "body": lambda: _("Bodies"),
    "process": lambda: _("Processes"),
    "document": lambda: _("Documents"),
    "response": lambda: _("Answers"),
}


def _only() -> str:
    only = request.args.get("only", "")
    if only and only not in SECTIONS:
        raise BadRequest(
            _("only=%(only)s is unknown: use one of %(kinds)s.", only=only[:40], kinds=", ".join(SECTIONS))
        )
    return only


@dataclass(frozen=True)
class Finding:
    """One look for what was typed."""

    session: Session
    wanted: Search
    filters: Filters
    when: When
    only: str
    number: int

    @property
    def given(self) -> dict[str, str]:
        """What narrows the items besides the words."""
        return {name: value for name, value in self.filters.given().items() if name != "q"}

    def sections(self) -> list[Shown]:
        """What was found of each kind; a body whose very name was typed, or the only one found, comes first."""
        kinds = [self.only] if self.only else ["item"] if self.given else list(SECTIONS)
        shown = [one for one in map(self._section, kinds) if one.section.total]
        return sorted(shown, key=lambda one: not (one.kind == "body" and self._is_named(one)))

    def _is_named(self, bodies: Shown) -> bool:
        return bodies.section.total == 1 or bool(stored.named_exactly(self.session, self.filters.q))

    def _section(self, kind: str) -> Shown:
        limit, offset = (PER_PAGE, (self.number - 1) * PER_PAGE) if self.only else (FEW, 0)
        moment = self.when.moment
        where = (
            stored.items_narrowed(self.session, moment, self.filters)
            if kind == "item"
            else stored.on_record(kind, moment)
        )
        section = stored.search(self.session, self.wanted, kind, limit=limit, offset=offset, under=where)
        return Shown(kind, section, self._hits(kind, section.found))

    def _hits(self, kind: str, found: Sequence[Found]) -> list[Hit]:
        ids = [one.id for one in found]
        standings = counts_by(self.session, self.when.moment, "item", ids) if kind == "item" and ids else {}
        aliases = aliases_by_body(self.session, ids) if kind == "body" and ids else {}
        return [
            Hit(
                found=one,
                name=marked(one.name, self.wanted),
                place=excerpt((one.text, *aliases.get(one.id, ())), self.wanted),
                about=marked(place(one.about) if kind == "body" and one.about else one.about, self.wanted),
                standing=headline(standings[one.id]) if one.id in standings else None,
            )
            for one in found
        ]

    def choices(self, shown: Sequence[Shown]) -> Choices:
        """What the items found can be narrowed by."""
        items = next((one for one in shown if one.kind == "item"), None)
        arguments = {**self.filters.given(), **self.when.arguments}
        chips = chips_of(self.session, self.given, arguments)
        if items is None:
            return Choices([], chips)
        under = partial(stored.holding_items, self.session, self.wanted, self.when.moment)
        total = facets.MOST_ENTRIES + 1 if items.section.more else items.section.total
        counts = facets.of_items(self.session, under, self.filters, NARROWED_BY, total)
        return choices_from(self.session, counts, self.given, NARROWED_BY, chips)
