"""The text layer of PDFs: what is printed, on which page; and what is said of files that cannot be read."""

import json
from typing import Any

import pytest

from scrapers.cage import Cage, Caged
from scrapers.model import Page, Problem, Source, page_of
from scrapers.pdf.text import NoText, questions_about, read_pdf
from tests.scrapers.conftest import NOW
from tests.scrapers.pdf.written import pdf_of
from tests.shared import shared

BAD = shared("data", "badinputs")
FILES = [
    one
    for one in json.loads((BAD / "manifest.json").read_text("utf-8"))
    if one["group"] == "pdf" and (BAD / one["path"]).exists()
]
SAID = {
    "002_empty": "empty_page",
    "003_header_only": "broken_pdf",
    "008_html_renamed": "not_a_pdf",
    "015_kids_same_page_100k": "too_large",
    "016_flate_bomb_512mb": "too_large",
    "017_flate_double_bomb": "too_large",
    "037_pages_5000": "no_text_layer",
    "038_encrypted_password": "locked",
}


def _text(body: bytes) -> str:
    return "\n".join(line.text for line in read_pdf(body).lines)


@pytest.mark.parametrize("one", FILES, ids=[one["path"] for one in FILES])
def test_each_bad_file_is_read_or_needs_a_person_and_says_why(one: dict[str, Any]) -> None:
    body = (BAD / one["path"]).read_bytes()
    try:
        text = _text(body)
    except NoText as error:
        assert one["expect"] in ("reject", "any")
        assert error.problem.weight == "fatal"
        assert error.problem.code == SAID.get(one["path"][4:-4], error.problem.code)
    else:
        assert one["expect"] in ("ok", "any")
        assert text
        assert not [said for said in one["must_not"] if said in text]


@pytest.mark.parametrize("one", FILES, ids=[one["path"] for one in FILES])
def test_each_bad_file_ends_in_the_cage_with_an_answer(one: dict[str, Any], cage: Cage) -> None:
    page: Page = page_of(
        (BAD / one["path"]).read_bytes(), address="https://gov.example.org/a.pdf", fetched_at=NOW
    )
    try:
        results = cage.read("response_pdf", page, Source("s", "response_pdf", "https://gov.example.org/"))
    except Caged as error:
        pytest.fail(f"The reader had to be stopped: {error}")
    assert [result.weight for result in results if isinstance(result, Problem)] == ["fatal"]


def test_a_scanned_document_is_said_to_be_a_picture_and_not_read_as_empty() -> None:
    with pytest.raises(NoText, match="This PDF is a picture: no text layer on 16 pages") as caught:
        read_pdf(
            shared("data", "samples", "inquiries", "PostOfficeHorizon-IT-Inquiry-Response.pdf").read_bytes()
        )
    assert caught.value.problem.code == "no_text_layer"


def test_lines_know_their_page_their_weight_and_the_room_above_them() -> None:
    document = read_pdf(
        pdf_of(["*A heading", "+The first paragraph goes", "on here."], ["And another page."])
    )
    assert [(line.text, line.page, line.is_bold, line.after_gap) for line in document.lines] == [
        ("A heading", 1, True, False),
        ("The first paragraph goes", 1, False, True),
        ("on here.", 1, False, False),
        ("And another page.", 2, False, False),
    ]


def test_words_drawn_one_by_one_are_lines_again() -> None:
    document = read_pdf(
        shared("data", "samples", "inquiries", "Volume_1-Blood-Inquiry-Response.pdf").read_bytes()
    )
    assert "This recommendation is accepted in full." in [line.text for line in document.lines]
    assert max(len(line.text.split()) for line in document.lines) > 10


def test_running_headers_and_page_numbers_are_left_out_wherever_they_stand() -> None:
    pages = [
        [f"{n} The Response", f"Text of page {'abcd'[n]}, long enough.", f"Page {n} of 4"] for n in range(4)
    ]
    assert _text(pdf_of(*pages)).count("Response") == 0
    assert _text(pdf_of(*pages)).count("Text of page") == 4
    assert "Page 2 of 4" not in _text(pdf_of(*pages))


def test_a_line_that_stands_on_two_pages_is_no_running_header() -> None:
    assert _text(pdf_of(["We accept this."], ["We accept this."])).count("We accept this.") == 2


def test_a_word_broken_at_the_end_of_a_line_is_mended_where_the_document_knows_it() -> None:
    lines = ["The recommendation is that short-", "term plans and the recommen-", "dation be read."]
    (paragraph,) = read_pdf(pdf_of(lines)).paragraphs()
    assert paragraph.text == "The recommendation is that short-term plans and the recommendation be read."


def test_ligatures_are_taken_apart() -> None:
    assert "Office" in _text(pdf_of(["The Home Office (of the Crown) replied."]))


def test_a_paragraph_goes_on_over_the_page_and_a_list_point_begins_a_new_one() -> None:
    document = read_pdf(
        pdf_of(["This sentence goes on"], ["over the page.", "(a) and a point", "(b) and another"])
    )
    assert [one.text for one in document.paragraphs()] == [
        "This sentence goes on over the page.",
        "(a) and a point",
        "(b) and another",
    ]


def test_text_that_nobody_sees_is_a_question() -> None:
    hiding = read_pdf((BAD / "pdf" / "034_invisible_text.pdf").read_bytes())
    assert [problem.code for problem in questions_about(hiding)] == ["hidden_text"]
    assert list(questions_about(read_pdf(pdf_of(["Everybody sees this text."])))) == []


def test_a_page_that_is_no_pdf_is_named_for_what_it_is() -> None:
    with pytest.raises(NoText) as caught:
        read_pdf(
            b"<html><head><title>Just a moment...</title></head><body>Checking your browser</body></html>"
        )
    assert caught.value.problem.code == "challenge_page"
