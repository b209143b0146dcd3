"""The items of an export as `answerby import items` takes them: a row for each body that owes and each period of it."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlmodel import Session

from tracker.storage import exports
from tracker.storage.columns import partial_of

Line = dict[str, object]

ITEM_COLUMNS = """
process: key of the process
process_name: its name
process_kind: its kind, such as citizens-assembly
process_language: language of its words
process_url: its official page
organiser: who runs it
jurisdiction: code of the place, such as GB-SCT
document: key of the report or plan that carries the item
document_title: its title
document_published_on: day, month or year it was published
document_url: where it stands
key: the item's key, by which it is found again
ref: its number in the document
kind: recommendation or commitment
title: what it says, in a line
text: what it says, whole
language: of its words
parent: key of the item it is part of
topics: top topics, parted by semicolons
tags: free tags, parted by semicolons
source: where the facts were read
body: key of a body that owes; further bodies stand in further rows of the same key
body_name: its name
body_kind: what it is, such as government
body_jurisdiction: its place
role: lead, joint or supporting
owes: respond, deliver or report
period: which report of a duty that repeats, or which stage, in a row of its own; else 0
basis: why the date binds: statute, convention, promise, request or benchmark
rule: key of the rule of the deadline
amount: where the document names another number of units than the rule
calendar: whose working days count
trigger: the event the period runs from
trigger_on: its day
due_stated_on: the date the document states
as_written: the deadline in the document's own words
legal_basis: the law it rests on
deadline_source: where the deadline was read
"""
"""Each column of the items with a word on it."""


def day_written(row: object, name: str) -> str:
    """A partial date as it counts; nothing where there is none."""
    found = partial_of(row, name)
    return str(found) if found else ""


def item_lines(session: Session, now: datetime) -> Iterator[Line]:
    topics = exports.topics(session)
    for item, document, process, parent, addressee, owing, terms, body in exports.items(session):
        yield {
            "process": process.key,
            "process_name": process.name,
            "process_kind": process.kind.value,
            "process_language": process.language,
            "process_url": process.url,
            "organiser": process.organiser,
            "jurisdiction": process.jurisdiction,
            "document": document.key,
            "document_title": document.title,
            "document_published_on": day_written(document, "published"),
            "document_url": document.url,
            "key": item.key,
            "ref": item.ref,
            "kind": item.kind.value,
            "title": item.title,
            "text": item.text,
            "language": item.language,
            "parent": parent or "",
            "topics": topics.get(item.id, []),
            "tags": list(item.tags),
            "source": item.facts_source,
            **(_owed(addressee, owing, terms, body) if body is not None else {}),
        }


def _owed(addressee: Any, owing: Any, terms: Any, body: Any) -> Line:
    return {
        "body": body.key,
        "body_name": body.name,
        "body_kind": body.kind.value,
        "body_jurisdiction": body.jurisdiction,
        "role": addressee.role.value,
        "owes": owing.kind.value,
        "period": owing.period,
        "basis": terms.basis.value,
        "rule": terms.rule_key,
        "amount": terms.amount,
        "calendar": terms.calendar,
        "trigger": terms.trigger.value if terms.trigger else "",
        "trigger_on": day_written(terms, "trigger"),
        "due_stated_on": day_written(terms, "stated"),
        "as_written": terms.as_written,
        "legal_basis": terms.legal_basis,
        "deadline_source": terms.source_url,
    }
