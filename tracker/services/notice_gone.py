"""Notices that a page no longer shows an answer we hold: a proposal for a person, never a reversal.

Gone is what the site itself says is gone, or a page that was read as a whole and no longer says what it said. A page
that could not be read is neither.
"""

from collections.abc import Iterator
from datetime import datetime

from sqlmodel import Session

from scrapers.sources import compares
from tracker.domain.words import FindingState
from tracker.services.check_watched import Read, not_shown, shown_by
from tracker.services.keep_sources import is_news_only
from tracker.services.propose import fingerprint
from tracker.services.reading import Reading, Visit
from tracker.services.suggest import UPDATE
from tracker.storage import awaited, findings, suspense
from tracker.storage.awaited import Held
from tracker.storage.tables import Run, Source

GONE = frozenset({404, 410})
NO_LONGER_SHOWN = "no_longer_shown"


def notice_gone(
    session: Session, source: Source, run: Run, reading: Reading, read: Read, now: datetime
) -> set[int]:
    """Propose what is no longer shown on the pages of a reading, once for each time it disappears.

    The obligations for which the reading is no look, as what it should have shown is not there.
    """
    visits = {visit.address: visit for visit in reading.visits}
    said, gone = {finding.key for _, finding in reading.findings()}, set[int]()
    for held in awaited.held_on(session, source.id or 0, visits):
        visit = visits[held.address]
        if visit.status in GONE or _is_missing(source, visit, held, said, read):
            _propose(session, source, run, visit, held, now)
            gone.add(held.obligation.id or 0)
    return gone | not_shown(session, source, shown_by(reading))


def _is_missing(source: Source, visit: Visit, held: Held, said: set[str], read: Read) -> bool:
    """The page came, was read with all it leads to, changed, and its reader finds the answer nowhere on it."""
    lasting = not is_news_only(source) and not compares(source.reader)
    changed = visit.page is not None and visit.page.sha256 != held.response.page_sha256
    return lasting and changed and visit.address in read and held.found_as not in said


def _propose(session: Session, source: Source, run: Run, visit: Visit, held: Held, now: datetime) -> None:
    stood_at = awaited.last_stood_at(session, held.address, held.response.page_sha256 or "")
    content = dict(_content(visit, held, stood_at))
    print_ = fingerprint(source, content)
    if findings.known(session, [print_]):
        return
    row = {
        "source_id": source.id,
        "run_id": run.id,
        "page_sha256": visit.page.sha256 if visit.page else held.response.page_sha256,
        "kind": UPDATE,
        "fingerprint": print_,
        "external_key": str(content["key"])[:300],
        "content": content,
        "state": FindingState.OPEN,
        "obligation_id": held.obligation.id,
        "suggestion": {
            "pages": [held.address],
            "item": held.item.key,
            "reasons": [[NO_LONGER_SHOWN, held.response.key]],
        },
        "found_at": now,
    }
    findings.keep(session, [row])
    suspense.hold(session, {print_: {held.obligation.id or 0}})


def _content(visit: Visit, held: Held, stood_at: datetime | None) -> Iterator[tuple[str, object]]:
    last = f" It was last seen there on {stood_at.day} {stood_at:%B %Y}." if stood_at else ""
    why = visit.failure or "The page was read, and the answer is no longer on it."
    yield "kind", UPDATE
    yield "key", f"{NO_LONGER_SHOWN}:{held.response.key}:{stood_at.isoformat() if stood_at else ''}"
    yield "title", f"The page no longer shows the answer “{(held.response.title or held.response.key)[:200]}”"
    yield "summary", f"{why}{last} The answer stays on record until a person decides otherwise."
    yield "link", held.address
    yield "status", str(visit.status) if visit.status else ""
    yield "locator", ""
    yield "body_name", ""
    yield "dates", {}
    yield "extra", {"what": NO_LONGER_SHOWN, "response": held.response.key, "item": held.item.key}
