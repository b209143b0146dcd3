"""A report's text or PDF becomes rows of the grid; what cannot be read is a sentence, and nothing is kept yet."""

import io
import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from sqlmodel import select

from scrapers.cage import Cage
from tests.scrapers.pdf.written import pdf_of
from tests.services.entered import report
from tests.shared import shared
from tests.web.editing.conftest import Clock, Person
from tracker.config import Config
from tracker.services.propose_items import READERS
from tracker.storage.engine import Database
from tracker.storage.tables import Item
from tracker.web.app import MAX_UPLOAD, create_app
from tracker.web.site import Site

TEXT = (
    "Recommendation 1: The Ministry of Water should publish its data.\n\n"
    "Recommendation 2: The Ministry of Rivers and the Ministry of Water must meet.\n"
)


@pytest.fixture(scope="module")
def cage() -> Iterator[Cage]:
    with Cage(readers=READERS, children=1) as opened:
        yield opened


@pytest.fixture
def app(database: Database, clock: Clock, cage: Cage) -> Flask:
    config = Config()
    config = replace(config, web=replace(config.web, secret_key="only for these tests, long enough"))
    return create_app(Site(config, database, clock, extras={"report_cage": cage}), testing=True)


@pytest.fixture
def page(database: Database) -> str:
    with database.writing() as session:
        return f"/edit/documents/{report(session)}/proposals"


def value(editor: Person, name: str) -> str:
    found = re.search(rf'<input id="{name}" name="{name}" value="([^"]*)"', editor.page)
    return found[1] if found else ""


def send(editor: Person, page: str, body: bytes, name: str = "report.pdf") -> int:
    editor.get(page)
    return editor.post(page, file=(io.BytesIO(body), name)).status_code


def test_pasted_text_comes_back_as_rows_with_a_guess_of_who_should_act(
    editor: Person, database: Database, page: str
) -> None:
    editor.get(page)
    assert editor.post(page, report=TEXT).status_code == 200
    assert value(editor, "ref-2") == "Recommendation 2"
    assert value(editor, "owing-1") == "Ministry of Water"
    assert value(editor, "owing-2") == "Ministry of Rivers; Ministry of Water"
    assert "Guessed from the text" in editor.page and "2 recommendations were found" in editor.page
    with database.reading() as session:
        assert session.exec(select(Item)).all() == []


def test_a_pdf_comes_back_as_rows_with_their_pages(editor: Person, page: str) -> None:
    made = pdf_of(
        ["A report on rivers", "+Recommendation 1: Publish the data of all rivers."],
        ["+R", "+Recommendation 2: Go."],
    )
    assert send(editor, page, made) == 200
    assert value(editor, "ref-1") == "Recommendation 1" and "page 2 of the report" in editor.page


def test_what_is_entered_already_is_left_out(editor: Person, page: str) -> None:
    grid = page.replace("/proposals", "/items")
    editor.get(grid)
    row = {
        "ref__1": "recommendation 1",
        "title__1": "Data",
        "rows": "1",
        "draft": "1",
        "owing": "ministry-of-water",
    }
    assert editor.post(grid, **row).status_code == 303
    editor.get(page)
    editor.post(page, report=TEXT)
    assert value(editor, "ref-1") == "Recommendation 2"
    assert "One of them is in this document already" in editor.page


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"%PDF-1.7 broken", "damaged"),
        (b"PK\x03\x04\0\0\0zip", "neither a PDF nor plain text"),
        (b"Nothing that counts.", "No numbered recommendations were found"),
    ],
)
def test_what_cannot_be_read_is_said(editor: Person, page: str, body: bytes, said: str) -> None:
    assert send(editor, page, body) == 422
    assert said in editor.page


def test_a_picture_of_a_report_says_that_it_has_no_text(editor: Person, page: str) -> None:
    body = shared("data", "samples", "inquiries", "PostOfficeHorizon-IT-Inquiry-Response.pdf").read_bytes()
    assert send(editor, page, body) == 422
    assert "no text layer" in editor.page


def test_an_upload_that_is_too_large_is_refused(editor: Person, page: str) -> None:
    editor.get(page)
    kind = "multipart/form-data; boundary=x"
    sent = {"CONTENT_LENGTH": str(MAX_UPLOAD + 1), "wsgi.input": io.BytesIO(b"--x"), "CONTENT_TYPE": kind}
    refused = editor.client.post(page, environ_overrides=sent)
    assert refused.status_code == 413 and f"at most {MAX_UPLOAD // 1_000_000} MB at once" in refused.text


def test_text_that_is_too_long_is_told_the_limit_of_a_field(editor: Person) -> None:
    editor.get("/edit/items/new")
    long = {"data": {"text": "x" * 600_000}, "content_type": "multipart/form-data"}
    refused = editor.client.post("/edit/items/new", **long)
    assert refused.status_code == 413
    assert "at most 0.5 MB in one field and 1,000 fields at once; with files it may be 10 MB" in refused.text


def test_an_empty_form_says_what_to_do(editor: Person, page: str) -> None:
    editor.get(page)
    assert editor.post(page, report="  ").status_code == 422
    assert "Paste the report" in editor.page


def test_bodies_are_found_while_one_types(editor: Person, page: str, stranger: Person) -> None:
    found = editor.get("/edit/bodies/find?q=riv").get_json()["data"]
    assert [one["name"] for one in found] == ["Ministry of Rivers"]
    assert [one["key"] for one in editor.get("/edit/bodies/find?q=MOW").get_json()["data"]] == [
        "ministry-of-water"
    ]
    assert editor.get("/edit/bodies/find?q=").get_json() == {"data": []}
    assert stranger.get("/edit/bodies/find?q=riv").status_code in (302, 303, 401, 403)


def test_an_empty_file_is_called_empty(editor: Person, page: str) -> None:
    assert send(editor, page, b"", "report.pdf") == 422
    assert "This file is empty" in editor.page


def test_a_title_ends_with_the_first_sentence_where_the_text_is_longer(editor: Person, page: str) -> None:
    first = "The Ministry of Water should publish the volume of every discharge by the hour."
    after = "Members voted 63% for and 13% against, and a minority felt that the wording should go further."
    editor.get(page)
    editor.post(page, report=f"Recommendation 1\n\n{first} {after}\n\nRecommendation 2\n\nMeet.\n")
    assert value(editor, "title-1") == first
