"""A consultation: what is asked and until when, what came in, and what the Government made of it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import time, timedelta

from scrapers.dates import read_moment
from scrapers.govuk.item import LONDON, Item, change_of, documents, old_documents, told
from scrapers.model import Finding, Json, Problem, Result, WrittenDate
from scrapers.records import date_questions

STAGES = {
    "consultation": "not yet open",
    "open_consultation": "open",
    "open_call_for_evidence": "open",
    "call_for_evidence": "not yet open",
    "closed_consultation": "closed",
    "closed_call_for_evidence": "closed",
    "consultation_outcome": "outcome published",
    "call_for_evidence_outcome": "outcome published",
}
"""The publisher's words for where a consultation stands."""
CLOSED = ("closed", "outcome published")

_DETAIL = "details.final_outcome_detail | details.outcome_detail"
_PUBLISHED = "details.final_outcome_publication_date | details.outcome_publication_date"
_FILES = "details.final_outcome_attachments[*] | details.outcome_attachments[*]"
_OLD_FILES = "details.final_outcome_documents[*] | details.outcome_documents[*]"


def read_consultation(item: Item) -> Iterator[Result]:
    """The consultation as a new item once it has closed, the feedback, the outcome as a response."""
    stage = STAGES[item.word]
    for finding in (_item(item, stage), *_feedback(item), *_outcome(item, stage)):
        yield from date_questions(dict(finding.dates), finding.key)
        yield finding
    if stage == "outcome published" and not _has_outcome(item):
        sentence = "The consultation is said to have an outcome, and the page shows none."
        yield Problem("outcome_without_text", sentence, "question", item.key, item.word)


def _item(item: Item, stage: str) -> Finding:
    record = item.record
    dates = record.days(opened_on="details.opening_date")
    is_closed = stage in CLOSED
    closed = _closed(item)
    if closed:
        dates["closed_on"] = closed
    if is_closed and closed and closed.value:
        # The clock for an answer can only run from the day on which everybody had been heard.
        dates["received_on"] = closed
    extra: dict[str, Json] = {
        "stage": stage,
        "trigger": "received" if is_closed else None,
        "elsewhere": record.link("details.held_on_another_website_url"),
        "documents": documents(item, "details.featured_attachments[*]") or documents(item),
    }
    return told(
        item,
        "new_item",
        summary="\n".join(filter(None, (record.text("description"), record.told("details.body")))),
        dates=dates,
        confidence=0.8 if "closed_on" in dates else 0.4,
        reasons=(("consultation", stage),),
        extra={name: value for name, value in extra.items() if value or name in ("stage", "trigger")},
    )


def _closed(item: Item) -> WrittenDate | None:
    """The last day on which views were taken; what closes at midnight closes, as the site says, the day before."""
    closed = item.record.day("details.closing_date")
    moment = read_moment(closed.as_written).at if closed and "T" in closed.as_written else None
    if closed is None or closed.value is None or moment is None:
        return closed
    is_midnight = moment.astimezone(LONDON).time() == time()
    return replace(closed, value=closed.value - timedelta(days=1)) if is_midnight else closed


def _feedback(item: Item) -> Iterator[Finding]:
    """What those who were asked said: no answer, but a sign that one is being worked on."""
    text = item.record.told("details.public_feedback_detail")
    files = documents(item, "details.public_feedback_attachments[*]")
    if text or files:
        dates = item.record.days(happened_on="details.public_feedback_publication_date")
        yield told(item, "update", "feedback", summary=text, dates=dates, extra={"documents": files})


def _has_outcome(item: Item) -> bool:
    return any(item.record.holds(path) for path in (_DETAIL, _FILES, _OLD_FILES))


def _outcome(item: Item, stage: str) -> Iterator[Finding]:
    if not _has_outcome(item):
        return
    dates = item.record.days(published_on=_PUBLISHED)
    closed = _closed(item)
    change = change_of(item, closed.value if closed else None)
    reasons: tuple[tuple[str, str], ...] = (("final_outcome", stage),)
    is_noted = not dates and change is not None
    if change and is_noted:
        dates, reasons = {"published_on": change[1]}, (*reasons, ("change_note", change[0]))
    yield told(
        item,
        "response",
        "outcome",
        summary=item.record.told(_DETAIL),
        dates=dates,
        confidence=(0.7 if is_noted else 0.9) if dates else 0.4,
        reasons=reasons,
        extra={
            "response_kind": "reply",
            "documents": documents(item, _FILES) or old_documents(item, _OLD_FILES),
        },
    )
