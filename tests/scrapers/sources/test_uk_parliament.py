"""The readers of the UK Parliament: petitions, committees, written questions, on recordings and on pages like them."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from scrapers.model import Finding, Page, Result, Source
from scrapers.sources import reader_for
from tests.scrapers.sources.reading import days, findings, follows, problems, seen
from tests.shared import shared

PETITIONS = "https://petition.parliament.uk/petitions.json"
PUBLICATIONS = "https://committees-api.parliament.uk/api/Publications?CommitteeId=203&Take=5"
QUESTIONS = "https://questions-statements-api.parliament.uk/api/writtenquestions/questions?take=20"
Pages = Callable[..., Page]


def _recorded(*where: str) -> Any:
    return json.loads(shared("data", "samples", *where).read_text("utf-8"))


def _read(page: Pages, reader: str, address: str, data: Any, **options: Any) -> list[Result]:
    told = page(json.dumps(data), address, "application/json")
    return list(reader_for(reader).read(told, Source("p", reader, address, options)))


def _by_key(results: list[Result]) -> dict[str, Finding]:
    return {one.key: one for one in findings(results)}


def _petition(**changes: Any) -> Any:
    data = _recorded("uk-petitions", "131215.json")
    data["data"]["attributes"] |= changes
    return data


def test_the_threshold_starts_the_clock_on_its_day_in_london(page: Pages) -> None:
    (one,) = findings(_read(page, "uk_petitions", PETITIONS, _petition()))
    assert (one.kind, one.key, one.extra["trigger"]) == ("new_item", "131215", "threshold")
    assert days(one)["threshold_on"] == "2016-06-24"
    assert ("awaiting_response", "") in one.reasons
    late = _petition(response_threshold_reached_at="2016-06-23T23:30:00.000Z")
    assert days(findings(_read(page, "uk_petitions", PETITIONS, late))[0])["threshold_on"] == "2016-06-24"


def test_below_the_threshold_nobody_owes_an_answer(page: Pages) -> None:
    (one,) = findings(_read(page, "uk_petitions", PETITIONS, _petition(response_threshold_reached_at=None)))
    assert (one.extra["stage"], one.extra["trigger"]) == ("open", None)


def test_signatures_that_grow_change_nothing_and_names_are_not_kept(page: Pages) -> None:
    first = findings(_read(page, "uk_petitions", PETITIONS, _petition()))
    later = findings(_read(page, "uk_petitions", PETITIONS, _petition(signature_count=4_000_000)))
    assert first == later
    creator = _petition()["data"]["attributes"]["creator_name"]
    assert creator
    assert creator not in json.dumps([one.to_dict() for one in first])


def test_a_response_has_its_own_day_text_and_link_and_the_debate_is_an_update(page: Pages) -> None:
    data = _recorded("uk-petitions", "petitions_list_page.json")
    results = _read(page, "uk_petitions", PETITIONS, data)
    found = _by_key(results)
    response, debate = found["205476/response"], found["205476/debate"]
    assert (response.kind, response.extra["item"], days(response)) == (
        "response",
        "205476",
        {"published_on": "2017-12-13"},
    )
    assert response.summary.startswith("The Government shares the public’s outrage")
    assert response.link == "https://petition.parliament.uk/petitions/205476?reveal_response=yes"
    assert (debate.kind, debate.status, days(debate)) == (
        "update",
        "debate held",
        {"happened_on": "2017-12-18"},
    )
    assert follows(results) == ["https://petition.parliament.uk/petitions.json?page=2"]


def test_a_response_without_a_text_is_a_question_and_an_unknown_state_too(page: Pages) -> None:
    dated = _petition(government_response_at="2016-07-08T10:00:00.000Z")
    assert problems(_read(page, "uk_petitions", PETITIONS, dated)) == [("response_without_text", "question")]
    strange = _read(page, "uk_petitions", PETITIONS, _petition(state="merged"))
    assert problems(strange) == [("unknown_petition_state", "question")]
    assert findings(strange)[0].status == "merged"


def test_who_owes_may_be_told_for_another_parliaments_petitions(page: Pages) -> None:
    (one,) = findings(_read(page, "uk_petitions", PETITIONS, _petition(), body_name="Welsh Government"))
    assert one.body_name == "Welsh Government"


def test_only_the_report_of_five_publications_asks_for_an_answer(page: Pages) -> None:
    data = _recorded("uk-parliament", "committees_publications_list.json")
    results = _read(page, "uk_committees", PUBLICATIONS, data)
    (report,) = findings(results)
    assert (report.kind, report.key, days(report)) == (
        "new_item",
        "publications/46004",
        {"published_on": "2024-12-13"},
    )
    assert ("no_deadline_given", "") in report.reasons
    assert report.extra["asked_by"] == "Education Committee"
    assert (seen(results), follows(results)) == (4, [])
    assert "020 7219" not in json.dumps([one.to_dict() for one in findings(results)])


def test_letters_are_proposed_only_where_that_was_asked_for(page: Pages) -> None:
    data = _recorded("uk-parliament", "committees_publications_list.json")
    letters = [
        one
        for one in findings(_read(page, "uk_committees", PUBLICATIONS, data, letters=True))
        if one.kind == "update"
    ]
    assert len(letters) == 3


def _publications(**changes: Any) -> Any:
    data = _recorded("uk-parliament", "committees_publications_list.json")
    report = next(one for one in data["items"] if one["id"] == 46004)
    return {"totalResults": 1, "items": [{**report, **changes}]}


def test_a_stated_deadline_is_kept_and_an_exception_sets_no_clock(page: Pages) -> None:
    stated = {"publication": [], "responseDeadline": "2025-02-13T00:00:00", "responseExcepted": False}
    (one,) = findings(_read(page, "uk_committees", PUBLICATIONS, _publications(governmentResponses=stated)))
    assert days(one)["due_stated_on"] == "2025-02-13"
    excepted = {**stated, "responseDeadline": None, "responseExcepted": True}
    (one,) = findings(_read(page, "uk_committees", PUBLICATIONS, _publications(governmentResponses=excepted)))
    assert one.extra["trigger"] is None


def test_a_response_names_the_report_it_answers_where_the_api_says_so(page: Pages) -> None:
    answer = _publications(id=47000, responseToPublicationId=46004, description="Government Response")
    (one,) = findings(_read(page, "uk_committees", PUBLICATIONS, answer))
    assert (one.kind, one.extra["item"], one.extra["response_kind"]) == (
        "response",
        "publications/46004",
        "reply",
    )


def test_the_next_part_of_a_list_is_asked_for(page: Pages) -> None:
    data = {**_publications(), "totalResults": 3}
    (first,) = follows(_read(page, "uk_committees", PUBLICATIONS, data))
    assert first == f"{PUBLICATIONS}&Skip=1"
    (second,) = follows(_read(page, "uk_committees", first, data))
    assert second == f"{PUBLICATIONS}&Skip=2"
    assert follows(_read(page, "uk_committees", second, data)) == []


def test_a_holding_answer_is_no_reply_and_the_answer_is_dated_when_it_came(page: Pages) -> None:
    found = _by_key(
        _read(
            page, "uk_written_questions", QUESTIONS, _recorded("uk-parliament", "written_questions_list.json")
        )
    )
    holding, reply = found["1679801/holding"], found["1679801/reply"]
    assert (holding.extra["number"], holding.extra["response_kind"], days(holding)["published_on"]) == (
        "8221",
        "holding",
        "2024-01-11",
    )
    assert (reply.extra["response_kind"], days(reply)["published_on"]) == ("reply", "2024-01-22")
    assert (holding.summary, reply.summary[:9]) == ("", "FibroScan")
    late, on_time = found["1679715/reply"], found["1679590/reply"]
    assert (days(late)["due_stated_on"], days(late)["published_on"]) == ("2024-01-16", "2024-02-12")
    assert days(on_time)["due_stated_on"] == days(on_time)["published_on"] == "2024-01-11"
    assert [one.extra["response_kind"] for one in found.values()].count("holding") == 1


def test_a_corrected_answer_leaves_the_first_one_as_it_was(page: Pages) -> None:
    found = _by_key(
        _read(
            page, "uk_written_questions", QUESTIONS, _recorded("uk-parliament", "written_questions_list.json")
        )
    )
    first, corrected = found["1679590/reply"], found["1679590/supplement"]
    assert (days(first)["published_on"], days(corrected)["published_on"]) == ("2024-01-11", "2024-02-05")
    assert (first.summary, corrected.summary[:9]) == ("", "As the le")
    assert corrected.extra["response_kind"] == "supplement"


def test_a_question_without_an_answer_is_counted_and_proposes_nothing(page: Pages) -> None:
    one = _recorded("uk-parliament", "written_question_single.json")
    one["value"] |= {"dateAnswered": None, "answerText": None}
    results = _read(page, "uk_written_questions", QUESTIONS, one)
    assert (findings(results), seen(results)) == ([], 1)


@pytest.mark.parametrize("reader", ["uk_petitions", "uk_committees", "uk_written_questions"])
@pytest.mark.parametrize("data", [[], {}, {"error": "quota"}, {"data": 1, "items": 2, "results": 3}, None])
def test_another_page_is_fatal(page: Pages, reader: str, data: Any) -> None:
    assert problems(_read(page, reader, PETITIONS, data)) == [("not_recognised", "fatal")]


def test_a_watched_page_is_read_like_any_other(page: Pages) -> None:
    one = replace(page(json.dumps(_petition()), PETITIONS), state={"page": "watched"})
    assert len(findings(reader_for("uk_petitions").read(one, Source("p", "uk_petitions", PETITIONS)))) == 1


@pytest.mark.parametrize("name", ["government_response", "response_threshold_reached_at"])
def test_a_field_that_is_gone_is_a_question_and_not_the_same_as_an_empty_one(page: Pages, name: str) -> None:
    data = _petition()
    assert problems(_read(page, "uk_petitions", PETITIONS, data)) == []
    del data["data"]["attributes"][name]
    assert problems(_read(page, "uk_petitions", PETITIONS, data)) == [("field_gone", "question")]


def test_an_answer_that_is_not_said_to_be_holding_or_final_is_asked_about(page: Pages) -> None:
    data = _recorded("uk-parliament", "written_question_single.json")
    assert problems(_read(page, "uk_written_questions", QUESTIONS, data)) == []
    data["value"]["answerIsHolding"] = None
    asked = problems(_read(page, "uk_written_questions", QUESTIONS, data))
    assert asked == [("holding_not_said", "question")]


def test_a_response_below_what_is_no_report_is_found_and_asked_about(page: Pages) -> None:
    data = _recorded("uk-parliament", "committees_publications_list.json")
    letter = next(one for one in data["items"] if not one["type"]["governmentCanRespond"])
    letter["governmentResponses"]["responseDeadline"] = "2025-02-17T00:00:00"
    assert ("response_to_other", "question") in problems(_read(page, "uk_committees", PUBLICATIONS, data))
    named = {"id": 9, "description": "The Department’s answer", "publicationStartDate": "2025-02-14T10:00:00"}
    letter["governmentResponses"]["publication"] = [named]
    found = _by_key(_read(page, "uk_committees", PUBLICATIONS, data))["publications/9"]
    assert (found.kind, found.extra["item"]) == ("response", f"publications/{letter['id']}")
