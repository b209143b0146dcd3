"""A file somebody uploads as proof: what it is is told by its bytes, its name is never used, no browser runs it."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from hashlib import sha256

from sqlmodel import Session

from tracker.domain.refusals import Refused, insist, refuse
from tracker.domain.words import Visibility
from tracker.storage import pages
from tracker.storage.tables import Page

LARGEST = 8_000_000
"""Bytes."""
_BEGINNINGS: Mapping[bytes, str] = {
    b"%PDF-": "application/pdf",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"PK\x03\x04": "application/zip",
}
"""What a file begins with and what it is; office documents are zip archives and stay closed."""


def kind_of(body: bytes) -> str:
    """What a file is, by its bytes; empty where it is none of the kinds that are taken."""
    for begins, kind in _BEGINNINGS.items():
        if body.startswith(begins):
            return kind
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return ""
    return "" if "\x00" in text or text.lstrip().startswith("<") else "text/plain"


def upload_complaints(body: bytes, field: str = "document") -> Iterator[Refused]:
    """What can be said against a file before it is kept."""
    if len(body) > LARGEST:
        most = LARGEST // 1_000_000
        yield refuse(field, "The file is larger than %(most)s MB: send its address instead.", most=most)
    elif not kind_of(body):
        yield refuse(field, "Send a PDF, a picture (PNG or JPEG), an office document or plain text.")


def keep_upload(session: Session, body: bytes, now: datetime, field: str = "document") -> str:
    """Keep it as evidence that can be seen by its link only; its SHA-256. Raises NotAccepted."""
    insist(upload_complaints(body, field))
    digest = sha256(body).hexdigest()
    pages.keep_once(session, _page(digest, body, kind_of(body), now))
    return digest


def _page(digest: str, body: bytes, kind: str, now: datetime) -> Page:
    return Page(
        sha256=digest,
        address=f"upload:{digest[:16]}",
        final_address="",
        status=200,
        headers={},
        content_type=kind,
        size=len(body),
        body=body,
        fetched_at=now,
        last_seen_at=now,
        visibility=Visibility.LINK_ONLY,
    )
