"""The calculator's page: every option, errors beside their field, and the same answer as API and command."""

import json
from urllib.parse import urlencode

import pytest
from click.testing import CliRunner

from tests.web.pages import Reader
from tracker.cli import main
from tracker.domain.calendar_places import suggested
from tracker.domain.calendars import calendar

SAME: tuple[dict[str, str], ...] = (
    {"rule": "gb-foi-s10", "start": "2024-02-29"},
    {"rule": "gb-foi-s10", "start": "2024-02-29", "pause": "2024-03-05..2024-03-08", "extend": "5"},
    {"rule": "gb-foi-s10", "start": "2024-02-29", "restart": "2024-03-20"},
    {"rule": "gb-eaw-coroner-pfd", "start": "2022-09-16", "stated": "2022-11-04"},
    {"rule": "gb-eaw-coroner-pfd", "start": "2022-09-16", "stated": "end of 2022"},
    {"rule": "2 sitting days", "start": "2026-01-05"},
    {"rule": "3 weeks", "start": "2026-01-05", "extend": "1", "extend_unit": "months", "given": "2026-01-06"},
    {"rule": "20 working days", "start": "2040-01-05", "calendar": "GB-SCT"},
    {"rule": "gb-epetition-10k", "start": "2026-01-05"},
)


@pytest.mark.parametrize("asked", SAME, ids=lambda asked: "-".join(asked.values())[:40])
def test_page_api_and_command_give_one_answer(demo: Reader, asked: dict[str, str]) -> None:
    page = demo.open(f"/due?{urlencode(asked)}").text
    api = json.loads(demo.client.get(f"/api/v1/due?{urlencode(asked)}").data)
    options = {name: value for name, value in asked.items() if name not in ("rule", "start")}
    words = [word for name, value in options.items() for word in (f"--{name.replace('_', '-')}", value)]
    told = json.loads(
        CliRunner().invoke(main, ["due", asked["rule"], asked["start"], *words, "--json"]).stdout
    )
    assert told == {name: value for name, value in api.items() if name != "url"}
    assert all(said in page for said in api["words"])


def test_the_address_of_the_api_answer_leads_to_the_same_question(demo: Reader) -> None:
    asked = urlencode({"rule": "30 days", "start": "2026-01-01", "pause": "2026-01-05..2026-01-06"})
    url = json.loads(demo.client.get(f"/api/v1/due?{asked}").data)["url"]
    assert "2 days put back" in demo.open(url[url.index("/due") :]).text


def test_a_rule_chosen_by_a_link_waits_for_its_day_and_complains_of_nothing(demo: Reader) -> None:
    [link] = [one for one in demo.open("/rules/gb-foi-s10").links() if one.startswith("/due?")]
    page = demo.open(link)
    [chosen] = [one.get("value") for one in page.all("input") if one.get("name") == "rule"]
    assert chosen == "gb-foi-s10"
    assert not [one for one in page.all("p") if one.get("class") == "wrong"]
    assert "is missing" in demo.open("/due?rule=gb-foi-s10&start=", 400).text


@pytest.mark.parametrize(
    ("text", "stamps"),
    [
        ("spring 2026", ["2026"]),
        ("the second half of 2026", ["2026"]),
        ("Q3 2026", ["2026"]),
    ],
)
def test_a_span_html_has_no_form_for_bears_its_year(demo: Reader, text: str, stamps: list[str]) -> None:
    page = demo.open(f"/due?{urlencode({'text': 'by ' + text, 'hemisphere': 'north'})}")
    [result] = [one for one in page.all("p") if one.get("class") == "big"]
    assert "2026" in "".join(result.itertext())
    assert [one.get("datetime") for one in result.iter("time")] == stamps


def test_an_error_stands_beside_its_field(demo: Reader) -> None:
    page = demo.open("/due?rule=gb-foi-s1O&start=2026-02-30&pause=x&calendar=GB-EWA&amount=0", 400)
    wrong = {one.get("id"): "".join(one.itertext()) for one in page.all("p") if one.get("class") == "wrong"}
    assert set(wrong) == {f"wrong-{name}" for name in ("rule", "start", "pause", "calendar", "amount")}
    invalid = [one for one in page.all("input") if one.get("aria-invalid") == "true"]
    assert all(f"wrong-{one.get('name')}" in one.get("aria-describedby", "") for one in invalid)
    assert {one.get("name") for one in invalid} == {name.removeprefix("wrong-") for name in wrong if name}


@pytest.mark.parametrize(
    "asked", ["rule=30+days&start=2026-01-01&amuont=3", "rule=30+days&rule=x&start=2026-01-01"]
)
def test_an_argument_nobody_reads_is_refused(demo: Reader, asked: str) -> None:
    said = demo.open(f"/due?{asked}", 400).text
    assert "use amount" in said or "give it once" in said


def test_every_field_has_a_label(demo: Reader) -> None:
    page = demo.open("/due")
    labelled = {one.get("for") for one in page.all("label")}
    fields = [*page.all("input"), *page.all("select"), *page.all("textarea")]
    assert {one.get("id") for one in fields} <= labelled


def test_what_was_typed_stays_in_the_form(demo: Reader) -> None:
    page = demo.open(
        "/due?rule=30+days&start=2026-01-01&extend=2&extend_unit=weeks&pause=2026-01-02..2026-01-03"
    )
    values = {one.get("name"): one.get("value") for one in page.all("input")}
    assert (values["extend"], values["pause"]) == ("2", "2026-01-02..2026-01-03")
    chosen = [one.get("value") for one in page.all("option") if one.get("selected") is not None]
    assert "weeks" in chosen
    assert page.all("details")[0].get("open") is not None


def test_several_stops_may_stand_in_one_field(demo: Reader) -> None:
    stops = "2026-01-02..2026-01-03, 2026-01-06..2026-01-06"
    text = demo.open(f"/due?{urlencode({'rule': '10 days', 'start': '2026-01-01', 'pause': stops})}").text
    assert "Due Wednesday 14 January 2026" in text


def test_three_hundred_stops_are_a_sentence_everywhere(demo: Reader) -> None:
    asked = [("rule", "10 days"), ("start", "2026-01-01"), *[("pause", "2026-01-02..2026-01-03")] * 300]
    assert "at most 100" in demo.open(f"/due?{urlencode(asked)}", 400).text
    answer = demo.client.get(f"/api/v1/due?{urlencode(asked)}")
    assert (answer.status_code, json.loads(answer.data)["errors"][0]["name"]) == (422, "pause")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"text": "namely by 28th April 2025"}, "28 April 2025"),
        ({"text": "by 03/04/2025"}, "two ways"),
        ({"text": "by 03/04/2025", "order": "mdy"}, "4 March 2025"),
        ({"text": "Ongoing"}, "names no date"),
        ({"text": "by spring 2026"}, "northern half of the world"),
        ({"text": "by spring 2026", "hemisphere": "south"}, "30 November 2026"),
        ({"text": "by FY2026", "fiscal_year_ends": "3"}, "31 March 2026"),
        ({"text": "by mid-2026"}, "the last day of 2026: 31 December 2026"),
    ],
)
def test_a_sentence_is_read_on_the_page_and_by_the_api(
    demo: Reader, asked: dict[str, str], said: str
) -> None:
    assert said in demo.open(f"/due?{urlencode(asked)}").text
    api = json.loads(demo.client.get(f"/api/v1/dates?{urlencode(asked)}").data)
    assert " ".join(api["words"].split()) in demo.open(f"/due?{urlencode(asked)}").text


@pytest.mark.parametrize(
    "asked", [{"text": "x", "order": "ymd"}, {"text": "x", "near": "2026-02-30"}, {"order": "dmy"}]
)
def test_a_sentence_that_cannot_be_asked_about_is_refused(demo: Reader, asked: dict[str, str]) -> None:
    demo.open(f"/due?{urlencode(asked)}", 400)
    answer = demo.client.get(f"/api/v1/dates?{urlencode(asked)}")
    assert answer.status_code == 400
    assert json.loads(answer.data)["errors"][0]["name"]


def test_a_rule_typed_by_its_name_is_offered_by_its_key(demo: Reader) -> None:
    page = demo.open("/due?rule=Freedom+of+Information&start=2026-05-04", 400)
    assert "/due?rule=gb-foi-s10&start=2026-05-04" in page.links()
    assert "answerby rules" not in page.text


def test_every_calendar_suggested_can_be_used() -> None:
    assert {"DE-NW", "EU", "GB-EAW", "US-CA"} <= set(suggested())
    assert all(calendar(code) for code in suggested())
