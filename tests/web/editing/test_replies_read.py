"""A reply is read from its file or its address, kept as evidence by link only, and shown beside its items."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from flask import Flask
from sqlmodel import select

from scrapers.cage import Cage
from scrapers.model import Page as Fetched
from scrapers.model import page_of
from scrapers.walk import WalkError
from tests.scrapers.pdf.written import pdf_of
from tests.services.entered import NOW, item, owing, report
from tests.web.editing.conftest import Clock, Person
from tracker.config import Config
from tracker.domain.words import Visibility
from tracker.services.propose_items import READERS
from tracker.storage.engine import Database
from tracker.storage.tables import Page, Response
from tracker.web.app import create_app
from tracker.web.site import Site

REPLY = (
    b"Recommendation 1\nWe accept this and will publish the data by June 2026.\n\n"
    b"Recommendation 2\nWe reject this because of its cost.\n\nRecommendation 3\nWe note this.\n"
)


@dataclass
class OnePage:
    """A gate behind which there is one page."""

    body: bytes

    def get(self, url: str, *, deadline_seconds: float | None = None) -> Fetched:
        if url.endswith("/gone"):
            raise WalkError("The server says that this page is gone.")
        return page_of(self.body, address=url, fetched_at=NOW, content_type="text/html; charset=utf-8")


@pytest.fixture(scope="module")
def cage() -> Iterator[Cage]:
    with Cage(readers=READERS, children=1) as opened:
        yield opened


@pytest.fixture
def app(database: Database, clock: Clock, cage: Cage) -> Flask:
    config = Config()
    config = replace(config, web=replace(config.web, secret_key="only for these tests, long enough"))
    gate = OnePage(b"<html><body><h1>Reply</h1><p>We accept it.</p><script>bad()</script></body></html>")
    return create_app(Site(config, database, clock, gate, {"report_cage": cage}), testing=True)


@pytest.fixture
def both(database: Database) -> list[str]:
    with database.writing() as session:
        document = report(session)
        found = [
            owing(session, item(session, document=document, title=f"No. {n}", ref=str(n))) for n in (1, 2)
        ]
        return [str(id_) for [id_] in found]


def typed(both: list[str], **more: object) -> dict[str, object]:
    return {
        "body": "ministry-of-water",
        "kind": "reply",
        "first_seen_on": "12 May 2026",
        "obligations": both,
        **more,
    }


def test_a_file_is_kept_as_evidence_and_read_beside_its_items(
    editor: Person, database: Database, both: list[str]
) -> None:
    editor.get("/edit/responses/new")
    sent = {"file": (io.BytesIO(REPLY), "any name.txt"), "read": "1"}
    assert editor.post("/edit/responses/new", **typed(both, **sent)).status_code == 200
    assert "What it says under number 1" in editor.page and "What it says under number 2" in editor.page
    with database.reading() as session:
        [kept] = session.exec(select(Page)).all()
        assert (kept.visibility, kept.body, kept.address[:7]) == (Visibility.LINK_ONLY, REPLY, "upload:")
        digest = kept.sha256
    more = {"page_sha256": digest, "text": REPLY.decode()}
    assert editor.post("/edit/responses/new", **typed(both, **more)).status_code == 303
    with database.reading() as session:
        assert session.exec(select(Response)).one().page_sha256 == digest


def test_an_address_is_fetched_and_a_page_without_its_scripts_is_read(
    editor: Person, database: Database, both: list[str]
) -> None:
    editor.get("/edit/responses/new")
    at = {"url": "https://water.example/reply", "read": "1"}
    assert editor.post("/edit/responses/new", **typed(both, **at)).status_code == 200
    assert "We accept it." in editor.page and "bad()" not in editor.page
    gone = {"url": "https://water.example/gone", "read": "1"}
    assert editor.post("/edit/responses/new", **typed(both, **gone)).status_code == 422
    assert "this page is gone" in editor.page


def test_a_pdf_is_read_and_what_is_no_text_is_refused_in_words(editor: Person, both: list[str]) -> None:
    editor.get("/edit/responses/new")
    pdf = {"file": (io.BytesIO(pdf_of(["We accept this recommendation."])), "x.pdf"), "read": "1"}
    editor.post("/edit/responses/new", **typed(both, **pdf))
    assert "We accept this recommendation." in editor.page
    for body, said in ((b"\0\1\2", "neither a PDF"), (b" ", "is empty"), (b"%PDF-1.4 broken", "PDF")):
        broken = {"file": (io.BytesIO(body), "x.bin"), "read": "1"}
        assert editor.post("/edit/responses/new", **typed(both, **broken)).status_code == 422
        assert said in editor.page
    nothing = {"read": "1"}
    assert editor.post("/edit/responses/new", **typed(both, **nothing)).status_code == 422


def test_evidence_that_is_not_there_is_not_pretended(
    editor: Person, database: Database, both: list[str]
) -> None:
    editor.get("/edit/responses/new")
    more = {"page_sha256": "0" * 64, "text": "We accept it."}
    assert editor.post("/edit/responses/new", **typed(both, **more)).status_code == 303
    with database.reading() as session:
        assert session.exec(select(Response)).one().page_sha256 is None
