"""The readers of the Federal Register and of regulations.gov, on recordings and on pages like them."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from scrapers.model import Page, Result, Source
from scrapers.sources import federal_register, reader_for
from tests.scrapers.sources.reading import days, findings, follows, problems, seen
from tests.shared import shared

REGISTER = "https://www.federalregister.gov/api/v1/documents.json?per_page=5"
DOCKETS = "https://api.regulations.gov/v4/documents?page[size]=25"
Pages = Callable[..., Page]


def _recorded(*where: str) -> Any:
    return json.loads(shared("data", "samples", *where).read_text("utf-8"))


def _read(page: Pages, reader: str, data: Any, **options: Any) -> list[Result]:
    address = REGISTER if reader == "federal_register" else DOCKETS
    return list(
        reader_for(reader).read(page(json.dumps(data), address), Source("u", reader, address, options))
    )


def test_each_document_has_its_agencies_and_its_day(page: Pages) -> None:
    results = _read(page, "federal_register", _recorded("us-federal-register", "documents_search.json"))
    first = findings(results)[0]
    assert (first.kind, first.key, days(first)) == ("new_item", "2026-07755", {"published_on": "2026-04-21"})
    assert first.body_name == "Interior Department; Fish and Wildlife Service"
    assert len(findings(results)) == 5
    assert follows(results)[0].startswith("https://www.federalregister.gov/api/v1/documents?")


def _document(**changes: Any) -> Any:
    return {**_recorded("us-federal-register", "documents_search.json")["results"][0], **changes}


def test_the_day_comments_close_is_kept_with_the_registers_own_words(page: Pages) -> None:
    (one,) = findings(
        _read(
            page, "federal_register", _document(comments_close_on="2026-06-22", dates="Due by June 22, 2026.")
        )
    )
    assert (days(one)["comments_close_on"], one.extra["dates_text"]) == (
        "2026-06-22",
        "Due by June 22, 2026.",
    )


def test_a_type_may_be_told_and_an_unknown_one_is_a_question(page: Pages) -> None:
    rule = _document(type="Rule")
    assert [one.kind for one in findings(_read(page, "federal_register", rule))] == ["update"]
    (told,) = findings(_read(page, "federal_register", rule, types={"Rule": "response"}))
    assert (told.kind, "trigger" in told.extra) == ("response", False)
    assert problems(_read(page, "federal_register", _document(type="Omen"))) == [
        ("unknown_document_type", "question")
    ]
    assert "may be new_item" in next(federal_register.complaints({"types": {"Rule": "answer"}}))


def test_a_search_that_found_nothing_is_no_error_of_the_reader(page: Pages) -> None:
    assert _read(page, "federal_register", {"count": 0, "description": "None"}) == []


def test_an_instant_of_a_docket_is_its_day_in_washington(page: Pages) -> None:
    results = _read(page, "regulations_gov", _recorded("us-regulations-gov", "v4_documents.json"))
    first = findings(results)[0]
    assert days(first)["published_on"] == "2025-01-16"
    assert first.dates["published_on"].as_written == "2025-01-16T05:00:00Z"
    assert (len(findings(results)), seen(results)) == (6, 19)
    assert follows(results) == [
        "https://api.regulations.gov/v4/documents?page%5Bsize%5D=25&page%5Bnumber%5D=2"
    ]


def test_a_period_for_comments_ends_on_the_day_its_last_second_is_in(page: Pages) -> None:
    data = _recorded("us-regulations-gov", "v4_documents.json")
    data["data"][0]["attributes"]["commentEndDate"] = "2025-07-02T03:59:59Z"
    assert days(findings(_read(page, "regulations_gov", data))[0])["comments_close_on"] == "2025-07-01"


def test_a_withdrawn_document_is_an_update(page: Pages) -> None:
    data = _recorded("us-regulations-gov", "v4_documents.json")
    data["data"][0]["attributes"]["withdrawn"] = True
    first = findings(_read(page, "regulations_gov", data))[0]
    assert (first.kind, first.status, "trigger" in first.extra) == ("update", "withdrawn", False)


def test_a_docket_by_itself_is_nothing_for_us(page: Pages) -> None:
    results = _read(page, "regulations_gov", _recorded("us-regulations-gov", "v4_dockets_listing.json"))
    assert (findings(results), problems(results), seen(results)) == ([], [], 10)


@pytest.mark.parametrize("reader", ["federal_register", "regulations_gov"])
@pytest.mark.parametrize("data", [[], {}, {"errors": [{"status": 429}]}, {"data": {}, "results": {}}])
def test_another_page_is_fatal(page: Pages, reader: str, data: Any) -> None:
    assert problems(_read(page, reader, data)) == [("not_recognised", "fatal")]
