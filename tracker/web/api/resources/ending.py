"""Ending many duties at once by the API: an instrument revoked, a House prorogued or dissolved."""

from collections.abc import Callable
from typing import Any

from tracker.domain.words import EndCause
from tracker.services.end_many import EndMany, Fate, decide_end, end_many, preview_end, undo_act
from tracker.storage import endings
from tracker.storage.entries import id_of
from tracker.storage.tables import EndingAct
from tracker.web.api.operations import Call, Operation, missing
from tracker.web.api.parameters import LARGEST_ID, Parameter
from tracker.web.api.parameters import whole as whole_text
from tracker.web.api.recorded import RECORDED, recorded
from tracker.web.api.shapes import WHOLE, Field, Shape, many, maybe
from tracker.web.api.taking import (
    ID,
    Form,
    Taken,
    an_id,
    day_field,
    text_field,
    truth,
    truth_field,
    word_field,
)

ENDING = Form(
    "NewEnding",
    "What ended many duties; `preview` shows what it would make of each, and keeps nothing.",
    (
        word_field("cause", "What happened.", EndCause, required=True),
        text_field("document", "Key of the document it is about; else the whole process.", 80),
        text_field("process", "Key of the process.", 80),
        day_field("works_from_on", "The day from which they are void.", required=True),
        text_field("reason", "Why: public.", 1000, required=True),
        text_field("source_url", "Where the order or notice stands.", 2000, required=True),
        truth_field("preview", "Only show what would happen."),
    ),
)
DECISION = Form(
    "EndingDecision",
    "Whether a duty of which no rule says what becomes of it ended, or goes on.",
    (
        Taken("obligation", "Its id.", ID, an_id, required=True),
        Taken("ends", "It ended; false: it goes on.", {"type": "boolean"}, truth, required=True),
        text_field("reason", "Why: public.", 1000, required=True),
    ),
)
UNDO = Form("UndoneEnding", "Our error.", (text_field("reason", "Why: public.", 1000, required=True),))
ID_IN_PATH = Parameter("id", "Id of the act.", ID, whole_text(1, LARGEST_ID), in_path=True, required=True)


def _ids(fate: Fate) -> Callable[[Any], Any]:
    return lambda row: row[fate]


ENDED = Shape(
    "Ending",
    "What an act makes of each duty, by their ids.",
    (
        Field("id", maybe(WHOLE), "Id of the act; none for a preview.", lambda r: r["id"]),
        *(
            Field(fate.value, many(WHOLE), about, _ids(fate))
            for fate, about in (
                (Fate.ENDS, "Void from that day."),
                (Fate.CONTINUES, "Go on: their rule says so."),
                (Fate.UNDECIDED, "No rule says: unchanged until somebody decides."),
                (Fate.ANSWERED, "Keep their answer."),
                (Fate.ENDED_BEFORE, "Were void already."),
            )
        ),
    ),
)


def add_ending(call: Call) -> dict[str, object]:
    """End many duties in one act, or see what that would do."""
    given = dict(call.given)
    only_seen = given.pop("preview", False)
    said = EndMany(**given)
    fates = preview_end(call.session, call.now, said)
    act = None if only_seen else end_many(call.session, call.now, said, **call.by)
    ids = {fate: [found.one.id for found in fates if found.fate is fate] for fate in Fate}
    return ENDED.data({"id": id_of(act) if act else None} | ids)


def _act(call: Call) -> EndingAct:
    found = endings.act_by_id(call.session, call.values["id"])
    if found is None:
        raise missing("ending", call.values["id"])
    return found


def decide(call: Call) -> dict[str, object]:
    """Say whether one duty ended by the act or goes on."""
    act, given = _act(call), call.given
    decide_end(call.session, call.now, act, given["obligation"], given["ends"], given["reason"], **call.by)
    return recorded(call, [given["obligation"]], id=id_of(act))


def undo(call: Call) -> dict[str, object]:
    """Take the whole act back."""
    act = _act(call)
    ids = [entry.obligation_id for entry in endings.entries_of(call.session, id_of(act))]
    undo_act(call.session, call.now, act, call.given["reason"], **call.by)
    return recorded(call, ids, id=id_of(act))


SHAPES = (ENDING, DECISION, UNDO, ENDED)
OPERATIONS = (
    Operation("/endings", "End many duties in one act.", ENDED, add_ending, method="POST", takes=ENDING),
    Operation(
        "/endings/{id}/decide",
        "Decide what no rule decides.",
        RECORDED,
        decide,
        (ID_IN_PATH,),
        method="POST",
        takes=DECISION,
    ),
    Operation(
        "/endings/{id}/undo",
        "Take the whole act back: our error.",
        RECORDED,
        undo,
        (ID_IN_PATH,),
        method="POST",
        takes=UNDO,
    ),
)
