"""The process or document whose plan an address asks for, in whatever shape."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import abort
from sqlmodel import Session

from tracker.domain.listing import Filters
from tracker.storage import processes as stored
from tracker.storage.tables import Document, Process

SEEN = ("as_of", "hindsight")
"""What every shape of a plan may be asked."""


@dataclass(frozen=True)
class PlanOf:
    """What a plan belongs to."""

    title: str
    path: str
    process: Process
    document: Document | None
    about: Filters


def _of_process(session: Session, key: str) -> PlanOf | None:
    found = stored.whole(session, key, 0)
    if found is None:
        return None
    return PlanOf(found.process.name, f"/processes/{key}", found.process, None, Filters(process=key))


def _of_document(session: Session, key: str) -> PlanOf | None:
    found = stored.document(session, key)
    if found is None:
        return None
    document, process = found
    return PlanOf(document.title, f"/documents/{key}", process, document, Filters(document=key))


OF: Mapping[str, Callable[[Session, str], PlanOf | None]] = {
    "processes": _of_process,
    "documents": _of_document,
}
"""By the first part of the address."""


def plan_asked(session: Session, noun: str, key: str) -> PlanOf:
    """The process or document of an address; 404 where there is none to be shown."""
    found = OF[noun](session, key)
    if found is None:
        abort(404)
    return found
