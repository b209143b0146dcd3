"""A list and its filters: the one thing a page, feed, calendar, export and subscription are all made of."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum

from tracker.domain.words import Basis, Standing


class ListName(StrEnum):
    """The lists of the public site."""

    ALL = "obligations"
    """Every public obligation."""
    OVERDUE = "overdue"
    """Standing overdue or overdue_unsubstantive with basis statute, convention or promise."""
    NOT_ANSWERED_BY_DATE_ASKED = "not-answered-by-date-asked"
    """The same standings with basis request or benchmark."""
    WAITING = "waiting"
    """Asked without a date."""
    AWAITING = "awaiting"
    """Responses nobody has judged yet."""
    DUE = "calendar"
    """What falls due when."""


@dataclass(frozen=True, slots=True)
class Filters:
    """What narrows a list; all given ones must hold."""

    body: str = ""
    """Key of a body; its parts and, for a group of bodies, its members count too."""
    process: str = ""
    document: str = ""
    item: str = ""
    topic: str = ""
    jurisdiction: str = ""
    """A code; `GB` takes in `GB-SCT`."""
    kind: str = ""
    """A process kind."""
    group: str = ""
    """A watchdog group."""
    standing: str = ""
    basis: str = ""
    q: str = ""

    def given(self) -> dict[str, str]:
        """The filters that are set, for addresses and storage."""
        return {f.name: getattr(self, f.name) for f in fields(self) if getattr(self, f.name)}


UNREADABLE = "the filter %(name)s is too long or holds a control character: shorten it"


class FilterError(ValueError):
    """A filter that means nothing; the sentence says which and what is allowed (nothing allowed: its form is wrong)."""

    def __init__(self, name: str, value: str = "", allowed: Iterable[str] = ()) -> None:
        self.name, self.value, self.allowed = name, value, ", ".join(allowed)
        wrong = f"{name}={value} is unknown: use one of {self.allowed}"
        super().__init__(wrong if self.allowed else UNREADABLE.replace("%(name)s", name))


_ALLOWED: Mapping[str, Iterable[str]] = {
    "standing": [standing.value for standing in Standing],
    "basis": [basis.value for basis in Basis],
}
MAX_FILTER_LENGTH = 200


_UNSEEN = re.compile("[\x01-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
"""Control signs, and signs that turn the reading direction: a page that repeats what was asked shows none."""


def seen_words(typed: str) -> str:
    """What was typed, without the signs that nobody sees."""
    return _UNSEEN.sub(" ", typed).strip()


def filters_from(given: Mapping[str, str]) -> Filters:
    """Filters from an address's arguments; unknown names are left to the caller, wrong words raise FilterError."""
    typed = {f.name: seen_words(given.get(f.name, "")) for f in fields(Filters)}
    known = {name: value for name, value in typed.items() if value}
    for name, value in known.items():
        if len(value) > MAX_FILTER_LENGTH or "\x00" in value:
            raise FilterError(name)
        allowed = _ALLOWED.get(name)
        if allowed is not None and value not in allowed:
            raise FilterError(name, value, allowed)
    return Filters(**known)


@dataclass(frozen=True, slots=True)
class ListQuery:
    """One list with its filters."""

    name: ListName
    filters: Filters = field(default_factory=Filters)
