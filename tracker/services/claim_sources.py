"""Takes sources that are due for reading, several of one host at a time: a host is read by one reader only.

Claims are given out one after the other, whoever asks, so that two workers never read from the same host at once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlmodel import Session

from scrapers.model import Source as Place
from tracker.services.keep_sources import place_of
from tracker.services.reading import Trace
from tracker.services.unchanged import trace_of
from tracker.services.watched_now import watched_now
from tracker.storage import pages, runs, sources, watches
from tracker.storage.engine import Database
from tracker.storage.entries import id_of
from tracker.storage.runs import Latest
from tracker.storage.tables import Source
from tracker.storage.turns import take_turn

LEASE = timedelta(minutes=15)
RENEWED_BEFORE_END = timedelta(minutes=10)
"""Longer than any one page takes, its turn at the host included."""
AT_ONCE = 20
"""Sources of one host that are claimed together: the fewer, the sooner another worker has its share."""
TURN = "claim sources"


class Overtaken(Exception):  # noqa: N818
    """Somebody else reads this source by now; what we read is dropped."""


class UnknownSource(LookupError):  # noqa: N818
    """No source of that key is configured."""


@dataclass(slots=True)
class Claim:
    """A source in our hands: its fencing number and how long it is ours."""

    place: Place
    source_id: int
    number: int
    began_at: datetime
    until: datetime
    watched: list[str] = field(default_factory=list)
    trace: Trace | None = None
    new: bool = False
    """Nothing was ever read of it."""


def claim_sources(database: Database, now: datetime, only: str | None, most: int) -> list[Claim]:
    """Take the sources that are due next, all of one host, or `only` that one; none where nothing is due."""
    with database.writing() as session:
        take_turn(session, TURN)
        wanted = [_asked_for(session, only, now)] if only else sources.due(session, now, most)
        rows = [row for row in wanted if row is not None]
        if not rows:
            return []
        until = now + LEASE
        for row in rows:
            if row.claimed_until_at is not None:
                runs.broken_off(session, id_of(row), row.claimed_until_at - LEASE, now)
        sources.claim_all(session, [id_of(row) for row in rows], until)
        return _claims(session, rows, now, until, bool(only))


def wanted_source(source: Source | None, key: str) -> Source:
    """The source somebody asked for; UnknownSource where it is not configured."""
    if source is None or not source.enabled:
        raise UnknownSource(
            f"There is no source {key!r}: `answerby sources` lists those that are configured."
        )
    return source


def _asked_for(session: Session, key: str, now: datetime) -> Source | None:
    source = wanted_source(sources.by_key(session, key), key)
    return source if sources.is_free(source, now) else None


def _claims(
    session: Session, rows: Sequence[Source], now: datetime, until: datetime, every: bool
) -> list[Claim]:
    ids = [id_of(row) for row in rows]
    awaited = watches.sources_awaited(session, ids)
    last = runs.latest_ended_of(session, ids)
    traces = _traces(session, [row for row in rows if row.id not in awaited], last, now)
    return [
        Claim(
            place_of(row),
            id_of(row),
            row.claim + 1,
            now,
            until,
            watched=watched_now(session, id_of(row), now, every=every) if row.id in awaited else [],
            trace=traces.get(id_of(row)),
            new=row.id not in awaited and row.id not in last,
        )
        for row in rows
    ]


def _traces(
    session: Session, rows: Sequence[Source], last: Mapping[int, Latest], now: datetime
) -> dict[int, Trace]:
    """What the last readings left, where it still holds and the bytes of every page are still kept."""
    newest = watches.newest_on_record(session)
    found = {id_of(row): trace_of(row, last.get(id_of(row)), place_of(row), newest, now) for row in rows}
    digests = {id_: _digests(trace) for id_, trace in found.items() if trace is not None}
    there = pages.kept_already(session, set().union(*digests.values())) if digests else set()
    return {id_: trace for id_, trace in found.items() if trace is not None and digests[id_] <= there}


def _digests(trace: Trace) -> set[str]:
    return {page.known.sha256 for page in trace.pages.values()}


def still_held(database: Database, claim: Claim, now: datetime) -> None:
    """Hold a source for longer where its time runs out; Overtaken where it is not ours any more."""
    if claim.until - now > RENEWED_BEFORE_END:
        return
    claim.until = now + LEASE
    with database.writing() as session:
        if not sources.renew(session, claim.source_id, claim.number, claim.until):
            raise Overtaken


def hand_back(database: Database, claims: Sequence[Claim]) -> None:
    """Let go of sources that were not read after all; they stay as due as they were."""
    if claims:
        with database.writing() as session:
            sources.let_go_all(session, {claim.source_id: claim.number for claim in claims})
