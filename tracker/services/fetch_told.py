"""The worker looks at what people told us of: the page is kept as evidence, or why it could not be had is noted."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Protocol

from sqlmodel import Session

from scrapers.model import Page as Fetched
from scrapers.walk import WalkError
from tracker.domain.words import Visibility
from tracker.services.keep_evidence import page_row
from tracker.storage import findings, pages, tips
from tracker.storage.tables import Run


class Gate(Protocol):
    """What every outgoing request passes."""

    def get(self, url: str) -> Fetched:
        """The page of an address, or a WalkError."""


def fetch_told(database: Any, gate: Gate, now: Callable[[], datetime], stopped: Callable[[], bool]) -> int:
    """Read each page once, outside any transaction; how many were kept."""
    kept, last = 0, 0
    while not stopped():
        with database.reading() as session:
            found = tips.to_fetch(session, last)
            last, link = (found.id or 0, str(found.content.get("link") or "")) if found else (0, "")
        if not last:
            break
        page, failure = _read(gate, link) if link else (None, "")
        with database.writing() as session:
            kept += _keep(session, last, page, failure, now())
    return kept


def _read(gate: Gate, link: str) -> tuple[Fetched | None, str]:
    try:
        return gate.get(link), ""
    except WalkError as error:
        return None, str(error)


def _keep(session: Session, finding_id: int, page: Fetched | None, failure: str, now: datetime) -> bool:
    [row] = findings.by_ids(session, [finding_id])
    run = session.get_one(Run, row.run_id)
    note = {"fetched": now.isoformat(), **({"failure": failure[:500]} if failure else {})}
    row.content = {**row.content, **note}
    if page is None or not page.body:
        return False
    pages.keep_once(session, page_row(page, run, Visibility.LINK_ONLY))
    row.page_sha256 = page.sha256
    session.flush()
    return True
