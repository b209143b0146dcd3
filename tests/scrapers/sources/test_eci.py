"""The reader of the European Citizens' Initiative register, on recorded pages and against a table of answers."""

import csv
import html
import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from scrapers.eci.register import STATUSES
from scrapers.model import Finding, Follow, Page, Problem, Result, Source
from scrapers.sources import eci
from tests.shared import shared

csv.field_size_limit(10_000_000)
HOME = "https://citizens-initiative.europa.eu"
SOURCE = Source("eci", "eci", f"{HOME}/find-initiative_en")
ECI = shared("data", "samples", "eci")
with (ECI / "answers_2026-02-09.csv").open(encoding="utf-8", newline="") as _rows:
    ANSWERS = {row["registration_number"]: row for row in csv.DictReader(_rows)}
Pages = Callable[..., Page]


def _read(page: Page) -> list[Result]:
    return list(eci.read(page, SOURCE))


def _one(results: Iterable[Result]) -> Finding:
    (finding,) = [result for result in results if isinstance(result, Finding)]
    return finding


def _codes(results: Iterable[Result]) -> list[str]:
    return [result.code for result in results if isinstance(result, Problem)]


def _days(finding: Finding) -> dict[str, str]:
    return {name: str(written.value) for name, written in finding.dates.items()}


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.lower()))


def _plain_number(key: str) -> str:
    found = re.match(r"ECI\((\d{4})\)(\d{6})", key)
    assert found
    return f"{found[1]}/{found[2]}"


def test_the_first_listing_leads_to_ten_initiatives_as_the_table_has_them(page: Pages) -> None:
    results = _read(page((ECI / "listings" / "first_page.html").read_bytes(), SOURCE.address))
    follows = {result.address: result.state for result in results if isinstance(result, Follow)}
    with (ECI / "listings" / "initiatives_list.csv").open(encoding="utf-8", newline="") as rows:
        listed = {
            row["url"]: (row["registration_number"], row["current_status"]) for row in csv.DictReader(rows)
        }
    assert {url: (state["number"], state["status"]) for url, state in follows.items()} == listed
    assert _codes(results) == ["listing_goes_on"]


def test_further_pages_of_the_listing_are_followed_where_they_have_an_address(page: Pages) -> None:
    body = (ECI / "listings" / "last_page.html").read_text("utf-8")
    turned = re.sub(r'href="#"', 'href="?page=2"', body)
    follows = [result.address for result in _read(page(turned, SOURCE.address)) if isinstance(result, Follow)]
    assert follows == [f"{HOME}/initiatives/details/2012/000004_en", f"{SOURCE.address}?page=2"]


@pytest.mark.parametrize(
    ("name", "key", "status", "days", "follow"),
    [
        (
            "2012_000003_en", "ECI(2012)000003", "Answered initiative",
            {"registered_on": "2012-05-10", "submitted_on": "2013-12-20", "answered_on": "2014-03-19"},
            "https://europa.eu/citizens-initiative/water-and-sanitation-are-human-right-water-public-good-not-commodity_en",
        ),
        (
            "2024_000004_en", "ECI(2024)000004", "Valid initiative",
            {"registered_on": "2024-04-10", "submitted_on": "2025-09-01"},
            f"{HOME}/my-voice-my-choice-safe-and-accessible-abortion_en",
        ),
        ("2025_000002_en", "ECI(2025)000002", "Registered", {"registered_on": "2025-07-08"}, None),
        (
            "2019_000007_en", "ECI(2024)000005", "Withdrawn",
            {"registered_on": "2024-05-13", "withdrawn_on": "2024-10-18"}, None,
        ),
    ],
)  # fmt: skip
def test_an_initiatives_page_gives_its_number_its_status_its_dates_and_the_way_to_its_answer(
    name: str, key: str, status: str, days: dict[str, str], follow: str | None, page: Pages
) -> None:
    results = _read(
        page((ECI / "initiatives" / f"{name}.html").read_bytes(), f"{HOME}/initiatives/details/x")
    )
    finding = _one(results)
    assert (finding.kind, finding.key, finding.status, _days(finding)) == ("new_item", key, status, days)
    assert finding.body_name == "European Commission"
    assert finding.extra["trigger"] == ("submitted" if "submitted_on" in days else None)
    assert next((result.address for result in results if isinstance(result, Follow)), None) == follow
    assert "MINEO" not in finding.summary


def test_an_address_that_shows_another_initiative_raises_a_question(page: Pages) -> None:
    address = f"{HOME}/initiatives/details/2019/000007_en"
    results = _read(page((ECI / "initiatives" / "2019_000007_en.html").read_bytes(), address))
    assert _codes(results) == ["numbers_differ"]
    assert _one(results).key == "ECI(2024)000005"


@pytest.mark.parametrize("path", sorted((ECI / "responses").glob("*.html")), ids=lambda path: path.stem)
def test_an_answers_page_gives_the_days_the_table_has(path: Path, page: Pages) -> None:
    finding = _one(_read(page(path.read_bytes(), f"{HOME}/answer_en")))
    row = ANSWERS[_plain_number(finding.key)]
    assert path.stem == f"{_plain_number(finding.key).replace('/', '_')}_en"
    assert (finding.kind, finding.extra["response_kind"]) == ("response", "reply")
    assert _days(finding) == {
        "submitted_on": row["commission_submission_date"],
        "answered_on": row["official_communication_adoption_date"],
    }
    assert _letters(finding.title) == _letters(row["initiative_title"])
    assert finding.extra["documents"]
    assert "Available languages" not in finding.summary
    assert "български" not in finding.summary


def _written_out(row: dict[str, str]) -> str:
    """An answer page in another layout, from the table's texts."""
    told = "".join(
        f"<div>{html.escape(part)}</div>" for part in re.split(r"(?<=\.) ", row["submission_text"])
    )
    said = "".join(f"<li>{html.escape(part)}</li>" for part in row["commission_answer_text"].split("\n"))
    title = html.escape(row["initiative_title"])
    return f"<h1>{title}</h1><h3>Submission and examination</h3>{told}<h3>Answer of the European Commission</h3>{said}"


@pytest.mark.parametrize("row", ANSWERS.values(), ids=list(ANSWERS))
def test_every_answer_of_the_table_is_read_in_any_layout(row: dict[str, str], page: Pages) -> None:
    finding = _one(_read(page(_written_out(row), row["initiative_url"])))
    assert _days(finding) == {
        "submitted_on": row["commission_submission_date"],
        "answered_on": row["official_communication_adoption_date"],
    }


PROMISED = {
    "2017/000002": ["month 2018-05-01 May 2018", "year 2019-01-01 2019"],
    "2018/000004": ["year 2023-01-01 the end of 2023"],
    "2020/000001": ["year 2023-01-01 the end of 2023", "year 2024-01-01 end 2024"],
    "2022/000002": ["month 2026-03-01 March 2026"],
}


@pytest.mark.parametrize("row", ANSWERS.values(), ids=list(ANSWERS))
def test_promises_with_a_date_are_those_the_table_has(row: dict[str, str], page: Pages) -> None:
    promises = _one(_read(page(_written_out(row), row["initiative_url"]))).extra["promises"]
    found = [f"{one['precision']} {one['value']} {one['as_written']}" for one in promises]
    assert found == PROMISED.get(row["registration_number"], [])


def test_a_vague_promise_keeps_its_sentence_and_has_no_date(page: Pages) -> None:
    body = (ECI / "responses" / "2021_000006_en.html").read_bytes()
    (promise,) = _one(_read(page(body, f"{HOME}/x_en"))).extra["promises"]
    assert (promise["value"], promise["as_written"], promise["section"]) == (None, "early 2026", "Follow-up")


def test_a_follow_up_page_is_an_update_on_its_initiative(page: Pages) -> None:
    finding = _one(
        _read(page((ECI / "followup" / "2018_000004_en.html").read_bytes(), "https://food.ec.europa.eu/x_en"))
    )
    assert (finding.kind, finding.key, finding.extra["item"]) == (
        "update",
        "ECI(2018)000004/follow-up",
        "ECI(2018)000004",
    )
    assert _days(finding) == {"answered_on": "2021-06-30"}


def test_a_saved_page_leads_where_it_says_it_stands(page: Pages) -> None:
    saved = page((ECI / "initiatives" / "2024_000004_en.html").read_bytes(), "file:2024_000004_en.html")
    results = _read(saved)
    assert _one(results).link == f"{HOME}/initiatives/details/2024/000004_en"
    (follow,) = [result.address for result in results if isinstance(result, Follow)]
    assert follow == f"{HOME}/my-voice-my-choice-safe-and-accessible-abortion_en"
    answer = page((ECI / "responses" / "2012_000003_en.html").read_bytes(), "file:answer.html")
    assert _one(_read(answer)).link.startswith(f"{HOME}/initiatives/details/2012/000003/water-and-sanitation")


@pytest.mark.parametrize("path", sorted(ECI.rglob("*.html")), ids=lambda path: path.stem)
def test_every_recording_is_of_a_kind_we_know_or_asks_for_patience(path: Path, page: Pages) -> None:
    results = _read(page(path.read_bytes(), f"{HOME}/x_en"))
    fatal = [
        result.sentence for result in results if isinstance(result, Problem) and result.weight == "fatal"
    ]
    patience = ["The register asks for patience (too many requests): try again later."]
    assert fatal == (patience if path.stem.startswith("429") else [])
    assert len(results) > 0


def test_every_word_of_the_status_table_is_known() -> None:
    with (ECI / "initiatives" / "eci_status_initiatives.csv").open(encoding="utf-8", newline="") as rows:
        listed = {row["status"] for row in csv.DictReader(rows)}
    assert listed == set(STATUSES) - {"Collection closed"}


def test_answers_took_from_67_to_370_days(page: Pages) -> None:
    took = []
    for row in ANSWERS.values():
        dates = _one(_read(page(_written_out(row), row["initiative_url"]))).dates
        answered, submitted = dates["answered_on"].value, dates["submitted_on"].value
        assert answered and submitted
        took.append((answered - submitted).days)
    assert (min(took), max(took)) == (67, 370)


def test_too_many_requests_is_an_error_and_never_empty(page: Pages) -> None:
    (problem,) = _read(
        page((ECI / "errors" / "429_too_many_requests_error.html").read_bytes(), SOURCE.address)
    )
    assert isinstance(problem, Problem)
    assert (problem.code, problem.weight) == ("error_page", "fatal")


@pytest.mark.parametrize(
    "body", ["", "<html><body>Hello</body></html>", "\0\1\2", "<" * 100_000, "<div>" * 5_000]
)
def test_a_page_of_no_kind_is_fatal(body: str, page: Pages) -> None:
    (problem,) = _read(page(body, SOURCE.address))
    assert isinstance(problem, Problem)
    assert problem.weight == "fatal"


def test_a_word_the_register_did_not_have_is_a_question_and_never_a_default(page: Pages) -> None:
    listing = (
        (ECI / "listings" / "last_page.html")
        .read_text("utf-8")
        .replace("status: Withdrawn", "status: Merged")
    )
    initiative = (
        (ECI / "initiatives" / "2019_000007_en.html").read_text("utf-8").replace(">Withdrawn<", ">Merged<")
    )
    assert "unknown_status" in _codes(_read(page(listing, SOURCE.address)))
    results = _read(page(initiative, SOURCE.address))
    assert _codes(results) == ["unknown_step"]
    assert (_one(results).status, _one(results).extra["stage"]) == ("Merged", None)
    assert _one(results).confidence < 0.5


def test_two_days_for_one_answer_are_a_question_and_no_day(page: Pages) -> None:
    row = dict(ANSWERS["2012/000007"])
    row["submission_text"] += " The Commission adopted a Communication on 4 June 2015 on this."
    results = _read(page(_written_out(row), row["initiative_url"]))
    assert _codes(results) == ["dates_differ"]
    assert "answered_on" not in _one(results).dates


def test_an_impossible_day_stays_unknown(page: Pages) -> None:
    body = _written_out(ANSWERS["2012/000005"]).replace(
        "Decision date: 28/05/2014", "Decision date: 31/02/2014"
    )
    results = _read(
        page(
            body.replace("Communication adopted on 28/05/2014", "Communication"),
            f"{HOME}/initiatives/details/2012/000005/x",
        )
    )
    assert _codes(results) == ["unreadable_date"]
    assert _one(results).dates["answered_on"].value is None


def test_before_there_is_an_answer_its_page_says_so_and_proposes_nothing(page: Pages) -> None:
    told = "<h1>T</h1><h2>Submission and examination</h2><p>It was submitted to the Commission on 1 September 2025.</p>"
    results = _read(page(told, f"{HOME}/initiatives/details/2024/000004/t_en"))
    assert [(result.code, result.weight) for result in results if isinstance(result, Problem)] == [
        ("no_answer_yet", "note")
    ]
    assert len(results) == 1


def test_a_copy_of_the_register_is_read_on_its_own_host(page: Pages) -> None:
    copy = Source("eci", "eci", "http://127.0.0.1:8099/find-initiative_en", {"mirror": True})
    body = (ECI / "initiatives" / "2012_000003_en.html").read_bytes()
    there = "http://127.0.0.1:8099/initiatives/details/2012/000003_en"
    (follow,) = [result for result in eci.read(page(body, there), copy) if isinstance(result, Follow)]
    assert follow.address == (
        "http://127.0.0.1:8099/water-and-sanitation-are-human-right-water-public-good-not-commodity_en"
    )
