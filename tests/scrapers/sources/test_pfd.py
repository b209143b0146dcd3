"""Coroners' reports: their number, their days, the organisations they are sent to, and nobody's name."""

import csv
import json
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta

import pytest

from scrapers.model import Finding, Follow, Page, Problem, Result, Source
from scrapers.pfd.days import read_day, stated_days
from scrapers.pfd.organisations import addressees_of, organisations_in
from scrapers.sources import pfd
from tests.scrapers.conftest import NOW
from tests.scrapers.pdf.written import pdf_of
from tests.shared import shared

Pages = Callable[..., Page]
SOURCE = Source("pfd", "pfd", "https://www.judiciary.uk/")
SAMPLES = shared("data", "samples", "pfd")
with (SAMPLES / "due_dates.csv").open(encoding="utf-8", newline="") as _rows:
    DUE = list(csv.DictReader(_rows))
PERSONS = ("Jane Example", "Example", "John Writer", "Mary Witness", "Peter Chief")


def _report(
    *, date_of: str = "22 January 2024", due: str = "namely by 18 March 2024", to: Sequence[str] = ()
) -> bytes:
    sent_to = to or (
        "1. Peter Chief, Chief Executive, Northern Lights NHS Foundation Trust, 12 High Street, Anytown",
        "2. The Secretary of State for Health and Social Care",
    )
    first = [
        "*REGULATION 28 REPORT TO PREVENT FUTURE DEATHS",
        "Ref: 2024-0093",
        "*THIS REPORT IS BEING SENT TO:",
        *sent_to,
        "*1 CORONER",
        "I am John Writer, senior coroner, for the coroner area of Anyshire",
        "*3 INVESTIGATION and INQUEST",
        "On 3 June 2023 I commenced an investigation into the death of Jane Example, aged 34.",
        "*5 CORONER’S CONCERNS",
        "(1) Mary Witness said that the Trust did not contact Jane Example.",
    ]
    second = [
        "*7 YOUR RESPONSE",
        "You are under a duty to respond to this report within 56 days of the date of this",
        f"report, {due}. I, John Writer, the coroner, may extend the period.",
        "*8 COPIES and PUBLICATION",
        "I have sent a copy of my report to the family of Jane Example.",
        f"9 {date_of} John Writer",
    ]
    return pdf_of(first, second)


def _read(page: Page) -> list[Result]:
    return list(pfd.read(page, SOURCE))


def _one(results: Iterable[Result]) -> Finding:
    (finding,) = [result for result in results if isinstance(result, Finding)]
    return finding


def _codes(results: Iterable[Result]) -> list[str]:
    return [result.code for result in results if isinstance(result, Problem)]


def _days(finding: Finding) -> dict[str, str]:
    return {name: str(written.value) for name, written in finding.dates.items()}


def _plain(results: Iterable[Result]) -> str:
    return json.dumps([result.to_dict() for result in results], ensure_ascii=False)


def test_a_report_gives_its_number_its_days_and_the_organisations_it_is_sent_to(page: Pages) -> None:
    results = _read(page(_report()))
    finding = _one(results)
    assert (finding.kind, finding.key) == ("new_item", "2024-0093")
    assert finding.title == "Report to prevent future deaths 2024-0093"
    assert _days(finding) == {"dated_on": "2024-01-22", "due_stated_on": "2024-03-18"}
    assert finding.extra["addressees"] == [
        "Northern Lights NHS Foundation Trust",
        "Secretary of State for Health and Social Care",
    ]
    assert finding.extra["due_sentence"] == (
        "You are under a duty to respond to this report within 56 days of the date of this report, "
        "namely by 18 March 2024"
    )
    assert (finding.extra["trigger"], finding.summary, _codes(results)) == ("dated", "", [])


@pytest.mark.parametrize("name", PERSONS)
def test_nobodys_name_is_kept(name: str, page: Pages) -> None:
    address = "https://www.judiciary.uk/prevention-of-future-death-reports/jane-example/"
    assert name.lower() not in _plain(_read(page(_report(), address))).lower()
    proposed = [result for result in _read(page(WEB, address)) if not isinstance(result, Follow)]
    assert proposed
    assert name.lower() not in _plain(proposed).lower()


def test_an_addressee_who_may_be_a_person_is_a_question_and_not_kept(page: Pages) -> None:
    results = _read(
        page(_report(to=("1. Peter Chief", "2. Anytown Council", "3. Mr P. Chief, c/o 4 High Street")))
    )
    assert _one(results).extra["addressees"] == ["Anytown Council"]
    (problem,) = [result for result in results if isinstance(result, Problem)]
    assert (problem.code, problem.weight, problem.as_written) == ("addressee_unsure", "question", "no. 1, 3")
    assert "Peter" not in _plain(results)


def test_the_blank_form_states_no_day() -> None:
    from scrapers.model import page_of

    body = (SAMPLES / "pdf" / "Template.pdf").read_bytes()
    results = _read(page_of(body, address="https://www.judiciary.uk/Template.pdf", fetched_at=NOW))
    assert _codes(results) == ["blank_form"]
    assert len(results) == 1


@pytest.mark.parametrize("row", DUE, ids=[f"{n}-{row['ref']}" for n, row in enumerate(DUE)])
def test_the_stated_day_is_the_one_on_record(row: dict[str, str]) -> None:
    ((written, sentence),) = stated_days(row["raw_snippet"])
    assert str(written.value) == row["stated_due_date"]
    assert sentence.endswith(written.as_written)


def test_the_recorded_days_lie_where_they_are_said_to_lie() -> None:
    apart = [(read_day(row["raw_date"]).value, date.fromisoformat(row["date_of_report"])) for row in DUE]
    days = [(due - dated).days for due, dated in apart if due]
    assert len(days) == 520
    assert round(100 * sum(day == 56 for day in days) / len(days)) in (60, 61)
    assert round(100 * sum(abs(day - 56) <= 1 for day in days) / len(days)) in (75, 76)


@pytest.mark.parametrize(
    ("due", "code"),
    [
        ("namely by 18 March 2023", "due_before_report"),
        ("namely by 18 March 2025", "due_far_off"),
        ("namely by 31 February 2024", "unreadable_date"),
        ("namely by [DATE]", "no_due_date"),
        ("namely by the day month 2024", "no_due_date"),
    ],
)
def test_a_day_that_cannot_be_right_is_kept_as_written_and_asked_about(
    due: str, code: str, page: Pages
) -> None:
    results = _read(page(_report(due=due)))
    assert _codes(results) == [code]
    kept = _one(results).dates.get("due_stated_on")
    assert (kept.as_written if kept else "") == (
        "" if code == "no_due_date" else due.removeprefix("namely by ")
    )
    assert _one(results).confidence < 0.5


def test_two_days_for_the_answer_are_a_question_and_no_day(page: Pages) -> None:
    twice = "namely by 18 March 2024. I have extended this period to 2 April 2024"
    results = _read(page(_report(due=twice)))
    assert _codes(results) == ["due_dates_differ"]
    assert "due_stated_on" not in _one(results).dates


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("22nd April 2019", "2019-04-22"),
        ("August 10, 2023", "2023-08-10"),
        ("06/05/2025", "2025-05-06"),
        ("13.7.23", "2023-07-13"),
        ("02-Dec-24", "2024-12-02"),
        ("30 th of June 2023", "2023-06-30"),
        ("31/02/2024", "None"),
        ("13/13/2024", "None"),
        ("3 March 1024", "None"),
    ],
)
def test_days_are_read_as_coroners_write_them(written: str, day: str) -> None:
    assert str(read_day(written).value) == day


@pytest.mark.parametrize(
    ("entry", "organisation"),
    [
        ("Mr John Smith, Chief Executive, XYZ NHS Foundation Trust, 12 High Street, Leeds LS1 4AB", "XYZ NHS Foundation Trust"),
        ("Jane Smith Chief Executive of Barts Health NHS Trust", "Barts Health NHS Trust"),
        ("A. Person MP, Secretary of State for Levelling Up, Housing and Communities", "Secretary of State for Levelling Up, Housing and Communities"),
        ("Secretary of State for Health and Social Care, A. Person", "Secretary of State for Health and Social Care"),
        ("Chief Constable of Kent Police", "Kent Police"),
        ("Ms A Brown, Governor, HMP Leeds", "HMP Leeds"),
        ("Barking, Havering and Redbridge University Hospitals NHS Trust", "Barking, Havering and Redbridge University Hospitals NHS Trust"),
        ("Betsi Cadwaladr University Health Board (BCUHB)", "Betsi Cadwaladr University Health Board (BCUHB)"),
        ("NICE", "NICE"),
        ("GP Surgery [ADDRESS]", "GP Surgery"),
        ("[NAME]", ""),
        ("Jane Ward", ""),
        ("Dr John King", ""),
    ],
)  # fmt: skip
def test_organisations_are_told_from_persons(entry: str, organisation: str) -> None:
    assert (organisations_in(entry) or [""])[0] == organisation


def test_nearly_all_addressees_on_record_are_recognised() -> None:
    with (SAMPLES / "reports_2024-01-28.csv").open(encoding="utf-8", newline="") as rows:
        entries = [
            entry
            for row in csv.DictReader(rows)
            for entry in re.split(r"[|]", row["this_report_is_being_sent_to"])
        ]
    found = list(addressees_of(entries))
    known = sum(bool(one.organisation) for one in found)
    assert len(found) > 5000
    assert known / len(found) > 0.95


WEB = """<html><body><h1>Jane Example: Prevention of future deaths report</h1>
<p><strong>Date of report:</strong> 22/01/2024</p><p><strong>Ref:</strong> 2024-0093</p>
<p><strong>Deceased name:</strong> Jane Example</p><p><strong>Coroner name:</strong> John Writer</p>
<p><strong>This report is being sent to:</strong> Northern Lights NHS Foundation Trust | NHS England</p>
<p><a href="/wp-content/uploads/Jane-Example-Prevention-of-future-deaths-report-2024-0093.pdf">Report</a></p>
<p><a href="/wp-content/uploads/2024-0093-Response-from-NHS-England.pdf">Response from NHS England</a></p>
<p><a href="/wp-content/uploads/Jane-Example-reply.pdf">Response</a></p></body></html>"""


def test_a_reports_page_leads_to_its_file_and_proposes_its_replies(page: Pages) -> None:
    results = _read(
        page(
            WEB.replace("Jane-Example-Prev", "Prev"),
            "https://www.judiciary.uk/prevention-of-future-death-reports/x/",
        )
    )
    (follow,) = [result for result in results if isinstance(result, Follow)]
    assert follow.state["reference"] == "2024-0093"
    assert follow.state["addressees"] == ["Northern Lights NHS Foundation Trust", "NHS England"]
    first, second = [result for result in results if isinstance(result, Finding)]
    assert (first.kind, first.body_name, first.extra["item"]) == ("response", "NHS England", "2024-0093")
    assert first.link.endswith("/2024-0093-Response-from-NHS-England.pdf")
    assert (second.body_name, second.link) == ("", "https://www.judiciary.uk/?post_type=pfd&s=2024-0093")


def test_a_file_takes_from_its_page_what_it_lacks(page: Pages) -> None:
    from scrapers.model import page_of

    follow = next(result for result in _read(page(WEB)) if isinstance(result, Follow))
    scanned = page_of(
        pdf_of([]), address="https://www.judiciary.uk/a.pdf", fetched_at=NOW, state=follow.state
    )
    results = _read(scanned)
    assert _codes(results) == ["no_text_layer", "no_due_date"]
    assert (_one(results).key, _days(_one(results))) == ("2024-0093", {"dated_on": "2024-01-22"})


def test_a_list_of_reports_leads_to_each_of_them(page: Pages) -> None:
    body = '<a href="/prevention-of-future-death-reports/a/">A</a> <a href="/prevention-of-future-death-reports/b/">B</a>'
    results = _read(page(f"<html><body>{body}</body></html>", "https://www.judiciary.uk/pfd/"))
    assert [result.address[-3:] for result in results if isinstance(result, Follow)] == ["/a/", "/b/"]


@pytest.mark.parametrize(
    "body", [b"", b"<html><body>Hello</body></html>", b"%PDF-1.7 broken", pdf_of(["Nothing of the sort."])]
)
def test_anything_else_is_fatal(body: bytes, page: Pages) -> None:
    (problem,) = _read(page(body))
    assert isinstance(problem, Problem)
    assert problem.weight == "fatal"


def test_a_report_of_56_days_raises_no_question(page: Pages) -> None:
    due = date(2024, 1, 22) + timedelta(days=56)
    assert _codes(_read(page(_report(due=f"namely by {due.day} March 2024")))) == []


@pytest.mark.parametrize(
    ("entry", "kept"),
    [
        ("Jane Doe NHS England", "NHS England"),
        ("Amaka Obi NHS England", "NHS England"),
        ("J. Doe, Department of Health and Social Care", "Department of Health and Social Care"),
        ("Jane Doe (NHS England)", "NHS England"),
        ("John Writer of Anytown Borough Council", "Anytown Borough Council"),
        ("Mr J Smith, Chief Executive, X Trust", "X Trust"),
        ("Dr A B, Medical Director", ""),
        ("Jane Doe Anytown Partnership NHS Trust", ""),
        ("Chief Constable John Writer Anytown Police", ""),
        (
            "James Paget University Hospitals NHS Foundation Trust",
            "James Paget University Hospitals NHS Foundation Trust",
        ),
        ("Ashley Gardens Care Centre", "Ashley Gardens Care Centre"),
        ("West Midlands Police", "West Midlands Police"),
    ],
)
def test_a_person_named_before_an_organisation_does_not_travel_with_it(entry: str, kept: str) -> None:
    (found,) = addressees_of([entry])
    assert found.organisation == kept
