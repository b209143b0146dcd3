"""A list as a page: what is asked for, a page of its lines, what it can be narrowed by, its other forms."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from flask import request
from flask_babel import gettext as _
from sqlmodel import Session
from werkzeug.exceptions import BadRequest, NotFound

from tracker.domain.listing import Filters, ListName, ListQuery, filters_from
from tracker.domain.words import Basis
from tracker.storage import lines as stored
from tracker.storage.lines import Line
from tracker.storage.standing_counts import Tally, tally
from tracker.web.by_basis import BASES, counts_by_basis, lines_by_basis
from tracker.web.known_names import known
from tracker.web.when import When, when

PER_PAGE = 50
MOST_PAGES = 100_000
FORMATS = ("atom", "rss", "json", "csv", "jsonl", "ics")


@dataclass(frozen=True)
class Page:
    """One page of a list."""

    query: ListQuery
    when: When
    lines: list[Line]
    total: int
    number: int
    order: str
    orders: tuple[str, ...]
    tally: Tally
    given: Mapping[str, str]
    """The filters the reader chose, without those the address itself is about."""
    bases: Mapping[Basis, int] = field(default_factory=dict)
    """Of a list told basis by basis: how many entries each has."""

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // PER_PAGE))

    @property
    def arguments(self) -> dict[str, str]:
        """What keeps an address on this list, at this moment, in this order."""
        order = {"sort": self.order} if self.order != self.orders[0] else {}
        return {**self.given, **self.when.arguments, **order}

    @property
    def today(self) -> date:
        """The day the page is seen on."""
        return self.when.today


def asked_filters(session: Session) -> Filters:
    """The filters of the address (FilterError where one means nothing, 400 where it names nothing)."""
    return known(session, filters_from(request.args))


def list_page(
    session: Session,
    name: ListName,
    *,
    orders: tuple[str, ...] = ("days", "due", "newest", "item"),
    fixed: Mapping[str, str] | None = None,
    plain: bool = True,
) -> Page:
    """The page of a list that the address asks for; `fixed` filters belong to the address, not to the reader.

    Not `plain`: neither narrowed nor sorted the list is shown in another shape, and no lines are read.
    """
    moment, about = when(), dict(fixed or {})
    chosen = asked_filters(session)
    query = ListQuery(name, replace(chosen, **about))
    order, number = asked_order(orders), page_number()
    counted = tally(session, query, moment.moment)
    given = {key: value for key, value in chosen.given().items() if key not in about}
    limit = PER_PAGE if plain or given or order != orders[0] else 0
    apart = query.name in BASES and order == orders[0] and not query.filters.basis
    bases = counts_by_basis(session, query, moment.moment) if apart else {}
    page = Page(
        query=query,
        when=moment,
        lines=_lines(session, query, moment, bases, order, limit, (number - 1) * PER_PAGE),
        total=counted.total,
        number=number,
        order=order,
        orders=orders,
        tally=counted,
        given=given,
        bases=bases,
    )
    if limit:
        insist_on_page(number, page.pages)
    return page


def _lines(
    session: Session,
    query: ListQuery,
    when: When,
    bases: Mapping[Basis, int],
    order: str,
    limit: int,
    offset: int,
) -> list[Line]:
    if not limit:
        return []
    if bases:
        return lines_by_basis(session, query, when.moment, bases, order=order, limit=limit, offset=offset)
    return stored.lines(session, query, when.moment, order=order, limit=limit, offset=offset)


def asked_order(orders: tuple[str, ...]) -> str:
    """`?sort=`: one of the orders, the first where none is asked for."""
    order = request.args.get("sort", "") or orders[0]
    if order not in orders:
        raise BadRequest(
            _("sort=%(order)s is unknown: use one of %(orders)s.", order=order[:40], orders=", ".join(orders))
        )
    return order


def page_number() -> int:
    """`?page=`: a number from 1."""
    written = request.args.get("page", "1") or "1"
    number = int(written) if written.isascii() and written.isdigit() and len(written) < 7 else 0
    if not 1 <= number <= MOST_PAGES:
        raise BadRequest(_("page=%(page)s is no page: write a number from 1.", page=written[:40]))
    return number


def insist_on_page(number: int, pages: int) -> None:
    """Behind a list's last page there is none (404 with a sentence): an empty one would say that nothing is there."""
    if number > pages:
        raise NotFound(
            _(
                "page=%(number)s lies behind the end of this list: its last page is %(pages)s.",
                number=number,
                pages=pages,
            )
        )


def order_names() -> Mapping[str, Callable[[], str]]:
    """What the orders are called."""
    return {
        "days": lambda: _("most days first"),
        "due": lambda: _("earliest due day first"),
        "start": lambda: _("longest waiting first"),
        "newest": lambda: _("latest change first"),
        "item": lambda: _("by process and number"),
        "body": lambda: _("by body"),
        "id": lambda: _("as entered"),
    }
