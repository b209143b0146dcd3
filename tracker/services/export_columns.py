"""The tables of an export and what each of their columns holds; items are as `answerby import items` takes them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from tracker.services.export_items import ITEM_COLUMNS, Line, day_written, item_lines
from tracker.storage import exports
from tracker.storage.columns import partial_of

Lines = Callable[[Session, datetime], Iterator[Line]]


@dataclass(frozen=True, slots=True)
class Exported:
    """One table: its columns with a word on each, and its rows."""

    columns: Mapping[str, str]
    lines: Lines


def _obligations(session: Session, now: datetime) -> Iterator[Line]:
    for owing, terms, role, item, body, held in exports.obligations(session, now):
        yield {
            "id": owing.id,
            "item": item,
            "body": body,
            "role": role.value,
            "kind": owing.kind.value,
            "period": owing.period,
            "basis": terms.basis.value,
            "rule": terms.rule_key,
            "start_on": day_written(terms, "trigger"),
            "due_stated_on": day_written(terms, "stated"),
            "due_computed_on": terms.computed_on,
            "due_on": held.due_on if held else None,
            "due_precision": stated.precision.value if (stated := partial_of(terms, "stated")) else "",
            "standing": held.standing.value if held else "",
            "days_overdue": held.days_overdue if held else None,
            "checked_on": held.checked_on if held else None,
            "stale": held.stale if held else None,
            "as_of": now.date(),
        }


def _responses(session: Session, now: datetime) -> Iterator[Line]:
    for response, line, item, body, speaker in exports.responses(session):
        yield {
            "key": response.key,
            "item": item,
            "body": body,
            "obligation": line.obligation_id,
            "by": speaker,
            "on_behalf": line.on_behalf,
            "kind": line.kind.value,
            "position": line.position.value if line.position else "",
            "position_as_written": line.position_as_written,
            "received_on": day_written(response, "received"),
            "published_on": day_written(response, "published"),
            "first_seen_on": response.first_seen_on,
            "retracted_on": response.retracted_on,
            "title": response.title,
            "text": response.text,
            "url": response.url,
            "page": line.page,
            "quote": line.quote,
        }


def _assessments(session: Session, now: datetime) -> Iterator[Line]:
    for made, item, body, group in exports.assessments(session):
        yield {
            "id": made.id,
            "obligation": made.obligation_id,
            "item": item,
            "body": body,
            "verdict": made.verdict.value,
            "reasons": made.reasons,
            "group": group or "",
            "taken_over_from": made.taken_over_from,
            "recorded_at": made.recorded_at,
            "countersigned_at": made.countersigned_at,
            "superseded_at": made.superseded_at,
            "withdrawn_at": made.withdrawn_at,
            "withdrawn_reason": made.withdrawn_reason,
        }


def _claims(session: Session, now: datetime) -> Iterator[Line]:
    for claim, item, body in exports.claims(session):
        yield {
            "id": claim.id,
            "obligation": claim.obligation_id,
            "item": item,
            "body": body,
            "speaker": claim.speaker.value,
            "speaker_name": claim.speaker_name,
            "state": claim.state.value,
            "as_written": claim.as_written,
            "claimed_on": day_written(claim, "claimed"),
            "url": claim.url,
        }


def _bodies(session: Session, now: datetime) -> Iterator[Line]:
    for body, whole in exports.bodies(session):
        yield {
            "key": body.key,
            "name": body.name,
            "kind": body.kind.value,
            "jurisdiction": body.jurisdiction,
            "zone": body.zone or "",
            "website": body.website,
            "part_of": whole or "",
        }


def _processes(session: Session, now: datetime) -> Iterator[Line]:
    for process, group in exports.processes(session):
        yield {
            "key": process.key,
            "name": process.name,
            "kind": process.kind.value,
            "organiser": process.organiser,
            "jurisdiction": process.jurisdiction,
            "language": process.language,
            "started_on": day_written(process, "started"),
            "ended_on": day_written(process, "ended"),
            "url": process.url,
            "group": group or "",
        }


def _documents(session: Session, now: datetime) -> Iterator[Line]:
    for document, process in exports.documents(session):
        yield {
            "key": document.key,
            "process": process,
            "title": document.title,
            "published_on": day_written(document, "published"),
            "url": document.url,
        }


def _events(session: Session, now: datetime) -> Iterator[Line]:
    for event, detail, item, body, process, response in exports.events(session):
        yield {
            "key": event.key,
            "kind": event.kind.value,
            "happened_on": event.happened_on,
            "recorded_at": event.recorded_at,
            "announced_at": event.announced_at,
            "backfill": event.backfill,
            "item": item.key if item else "",
            "body": body.key if body else "",
            "process": process.key if process else "",
            "response": response.key if response else "",
            "obligation": event.obligation_id,
            "actor": event.actor,
            "detail": detail,
        }


def _described(text: str) -> dict[str, str]:
    pairs = (line.partition(": ") for line in text.strip().splitlines())
    return {name.strip(): about for name, _, about in pairs}


TABLES: Mapping[str, Exported] = {
    "items": Exported(_described(ITEM_COLUMNS), item_lines),
    "obligations": Exported(
        _described("""
id: number of what one body owes about one item
item: key of the item
body: key of the body
role: lead, joint or supporting (shown, never flagged)
kind: respond, deliver or report
period: 0, or which report of a duty that repeats
basis: why the date binds; bases are never added up
rule: key of the rule
start_on: the day the period runs from
due_stated_on: the date the document states
due_computed_on: the date the rule gives
due_on: the date that counts
due_precision: how exactly the stated date is known: day, month, quarter, half or year; empty: none was stated
standing: where it stands at the moment of the export
days_overdue: by the last look for an answer
checked_on: day of that look
stale: true where that look is so old that the flag is counted apart
as_of: the day of the export, for which all of this is told
"""),
        _obligations,
    ),
    "responses": Exported(
        _described("""
key: the response's key; one row for each obligation it is about
item: key of the item
body: key of the body that owes
obligation: number of the obligation
by: keys of the bodies that signed, “; ” between them
on_behalf: whether it speaks for the body that owes
kind: acknowledgement, holding, transfer, interim, reply, supplement or completion_report
position: accepted, in_principle, in_part, alternative, noted, rejected, not_addressed or unclear
position_as_written: the position in its own word
received_on: day it was received
published_on: day it was published
first_seen_on: day it was certainly there
retracted_on: day the body withdrew it
title: its title
text: its words
url: where it stands
page: the page of the passage
quote: the passage
"""),
        _responses,
    ),
    "assessments": Exported(
        _described("""
id: number of the verdict
obligation: number of the obligation
item: key of the item
body: key of the body
verdict: substantive, partly or not
reasons: why
group: the deciding group
taken_over_from: the data set it was taken over from
recorded_at: when it was given
countersigned_at: when a second reader signed; empty: one reader so far
superseded_at: when a later verdict took its place
withdrawn_at: when it was withdrawn
withdrawn_reason: why
"""),
        _assessments,
    ),
    "claims": Exported(
        _described("""
id: number of the claim
obligation: number of the obligation
item: key of the item
body: key of the body
speaker: body, watchdog or reviewer; speakers are never merged
speaker_name: who exactly
state: not_started, planned, in_progress, limited, substantial, complete, stopped or unknown
as_written: the speaker's own word
claimed_on: when
url: where
"""),
        _claims,
    ),
    "bodies": Exported(
        _described("""
key: the body's key
name: its name
kind: what it is
jurisdiction: its place
zone: its time zone, where it is not that of its place
website: its address
part_of: key of the body it is part of
"""),
        _bodies,
    ),
    "processes": Exported(
        _described("""
key: the process's key
name: its name
kind: its kind
organiser: who runs it
jurisdiction: its place
language: of its words
started_on: when it began
ended_on: when it ended
url: its official page
group: the group that keeps it here
"""),
        _processes,
    ),
    "documents": Exported(
        _described("""
key: the document's key
process: key of its process
title: its title
published_on: when it was published
url: where it stands
"""),
        _documents,
    ),
    "events": Exported(
        _described("""
key: permanent id of a public change
kind: what happened
happened_on: on which day
recorded_at: when it was written into the log
announced_at: when it was told
backfill: true where it was entered late and told to nobody
item: key of the item
body: key of the body
process: key of the process
response: key of the response
obligation: number of the obligation
actor: the group, source or clock that did it
detail: codes and dates, as JSON
"""),
        _events,
    ),
}
