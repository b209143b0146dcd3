"""Keeps what a reading brought as evidence: every page once, by its hash, and every reading of it on record."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Protocol

from sqlmodel import Session

from scrapers.model import Page as Fetched
from scrapers.model import Source as Place
from tracker.domain.words import Visibility
from tracker.services.keep_sources import evidence_of
from tracker.services.reading import Reading, Visit
from tracker.storage import pages
from tracker.storage.tables import Page, Run

LONGEST_FAILURE = 1000


class Numbered(Protocol):
    """A reading that is on record."""

    @property
    def id(self) -> int | None:
        """Its number."""

    @property
    def source_id(self) -> int:
        """What was read."""


def keep_evidence(session: Session, run: Run, reading: Reading, now: datetime) -> None:
    """Keep all pages of a reading and when each was read; what was kept before costs no bytes."""
    came = [visit.page for visit in reading.visits if visit.page is not None]
    pages.seen_again(session, {page.sha256 for page in came if not page.body}, now)
    for page in came:
        if page.body or not page.not_modified:
            pages.keep_once(session, page_row(page, run, evidence_of(reading.source)))
    _keep_said(session, run, reading)
    note_visits(session, run, reading, now)


def note_visits(session: Session, run: Run, reading: Reading, now: datetime) -> None:
    """Put on record what each address returned, or why it returned nothing; the pages are kept by now."""
    pages.keep_visits(session, (_visited(visit, run, now) for visit in reading.visits if _was_tried(visit)))


def note_attempts(session: Session, run: Run, reading: Reading, now: datetime) -> None:
    """Of a reading that came to nothing, put on record only what could not be had."""
    _keep_said(session, run, reading)
    failed = [visit for visit in reading.visits if visit.failure]
    pages.keep_visits(session, (_visited(visit, run, now) for visit in failed))


def _keep_said(session: Session, run: Run, reading: Reading) -> None:
    """What stands in place of pages that are gone, when it is first seen; other words for the same are forgotten."""
    for visit in reading.visits:
        if visit.said is None:
            continue
        before = pages.last_said(session, visit.address, visit.status)
        if before not in (None, visit.said.sha256):
            visit.said = None
        elif visit.said.body:
            pages.keep_once(session, page_row(visit.said, run, evidence_of(reading.source)))


def page_row(page: Fetched, run: Run, visibility: Visibility) -> Page:
    """A page as it is kept."""
    return Page(
        sha256=page.sha256,
        address=page.address[:2000],
        final_address=page.final_address[:2000],
        status=page.status,
        headers=dict(page.headers),
        content_type=page.header("content-type")[:200],
        size=len(page.body),
        body=page.body,
        fetched_at=page.fetched_at,
        last_seen_at=page.fetched_at,
        run_id=run.id,
        visibility=visibility,
    )


def visit_of(page: Fetched, run: Numbered) -> dict[str, Any]:
    """One reading of a page that came."""
    return {
        "address": page.address[:2000],
        "final_address": page.final_address[:2000],
        "fetched_at": page.fetched_at,
        "source_id": run.source_id,
        "run_id": run.id,
        "page_sha256": page.sha256,
        "status": 304 if page.not_modified else page.status,
        "unchanged": page.not_modified,
        "headers": [] if page.not_modified else [list(pair) for pair in page.headers],
        "failure": "",
        "said_sha256": None,
        "peer": page.peer or None,
    }


def private_names(place: Place) -> bool:
    """Whether what is read of a source may name private persons: nothing of it is served."""
    return evidence_of(place) is Visibility.WITHHELD


def _was_tried(visit: Visit) -> bool:
    return visit.page is not None or bool(visit.failure)


def _visited(visit: Visit, run: Run, now: datetime) -> dict[str, Any]:
    if visit.page is not None:
        return visit_of(visit.page, run)
    said = visit.said
    return {
        "address": visit.address[:2000],
        "final_address": said.final_address[:2000] if said else "",
        "fetched_at": now,
        "source_id": run.source_id,
        "run_id": run.id,
        "page_sha256": None,
        "status": visit.status,
        "unchanged": False,
        "headers": [list(pair) for pair in said.headers] if said else [],
        "failure": visit.failure[:LONGEST_FAILURE],
        "said_sha256": said.sha256 if said else None,
        "peer": (said.peer or None) if said else None,
    }


def new_bytes(session: Session, reading: Reading) -> int:
    """How many bytes a reading would add to what is kept."""
    sizes = dict(_sizes(reading))
    known = pages.kept_already(session, sizes) if sizes else set()
    return sum(size for digest, size in sizes.items() if digest not in known)


def _sizes(reading: Reading) -> Iterator[tuple[str, int]]:
    for visit in reading.visits:
        page = visit.page or visit.said
        if page is not None and page.body:
            yield page.sha256, len(page.body)
