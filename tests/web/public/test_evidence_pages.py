"""The page about a page that was read: inert, verifiable, and silent about what is withheld."""

from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256

import pytest
from sqlalchemy import select
from sqlmodel import Session, col

from scrapers.model import page_of
from tests.services.entered import GROUP
from tests.web.open_site import Opened, answer_late, told
from tracker.domain.words import RunState, Visibility
from tracker.services.keep_evidence import page_row, visit_of
from tracker.services.withhold import find_one, let_out, note_archive, withhold
from tracker.storage import evidence, pages
from tracker.storage.engine import Database
from tracker.storage.tables import Document, Item, Page, Response, Run, Source

READ = datetime(2026, 5, 6, 6, 30, tzinfo=UTC)
HTML = b"<script>alert(1)</script><p>The reply</p>"
PLAIN = b"The <b>reply</b> of the ministry"
MARKER = "Marker-of-what-is-withheld"
ADDRESS = "https://gov.example/reports/jane-doe-2026"


@pytest.fixture
def opened(database_url: str) -> Iterator[Opened]:
    database = Database(database_url)
    site = told(database)
    answer_late(site)
    with site.write() as session:
        source = Source(key="gov", reader="page", address="https://gov.example/", enabled=True)
        session.add(source)
        session.flush()
        run = Run(source_id=source.id or 0, state=RunState.HEALTHY, started_at=READ)
        session.add(run)
        session.flush()
        for body, kind in ((HTML, "text/html"), (PLAIN, "text/plain; charset=utf-8")):
            read = page_of(body, address=ADDRESS, fetched_at=READ, content_type=kind)
            pages.keep_once(session, page_row(read, run, Visibility.LINK_ONLY))
            pages.keep_visits(session, [visit_of(read, run)])
    yield site
    database.close()


def of(body: bytes) -> str:
    return f"/evidence/{sha256(body).hexdigest()}"


def resting(session: Session, body: bytes) -> Response:
    """The first response on record rests on a page from now on."""
    response: Response | None = session.execute(select(Response).order_by(col(Response.id))).scalars().first()
    assert response is not None
    response.page_sha256 = sha256(body).hexdigest()
    return response


def test_the_page_tells_hash_address_time_and_how_to_verify(opened: Opened) -> None:
    page = opened.get(of(HTML))
    text = page.get_data(as_text=True)
    digest = sha256(HTML).hexdigest()
    assert digest in text and ADDRESS in text and "2026-05-06T06:30:00+00:00" in text
    assert f"sha256sum evidence-{digest[:16]}.bin" in text
    assert "alert(1)" not in text
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"


def test_the_bytes_are_an_attachment_that_no_browser_runs(opened: Opened) -> None:
    answer = opened.get(f"{of(HTML)}/bytes")
    assert sha256(answer.get_data()).hexdigest() == sha256(HTML).hexdigest()
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="evidence-')
    policy = answer.headers["Content-Security-Policy"]
    assert "sandbox" in policy and "default-src 'none'" in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_only_plain_text_is_shown_and_never_as_markup(opened: Opened) -> None:
    text = opened.get(of(PLAIN)).get_data(as_text=True)
    assert "The &lt;b&gt;reply&lt;/b&gt; of the ministry" in text and "<b>reply" not in text


def test_what_rests_on_a_page_is_named_and_an_archives_copy_is_linked(opened: Opened) -> None:
    with opened.write() as session:
        resting(session, PLAIN)
        note_archive(
            session,
            opened.now,
            find_one(session, sha256(PLAIN).hexdigest()),
            "https://web.archive.org/web/2026/https://gov.example/",
            actor=GROUP,
        )
        item = session.execute(select(Item).order_by(col(Item.id))).scalars().first()
        assert item is not None
    text = opened.get(of(PLAIN)).get_data(as_text=True)
    assert f"/items/{item.key}" in text and "https://web.archive.org/web/2026/" in text


def test_a_withheld_page_leaves_hash_host_and_reason_and_no_address(opened: Opened) -> None:
    with opened.write() as session:
        thing = find_one(session, sha256(HTML).hexdigest())
        withhold(session, opened.now, thing, "It names a private person.", actor=GROUP)
    text = opened.get(of(HTML), 410).get_data(as_text=True)
    assert "It names a private person." in text and sha256(HTML).hexdigest() in text
    assert "gov.example" in text and "jane-doe" not in text
    assert b"reply" not in opened.get(f"{of(HTML)}/bytes", 410).get_data()
    with opened.write() as session:
        let_out(session, opened.now, find_one(session, sha256(HTML).hexdigest()), "", actor=GROUP)
    assert ADDRESS in opened.get(of(HTML)).get_data(as_text=True)


def test_a_withheld_response_takes_its_page_and_every_copy_with_it(opened: Opened) -> None:
    with opened.write() as session:
        response = resting(session, PLAIN)
        response.title = response.text = f"{MARKER} reply"
        key = response.key
        thing = find_one(session, key, "response")
        withhold(session, opened.now, thing, "It names a private person.", actor=GROUP)
        item = session.execute(select(Item).order_by(col(Item.id))).scalars().first()
        assert item is not None
    opened.get(of(PLAIN), 410)
    opened.get(f"{of(PLAIN)}/bytes", 410)
    for address in (
        f"/items/{item.key}",
        f"/items/{item.key}?as_of=2026-05-20",
        "/",
        "/events",
        "/events.json",
        "/events.atom",
        "/api/v1/responses",
        "/search?q=reply",
    ):
        assert MARKER not in opened.get(address).get_data(as_text=True), address
    opened.get(f"/api/v1/responses/{key}", 404)


def test_a_withheld_document_and_item_leave_tombstones_and_no_lines(opened: Opened) -> None:
    with opened.write() as session:
        item = session.execute(select(Item).order_by(col(Item.id))).scalars().first()
        assert item is not None
        withhold(session, opened.now, find_one(session, item.key, "item"), "A court order.", actor=GROUP)
    assert "A court order." in opened.get(f"/items/{item.key}", 410).get_data(as_text=True)
    assert item.title not in opened.get("/overdue").get_data(as_text=True)
    assert item.title not in opened.get("/overdue?as_of=2026-05-12").get_data(as_text=True)
    with opened.write() as session:
        let_out(session, opened.now, find_one(session, item.key, "item"), "Lifted.", actor=GROUP)
        document = session.get_one(Document, item.document_id)
    assert item.title in opened.get(f"/items/{item.key}").get_data(as_text=True)
    with opened.write() as session:
        thing = find_one(session, document.key, "document")
        withhold(session, opened.now, thing, "Under embargo.", actor=GROUP)
    assert "Under embargo." in opened.get(f"/documents/{document.key}", 410).get_data(as_text=True)
    opened.get(f"/items/{item.key}", 404)


def test_the_page_of_sources_says_how_much_is_kept(opened: Opened) -> None:
    assert f"2 pages, {len(HTML) + len(PLAIN)} bytes" in opened.get("/sources").get_data(as_text=True)


def test_bytes_that_are_no_longer_kept_are_said(opened: Opened) -> None:
    with opened.write() as session:
        evidence.drop(session, sha256(HTML).hexdigest(), opened.now)
        assert session.get_one(Page, sha256(HTML).hexdigest()).size == len(HTML)
    assert "no longer kept" in opened.get(of(HTML)).get_data(as_text=True)
    opened.get(f"{of(HTML)}/bytes", 410)
