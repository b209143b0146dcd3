"""The API for people who write programs: what can be asked, with examples, made of the tables it works by."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from flask import Blueprint, render_template

from tracker.web.access import Access, access
from tracker.web.api.examples import EXAMPLES, client, written
from tracker.web.api.operations import PREFIX, Operation
from tracker.web.api.parameters import AS_OF, FILTERS, HINDSIGHT, MOMENT, PAGING, Parameter
from tracker.web.api.v1 import OPERATIONS
from tracker.web.filters import full_address
from tracker.web.problems import KINDS
from tracker.web.site import site

blueprint = Blueprint("api_page", __name__)
_EVERYWHERE = (*FILTERS, *MOMENT, *PAGING)


@dataclass(frozen=True, slots=True)
class Asked:
    """One operation as the page shows it."""

    operation: Operation
    own: Sequence[Parameter]
    """The parameters that are not told once for all lists."""
    narrows: bool
    moves: bool
    pages: bool


@dataclass(frozen=True, slots=True)
class Noun:
    """All that can be asked of one thing."""

    name: str
    asked: Sequence[Asked]
    examples: Sequence[str]


@blueprint.get("/api")
@access(Access.PUBLIC)
def api() -> str:
    """Everything that can be asked."""
    web = site().config.web
    return render_template(
        "public/api.html",
        nouns=nouns(),
        prefix=PREFIX,
        shared={"filters": FILTERS, "moment": (AS_OF, HINDSIGHT), "paging": PAGING},
        kinds=KINDS,
        client=client(full_address("").rstrip("/")),
        written=written(full_address("").rstrip("/")),
        limits=(web.api_requests_per_minute, web.api_writes_per_minute),
    )


def nouns() -> Sequence[Noun]:
    """By noun, in the order of the alphabet; reading before writing."""
    ordered = sorted(OPERATIONS, key=lambda one: (one.noun, one.takes is not None, one.path))
    found: Iterable[tuple[str, Iterable[Operation]]] = groupby(ordered, key=lambda one: one.noun)
    return [Noun(name, [_asked(one) for one in some], _examples(name)) for name, some in found]


def _asked(one: Operation) -> Asked:
    names = one.parameters
    own = [parameter for parameter in one.parameters if parameter not in _EVERYWHERE]
    return Asked(one, own, FILTERS[0] in names, AS_OF in names, PAGING[0] in names)


def _examples(noun: str) -> Sequence[str]:
    known: Mapping[str, Sequence[str]] = EXAMPLES
    return [f"{PREFIX}/{noun}{rest}" for rest in known.get(noun, ())]
