"""The reader of GOV.UK's content items, on recordings and on pages like them."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from scrapers.govuk.others import MOST_MOVES
from scrapers.model import Page, Problem, Result, Source
from scrapers.sources import govuk
from tests.scrapers.sources.reading import days, findings, follows, problems, seen
from tests.shared import shared

ADDRESS = "https://www.gov.uk/api/content/government/consultations/x"
FOLDER = shared("data", "samples", "govuk")
Pages = Callable[..., Page]


def _recorded(name: str, **changes: Any) -> Any:
    return {**json.loads((FOLDER / f"{name}.json").read_text("utf-8")), **changes}


def _read(page: Pages, data: Any, **options: Any) -> list[Result]:
    return list(govuk.read(page(json.dumps(data), ADDRESS), Source("g", "govuk", ADDRESS, options)))


def test_an_outcome_is_a_response_to_its_consultation(page: Pages) -> None:
    outcome = _recorded("consultation__consultation_outcome_with_featured_attachments")
    item, feedback, response = findings(_read(page, outcome))
    assert (item.kind, feedback.kind, response.kind) == ("new_item", "update", "response")
    assert response.extra["item"] == item.key
    assert days(item) == {"opened_on": "2016-04-22", "closed_on": "2016-06-17", "received_on": "2016-06-17"}
    assert days(response) == {"published_on": "2016-09-07"}
    assert ("change_note", "Published the decisions and analysis of responses.") in response.reasons
    assert [one["text"][:9] for one in response.extra["documents"]] == ["Decisions", "Equalitie"]
    assert response.confidence < 0.9


def test_an_outcome_with_its_own_day_is_dated_by_it(page: Pages) -> None:
    outcome = _recorded("consultation__consultation_outcome_with_featured_attachments")
    outcome["details"]["final_outcome_publication_date"] = "2016-09-06T23:30:00.000+00:00"
    response = findings(_read(page, outcome))[-1]
    assert days(response) == {"published_on": "2016-09-07"}
    assert response.confidence == 0.9


def test_an_open_consultation_sets_no_clock_and_a_closed_one_does(page: Pages) -> None:
    (open_,) = findings(_read(page, _recorded("consultation__open_consultation")))
    (closed,) = findings(_read(page, _recorded("consultation__closed_consultation")))
    assert (open_.extra["stage"], open_.extra["trigger"]) == ("open", None)
    assert (closed.extra["stage"], closed.extra["trigger"], days(closed)["received_on"]) == (
        "closed",
        "received",
        "2016-10-31",
    )


def test_years_that_no_deadline_is_set_in_are_unknown_and_asked_about(page: Pages) -> None:
    results = _read(page, _recorded("consultation__unopened_consultation"))
    assert problems(results) == [("unreadable_date", "question")] * 2
    assert set(days(findings(results)[0]).values()) == {"None"}
    written = [result.as_written for result in results if isinstance(result, Problem)]
    assert written == ["2200-10-05T14:00:00+01:00", "2210-10-31T17:00:00+01:00"]


def test_no_planted_year_of_any_recording_becomes_a_day(page: Pages) -> None:
    for path in sorted(FOLDER.glob("*.json")):
        for finding in findings(_read(page, json.loads(path.read_text("utf-8")))):
            assert all(on.value is None or on.value.year < 2030 for on in finding.dates.values()), path.name


def test_withdrawn_is_a_state_with_its_day_and_reason(page: Pages) -> None:
    *_, withdrawn = findings(_read(page, _recorded("publication__withdrawn_publication")))
    assert (withdrawn.kind, withdrawn.extra["state"], days(withdrawn)) == (
        "update",
        "withdrawn",
        {"happened_on": "2015-01-13"},
    )
    assert withdrawn.summary.startswith("This information is now out of date. For our current guidance")


def test_an_empty_withdrawal_notice_withdraws_nothing(page: Pages) -> None:
    assert not any(
        "withdrawn" in one.key
        for one in findings(_read(page, _recorded("publication__publication", withdrawn_notice={})))
    )


def test_gone_is_a_state_with_its_reason_and_no_error(page: Pages) -> None:
    results = _read(page, _recorded("gone__gone"))
    (gone,) = findings(results)
    assert (gone.kind, gone.extra["state"], gone.summary) == ("update", "gone", "Incorrect title")
    assert problems(results) == []


def _moved(to: str) -> Any:
    return {
        "base_path": "/old",
        "document_type": "redirect",
        "schema_name": "redirect",
        "redirects": [{"path": "/old", "type": "exact", "destination": to}],
    }


def test_what_moved_is_followed_to_its_new_place_but_not_for_ever(page: Pages) -> None:
    assert follows(_read(page, _moved("/new#part"))) == ["https://www.gov.uk/api/content/new"]
    assert problems(_read(page, _moved("https://elsewhere.example.org/"))) == [
        ("moved_elsewhere", "question")
    ]
    assert problems(_read(page, _moved("javascript:alert(1)"))) == [("moved_elsewhere", "question")]
    often = replace(page(json.dumps(_moved("/new")), ADDRESS), state={"page": "moved", "number": MOST_MOVES})
    assert problems(govuk.read(often, Source("g", "govuk", ADDRESS))) == [("moved_too_often", "question")]


def test_a_publication_is_what_the_source_was_said_to_carry(page: Pages) -> None:
    paper = _recorded("publication__best-practice-cmd-list")
    assert [one.kind for one in findings(_read(page, paper))] == ["update"]
    (response,) = findings(_read(page, paper, kind="response"))
    assert (response.kind, days(response)) == ("response", {"published_on": "2017-11-29"})
    assert response.extra["documents"][0]["address"].startswith("https://")
    assert problems(_read(page, paper, kind="answer")) == [("bad_option", "fatal")]


@pytest.mark.parametrize(
    "name", ["working_group__long", "detailed_guide__best-practice-detailed-guide", "news_and_communications"]
)
def test_what_answers_nobody_is_counted_and_no_more(page: Pages, name: str) -> None:
    results = _read(page, _recorded(name))
    assert (findings(results), problems(results), seen(results)) == ([], [], 1)


def test_a_form_we_do_not_know_is_a_question(page: Pages) -> None:
    results = _read(page, _recorded("working_group__long", schema_name="oracle", document_type="oracle"))
    assert (problems(results), seen(results)) == ([("unknown_document_type", "question")], 1)


def test_the_page_for_people_is_refused_with_the_address_to_use(page: Pages) -> None:
    told = page("<html><title>Museums</title><body><h1>Review</h1></body></html>", ADDRESS)
    (problem,) = govuk.read(told, Source("g", "govuk", ADDRESS))
    assert isinstance(problem, Problem)
    assert problem.weight == "fatal"
    assert "api/content" in problem.sentence


OUTCOME = "consultation__consultation_outcome_with_featured_attachments"


def _with_notes(*notes: tuple[str, str]) -> Any:
    outcome = _recorded(OUTCOME)
    history = [{"public_timestamp": f"{on}T09:30:00+00:00", "note": note} for on, note in notes]
    return {**outcome, "details": {**outcome["details"], "change_history": history}}


def test_a_note_about_how_to_respond_does_not_date_the_outcome(page: Pages) -> None:
    noted = _with_notes(
        ("2016-05-01", "Added an online response form."), ("2016-05-20", "A response was moved.")
    )
    assert days(findings(_read(page, noted))[-1]) == {}


def test_the_note_of_the_answer_counts_before_that_of_what_came_in(page: Pages) -> None:
    noted = _with_notes(
        ("2016-09-01", "Summary of responses published."), ("2016-11-03", "Government response published.")
    )
    response = findings(_read(page, noted))[-1]
    assert days(response) == {"published_on": "2016-11-03"}


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2019-07-31T23:45:00+01:00", "2019-07-31"),
        ("2019-07-31T22:45:00Z", "2019-07-31"),
        ("2019-08-01T00:00:00+01:00", "2019-07-31"),
        ("2019-07-31T23:00:00.000Z", "2019-07-31"),
        ("2019-12-31T00:00:00Z", "2019-12-30"),
        ("2019-12-31", "2019-12-31"),
    ],
)
def test_what_closes_at_midnight_closes_the_day_before(written: str, day: str, page: Pages) -> None:
    closed = _recorded("consultation__closed_consultation")
    closed["details"]["closing_date"] = written
    assert days(findings(_read(page, closed))[0])["received_on"] == day


def test_a_page_that_moved_in_two_languages_is_followed_in_its_own(page: Pages) -> None:
    moves = [{"path": "/x.cy", "destination": "/y.cy"}, {"path": "/x", "destination": "/y"}]
    moved = {"base_path": "/x", "schema_name": "redirect", "document_type": "redirect", "redirects": moves}
    assert follows(_read(page, moved)) == ["https://www.gov.uk/api/content/y"]


def test_a_consultation_in_another_language_says_so(page: Pages) -> None:
    told = findings(_read(page, _recorded(OUTCOME, locale="cy")))
    assert {one.extra["locale"] for one in told} == {"cy"}
