"""Looks by the API."""

from tracker.services.look import Look, look
from tracker.storage.entries import id_of
from tracker.web.api.operations import Call, Operation
from tracker.web.api.recorded import LATE, RECORDED, recorded
from tracker.web.api.taking import (
    WRITTEN,
    Form,
    Taken,
    day_field,
    ids_field,
    several,
    some,
    text,
    text_field,
)

CHECK = Form(
    "NewCheck",
    "We looked at these places on this day, and nothing was there.",
    (
        ids_field("obligations", "Ids of the obligations looked for."),
        day_field("looked_on", "The day, in the debtor's zone.", required=True),
        Taken(
            "places",
            "Where: pages, registers, searches.",
            some({**WRITTEN, "maxLength": 2000}),
            several(text(2000)),
            required=True,
        ),
        text_field("note", "Anything to add.", 5000),
        LATE,
    ),
)


def add_check(call: Call) -> dict[str, object]:
    """Put a look on record."""
    said = Look(**call.given)
    made = look(call.session, call.now, said, **call.by)
    return recorded(call, said.obligations, id=id_of(made))


SHAPES = (CHECK, RECORDED)
OPERATIONS = (Operation("/checks", "Put a look on record.", RECORDED, add_check, method="POST", takes=CHECK),)
