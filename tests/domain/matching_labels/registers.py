"""What is on record when the labelled findings are matched: obligations made of the recorded samples and demo facts."""

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path

from tests.shared import shared
from tracker.domain.matching import Candidate

HERE = Path(__file__).parent
REPORTS = ("data", "samples", "pfd", "reports_2024-02-05.csv")
INQUIRIES: Mapping[str, tuple[str, str]] = {
    "grenfell": ("Grenfell Tower Inquiry: Phase 2 Report", "UK Government"),
    "blood": ("Infected Blood Inquiry: Report", "UK Government"),
    "disorder": ("Police response to the 2024 summer disorder", "Home Office"),
}


@dataclass(frozen=True, slots=True)
class OnRecord:
    """An obligation under a key that labels can name."""

    key: str
    source: str
    candidate: Candidate


def on_record(source: str) -> list[OnRecord]:
    """Everything, as it is compared with a finding of one source; for the demo's many small ones without the masses."""
    masses = () if source in ("pfd", "upr") else ("upr",) if "/" not in source else ("upr", "pfd")
    return [
        replace(one, candidate=replace(one.candidate, id=number, of_source=one.source == source))
        for number, one in enumerate(_all(), 1)
        if one.source not in masses
    ]


@cache
def _all() -> tuple[OnRecord, ...]:
    makers = (_reports, _initiatives, _demo, _inquiries, _reviews, _questions, _consultations)
    return tuple(one for maker in makers for one in maker())


def rows(*parts: str) -> list[dict[str, str]]:
    """The rows of a CSV file under `../shared`."""
    text = (
        shared(*parts).read_bytes().decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    )
    return list(csv.DictReader(io.StringIO(text)))


def addressees(row: Mapping[str, str]) -> list[str]:
    """To whom a coroner's report is sent, as the list writes it."""
    return [name.strip() for name in re.split(r"[|;]", row["this_report_is_being_sent_to"]) if name.strip()]


def report_day(written: str) -> date | None:
    """The day of a report; None where it is written otherwise."""
    for form in ("%d/%m/%Y", "%d/%m/%y", "%d %B %Y"):
        try:
            return datetime.strptime(written.strip(), form).date()
        except ValueError:
            continue
    return None


def _reports() -> Iterator[OnRecord]:
    for row in rows(*REPORTS):
        ref = re.sub(r"\s", "", row["ref"]).replace("–", "-")
        for place, name in enumerate(addressees(row), 1) if re.fullmatch(r"\d{4}-\d{4}", ref) else ():
            candidate = Candidate(
                id=0,
                names=(ref, f"uk-pfd-{ref}"),
                title=f"Report to prevent future deaths {ref}",
                document=f"Regulation 28 report {ref}",
                bodies=(name,),
                watched=(row["report_url"],),
                started_on=report_day(row["date_of_report"]),
            )
            yield OnRecord(f"pfd/{ref}/{place}", "pfd", candidate)


def _initiatives() -> Iterator[OnRecord]:
    for row in rows("data", "samples", "eci", "answers_2026-02-09.csv"):
        number = row["registration_number"]
        candidate = Candidate(
            id=0,
            names=(number, f"eci-{number.replace('/', '-')}"),
            title=row["initiative_title"],
            document=row["initiative_title"],
            bodies=("European Commission", "eu-com"),
            watched=(row["initiative_url"],),
            addresses=(row["initiative_url"],),
            started_on=date.fromisoformat(row["commission_submission_date"]),
        )
        yield OnRecord(f"eci/{number}", "eci", candidate)


def _demo() -> Iterator[OnRecord]:
    bodies = {row["id"]: row["name"] for row in rows("data", "demo", "bodies.csv")}
    documents = {row["id"]: row for row in rows("data", "demo", "documents.csv")}
    for item in rows("data", "demo", "items.csv"):
        if item["id"].startswith(("eci-", "uk-pfd-")):
            continue  # the same reports and initiatives as in the samples
        document = documents[item["document_id"]]
        for body in (one for one in item["addressees"].split(";") if one):
            candidate = Candidate(
                id=0,
                names=tuple(filter(None, (item["ref"], item["id"]))),
                title=item["short_title"],
                text=item["summary"],
                document=document["title"],
                bodies=(bodies[body], body),
                addresses=(document["url"],),
                started_on=_day(item["clock_start"]),
            )
            yield OnRecord(f"demo/{item['id']}/{body}", f"demo/{document['process_id']}", candidate)


def _inquiries() -> Iterator[OnRecord]:
    with (HERE / "inquiry_items.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            document, body = INQUIRIES[row["inquiry"]]
            candidate = Candidate(
                id=0,
                names=(f"Recommendation {row['number']}",),
                title=row["title"],
                document=document,
                bodies=(row["body"] or body,),
            )
            yield OnRecord(f"{row['inquiry']}/{row['number'].replace(' ', '')}", row["inquiry"], candidate)


def _reviews() -> Iterator[OnRecord]:
    for place, row in enumerate(rows("data", "samples", "upr", "sessions_17-20.csv"), 1):
        document = f"Universal Periodic Review of {row['To']}, session {row['Session']}"
        candidate = Candidate(id=0, title=row["Text"].strip(), document=document, bodies=(row["To"],))
        yield OnRecord(f"upr/{place}", "upr", candidate)


def _questions() -> Iterator[OnRecord]:
    path = shared("data", "samples", "uk-parliament", "written_questions_list.json")
    for one in (row["value"] for row in json.loads(path.read_text(encoding="utf-8"))["results"]):
        candidate = Candidate(
            id=0,
            names=(one["uin"],),
            title=one["questionText"],
            bodies=(one["answeringBodyName"],),
            started_on=_day(one["dateTabled"][:10]),
        )
        yield OnRecord(f"questions/{one['uin']}", "questions", candidate)


def _consultations() -> Iterator[OnRecord]:
    for path in sorted(shared("data", "samples", "govuk").glob("*.json")):
        one = json.loads(path.read_text(encoding="utf-8"))
        named = [body["title"] for body in one.get("links", {}).get("organisations", [])]
        if one.get("title") and named:
            place = "https://www.gov.uk" + one["base_path"]
            candidate = Candidate(
                id=0, names=(one["content_id"],), title=one["title"], bodies=(named[0],), addresses=(place,)
            )
            yield OnRecord(f"govuk/{path.stem}", "govuk", candidate)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None
