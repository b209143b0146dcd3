"""A reply comes as a file or by its address: kept as evidence that is shown by link only, its text read in the cage."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlmodel import Session

from scrapers.cage import Caged
from scrapers.impostors import looks_like_html
from scrapers.model import Finding, Problem, Source, page_of
from scrapers.model import Page as Fetched
from scrapers.walk import WalkError
from tracker.domain.refusals import NotAccepted, insist, refuse
from tracker.domain.words import Visibility
from tracker.services.keep_upload import LARGEST
from tracker.services.propose_items import Cage, lines_of_pdf
from tracker.storage import pages
from tracker.storage.tables import Page

LONGEST_TEXT = 200_000
"""Characters of a reply that are kept beside its evidence."""
SECONDS = 20.0
"""For one address while somebody waits."""
_HTML = "html_lines"


class Gate(Protocol):
    """What every outgoing request passes."""

    def get(self, url: str, *, deadline_seconds: float | None = None) -> Fetched:
        """The page of an address, or a WalkError."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply as it came, with the text read out of it."""

    page: Fetched
    text: str
    notes: tuple[str, ...] = ()
    """What a person has to know about how it was read."""


def reply_of_file(cage: Cage, body: bytes, now: datetime) -> Reply:
    """A PDF, a web page or plain text that somebody uploads; told by its bytes, its name is never used."""
    if len(body) > LARGEST:
        insist(
            [refuse("file", "The file is larger than %(most)s MB: give its address.", most=LARGEST // 10**6)]
        )
    page = page_of(body, address="upload:", fetched_at=now, content_type=_kind(body))
    return _read(cage, page, "file")


def reply_at(gate: Gate, cage: Cage, url: str) -> Reply:
    """What stands at an address now; refuses with the sentence that says why it could not be had."""
    try:
        page = gate.get(url, deadline_seconds=SECONDS)
    except WalkError as error:
        raise NotAccepted(
            [refuse("url", "It could not be fetched: %(why)s Upload it, or paste its text.", why=str(error))]
        ) from error
    return _read(cage, page, "url")


def keep_reply(session: Session, reply: Reply) -> str:
    """Keep its bytes once; the SHA-256 by which it is seen."""
    page = reply.page
    upload = page.address == "upload:"
    row = Page(
        sha256=page.sha256,
        address=f"upload:{page.sha256[:16]}" if upload else page.address[:2000],
        final_address="" if upload else page.final_address[:2000],
        status=page.status,
        headers=dict(page.headers),
        content_type=page.header("content-type")[:200],
        size=len(page.body),
        body=page.body,
        fetched_at=page.fetched_at,
        last_seen_at=page.fetched_at,
        visibility=Visibility.LINK_ONLY,
    )
    pages.keep_once(session, row)
    return page.sha256


def _kind(body: bytes) -> str:
    if b"%PDF-" in body[:1024]:
        return "application/pdf"
    if looks_like_html(body[:8192].decode("utf-8", "replace")):
        return "text/html"
    if not body.strip():
        insist([refuse("file", "The file is empty.")])
    if b"\0" in body:
        insist([refuse("file", "This is neither a PDF nor a web page nor plain text: save it as a PDF.")])
    return "text/plain"


def _read(cage: Cage, page: Fetched, field: str) -> Reply:
    kind = _kind(page.body)
    if kind == "application/pdf":
        read = lines_of_pdf(cage, page.body, page.fetched_at)
        return Reply(page, _cut("\n".join(line.text for line in read.lines)), read.notes)
    if kind == "text/html":
        return Reply(page, _cut(_of_html(cage, page, field)))
    return Reply(page, _cut(_decoded(page.body)))


def _of_html(cage: Cage, page: Fetched, field: str) -> str:
    try:
        results = cage.read(_HTML, page, Source("reply", _HTML, ""))
    except Caged as error:
        raise NotAccepted([refuse(field, "This page could not be read: %(why)s", why=str(error))]) from error
    insist(refuse(field, one.sentence) for one in results if isinstance(one, Problem))
    found = next(one for one in results if isinstance(one, Finding))
    lines = found.extra["lines"]
    return "\n".join(str(line) for line in lines) if isinstance(lines, list) else ""


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("cp1252", "replace")


def _cut(text: str) -> str:
    spoken = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in spoken if sign >= " " or sign in "\n\t")[:LONGEST_TEXT]
