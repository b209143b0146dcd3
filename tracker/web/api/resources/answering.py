"""Looks, responses, verdicts and clock entries by the API: what editors and reviewers put on record."""

from collections.abc import Iterable
from typing import Any

from tracker.domain.listing import ListName, ListQuery
from tracker.domain.refusals import insist, refuse
from tracker.domain.substance import CHECKLISTS, Tick
from tracker.domain.words import ClockEntryKind, Position, ResponseKind, UserRole, Verdict
from tracker.services.assess import Assess, assess, countersign
from tracker.services.look import Look, look
from tracker.services.move_clock import MoveClock, move_clock
from tracker.services.respond import LogResponse, SaidFor, respond
from tracker.services.take_back import retract, strike
from tracker.storage import responses_read as read
from tracker.storage.entries import id_of
from tracker.storage.lines import lines as stored_lines
from tracker.storage.responses import response_by_key
from tracker.storage.tables import Assessment, Response
from tracker.web.api.operations import Call, Operation, missing
from tracker.web.api.owed import OBLIGATION
from tracker.web.api.parameters import LARGEST_ID, Parameter, key_in_path
from tracker.web.api.parameters import whole as whole_text
from tracker.web.api.resources.obligations import ASSESSMENT, shown
from tracker.web.api.shapes import TEXT, TRUTH, WHOLE, Field, Schema, Shape, many, maybe
from tracker.web.api.taking import (
    ID,
    Form,
    Taken,
    an_id,
    date_field,
    day_field,
    ids_field,
    several,
    text,
    text_field,
    truth_field,
    word_field,
)

LATE = truth_field("late_entry", "Found in old papers: into the log, alerting nobody.")
CHECK = Form(
    "NewCheck",
    "We looked at these places on this day, and nothing was there.",
    (
        ids_field("obligations", "Ids of the obligations looked for."),
        day_field("looked_on", "The day, in the debtor's zone.", required=True),
        Taken("places", "Where: pages, registers, searches.", many(TEXT), several(text(2000)), required=True),
        text_field("note", "Anything to add.", 5000),
        LATE,
    ),
)
COVERED = Form(
    "NewResponseForObligation",
    "What a response is for one obligation.",
    (
        Taken("obligation", "Its id.", ID, an_id, required=True),
        word_field("kind", "What it is.", ResponseKind, required=True),
        word_field("position", "What it says.", Position),
        text_field("position_as_written", "In its own word.", 200),
        truth_field("on_behalf", "The speaker answers for the addressee."),
        text_field("page", "Where in it.", 40),
        text_field("quote", "Its words on this obligation.", 20_000),
    ),
)
RESPONSE = Form(
    "NewResponse",
    "A response to log; its address or its text is needed.",
    (
        text_field("body", "Who speaks: key, name or alias.", 300, required=True),
        Taken("obligations", "What it is for each.", many(COVERED.ref), several(COVERED.read), required=True),
        day_field("first_seen_on", "The day this was seen; today unless said."),
        date_field("received_on", "When it was received."),
        date_field("published_on", "When it was published."),
        text_field("url", "Where it was published.", 2000),
        text_field("title", "Its title.", 500),
        text_field("text", "Its words.", 500_000),
        LATE,
    ),
)
TICK = Form(
    "Tick",
    "A point of the checklist as a person found it.",
    (
        truth_field("ticked", "Whether the reply does this."),
        text_field("quote", "The words that show it; needed with a tick.", 5000),
        text_field("page", "Where they stand.", 40),
    ),
)
_POINTS = sorted({point.key for points in CHECKLISTS.values() for point in points})
_CHECKLIST: Schema = {
    "type": "object",
    "additionalProperties": False,
    "properties": dict.fromkeys(_POINTS, TICK.ref),
}


def _checklist(given: Any) -> dict[str, Tick]:
    if not isinstance(given, dict):
        raise ValueError("must be an object: each point with ticked, quote and page")
    return {str(key): Tick(**TICK.values(value, str(key)[:40])) for key, value in given.items()}


VERDICT = Form(
    "NewAssessment",
    "A verdict on a set of responses for one obligation.",
    (
        Taken("obligation", "Its id.", ID, an_id, required=True),
        Taken("responses", "Keys of the responses judged.", many(TEXT), several(text(80)), required=True),
        word_field("verdict", "The judgement.", Verdict, required=True),
        text_field("reasons", "Why: public.", 20_000, required=True),
        Taken("checklist", "Each point: ticked, quote, page.", _CHECKLIST, _checklist),
    ),
)
ENTRY = Form(
    "NewClockEntry",
    "What moved or stopped a clock.",
    (
        Taken("obligation", "Its id.", ID, an_id, required=True),
        word_field("kind", "What it is.", ClockEntryKind, required=True),
        day_field("works_from_on", "Given on, stopped from, passed on, void from.", required=True),
        text_field("reason", "Why: public.", 1000, required=True),
        text_field("source_url", "Where it stands.", 2000),
        day_field("ends_on", "The last day of a pause."),
        day_field("new_due_on", "The date an extension gives."),
        truth_field("cures", "An extension that counts although it was given late."),
        text_field("to_body", "For a transfer: key, name or alias.", 300),
    ),
)
STRIKE = Form("Strike", "Our error.", (text_field("reason", "Why: public.", 1000, required=True),))
RETRACT = Form(
    "Retract",
    "Withdrawn by the body.",
    (day_field("retracted_on", "The day it was withdrawn.", required=True),),
)
COUNTERSIGN = Form("Countersign", "Nothing has to be said.", ())
RECORDED = Shape(
    "Recorded",
    "What was put on record, and where the obligations stand now.",
    (
        Field("key", maybe(TEXT), "Key of the response, if it is one.", lambda r: r.get("key")),
        Field("id", maybe(WHOLE), "Id of the row.", lambda r: r.get("id")),
        Field(
            "obligations", many(OBLIGATION.ref), "The public ones it is about.", lambda r: r["obligations"]
        ),
    ),
)
JUDGED = ASSESSMENT.extended(
    "Judged",
    "A verdict, and where the obligation stands now.",
    Field("counts", TRUTH, "False: it waits for a second reader.", lambda r: r),
    Field("obligations", many(OBLIGATION.ref), "The obligation, if public.", lambda r: r),
)
ID_IN_PATH = Parameter("id", "Its id.", ID, whole_text(1, LARGEST_ID), in_path=True, required=True)


def _owed(call: Call, ids: Iterable[int]) -> list[dict[str, object]]:
    found = stored_lines(call.session, ListQuery(ListName.ALL), call.at, order="id", ids=ids)
    return [OBLIGATION.data(row) for row in shown(call, found)]


def _recorded(call: Call, ids: Iterable[int], **named: object) -> dict[str, object]:
    return RECORDED.data({**named, "obligations": _owed(call, ids)})


def add_check(call: Call) -> dict[str, object]:
    """Put a look on record."""
    said = Look(**call.given)
    made = look(call.session, call.now, said, **call.by)
    return _recorded(call, said.obligations, id=id_of(made))


def add_response(call: Call) -> dict[str, object]:
    """Log a response."""
    given = dict(call.given)
    lines = tuple(SaidFor(**line) for line in given.pop("obligations"))
    days = {name: given.pop(f"{name}_on", None) for name in ("received", "published")}
    seen = given.pop("first_seen_on", None) or call.now.date()
    said = LogResponse(**given, **days, first_seen_on=seen, lines=lines)
    made = respond(call.session, call.now, said, **call.by)
    return _recorded(call, [line.obligation for line in lines], id=id_of(made), key=made.key)


def add_verdict(call: Call) -> dict[str, object]:
    """Judge."""
    given = dict(call.given)
    keys = given.pop("responses")
    found = {key: response_by_key(call.session, key) for key in keys}
    strange = next((key for key, row in found.items() if row is None), None)
    insist([refuse("responses", "There is no response %(key)s.", key=strange)] if strange is not None else [])
    said = Assess(**given, responses=tuple(id_of(row) for row in found.values()))
    made = assess(call.session, call.now, said, **call.by)
    return _judged(call, made)


def add_countersignature(call: Call) -> dict[str, object]:
    """Countersign a verdict as a second person."""
    made = call.session.get(Assessment, call.values["id"])
    if made is None:
        raise missing("assessment", call.values["id"])
    countersign(call.session, call.now, made, **call.by)
    return _judged(call, made)


def _judged(call: Call, made: Assessment) -> dict[str, object]:
    found = next(
        one
        for one in read.verdicts(call.session, made.obligation_id, call.at)
        if one.assessment.id == made.id
    )
    owed = _owed(call, [made.obligation_id])
    waits = any(
        reason["code"] == "one_reader_so_far"
        for one in owed
        for reason in one["reasons"]  # type: ignore[attr-defined]
    )
    return ASSESSMENT.data(found) | {"counts": not waits, "obligations": owed}


def add_clock_entry(call: Call) -> dict[str, object]:
    """Move or stop a clock."""
    said = MoveClock(**call.given)
    made = move_clock(call.session, call.now, said, **call.by)
    return _recorded(call, [said.obligation], id=id_of(made))


def _response(call: Call) -> Response:
    found = response_by_key(call.session, call.values["key"])
    if found is None:
        raise missing("response", call.values["key"])
    return found


def strike_response(call: Call) -> dict[str, object]:
    """Strike a response: our error, as if it had never been there."""
    row = _response(call)
    strike(call.session, call.now, row, call.given["reason"], **call.by)
    return _about(call, row)


def retract_response(call: Call) -> dict[str, object]:
    """Note that the body withdrew a response."""
    row = _response(call)
    retract(call.session, call.now, row, call.given["retracted_on"], **call.by)
    return _about(call, row)


def _about(call: Call, row: Response) -> dict[str, object]:
    found = read.by_key(call.session, row.key, call.at)
    ids = [line.obligation_id for line, _ in found.lines] if found else []
    return _recorded(call, ids, id=id_of(row), key=row.key)


KEY = key_in_path("Key of the response.")
SHAPES = (CHECK, COVERED, RESPONSE, TICK, VERDICT, ENTRY, STRIKE, RETRACT, COUNTERSIGN, RECORDED, JUDGED)
OPERATIONS = (
    Operation("/checks", "Put a look on record.", RECORDED, add_check, method="POST", takes=CHECK),
    Operation("/responses", "Log a response.", RECORDED, add_response, method="POST", takes=RESPONSE),
    Operation(
        "/responses/{key}/strike",
        "Strike a response: our error.",
        RECORDED,
        strike_response,
        (KEY,),
        method="POST",
        takes=STRIKE,
    ),
    Operation(
        "/responses/{key}/retract",
        "Note that the body withdrew a response.",
        RECORDED,
        retract_response,
        (KEY,),
        method="POST",
        takes=RETRACT,
    ),
    Operation(
        "/assessments",
        "Judge a set of responses.",
        JUDGED,
        add_verdict,
        method="POST",
        takes=VERDICT,
        role=UserRole.REVIEWER,
    ),
    Operation(
        "/assessments/{id}/countersign",
        "Countersign a verdict as a second person.",
        JUDGED,
        add_countersignature,
        (ID_IN_PATH,),
        method="POST",
        takes=COUNTERSIGN,
        role=UserRole.REVIEWER,
    ),
    Operation(
        "/clock-entries", "Move or stop a clock.", RECORDED, add_clock_entry, method="POST", takes=ENTRY
    ),
)
