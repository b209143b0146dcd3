"""What the page of bodies is asked for: words of the name, an initial, a seat, what a body is, what it owes."""

from collections.abc import Iterable

from flask import request
from flask_babel import gettext as _
from sqlmodel import Session
from werkzeug.exceptions import BadRequest

from tracker.domain.words import BodyKind, ObligationKind
from tracker.storage.body_pages import OTHER, Asked, initial
from tracker.web.listing import asked_filters
from tracker.web.wording import named

MOST_SIGNS = 200


def asked_bodies(session: Session) -> Asked:
    """The filters of the address (400 with a sentence where one means nothing)."""
    return Asked(
        name=_words("name"),
        letter=_letter(),
        seat=_words("seat"),
        type=_one_of("type", BodyKind),
        duty=_one_of("duty", ObligationKind),
        owed=asked_filters(session),
    )


def type_options() -> list[tuple[str, str]]:
    """What a body can be, by name."""
    return sorted(((kind.value, named(kind)) for kind in BodyKind), key=lambda one: one[1].lower())


def _words(name: str) -> str:
    written = " ".join(request.args.get(name, "").split())
    if len(written) > MOST_SIGNS:
        raise BadRequest(_("%(name)s is too long: write at most %(n)d signs.", name=name, n=MOST_SIGNS))
    return "".join(sign for sign in written if sign.isprintable())


def _letter() -> str:
    written = request.args.get("letter", "").strip()
    if not written or written == OTHER:
        return written
    if len(written) != 1 or initial(written) == OTHER:
        raise BadRequest(_("letter=%(letter)s is no initial: write one letter.", letter=written[:40]))
    return initial(written)


def _one_of(name: str, kinds: Iterable[str]) -> str:
    written, allowed = request.args.get(name, ""), [str(one) for one in kinds]
    if written and written not in allowed:
        said = _(
            "%(name)s=%(value)s is unknown: use one of %(allowed)s.",
            name=name,
            value=written[:40],
            allowed=", ".join(allowed),
        )
        raise BadRequest(said)
    return written
