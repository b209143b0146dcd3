"""A list as a page: what is asked for, a page of its lines, what it can be narrowed by, its other forms."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from flask import request
from flask_babel import gettext as _
from sqlmodel import Session
from werkzeug.exceptions import BadRequest

from tracker.domain.listing import Filters, ListName, ListQuery, filters_from
from tracker.storage import lines as stored
from tracker.storage.lines import Line
from tracker.storage.standing_counts import Tally, tally
from tracker.web.by_basis import RANKING, Part, lines_by_basis, parts_of
from tracker.web.known_names import known
from tracker.web.paging import insist_on_page, page_number
from tracker.web.when import When, when

PER_PAGE = 50
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
    parts: Sequence[Part] = ()
    """Of a list told basis by basis: the flags of each, and the rest; nothing where there is nothing to part."""
    under: Sequence[tuple[Part, list[Line]]] = ()
    """The lines of this page, part by part."""

    @property
    def parted(self) -> bool:
        """Whether bases are named: where flags are in it, and not of one basis by the address itself."""
        flags = any(part.basis for part in self.parts)
        return flags and (self.query.name is ListName.ALL or not self.query.filters.basis)

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
    parts = parts_of(session, query, moment.moment, counted.total) if limit and order in RANKING else []
    under = _told(session, query, moment, parts, order, limit, (number - 1) * PER_PAGE)
    page = Page(
        query=query,
        when=moment,
        lines=[line for _part, found in under for line in found],
        total=counted.total,
        number=number,
        order=order,
        orders=orders,
        tally=counted,
        given=given,
        parts=parts,
        under=under,
    )
    if limit:
        insist_on_page(number, page.pages)
    return page


def _told(
    session: Session,
    query: ListQuery,
    when: When,
    parts: Sequence[Part],
    order: str,
    limit: int,
    offset: int,
) -> list[tuple[Part, list[Line]]]:
    if not limit:
        return []
    if parts:
        return lines_by_basis(session, parts, when.moment, order=order, limit=limit, offset=offset)
    found = stored.lines(session, query, when.moment, order=order, limit=limit, offset=offset)
    return [(Part(None, query, len(found)), found)] if found else []


def asked_order(orders: tuple[str, ...]) -> str:
    """`?sort=`: one of the orders, the first where none is asked for."""
    order = request.args.get("sort", "") or orders[0]
    if order not in orders:
        raise BadRequest(
            _("sort=%(order)s is unknown: use one of %(orders)s.", order=order[:40], orders=", ".join(orders))
        )
    return order


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
