"""Where somebody is in the review queue: the part they work through, and which finding comes next."""

from dataclasses import dataclass
from typing import Any

from flask import request, url_for
from flask.typing import ResponseReturnValue
from sqlmodel import Session

from tracker.storage import review_queue
from tracker.storage.review_queue import Narrow, Place
from tracker.web.editing.room import done
from tracker.web.site import site

LONGEST = 80


def narrowed() -> Narrow:
    """The part of the queue that the address names."""
    said = {name: request.args.get(name, "")[:LONGEST] for name in ("source", "kind", "process")}
    return Narrow(**said, put_off=request.args.get("later") == "1")


def kept() -> dict[str, Any]:
    """The same as arguments of the next address, so that a narrowed queue stays narrowed."""
    narrow = narrowed()
    said = {"source": narrow.source, "kind": narrow.kind, "process": narrow.process}
    return {name: value for name, value in said.items() if value} | ({"later": "1"} if narrow.put_off else {})


@dataclass(frozen=True, slots=True)
class Beside:
    """A finding's neighbours in the queue, and how many there are."""

    number: int
    """Its own place, from 1; 0 where it is not in this part of the queue."""
    total: int
    before: int | None
    after: int | None


def beside(session: Session, id: int) -> Beside:
    """What stands before and after a finding in the part that is worked through."""
    places = review_queue.order(session, site().now(), narrowed(), also=id)
    at = next((n for n, place in enumerate(places) if place.id == id), -1)
    return Beside(
        at + 1,
        len(places),
        places[at - 1].id if at > 0 else None,
        places[at + 1].id if 0 <= at < len(places) - 1 else None,
    )


def next_one(sentence: str, id: int) -> ResponseReturnValue:
    """On to the next finding of the queue, from the start again at its end, else back to the queue."""
    with site().database.reading() as session:
        places = review_queue.order(session, site().now(), narrowed(), also=id)
        open_ = {place.id for place in review_queue.order(session, site().now(), narrowed())}
    following = _after(places, id, open_)
    if following is None:
        return done(sentence, url_for("review.queue", **kept()))
    return done(sentence, url_for("review.finding", id=following, **kept()))


def _after(places: list[Place], id: int, open_: set[int]) -> int | None:
    at = next((n for n, place in enumerate(places) if place.id == id), -1)
    turned = [*places[at + 1 :], *places[:at]] if at >= 0 else places
    return next((place.id for place in turned if place.id in open_ and place.id != id), None)
