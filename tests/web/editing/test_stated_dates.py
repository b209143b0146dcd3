"""A stated date typed in the document's own words: read, shown, or refused with the reason."""

import re

import pytest
from sqlmodel import select

from tests.web.editing.conftest import Person
from tests.web.editing.test_entering import TYPED, document, entered
from tracker.domain.words import Precision
from tracker.storage.engine import Database
from tracker.storage.tables import Body, Process, Terms

__all__ = ["document"]


@pytest.mark.parametrize(
    ("typed", "precision"),
    [
        ("by fall 2026", Precision.SEASON),
        ("segundo semestre de 2026", Precision.HALF),
        ("by 28th Apri 2026", None),
    ],
)
def test_a_stated_date_is_read_from_the_documents_own_words(
    editor: Person, database: Database, document: str, typed: str, precision: Precision | None
) -> None:
    entered(editor, document, stated=typed)
    with database.reading() as session:
        kept = {(one.stated_precision, one.stated_as_written) for one in session.exec(select(Terms))}
    assert kept == {(precision or Precision.DAY, typed)}


def test_what_was_read_is_said_before_anything_is_kept(editor: Person, document: str) -> None:
    editor.get("/edit/items/new")
    editor.post("/edit/items/new", document=document, **(TYPED | {"stated": "by fall 2026", "preview": "1"}))
    plain = " ".join(re.sub(r"<[^>]+>", "", editor.page).split())
    assert "Read as September – November 2026; the last day of it is 30 November 2026." in plain


def test_a_southern_process_has_its_own_seasons(editor: Person, database: Database, document: str) -> None:
    with database.writing() as session:
        for place in (*session.exec(select(Process)), *session.exec(select(Body))):
            place.jurisdiction = "AU"
    editor.get("/edit/items/new")
    editor.post(
        "/edit/items/new", document=document, **(TYPED | {"stated": "by spring 2026", "preview": "1"})
    )
    assert "the last day of it is 30 November 2026." in " ".join(re.sub(r"<[^>]+>", "", editor.page).split())


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("Ongoing", "names no date"),
        ("Q3 FY2026", "fiscal year"),
        ("by 3 May 2026 or 5 May 2026", "several dates"),
        ("within 6 months", "compute it by a rule"),
    ],
)
def test_words_without_a_date_are_refused_with_the_reason(
    editor: Person, document: str, typed: str, why: str
) -> None:
    editor.get("/edit/items/new")
    answer = editor.post("/edit/items/new", document=document, **(TYPED | {"stated": typed}))
    assert answer.status_code == 422 and why in editor.page and 'id="stated-error"' in editor.page
