"""A page as it was read: what it is, where and when it was read, how to verify it; its bytes, inert."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, render_template
from flask.typing import ResponseReturnValue

from tracker.storage import evidence as stored
from tracker.storage.evidence import Answer
from tracker.storage.tables import Page, PageVisit, Withheld
from tracker.web.access import Access, access
from tracker.web.site import site

blueprint = Blueprint("evidence", __name__)
GONE = 410
INERT = "default-src 'none'; sandbox"
NOT_FOR_ENGINES = {"X-Robots-Tag": "noindex, nofollow"}
SHOWN_AS_TEXT = ("text/plain", "application/json", "text/csv")
LONGEST_SHOWN = 100_000
"""Bytes of a page of plain text that are shown; the rest is in the download."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page about a page says."""

    page: Page
    withheld: Withheld | None
    visits: list[PageVisit]
    answers: list[Answer]
    text: str = ""
    cut: bool = False

    @property
    def host(self) -> str:
        """Of a withheld page no more than the host is told: an address may hold a person's name."""
        return urlsplit(self.page.final_address or self.page.address).hostname or ""

    @property
    def file_name(self) -> str:
        """Our own name for the bytes, whatever the site called them."""
        return file_name(self.page.sha256)


def file_name(sha256: str) -> str:
    """What the bytes are saved as."""
    return f"evidence-{sha256[:16]}.bin"


@blueprint.get("/evidence/<string(length=64):sha256>")
@access(Access.PUBLIC)
def evidence(sha256: str) -> ResponseReturnValue:
    """About a page that was kept; a withheld one leaves its hash, its host and the time."""
    with site().database.reading() as session:
        page = stored.described(session, sha256)
        if page is None:
            abort(404)
        hidden = stored.is_withheld(session, page)
        text, cut = ("", False) if hidden else _text(page, stored.beginning_of(session, page, LONGEST_SHOWN))
        shown = Shown(
            page,
            stored.withheld(session, sha256),
            [] if hidden else stored.visits(session, sha256),
            [] if hidden else stored.answers_on(session, sha256),
            text,
            cut,
        )
        body = render_template(f"public/evidence_{'withheld' if hidden else 'page'}.html", shown=shown)
    return body, GONE if hidden else 200, NOT_FOR_ENGINES


def _text(page: Page, beginning: bytes) -> tuple[str, bool]:
    """What is shown of a page of plain text, and whether there is more of it."""
    kind = page.content_type.partition(";")[0].strip().lower()
    if kind not in SHOWN_AS_TEXT or page.dropped_at is not None:
        return "", False
    return beginning.decode("utf-8", "replace"), page.size > LONGEST_SHOWN


@blueprint.get("/evidence/<string(length=64):sha256>/bytes")
@access(Access.PUBLIC)
def page_bytes(sha256: str) -> ResponseReturnValue:
    """The bytes as an attachment that no browser runs."""
    with site().database.reading() as session:
        found = stored.page(session, sha256)
        if found is None:
            abort(404)
        if stored.is_withheld(session, found) or found.dropped_at is not None:
            abort(GONE)
        body = found.body
    disposition = f'attachment; filename="{file_name(sha256)}"'
    headers = {"Content-Disposition": disposition, "Content-Security-Policy": INERT, **NOT_FOR_ENGINES}
    return Response(body, content_type="application/octet-stream", headers=headers)
