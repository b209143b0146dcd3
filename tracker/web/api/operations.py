"""One thing the API can be asked: its address, parameters and answer; and how a request becomes a call of it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from tracker.domain.listing import Filters
from tracker.domain.permissions import Act
from tracker.domain.token_scopes import Scope, scope_of
from tracker.domain.words import UserRole
from tracker.storage.lines import Moment, moment
from tracker.storage.people import Member
from tracker.storage.record import record_begins_on
from tracker.web.access import Access
from tracker.web.api.parameters import PER_PAGE, Parameter, Refusal
from tracker.web.api.shapes import Shape
from tracker.web.api.taking import NOT_DONE, Form

PREFIX = "/api/v1"
_ACTS = {
    "/assessments": Act.JUDGE,
    "/assessments/{id}/withdraw": Act.JUDGE,
    "/assessments/{id}/countersign": Act.COUNTERSIGN,
    "/checks": Act.DRAFT,
}
"""Where writing is something else than entering."""
FIRST_ZONE = timedelta(hours=14)
"""The first zone on earth is that far ahead of UTC."""


@dataclass(frozen=True)
class Call:
    """One request, read: its arguments by name, the clock, and how addresses are made."""

    session: Session
    now: datetime
    values: Mapping[str, Any]
    base: str
    """The site's public address, without a slash at the end."""
    given: Mapping[str, Any] = field(default_factory=dict)
    """The object handed in, where one is."""
    actor: Member | None = None
    """Whose token it is, where one is needed."""

    @property
    def by(self) -> dict[str, Any]:
        """Who acts, for the services: a group in public, a person in the record."""
        if self.actor is None:
            raise LookupError("this operation writes and was called without a token")
        return {"actor": self.actor.actor, "user_id": self.actor.user_id}

    @property
    def at(self) -> Moment:
        """The moment asked for; Refusal for a day ahead."""
        as_of = self.values.get("as_of")
        if as_of is not None and (as_of.year < 1900 or as_of > (self.now + FIRST_ZONE).date()):
            raise Refusal(f"as_of={as_of} lies ahead or too far back: choose a day up to today.", "as_of")
        return moment(self.now, as_of, hindsight=bool(self.values.get("hindsight")))

    @property
    def filters(self) -> Filters:
        """The filters given."""
        names = Filters.__dataclass_fields__
        return Filters(**{name: str(value) for name, value in self.values.items() if name in names})

    @property
    def per_page(self) -> int:
        """Rows of a page."""
        return int(self.values.get("per_page", PER_PAGE))

    @property
    def cursor(self) -> int:
        """The id the page begins after."""
        return int(self.values.get("cursor", 0))

    def address(self, path: str) -> str:
        """The public address of a path."""
        return f"{self.base}{path}"

    def api(self, path: str) -> str:
        """The address of an object of the API."""
        return f"{self.base}{PREFIX}{path}"


def insist_on_record(call: Call) -> None:
    """Before the record begins a list was nowhere: an empty one would say that nobody owed anything (Refusal)."""
    as_of = call.values.get("as_of")
    if as_of is None or call.values.get("hindsight"):
        return
    begins_on = record_begins_on(call.session)
    if begins_on is not None and as_of < begins_on:
        raise Refusal(
            f"as_of={as_of} lies before the record of this site, which begins on {begins_on}: nothing was shown"
            " then. Add hindsight=1 to see that day with the facts known today.",
            "as_of",
            NOT_DONE,
        )


@dataclass(frozen=True)
class Rows:
    """One page of a list, how many rows the whole list has, and where the next page begins."""

    data: list[dict[str, object]]
    total: int
    next_cursor: int | None


@dataclass(frozen=True)
class Operation:
    """One thing the API can be asked."""

    path: str
    about: str
    answers: Shape
    view: Callable[[Call], Any]
    parameters: tuple[Parameter, ...] = ()
    is_list: bool = False
    method: str = "GET"
    takes: Form | None = None
    role: UserRole = UserRole.EDITOR
    """The least role that may write this."""

    @property
    def name(self) -> str:
        """Its id in `openapi.json` and its endpoint's name."""
        words = [part.strip("{}") for part in self.path.split("/") if part]
        return "_".join([self.method.lower(), *words]).replace("-", "_")

    @property
    def noun(self) -> str:
        """What it is about: the first part of its address."""
        return self.path.split("/")[1]

    @property
    def scope(self) -> Scope:
        """What a token must be for, to write this."""
        return scope_of(self.path)

    @property
    def act(self) -> Act:
        """What it does to the objects it names."""
        return _ACTS.get(self.path, Act.ENTER)

    @property
    def access(self) -> Access:
        """Reading is public, writing takes a token."""
        return Access.PUBLIC if self.method == "GET" else Access.TOKEN


def page_of(rows: list[Any], per_page: int, id_of: Callable[[Any], int]) -> tuple[list[Any], int | None]:
    """The rows of a page read with one more than it shows, and the cursor of the next page if there is one."""
    shown = rows[:per_page]
    return shown, id_of(shown[-1]) if len(rows) > per_page and shown else None


def missing(what: str, key: object) -> Refusal:
    """There is no such public object."""
    return Refusal(f"There is no {what} {str(key)[:80]} here.", status=404)
