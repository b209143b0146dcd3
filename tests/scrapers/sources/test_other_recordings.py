"""The readers of official APIs on pages like the recorded ones, with what those do not hold."""

import json
from collections.abc import Callable
from importlib import import_module
from typing import Any

import pytest

from scrapers.model import Page, Problem, Result, Source
from tests.scrapers.sources.reading import days, findings, follows, problems, seen

Pages = Callable[..., Page]
ADDRESS = "https://api.example.gov/list.json"
PETITION = {
    "action": "Open the library",
    "state": "open",
    "response_threshold_reached_at": "2031-03-31T23:30:00.000Z",
}
DOCUMENT = {
    "agencyId": "EPA",
    "documentType": "Proposed Rule",
    "title": "A rule",
    "postedDate": "2031-09-01T04:00:00Z",
    "commentEndDate": "2031-11-01T03:59:59Z",
}
QUESTION = {
    "id": 7,
    "uin": "HL12",
    "heading": "Libraries",
    "dateTabled": "2031-01-08T00:00:00",
    "answerText": "<p>Yes.</p>",
}
EMPTY: dict[str, Any] = {
    "federal_register": {"count": 0, "results": []},
    "regulations_gov": {"data": [], "meta": {"totalElements": 0, "hasNextPage": False}},
    "uk_petitions": {"links": {"next": None}, "data": []},
    "uk_committees": {"items": [], "totalResults": 0},
    "uk_written_questions": {"results": [], "totalResults": 0},
}
ENTRIES = {
    "federal_register": "results",
    "regulations_gov": "data",
    "uk_petitions": "data",
    "uk_committees": "items",
    "uk_written_questions": "results",
}


def _read(page: Pages, reader: str, data: Any) -> list[Result]:
    source = Source("x", reader, ADDRESS)
    return list(import_module(f"scrapers.sources.{reader}").read(page(json.dumps(data), ADDRESS), source))


def _petition(page: Pages, kind: str = "petition", **changes: Any) -> list[Result]:
    attributes = {**PETITION, **changes}
    return _read(page, "uk_petitions", {"data": {"type": kind, "id": 7, "attributes": attributes}})


@pytest.mark.parametrize("reader", sorted(EMPTY))
def test_a_list_that_is_truly_empty_is_no_error_and_says_nothing(reader: str, page: Pages) -> None:
    assert _read(page, reader, EMPTY[reader]) == []


@pytest.mark.parametrize("reader", sorted(EMPTY))
@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"error": {"code": "OVER_RATE_LIMIT", "message": "Too many requests."}}, "Too many requests."),
        ({"errors": [{"status": "400", "title": "Bad page size"}]}, "Bad page size"),
        ({"title": "Not Found", "status": 404}, "Not Found"),
        ({"error": "gone"}, "gone"),
    ],
)
def test_an_error_that_came_as_a_page_is_fatal_and_quoted(
    reader: str, data: Any, said: str, page: Pages
) -> None:
    (problem,) = _read(page, reader, data)
    assert isinstance(problem, Problem)
    assert (problem.code, problem.weight, problem.as_written) == ("not_recognised", "fatal", said)


@pytest.mark.parametrize("reader", sorted(EMPTY))
def test_an_entry_that_is_no_record_is_asked_about(reader: str, page: Pages) -> None:
    assert ("not_a_record", "question") in problems(
        _read(page, reader, {**EMPTY[reader], ENTRIES[reader]: ["x", None, {}]})
    )


def test_a_threshold_reached_after_midnight_in_london_counts_from_that_day(page: Pages) -> None:
    assert days(findings(_petition(page))[0]) == {"threshold_on": "2031-04-01"}


def test_a_rejected_petition_says_when_and_as_what(page: Pages) -> None:
    refused: dict[str, Any] = {
        "rejected_at": "2031-03-01T10:00:00Z",
        "rejection": {"code": "duplicate", "details": None},
    }
    (item,) = findings(_petition(page, state="rejected", response_threshold_reached_at=None, **refused))
    assert (days(item), item.extra["trigger"]) == ({"rejected_on": "2031-03-01"}, None)
    assert ("rejected_as", "duplicate") in item.reasons


def test_a_response_without_a_word_is_asked_about(page: Pages) -> None:
    results = _petition(
        page, government_response={"responded_on": None, "summary": "", "details": None, "x": 1}
    )
    assert problems(results) == [("response_without_text", "question")]


def test_a_petition_answered_and_never_debated_has_its_answer_only(page: Pages) -> None:
    answer = {"responded_on": "2031-04-18", "summary": "We do.", "details": "Now."}
    item, response = findings(_petition(page, state="closed", government_response=answer, debate=None))
    assert (item.kind, response.kind, days(response)) == (
        "new_item",
        "response",
        {"published_on": "2031-04-18"},
    )


def test_a_petition_that_parliament_does_not_debate_has_no_day_of_a_debate(page: Pages) -> None:
    told = {"debated_on": None, "overview": "The Committee decided not to debate it."}
    update = findings(_petition(page, debate=told))[-1]
    assert (update.status, days(update), update.summary) == (
        "debate decided",
        {},
        "The Committee decided not to debate it.",
    )


def test_a_petition_of_an_earlier_parliament_lies_in_the_archive(page: Pages) -> None:
    (item,) = findings(_petition(page, "archived-petition", state="closed"))
    assert item.link == "https://api.example.gov/archived/petitions/7"


def test_one_document_of_a_docket_is_read_like_a_list(page: Pages) -> None:
    document = {"type": "documents", "id": "EPA-1", "attributes": DOCUMENT}
    (item,) = findings(_read(page, "regulations_gov", {"data": document}))
    assert days(item) == {"published_on": "2031-09-01", "comments_close_on": "2031-10-31"}


def test_an_answer_to_a_question_without_a_day_is_asked_about(page: Pages) -> None:
    results = _read(page, "uk_written_questions", {"results": [{"value": QUESTION}], "totalResults": 1})
    assert problems(results) == [("answer_without_day", "question")]
    assert findings(results) == []


def test_a_question_nobody_has_answered_is_seen(page: Pages) -> None:
    value = {**QUESTION, "answerText": None, "dateAnswered": None, "answerIsHolding": None}
    assert seen(_read(page, "uk_written_questions", {"results": [{"value": value}], "totalResults": 1})) == 1


def test_a_file_names_the_next_page_of_its_list_and_one_from_the_web_stays_on_its_host(page: Pages) -> None:
    following = {
        "count": 30,
        "results": [],
        "next_page_url": "https://elsewhere.example.org/documents?page=2",
    }
    read = import_module("scrapers.sources.federal_register").read
    from_file = read(page(json.dumps(following), "file"), Source("x", "federal_register", ""))
    assert follows(from_file) == ["https://elsewhere.example.org/documents?page=2"]
    assert problems(_read(page, "federal_register", following)) == [("next_elsewhere", "question")]
