"""Exports what was read as a WARC file, as far as it may travel; the file is there whole or not at all."""

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import NamedTemporaryFile

from sqlmodel import Session

from scrapers.warc import Archive, Captured
from tracker.storage import archive, pages
from tracker.storage.archive import Chosen, LeftOut
from tracker.storage.tables import Page, PageVisit


@dataclass(frozen=True, slots=True)
class Exported:
    """What stands in the file: pages with their bytes, readings that found the same; and what was left out."""

    pages: int
    revisits: int
    left_out: LeftOut


def export_warc(
    session: Session, file: Path, chosen: Chosen, now: datetime, *, publisher: str, user_agent: str
) -> Exported:
    """Write the file; raises OSError where it cannot be written, and leaves none behind then."""
    with NamedTemporaryFile(dir=file.parent, prefix=f".{file.name}.", delete=False) as out:
        try:
            written = Archive(out, user_agent)
            written.begin(file.name, now, {"software": "Answerby", "operator": publisher})
            done = _write(session, written, chosen)
            out.flush()
            os.fsync(out.fileno())
            Path(out.name).replace(file)
        except BaseException:
            Path(out.name).unlink(missing_ok=True)
            raise
    return done


def _write(session: Session, written: Archive, chosen: Chosen) -> Exported:
    came = again = 0
    for visit, page in archive.readings(session, chosen):
        if not written.holds(page.sha256):
            first = _as_first(visit, page)
            written.page(first, pages.body_of(session, page.sha256))
            came += 1
            if first.at == visit.fetched_at:
                continue
        written.again(_captured(visit, page))
        again += 1
    return Exported(came, again, archive.left_out(session, chosen))


def _as_first(visit: PageVisit, page: Page) -> Captured:
    """The reading that brought the bytes; where this one did not, the one they are kept from."""
    if visit.headers:
        return _captured(visit, page)
    headers = tuple((name, str(value)) for name, value in page.headers.items())
    return Captured(
        page.address,
        page.final_address,
        page.fetched_at,
        page.status,
        headers,
        page.sha256,
        page.content_type,
        (visit.peer or "") if visit.fetched_at == page.fetched_at else "",
    )


def _captured(visit: PageVisit, page: Page) -> Captured:
    headers = tuple((name, value) for name, value in visit.headers)
    return Captured(
        visit.address,
        visit.final_address,
        visit.fetched_at,
        visit.status,
        headers,
        page.sha256,
        page.content_type,
        visit.peer or "",
    )
