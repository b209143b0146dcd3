"""Watch a page of a source for the answer to what is already on record, or watch it no longer."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from sqlmodel import Session

from scrapers.walk.address import vet_address
from scrapers.walk.errors import Refused as NotFetched
from tracker.domain.refusals import NotAccepted, Refused, insist, refuse
from tracker.domain.words import EventKind, Visibility
from tracker.services.public_address import public_address
from tracker.services.record_event import record_event
from tracker.services.settle import settle
from tracker.services.suggest import suggest_anew
from tracker.services.take_back import reason_needed
from tracker.storage import entries, sources, watches
from tracker.storage.entries import Owed, id_of
from tracker.storage.tables import Source

MOST_PAGES = 10
LONGEST_ADDRESS = 2000
Vet = Callable[[str], object]
"""Whether an address would be fetched at all; raises what the gate raises where it would not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchPage:
    """A page of a source on which the answer to an obligation would appear."""

    obligation: int
    source: str
    address: str = ""
    """Empty: the page that the source reads anyway."""


def watch_page(
    session: Session, now: datetime, said: WatchPage, *, actor: str, vet: Vet | None = None
) -> bool:
    """Watch the page from now on: each good reading of it is a look. False where it was watched already."""
    owed = _owed(session, said.obligation)
    source = sources.by_key(session, said.source)
    if source is None or not source.enabled or not source.address:
        raise NotAccepted([refuse("source", "Choose one of the list.")])
    address = said.address.strip() or source.address
    insist([*_complaints(owed, source, address, vet), *_too_many(session, said.obligation)])
    begun = watches.keep(session, [said.obligation], id_of(source), address, now, actor)
    if begun:
        _written(session, now, owed, EventKind.NOTED, {"text": public_address(source, address)}, actor)
        _renewed(session, now, source, actor)
    return bool(begun)


def stop_watching(
    session: Session, now: datetime, obligation_id: int, watch_id: int, reason: str, *, actor: str
) -> None:
    """Watch the page no longer, with the reason in public; the looks made there so far stay."""
    owed = _owed(session, obligation_id)
    ended = next(
        (one for one, _ in watches.of_obligations(session, [obligation_id]) if one.id == watch_id), None
    )
    if ended is None:
        raise NotAccepted([refuse("reason", "This page is not watched any more: load the page again.")])
    insist(reason_needed(reason))
    ended.superseded_at = now
    session.flush()
    _written(session, now, owed, EventKind.CORRECTED, {"reason": reason.strip()}, actor)
    _renewed(session, now, session.get_one(Source, ended.source_id), actor)


def _owed(session: Session, obligation_id: int) -> Owed:
    found = entries.owed(session, [obligation_id])
    if not found:
        raise NotAccepted([refuse("source", "Nothing of this number is owed.")])
    return found[0]


def _complaints(owed: Owed, source: Source, address: str, vet: Vet | None) -> Iterator[Refused]:
    if owed.item.visibility is Visibility.DRAFT:
        yield refuse("source", "Publish the item first: for a draft nobody looks.")
    if len(address) > LONGEST_ADDRESS:
        yield refuse("address", "Shorten this to %(most)s characters.", most=LONGEST_ADDRESS)
        return
    try:
        (vet or vet_address)(address)
    except NotFetched as error:
        yield refuse("address", "%(why)s", why=str(error))
        return
    # A reader knows the pages of its own site: another's would be read wrongly, or stop the source.
    own = urlsplit(source.address).netloc.lower()
    if urlsplit(address).netloc.lower() != own:
        yield refuse(
            "address", "This source reads pages of %(site)s: give one of those, or choose another.", site=own
        )


def _too_many(session: Session, obligation_id: int) -> Iterator[Refused]:
    if len(watches.of_obligations(session, [obligation_id])) >= MOST_PAGES:
        yield refuse("address", "At most %(most)s pages are watched for one answer.", most=MOST_PAGES)


def _written(
    session: Session, now: datetime, owed: Owed, kind: EventKind, said: dict[str, object], actor: str
) -> None:
    detail = {"what": "watched_page"} | said
    record_event(session, kind, now=now, happened_on=now.date(), item=owed.item, actor=actor, detail=detail)


def _renewed(session: Session, now: datetime, source: Source, actor: str) -> None:
    """What was found there before may be to this, or no longer."""
    settle(session, suggest_anew(session, source, now), now, actor=actor)
