"""What forms without a session have in common: sent from our own pages, by a person, and not too often."""

from collections.abc import Callable, Mapping
from typing import Any

from flask import Response, abort, make_response, request
from flask_babel import gettext as _
from sqlmodel import Session

from tracker.domain.link_tokens import Seal
from tracker.services.ask_limits import Crowd, crowded
from tracker.web.editing.throttle import limiter, network
from tracker.web.site import site

BY_NETWORK = "20 per hour"
BY_EVERYBODY = "600 per day"
TRAP = "homepage"
"""A field no person sees: whoever fills it in is a program, and gets the answer everybody gets."""


_CROWDED = {Crowd.NETWORK: 429, Crowd.SITE: 503}


def _everybody() -> str:
    return "everybody"


def bounded(view: Any) -> Any:
    """A form that anybody may send: so often from one network, so often in all."""
    by_network = limiter.limit(BY_NETWORK, key_func=network)
    return limiter.limit(BY_EVERYBODY, key_func=_everybody)(by_network(view))


def from_our_pages() -> None:
    """403 where another site's page sent the form; browsers say so themselves."""
    if request.headers.get("Sec-Fetch-Site") in ("cross-site", "same-site"):
        abort(403, _("This form was sent from another site."))


def key_of(sent: Mapping[str, str], name: str, longest: int = 80) -> str:
    """A key or a name somebody sent, as it can be looked up: PostgreSQL knows no text that holds a zero."""
    return sent.get(name, "").replace("\x00", "")[:longest]


def by_a_program() -> bool:
    """Whether the field that nobody sees was filled in."""
    return bool(request.form.get(TRAP, "").strip())


def unless_crowded(keep: Callable[[Session, Seal], object]) -> None:
    """Keep a wish, unless too many came: which is said, for it depends on no address."""
    with site().database.writing() as session:
        crowd = crowded(session, seal(), network(), site().now())
        if crowd is None:
            keep(session, seal())
    if crowd is not None:
        abort(
            _CROWDED[crowd],
            _("So many wishes came in the last hours that no more is taken just now: try again later."),
        )


def quietly(page: str, status: int = 200) -> Response:
    """The address of the page is a secret: it is neither kept, told to other sites nor indexed."""
    response = make_response(page, status)
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Cache-Control"] = "no-store"
    return response


def seal() -> Seal:
    """The site's secret."""
    return Seal(site().config.web.secret_key)


def mails() -> bool:
    """Whether letters leave this site; in the demo they wait where its administrator can read them."""
    return bool(site().config.mail.host) or site().config.site.demo


def tells() -> bool:
    """Whether subscribers can be told by mail; a demonstration writes it into a folder."""
    return bool(site().config.mail.host) or writes_only()


def writes_only() -> bool:
    """Whether mail is written into a folder of the machine and leaves it never."""
    return bool(site().extras.get("outbox"))


def vet() -> Callable[[str], object] | None:
    """The gate's look at an address, where the site has a gate."""
    gate = site().gate
    return gate.vet if gate is not None else None
