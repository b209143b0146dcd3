"""Responses by the API: logged, struck, retracted."""

from dataclasses import replace
from datetime import date

from tracker.domain.refusals import NotAccepted, Refused
from tracker.domain.words import Position, ResponseKind
from tracker.services.choose import today_where
from tracker.services.respond import LogResponse, SaidFor, respond
from tracker.services.take_back import retract, strike
from tracker.storage import responses_read as read
from tracker.storage.entries import id_of, owed
from tracker.storage.responses import response_by_key
from tracker.storage.tables import Response
from tracker.web.api.operations import Call, Operation, missing
from tracker.web.api.parameters import key_in_path
from tracker.web.api.recorded import LATE, RECORDED, recorded
from tracker.web.api.taking import (
    ID,
    Form,
    Taken,
    an_id,
    date_field,
    day_field,
    several,
    some,
    text_field,
    texts_field,
    truth_field,
    word_field,
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
        Taken("obligations", "What it is for each.", some(COVERED.ref), several(COVERED.read), required=True),
        day_field("first_seen_on", "The day this was seen; today unless said."),
        date_field("received_on", "When it was received."),
        date_field("published_on", "When it was published."),
        text_field("url", "Where it was published.", 2000),
        texts_field("signers", "Who signed it too, each for itself.", 300),
        text_field("title", "Its title.", 500),
        text_field("text", "Its words.", 500_000),
        truth_field("came_before_start", "Yes, it came before the clock started."),
        LATE,
    ),
)
STRIKE = Form("Strike", "Our error.", (text_field("reason", "Why: public.", 1000, required=True),))
RETRACT = Form(
    "Retract",
    "Withdrawn by the body.",
    (day_field("retracted_on", "The day it was withdrawn.", required=True),),
)
KEY = key_in_path("Key of the response.")


def add_response(call: Call) -> dict[str, object]:
    """Log a response."""
    given = dict(call.given)
    lines = tuple(SaidFor(**line) for line in given.pop("obligations"))
    given["signers"] = tuple(given.get("signers", ()))
    days = {name: given.pop(f"{name}_on", None) for name in ("received", "published")}
    seen = given.pop("first_seen_on", None) or _today(call, [line.obligation for line in lines])
    said = LogResponse(**given, **days, first_seen_on=seen, lines=lines)
    try:
        made = respond(call.session, call.now, said, **call.by)
    except NotAccepted as error:
        raise NotAccepted(_as_named(one) for one in error.refusals) from error
    return recorded(call, [line.obligation for line in lines], id=id_of(made), key=made.key)


def _today(call: Call, ids: list[int]) -> date:
    """The day it is wherever the answer is owed."""
    return min((today_where(one, call.now) for one in owed(call.session, ids)), default=call.now.date())


def _as_named(one: Refused) -> Refused:
    """A complaint at the field's name here."""
    return replace(one, field=f"{one.field}_on") if one.field in ("received", "published") else one


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
    return recorded(call, ids, id=id_of(row), key=row.key)


SHAPES = (COVERED, RESPONSE, STRIKE, RETRACT)
OPERATIONS = (
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
)
