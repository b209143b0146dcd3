"""A healthy reading of a watched page is a look for the answers that would appear there."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime
from hashlib import sha256

from sqlmodel import Session

from scrapers.model import Finding, Seen
from scrapers.sources import compares
from tracker.domain.zones import today_in, zone_of
from tracker.services.enter_process import kept
from tracker.services.keep_sources import is_news_only
from tracker.services.note_health import plain
from tracker.services.note_look import note_reading
from tracker.services.public_address import public_address
from tracker.services.reading import Reading, Visit
from tracker.services.suggest import possible_for
from tracker.storage import findings, watches
from tracker.storage.entries import id_of
from tracker.storage.tables import Check, CheckObligation, Run, Source
from tracker.storage.watches import Watched

LONGEST_KEY = 300
SHOWN = "shown"
"""Where a reading that was set aside keeps the marks of what it has, should a person release it."""
Read = dict[str, datetime]
"""Addresses read as a whole, and when."""


def check_watched(
    session: Session, source: Source, run: Run, read: Read, no_look_for: Collection[int], now: datetime
) -> set[int]:
    """Write the checks a reading makes; the obligations they are for.

    None for an obligation that an undecided response of the source may belong to, whichever reading brought it, and
    none for those of which this reading is known to be no look.
    """
    source_id = source.id or 0
    if not watches.any_of_source(session, source_id):
        return set()
    held = {id_ for row in findings.open_responses(session, source_id) for id_ in possible_for(row)}
    unseen = held.union(no_look_for)
    places = _places(one for one in watches.of_source(session, source_id) if one.obligation_id not in unseen)
    alike: dict[tuple[date, tuple[str, ...]], list[int]] = defaultdict(list)
    for obligation_id, watched in places.items():
        seen = [one for one in watched if one.address in read]
        if len(seen) == len(watched):
            first = min(read[one.address] for one in seen)
            day = today_in(seen[0].zone or zone_of(seen[0].jurisdiction), first)
            alike[day, tuple(one.address for one in seen)].append(obligation_id)
    made = [
        (_check(session, source, run, day, addresses, ids, now), ids)
        for (day, addresses), ids in alike.items()
    ]
    note_reading(session, now, source, id_of(run), made)
    return {id_ for ids in alike.values() for id_ in ids}


def not_shown(session: Session, source: Source, shown: Collection[str]) -> set[int]:
    """The obligations of which a source showed an entry that a reading does not have: it was no look for them.

    `shown` are the marks of what the reading does have.
    """
    if compares(source.reader) or not watches.any_of_source(session, source.id or 0):
        return set()
    named = findings.names_at_source(session, source.id or 0)
    return {id_ for id_, names in named.items() if not {_mark(name) for name in names} & set(shown)}


def maybe_on_the_rest(session: Session, source: Source, reading: Reading) -> set[int]:
    """The obligations whose answer may stand on what a reading lacks: all but those of which it shows an entry."""
    shown = shown_by(reading)
    named = findings.names_at_source(session, source.id or 0)
    there = {id_ for id_, names in named.items() if {_mark(name) for name in names} & shown}
    return {one.obligation_id for one in watches.of_source(session, source.id or 0)} - there


def shown_by(reading: Reading) -> set[str]:
    """Marks of all that a reading has, whether it says anything of it or only that it is there."""
    results = [result for visit in reading.visits for result in visit.results]
    found = {one.key for one in results if isinstance(one, Finding)}
    seen = {key for one in results if isinstance(one, Seen) for key in one.keys}
    return {_mark(key) for key in found | seen}


def _mark(key: str) -> str:
    return sha256(plain(key)[:LONGEST_KEY].encode("utf-8", "replace")).hexdigest()[:16]


def _places(watched: Iterable[Watched]) -> dict[int, list[Watched]]:
    """Everything that is watched for each obligation: an answer may stand on any of its pages."""
    found: dict[int, list[Watched]] = defaultdict(list)
    for one in watched:
        found[one.obligation_id].append(one)
    return found


def _check(
    session: Session,
    source: Source,
    run: Run,
    day: date,
    addresses: tuple[str, ...],
    ids: list[int],
    now: datetime,
) -> Check:
    made = Check(
        looked_on=day,
        places=list(dict.fromkeys(public_address(source, address) for address in addresses)),
        run_id=run.id,
        news_only=is_news_only(source),
        recorded_at=now,
        recorded_by=f"source:{source.key}",
    )
    check_id = id_of(kept(session, made))
    session.add_all(CheckObligation(check_id=check_id, obligation_id=id_) for id_ in ids)
    return made


def read_as_a_whole(reading: Reading, unsure_pages: Collection[str]) -> Read:
    """The addresses that were read with all they led to, and without a question that nobody has answered."""
    whole: dict[int, bool] = {}
    for number in range(len(reading.visits) - 1, -1, -1):
        visit = reading.visits[number]
        sure = visit.page is not None and not set(visit.addresses) & set(unsure_pages)
        # Children stand after their parents, so theirs is known by now.
        whole[number] = sure and all(whole[child] for child in visit.children)
    return {
        address: _at(visit)
        for number, visit in enumerate(reading.visits)
        if whole[number]
        for address in visit.addresses
    }


def _at(visit: Visit) -> datetime:
    assert visit.page is not None  # noqa: S101 - only a page that came is whole
    return visit.page.fetched_at
