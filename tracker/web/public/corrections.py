"""What was put right: struck answers, moved dates, looks and verdicts taken back, objections upheld; each told once."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from flask import Blueprint, render_template
from sqlmodel import Session

from tracker.domain.listing import ListName, ListQuery
from tracker.domain.words import EventKind
from tracker.storage import events as log
from tracker.storage import objections
from tracker.storage.events import EventLine
from tracker.storage.objections import Receipt
from tracker.web.access import Access, access
from tracker.web.site import site

blueprint = Blueprint("corrections", __name__)
MOST = 400
MOST_NAMED = 8
MOST_ENDED = 20
KINDS = (EventKind.CORRECTED, EventKind.DATE_MOVED)


@dataclass(frozen=True)
class Correction:
    """One correction and everything it was about."""

    first: EventLine
    about: list[EventLine] = field(default_factory=list)

    @property
    def named(self) -> list[EventLine]:
        """The entries that are named; the rest is counted."""
        return self.about[:MOST_NAMED]

    @property
    def more(self) -> int:
        """How many are not named."""
        return max(len(self.about) - MOST_NAMED, 0)


@blueprint.get("/corrections")
@access(Access.PUBLIC)
def corrections() -> str:
    """The newest first."""
    with site().database.reading() as session:
        found = log.events(session, ListQuery(ListName.ALL), kinds=KINDS, limit=MOST)
        return render_template(
            "public/corrections.html",
            corrections=told_once(found),
            fast=objections.how_fast(session, site().now()),
            ended=_ended(session),
        )


def _ended(session: Session) -> list[Receipt]:
    """How the last objections ended: one each, with the entries that are public."""
    return objections.by_receipt(objections.ended_ones(session))[:MOST_ENDED]


def told_once(events: Iterable[EventLine]) -> list[Correction]:
    """What was done at one instant for one reason is one correction, however many entries it was about."""
    found: dict[tuple[object, ...], Correction] = {}
    for event in events:
        if not _is_a_correction(event):
            continue
        said = tuple(sorted((name, str(value)) for name, value in event.detail.items() if name in _SAYS))
        one = found.setdefault((event.recorded_at, event.kind, said), Correction(event))
        if event.item_key and event.item_key not in {other.item_key for other in one.about}:
            one.about.append(event)
    return list(found.values())


_SAYS = frozenset({"what", "reason", "old", "new", "retracted_on", "looked_on", "number"})
"""What of an event's detail makes it another correction."""


def _is_a_correction(event: EventLine) -> bool:
    """A date that moved by itself was wrong before; one that somebody moved stands under its own reason."""
    return event.kind is EventKind.CORRECTED or event.detail.get("what") == "recomputed"
