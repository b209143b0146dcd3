"""`/obligations`: what is owed, list by list, and one obligation with all that its standing rests on."""

from typing import Any

from tracker.domain.listing import ListName, ListQuery
from tracker.domain.segments import EARLIEST
from tracker.domain.words import Basis, ClockEntryKind, Standing, Verdict
from tracker.storage import lines as stored
from tracker.storage import public_facts
from tracker.storage import responses_read as read
from tracker.storage.lines import Line
from tracker.web.api.operations import Call, Operation, Rows, missing, page_of
from tracker.web.api.owed import OBLIGATION, Owed
from tracker.web.api.parameters import FILTERS, ID_IN_PATH, LIST, MOMENT, PAGING
from tracker.web.api.shapes import (
    ANYTHING,
    DAY,
    INSTANT,
    TEXT,
    TRUTH,
    WHOLE,
    Field,
    Shape,
    many,
    maybe,
    words,
)

CHECK = Shape(
    "Check",
    "A look for an answer that is on record.",
    (
        Field("id", WHOLE, "Its permanent id.", lambda c: c.id),
        Field("looked_on", DAY, "The day somebody looked.", lambda c: c.looked_on),
        Field("places", many(TEXT), "Where.", lambda c: c.places),
        Field("by", TEXT, "A person or a run.", lambda c: "run" if c.run_id else "person"),
        Field("news_only", TRUTH, "A feed of new things: no look for an old answer.", lambda c: c.news_only),
        Field("source", TEXT, "What this check was taken over from, if anything.", lambda c: c.facts_source),
        Field("recorded_at", INSTANT, "When it was recorded.", lambda c: c.recorded_at),
    ),
)
ASSESSMENT = Shape(
    "Assessment",
    "A verdict on a set of responses; superseded, never edited.",
    (
        Field("id", WHOLE, "Its permanent id.", lambda v: v.assessment.id),
        Field("obligation", WHOLE, "What it is about.", lambda v: v.assessment.obligation_id),
        Field("verdict", words(Verdict), "The judgement.", lambda v: v.assessment.verdict),
        Field("reasons", TEXT, "Why.", lambda v: v.assessment.reasons),
        Field("checklist", ANYTHING, "Each point: ticked, quote, page.", lambda v: v.checklist),
        Field("responses", many(TEXT), "Keys of the responses judged.", lambda v: v.response_keys),
        Field("group", TEXT, "The deciding group, never a person.", lambda v: v.group_key),
        Field(
            "taken_over_from",
            TEXT,
            "The data set it came from, if nobody here judged.",
            lambda v: v.assessment.taken_over_from,
        ),
        Field("recorded_at", INSTANT, "When it was recorded.", lambda v: v.assessment.recorded_at),
        Field(
            "countersigned_at",
            maybe(INSTANT),
            "When a second person agreed.",
            lambda v: v.assessment.countersigned_at,
        ),
        Field(
            "superseded_at",
            maybe(INSTANT),
            "When a later one took its place.",
            lambda v: v.assessment.superseded_at,
        ),
        Field("withdrawn_at", maybe(INSTANT), "When it was withdrawn.", lambda v: v.assessment.withdrawn_at),
    ),
)
CLOCK_ENTRY = Shape(
    "ClockEntry",
    "What moved or stopped the clock.",
    (
        Field("id", WHOLE, "Its id.", lambda e: e.id),
        Field("obligation", WHOLE, "Whose clock.", lambda e: e.obligation_id),
        Field("kind", words(ClockEntryKind), "What it is.", lambda e: e.kind),
        Field("works_from_on", DAY, "The day it works from.", lambda e: e.works_from_on),
        Field("ends_on", maybe(DAY), "For a pause: its last day.", lambda e: e.ends_on),
        Field("given_on", maybe(DAY), "The day it was given.", lambda e: e.given_on),
        Field("amount", maybe(WHOLE), "For an extension: by how many units.", lambda e: e.amount),
        Field("unit", maybe(TEXT), "Of the amount; none: as the rule says.", lambda e: e.unit),
        Field("new_due_on", maybe(DAY), "The due day after it.", lambda e: e.new_due_on),
        Field("limit_on", maybe(DAY), "The most the rule allows, where it is longer.", lambda e: e.limit_on),
        Field("afresh", TRUTH, "The period began anew.", lambda e: bool(e.afresh)),
        Field("cures", TRUTH, "It counts although late or not foreseen.", lambda e: e.cures),
        Field("reason", TEXT, "Why.", lambda e: e.reason),
        Field("source_url", TEXT, "Where it stands.", lambda e: e.source_url),
        Field("recorded_at", INSTANT, "When it was recorded.", lambda e: e.recorded_at),
    ),
)
ONE = OBLIGATION.extended(
    "ObligationInFull",
    "One obligation with all that its standing rests on.",
    Field("checks", many(CHECK.ref), "Looks for an answer, the oldest first.", lambda r: r["checks"]),
    Field("assessments", many(ASSESSMENT.ref), "Verdicts, the oldest first.", lambda r: r["assessments"]),
    Field("clock_entries", many(CLOCK_ENTRY.ref), "What moved or stopped the clock.", lambda r: r["clock"]),
    Field("responses", many(TEXT), "Keys of the responses on record.", lambda r: r["responses"]),
)
MOST_RESPONSES = 200


def shown(call: Call, lines: list[Line]) -> list[Owed]:
    """Lines with their terms, as the API shows them."""
    terms = read.terms_by_obligation(call.session, [line.id for line in lines], call.at)
    return [Owed(line, terms.get(line.id), line.seen_on(call.at), call.base) for line in lines]


def listed(call: Call) -> Rows:
    """A page of a list."""
    query = ListQuery(call.values.get("list", ListName.ALL), call.filters)
    found = stored.lines(
        call.session, query, call.at, order="id", limit=call.per_page + 1, after_id=call.cursor
    )
    page, cursor = page_of(found, call.per_page, lambda line: line.id)
    total = stored.count(call.session, query, call.at)
    return Rows([OBLIGATION.data(row) for row in shown(call, page)], total, cursor)


def one(call: Call) -> dict[str, Any]:
    """One obligation."""
    id_ = call.values["id"]
    found = stored.lines(call.session, ListQuery(ListName.ALL), call.at, ids=[id_])
    if not found:
        raise missing("obligation", id_)
    row = OBLIGATION.data(shown(call, found)[0])
    responses = read.responses(call.session, call.filters, call.at, limit=MOST_RESPONSES, obligation_id=id_)
    return row | {
        "checks": [CHECK.data(check) for check in read.checks(call.session, id_, call.at)],
        "assessments": [ASSESSMENT.data(v) for v in read.verdicts(call.session, id_, call.at)],
        "clock_entries": [CLOCK_ENTRY.data(e) for e in read.clock_entries(call.session, id_, call.at)],
        "responses": [found.response.key for found in responses],
    }


STRETCH = Shape(
    "Stretch",
    "A stretch of time in which an obligation stood alike, as it was reckoned when it was recorded.",
    (
        Field("standing", words(Standing), "Where it stood.", lambda s: s.standing),
        Field(
            "begins_on",
            maybe(DAY),
            "Since which day, in the debtor's zone; null: all along.",
            lambda s: s.begins_on if s.begins_on > EARLIEST else None,
        ),
        Field(
            "until_at",
            maybe(INSTANT),
            "Until when; null: for good, as far as is known.",
            lambda s: s.until_at,
        ),
        Field("basis", words(Basis), "Why the date binds.", lambda s: s.basis),
        Field("flagged", TRUTH, "Whether it accused in public.", lambda s: s.flagged),
        Field("due_on", maybe(DAY), "The due day in force.", lambda s: s.due_on),
        Field("checked_on", maybe(DAY), "The last look that counted.", lambda s: s.checked_on),
        Field("days_overdue", maybe(WHOLE), "Days overdue when last looked.", lambda s: s.days_overdue),
        Field("late_days", maybe(WHOLE), "Days late, once answered.", lambda s: s.late_days),
        Field("recorded_at", INSTANT, "Since when this was on record.", lambda s: s.recorded_at),
        Field(
            "superseded_at",
            maybe(INSTANT),
            "Since when something else is on record in its place.",
            lambda s: s.superseded_at,
        ),
    ),
)


def stood(call: Call) -> Rows:
    """How one obligation stood: what was on record when."""
    id_ = call.values["id"]
    if not stored.lines(call.session, ListQuery(ListName.ALL), call.at, ids=[id_]):
        raise missing("obligation", id_)
    asked = {"limit": call.per_page + 1, "after_id": call.cursor}
    found = public_facts.stood(call.session, id_, call.now, **asked)
    page, cursor = page_of(found, call.per_page, lambda one: one.id)
    total = public_facts.stretches(call.session, id_, call.now)
    return Rows([STRETCH.data(one) for one in page], total, cursor)


SHAPES = (OBLIGATION, ONE, CHECK, ASSESSMENT, CLOCK_ENTRY, STRETCH)
OPERATIONS = (
    Operation(
        "/obligations",
        "Obligations of a list, in the order of their ids.",
        OBLIGATION,
        listed,
        (LIST, *FILTERS, *MOMENT, *PAGING),
        is_list=True,
    ),
    Operation("/obligations/{id}", "One obligation in full.", ONE, one, (ID_IN_PATH, *MOMENT)),
    Operation(
        "/obligations/{id}/history",
        "How one obligation stood, and what was on record when.",
        STRETCH,
        stood,
        (ID_IN_PATH, *PAGING),
        is_list=True,
    ),
)
