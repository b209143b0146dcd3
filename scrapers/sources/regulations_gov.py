"""Documents in the dockets of US agencies: api.regulations.gov/v4/documents (5 USC 553).

Its instants are days in Washington. A docket by itself is nothing for us. The further pages are followed. It has no
options of its own.
"""

from collections.abc import Iterator, Mapping
from zoneinfo import ZoneInfo

from scrapers.feeds.decoding import Unreadable
from scrapers.model import Finding, FindingKind, Json, Page, Problem, Result, Seen, Source
from scrapers.plain import safe_link
from scrapers.records import Record, date_questions, said_instead, strangers, sure, unknown_word
from scrapers.rows.further import further_page, repeated, with_parameters
from scrapers.strict_json import data_of, said_as_problem

TYPES: Mapping[str, FindingKind | None] = {
    "Notice": "new_item",
    "Proposed Rule": "new_item",
    "Rule": "update",
    "Supporting & Related Material": None,
    "Other": None,
}
"""The types of document, and what each is for us: material is nothing by itself."""
OPTIONS: Mapping[str, str] = {}
VOCABULARY: dict[str, dict[str, str]] = {"trigger": {"postedDate": "published"}}
WASHINGTON = ZoneInfo("America/New_York")
PLACE = "https://www.regulations.gov/document/"


@said_as_problem
def read(page: Page, source: Source) -> Iterator[Result]:
    """The documents posted, and the next page of the list."""
    data = data_of(page, "a list of documents")
    whole = Record(data, page.final_address, WASHINGTON)
    inner = data.get("data") if isinstance(data, dict) else None
    if not (isinstance(inner, list) or (isinstance(inner, dict) and "type" in inner)):
        raise Unreadable("not_recognised", "This page is no list of documents.", said_instead(data))
    documents = whole.records("data[*]" if isinstance(inner, list) else "data")
    yield from strangers(inner, len(documents))
    others = 0
    entries = [one.data for one in documents]
    yield from repeated(entries, page)
    for one in documents:
        told = list(_record(one))
        others += not any(isinstance(result, Finding) for result in told)
        yield from told
    if others:
        yield Seen(others)
    number = whole.word("meta.pageNumber")
    if whole.says("meta.hasNextPage") and number.isdigit() and len(number) < 7:
        link = with_parameters(page.address, {"page[number]": str(int(number) + 1)})
        yield from further_page(link, page, source, entries)


def _record(one: Record) -> Iterator[Result]:
    if one.word("type") == "dockets":
        return
    key, word = one.word("id"), one.word("attributes.documentType")
    if one.word("type") != "documents" or not key or not one.text("attributes.title"):
        sentence = "A record of the list is no document with a number and a title; it was left out."
        yield Problem("not_a_document", sentence, "question", key or "list")
        return
    if word not in TYPES:
        yield unknown_word("document type", word)
    kind = TYPES.get(word)
    if kind:
        finding = _finding(one, kind, key, word)
        yield from date_questions(dict(finding.dates), key)
        yield finding


def _finding(one: Record, kind: FindingKind, key: str, word: str) -> Finding:
    dates = one.days(
        published_on="attributes.postedDate",
        comments_open_on="attributes.commentStartDate",
        comments_close_on="attributes.commentEndDate",
    )
    is_withdrawn = one.says("attributes.withdrawn")
    return Finding(
        kind="update" if is_withdrawn else kind,
        key=key,
        title=one.text("attributes.title"),
        body_name=one.text("attributes.agencyId"),
        dates=dates,
        link=safe_link(PLACE + key),
        status="withdrawn" if is_withdrawn else word,
        locator=f"document {key}",
        confidence=sure(dates, 0.7),
        reasons=(("document_type", word), *((("withdrawn", ""),) if is_withdrawn else ())),
        extra=_told_of(one, kind, is_withdrawn),
    )


def _told_of(one: Record, kind: FindingKind, is_withdrawn: bool) -> dict[str, Json]:
    told: dict[str, Json] = {
        "docket": one.word("attributes.docketId"),
        "federal_register": one.word("attributes.frDocNum"),
        "trigger": "published" if kind == "new_item" and not is_withdrawn else "",
    }
    return {name: text for name, text in told.items() if text}
