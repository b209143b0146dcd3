"""Reads a source from its first page on: through the gate, in the cage, following its readers. Touches no database."""

import json
import logging
from base64 import b64encode
from collections import deque
from collections.abc import Iterable, Mapping
from dataclasses import replace
from hashlib import sha256
from urllib.parse import urlsplit

from scrapers.cage import Caged
from scrapers.model import Follow, Page, Problem, Source
from scrapers.sources import compares
from scrapers.walk import Backoff, HttpError, TooSlow, Unreachable, WalkError
from tracker.services.reading import Means, Reading, Visit, plain

log = logging.getLogger(__name__)

MOST_PAGES = 400
PASSING = (Backoff, TooSlow, Unreachable)
"""What may be over at the next try."""
UNCHECKED = "The source was read without checking its certificate, as the operator wants it."
WATCHED = "watched"
"""Noted on a page that is read because somebody waits for an answer there."""


def read_source(
    source: Source, watched: Iterable[str], means: Means, *, only_watched: bool = False
) -> Reading:
    """Read the first page, the pages it leads to, and those on which somebody waits for an answer; or only those."""
    reading = Reading(source, only_watched=only_watched)
    ahead: deque[tuple[Follow, int | None]] = deque()
    seen: set[str] = set()
    if not only_watched:
        _queue(Follow(source.address), None, ahead, seen)
    most = int(str(source.options.get("max_pages", MOST_PAGES)))
    waiting = deque(Follow(address, {"page": WATCHED}) for address in watched)
    while not reading.failure:
        # One at a time: what a watched page leads to is read with all that page knows of it.
        while waiting and not ahead:
            _queue(waiting.popleft(), None, ahead, seen)
        if not ahead:
            break
        if len(reading.visits) >= most:
            _left_unread(reading, [*ahead, *((one, None) for one in waiting)], most)
            break
        follow, parent = ahead.popleft()
        visit = _visit(reading, follow, parent, means)
        for one in visit.follows:
            _queue(one, len(reading.visits) - 1, ahead, seen)
    _settle_skipped(reading, means)
    _say_unchecked(reading)
    return reading


def _say_unchecked(reading: Reading) -> None:
    """Each reading says so of itself, on record and in the log."""
    if reading.source.verify_tls or not reading.visits:
        return
    log.warning("%s: %s", reading.source.key, UNCHECKED)
    reading.visits[0].results.append(Problem("certificate_unchecked", UNCHECKED, "note", "pages"))


def _settle_skipped(reading: Reading, means: Means) -> None:
    """Where every page is as it was, so is the reading; where one is not, the others are parsed after all."""
    if not reading.failure and means.trace and all(visit.skipped for visit in reading.visits):
        reading.rests_on = means.trace.run_id
    elif not reading.failure:
        for visit in reading.visits:
            if visit.skipped:
                _parse(reading, visit, means)


def _queue(
    follow: Follow, parent: int | None, ahead: deque[tuple[Follow, int | None]], seen: set[str]
) -> None:
    address = plain(follow.address)
    if address not in seen:
        seen.add(address)
        ahead.append((follow, parent))


def _left_unread(reading: Reading, ahead: Iterable[tuple[Follow, int | None]], most: int) -> None:
    sentence = f"The source leads to more than {most} pages; the rest was not read."
    for follow, parent in ahead:
        _note(reading, Visit(plain(follow.address), parent))
    reading.visits[0].results.append(Problem("too_many_pages", sentence, "note", "pages"))


def _note(reading: Reading, visit: Visit) -> None:
    reading.visits.append(visit)
    if visit.parent is not None:
        reading.visits[visit.parent].children.append(len(reading.visits) - 1)


def _visit(reading: Reading, follow: Follow, parent: int | None, means: Means) -> Visit:
    visit = Visit(plain(follow.address), parent)
    first = not reading.visits and not reading.only_watched
    _note(reading, visit)
    means.still_ours()
    try:
        visit.page = _fetched(visit.address, follow.state, means, is_checked(reading.source, visit.address))
    except WalkError as error:
        _unfetched(reading, visit, error, first)
        return visit
    visit.mark = mark_of(visit.page, follow.state)
    before = means.trace.pages.get(visit.address) if means.trace else None
    if before is not None and before.mark == visit.mark:
        visit.skipped, visit.results = True, list(before.follows)
    else:
        _parse(reading, visit, means)
    return visit


def mark_of(page: Page, state: Mapping[str, object]) -> str:
    """The same for two pages of which a reader sees the same."""
    seen = [page.sha256, page.final_address, page.header("content-type"), dict(state)]
    text = json.dumps(seen, sort_keys=True, default=str)
    return sha256(text.encode("utf-8", "replace")).hexdigest()[:32]


def _parse(reading: Reading, visit: Visit, means: Means) -> None:
    """Have a page read in the cage; where that fails, the visit says why."""
    assert visit.page is not None  # noqa: S101 - only pages that came are parsed
    visit.skipped = False
    page = visit.page
    if page.not_modified and not page.body:
        page = _as_kept(page, means)
    try:
        page = _with_before(page, reading.source.reader, means)
        visit.results = means.cage.read(reading.source.reader, page, reading.source)
        visit.read_well = True
    except Caged as error:
        own_first = visit is reading.visits[0] and not reading.only_watched
        weight = "fatal" if own_first else "question"
        visit.results = [Problem("page_not_read", str(error), weight, visit.address)]  # type: ignore[arg-type]


def _as_kept(page: Page, means: Means) -> Page:
    """A page that need not be sent again, with the bytes and all the headers it came with."""
    known = means.known(page.address)
    headers = known.headers if known is not None and known.sha256 == page.sha256 else dict(page.headers)
    return replace(page, body=means.body_of(page.sha256), headers=_pairs(headers))


def _pairs(headers: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    return tuple((name, str(value)) for name, value in headers.items())


def _with_before(page: Page, reader: str, means: Means) -> Page:
    """The page, with what stood there before where the reader compares."""
    earlier = means.before(page.address) if compares(reader) else None
    if earlier is None:
        return page
    kept = {"body": b64encode(earlier.body).decode("ascii"), "content_type": earlier.content_type}
    return replace(page, state={**page.state, "before": kept})


def _unfetched(reading: Reading, visit: Visit, error: WalkError, first: bool) -> None:
    """A further page that is missing is noted; a first page that is, or a plea for patience, ends the reading."""
    visit.failure, visit.status = str(error), int(getattr(error, "status", 0))
    visit.said = error.said if isinstance(error, HttpError) else None
    if first or isinstance(error, Backoff):
        reading.failure = str(error)
        reading.retry_after_seconds = getattr(error, "retry_after_seconds", 0.0)
        reading.passing = visit.status >= 500 or isinstance(error, PASSING)
    else:
        visit.results = [Problem("page_not_fetched", str(error), "note", visit.address)]


def is_checked(source: Source, address: str) -> bool:
    """Whether whoever answers at an address has to prove who it is: everybody but the site the operator named."""
    return source.verify_tls or urlsplit(address).netloc.lower() != urlsplit(source.address).netloc.lower()


def _fetched(address: str, state: Mapping[str, object], means: Means, verify_tls: bool) -> Page:
    """The page; where the site says it has not changed, as it was kept."""
    traced = means.trace.pages.get(address) if means.trace else None
    known = traced.known if traced else means.known(address)
    if known is None:
        return means.gate.get(address, state=state, verify_tls=verify_tls)
    page = means.gate.get(
        address,
        etag=known.header("etag"),
        last_modified=known.header("last-modified"),
        state=state,
        verify_tls=verify_tls,
    )
    if not page.not_modified:
        return page
    digest = known.sha256 or sha256(known.body).hexdigest()
    return replace(page, body=known.body, sha256=digest, headers=_pairs(known.headers), status=200)
