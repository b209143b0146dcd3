"""Documents of the Federal Register of the United States: federalregister.gov/api/v1/documents (44 USC ch. 15).

Each notice, rule or proposed rule with its agencies, its day of publication and the day comments close. The search's
further pages are followed. OPTIONS says what may be set.
"""

from collections.abc import Iterator, Mapping

from scrapers.feeds.decoding import Unreadable
from scrapers.model import Finding, FindingKind, Json, Page, Problem, Result, Source
from scrapers.records import Record, date_questions, said_instead, strangers, sure, unknown_word
from scrapers.rows.further import further_page, repeated
from scrapers.rows.plan import KINDS
from scrapers.strict_json import data_of, said_as_problem

TYPES: Mapping[str, FindingKind] = {
    "Notice": "new_item",
    "Proposed Rule": "new_item",
    "Rule": "update",
    "Presidential Document": "update",
    "Correction": "update",
    "Sunshine Act Document": "update",
    "Uncategorized Document": "update",
}
"""The Register's types of document, and what each is usually for us."""
OPTIONS: Mapping[str, str] = {
    "types": 'what a type of document is, where it is not the usual: types = {Rule = "response"}',
}
VOCABULARY: dict[str, dict[str, str]] = {"trigger": {"publication_date": "published"}}


def complaints(options: Mapping[str, Json]) -> Iterator[str]:
    """What is wrong with the options, each as a sentence."""
    types = options.get("types", {})
    if not isinstance(types, dict):
        yield 'Option types is not a table of types, such as {Rule = "response"}.'
        return
    for word, kind in types.items():
        if kind not in KINDS:
            yield f"Option types makes {word!r} a {kind!r}; it may be {', '.join(KINDS)}."


@said_as_problem
def read(page: Page, source: Source) -> Iterator[Result]:
    """The documents found, and the next page of the search."""
    data = data_of(page, "a search of the Federal Register")
    documents = _documents(data, page)
    if documents is None:
        raise Unreadable(
            "not_recognised",
            "This page is no search of the Federal Register and no document of it.",
            said_instead(data),
        )
    wrong = next(complaints(source.options), "")
    if wrong:
        raise Unreadable("bad_option", wrong)
    types = {**TYPES, **source.options.get("types", {})}
    if "results" in data:
        yield from strangers(data["results"], len(documents))
    entries = [one.data for one in documents]
    yield from repeated(entries, page)
    for document in documents:
        yield from _document(document, types)
    yield from further_page(Record(data).text("next_page_url"), page, source, entries)


def _documents(data: Json, page: Page) -> list[Record] | None:
    whole = Record(data, page.final_address)
    if isinstance(data, dict) and isinstance(data.get("results"), list):
        return whole.records("results[*]")
    if isinstance(data, dict) and data.get("count") == 0:
        return []
    return [whole] if isinstance(data, dict) and "document_number" in data else None


def _document(one: Record, types: Mapping[str, FindingKind]) -> Iterator[Result]:
    key, word = one.word("document_number"), one.word("type")
    if not key or not one.text("title"):
        sentence = "A document of the search has no number or no title; it was left out."
        yield Problem("not_a_document", sentence, "question", key or "search")
        return
    if word not in types:
        yield unknown_word("document type", word)
    dates = one.days(
        published_on="publication_date", comments_close_on="comments_close_on", effective_on="effective_on"
    )
    yield from date_questions(dates, key)
    kind = types.get(word, "update")
    yield Finding(
        kind=kind,
        key=key,
        title=one.text("title"),
        body_name="; ".join(_agencies(one)),
        summary=one.told("abstract"),
        dates=dates,
        link=one.link("html_url"),
        status=word,
        locator=f"document {key}",
        confidence=sure(dates, 0.7 if "published_on" in dates and word in types else 0.4),
        reasons=(("document_type", word),),
        extra={
            **({"trigger": "published"} if kind == "new_item" and "published_on" in dates else {}),
            **{name: text for name, text in _told_of(one).items() if text},
        },
    )


def _agencies(one: Record) -> list[str]:
    """The agencies' names as the Register has them; the part of a department after the department."""
    names = [agency.text("name | raw_name") for agency in one.records("agencies[*]")]
    return list(dict.fromkeys(filter(None, names or one.texts("agency_names[*]"))))


def _told_of(one: Record) -> dict[str, Json]:
    return {
        "agencies": _agencies(one),
        "action": one.text("action"),
        "dates_text": one.told("dates"),
        "dockets": one.texts("docket_ids[*]"),
        "corrects": one.word("correction_of"),
        "pdf": one.link("pdf_url"),
    }
