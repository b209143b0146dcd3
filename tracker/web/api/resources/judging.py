"""Verdicts by the API: given, and countersigned by a second person."""

from typing import Any

from tracker.domain.refusals import insist, refuse
from tracker.domain.substance import CHECKLISTS, Tick
from tracker.domain.words import UserRole, Verdict
from tracker.services.assess import Assess, assess, countersign
from tracker.storage import responses_read as read
from tracker.storage.entries import id_of
from tracker.storage.responses import response_by_key
from tracker.storage.tables import Assessment
from tracker.web.api.operations import Call, Operation, missing
from tracker.web.api.owed import OBLIGATION
from tracker.web.api.parameters import LARGEST_ID, Parameter
from tracker.web.api.parameters import whole as whole_text
from tracker.web.api.recorded import owed
from tracker.web.api.resources.obligations import ASSESSMENT
from tracker.web.api.shapes import TRUTH, Field, Schema, many
from tracker.web.api.taking import (
    ID,
    WRITTEN,
    Form,
    Taken,
    an_id,
    several,
    some,
    text,
    text_field,
    truth_field,
    word_field,
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
        Taken(
            "responses",
            "Keys of the responses judged.",
            some({**WRITTEN, "maxLength": 80}),
            several(text(80)),
            required=True,
        ),
        word_field("verdict", "The judgement.", Verdict, required=True),
        text_field("reasons", "Why: public.", 20_000, required=True),
        Taken("checklist", "Each point: ticked, quote, page.", _CHECKLIST, _checklist),
    ),
)
COUNTERSIGN = Form("Countersign", "Nothing has to be said.", ())
JUDGED = ASSESSMENT.extended(
    "Judged",
    "A verdict, and where the obligation stands now.",
    Field("counts", TRUTH, "False: it waits for a second reader.", lambda r: r["counts"]),
    Field("obligations", many(OBLIGATION.ref), "The obligation, if public.", lambda r: r["obligations"]),
)
ID_IN_PATH = Parameter("id", "Its id.", ID, whole_text(1, LARGEST_ID), in_path=True, required=True)


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
    stands = owed(call, [made.obligation_id])
    waits = any(
        reason["code"] == "one_reader_so_far"
        for one in stands
        for reason in one["reasons"]  # type: ignore[attr-defined]
    )
    return ASSESSMENT.data(found) | {"counts": not waits, "obligations": stands}


SHAPES = (TICK, VERDICT, COUNTERSIGN, JUDGED)
OPERATIONS = (
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
)
