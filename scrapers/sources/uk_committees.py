"""Publications of the UK Parliament's committees: committees-api.parliament.uk/api/Publications.

A report that the Government can respond to is a new item; a publication that answers one is a response, and names it
where the API says so. A missing `responseDeadline` is unknown, not two months. Contacts are not kept. OPTIONS says
what may be set.
"""

import re
from collections.abc import Iterator, Mapping

from scrapers.feeds.decoding import Unreadable
from scrapers.model import Finding, Json, Page, Problem, Result, Seen, Source
from scrapers.plain import safe_link
from scrapers.records import Record, date_questions, said_instead, strangers, sure, unknown_word
from scrapers.rows.further import further_part, repeated
from scrapers.strict_json import data_of, said_as_problem

OPTIONS: Mapping[str, str] = {
    "letters": "true proposes as updates the letters and papers that may be responses and do not say so",
}
TYPES = frozenset(
    "report,special report,government response,correspondence,estimate memoranda,written evidence,oral evidence,"
    "scrutiny evidence,formal minutes,agendas and papers,attendance statistics,terms of reference,survey result,"
    "engagement document,committee special report,work of the committee,memorandum,treasury minute,"
    "pre-appointment hearing,bill,draft bill,press notice,other".split(",")
)
"""The kinds of publication known, in small letters; what may be done with one the API itself says."""
VOCABULARY: dict[str, dict[str, str]] = {
    "trigger": {"publicationStartDate": "published"},
    "response_kind": {"responseToPublicationId": "reply", "Government response": "reply"},
}
PLACE = "https://committees.parliament.uk"
_SAYS_RESPONSE = re.compile(
    r"\b(?:government(?:['’]s)?|treasury|ministerial)\s+(?:response|reply|minute)", re.IGNORECASE
)


@said_as_problem
def read(page: Page, source: Source) -> Iterator[Result]:
    """Reports and the responses to them; the next part of the list."""
    data = data_of(page, "a list of publications")
    publications = _publications(data)
    if publications is None:
        raise Unreadable(
            "not_recognised", "This page is no list of a committee's publications.", said_instead(data)
        )
    yield from strangers(data.get("items"), len(publications))
    others = 0
    entries = [one.data for one in publications]
    yield from repeated(entries, page)
    for publication in publications:
        told = list(_publication(publication, source))
        others += not any(isinstance(result, Finding) for result in told)
        yield from told
    if others:
        yield Seen(others)
    total = Record(data).word("totalResults")
    yield from further_part(total, entries, "Skip", page, source)


def _publications(data: Json) -> list[Record] | None:
    if isinstance(data, dict) and isinstance(data.get("items"), list):
        return Record(data).records("items[*]")
    return [Record(data)] if isinstance(data, dict) and "publicationStartDate" in data else None


def _publication(one: Record, source: Source) -> Iterator[Result]:
    key = one.word("id")
    if not key or not one.text("description"):
        sentence = "A publication of the list has no number or no title; it was left out."
        yield Problem("not_a_publication", sentence, "question", key or "list")
        return
    kind = one.word("type.name")
    if kind.lower() not in TYPES:
        yield unknown_word("publication type", kind)
    if _is_response(one):
        yield from _dated(_response(one, _key(one.word("responseToPublicationId")), _department(one)))
    elif one.says("type.governmentCanRespond"):
        yield from _dated(_item(one))
        yield from _responses_named(one)
    elif one.holds("governmentResponses.responseDeadline | governmentResponses.publication[*].id"):
        sentence = "A response is due or named, but its kind is none that the Government answers; a person has to look."
        yield Problem(
            "response_to_other", sentence, "question", f"publication {key}", one.text("description")
        )
        yield from _responses_named(one)
    elif source.options.get("letters") is True and one.says("type.canBeResponse"):
        yield from _dated(_letter(one))


def _is_response(one: Record) -> bool:
    """Whether the API says which report it answers, or type or title say that it answers one."""
    named = one.holds("responseToPublicationId") or one.word("type.name").lower() == "government response"
    return named or (one.says("type.canBeResponse") and bool(_SAYS_RESPONSE.search(one.text("description"))))


def _dated(finding: Finding) -> Iterator[Result]:
    yield from date_questions(dict(finding.dates), finding.key)
    yield finding


def _item(one: Record) -> Finding:
    is_excepted = one.says("governmentResponses.responseExcepted")
    dates = one.days(
        published_on="publicationStartDate", due_stated_on="governmentResponses.responseDeadline"
    )
    deadline = (
        ("deadline_given", dates["due_stated_on"].as_written)
        if "due_stated_on" in dates
        else ("no_deadline_given", "")
    )
    return Finding(
        kind="new_item",
        key=_key(one.word("id")),
        title=one.text("description"),
        body_name=_department(one) or one.text("committee.scrutinisingDepartments[*].name"),
        dates=dates,
        link=_link(one),
        status=one.word("type.name"),
        locator=f"publication {one.word('id')}",
        confidence=sure(dates, 0.8 if "published_on" in dates else 0.4),
        reasons=(
            ("report", one.word("type.name")),
            ("no_response_expected", "") if is_excepted else deadline,
        ),
        extra={
            "stage": "no response expected" if is_excepted else "published",
            "trigger": None if is_excepted else "published",
            **_told_of(one),
        },
    )


def _key(number: str) -> str:
    """How the committees' own site calls a publication."""
    return f"publications/{number}" if number else ""


def _told_of(one: Record) -> dict[str, Json]:
    told = {
        "asked_by": one.text("committee.name"),
        "house": one.word("committee.house"),
        "reference": one.word("hcNumber.number | hlPaper.number"),
        "inquiry": one.text("businesses[*].title"),
    }
    return {name: text for name, text in told.items() if text}


def _department(one: Record) -> str:
    return one.text("respondingDepartment.name | respondingDepartment")


def _link(one: Record) -> str:
    given = one.link("additionalContentUrl")
    document = one.word("documents[0].documentId")
    below = f"/documents/{document}/default/" if document.isdigit() else "/"
    return given or (
        safe_link(f"{PLACE}/publications/{one.word('id')}{below}") if one.word("id").isdigit() else ""
    )


def _response(one: Record, item: str, department: str) -> Finding:
    dates = one.days(published_on="publicationStartDate")
    reasons = ("answers", item) if item else ("answers_unnamed", one.word("type.name"))
    return Finding(
        kind="response",
        key=_key(one.word("id")),
        title=one.text("description"),
        body_name=department,
        dates=dates,
        link=_link(one),
        status=one.word("type.name"),
        locator=f"publication {one.word('id')}",
        confidence=sure(dates, 0.9 if item and dates else 0.4),
        reasons=(reasons,),
        extra={"item": item, "response_kind": "reply", **_told_of(one)},
    )


def _responses_named(report: Record) -> Iterator[Result]:
    """The responses that the API lists below the report itself."""
    for one in report.records("governmentResponses.publication[*]"):
        if one.word("id") and one.text("description"):
            yield from _dated(
                _response(one, _key(report.word("id")), _department(one) or _department(report))
            )


def _letter(one: Record) -> Finding:
    return Finding(
        kind="update",
        key=_key(one.word("id")),
        title=one.text("description"),
        dates=one.days(published_on="publicationStartDate"),
        link=_link(one),
        status=one.word("type.name"),
        locator=f"publication {one.word('id')}",
        confidence=0.3,
        reasons=(("may_be_response", one.word("type.name")),),
        extra=_told_of(one),
    )
