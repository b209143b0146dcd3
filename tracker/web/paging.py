"""The pages of anything that is no list of obligations."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import request
from flask_babel import gettext as _
from werkzeug.exceptions import BadRequest, NotFound

MOST_PAGES = 100_000


@dataclass(frozen=True, slots=True)
class Paging:
    """Which page of how many is shown, and what keeps an address on it."""

    total: int
    number: int
    per_page: int
    arguments: Mapping[str, str] = field(default_factory=dict)

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // self.per_page))

    @property
    def offset(self) -> int:
        """How many come before this page."""
        return (self.number - 1) * self.per_page

    @property
    def first(self) -> int:
        """The place of the first that is shown, counted from one; 0 where there is none."""
        return min(self.offset + 1, self.total)

    @property
    def last(self) -> int:
        """The place of the last that is shown."""
        return min(self.offset + self.per_page, self.total)


class BehindTheEnd(NotFound):
    """A page behind a list's last (404 with the way to the last): an empty one would say that nothing is there."""

    def __init__(self, name: str, number: int, pages: int) -> None:
        super().__init__(
            _(
                "%(name)s=%(number)s lies behind the end of this list: its last page is %(pages)s.",
                name=name,
                number=number,
                pages=pages,
            )
        )
        self.last_page = {name: pages if pages > 1 else None}
        """What of the address leads to the last page."""


def insist_on_page(number: int, pages: int, name: str = "page") -> None:
    """Behind a list's last page there is none (BehindTheEnd)."""
    if number > pages:
        raise BehindTheEnd(name, number, pages)


def page_number(name: str = "page") -> int:
    """`?<name>=`: a number from 1, 1 where none is asked for (400 with a sentence otherwise)."""
    written = request.args.get(name, "") or "1"
    number = int(written) if written.isascii() and written.isdigit() and len(written) < 7 else 0
    if not 1 <= number <= MOST_PAGES:
        said = _("%(name)s=%(written)s is no page: write a number from 1.", name=name, written=written[:40])
        raise BadRequest(said)
    return number
