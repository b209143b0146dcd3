"""Looks and clock entries by the API."""

from collections.abc import Mapping

from tracker.domain.words import ClockEntryKind
from tracker.services.look import Look, look
from tracker.services.move_clock import MoveClock, move_clock
from tracker.storage.entries import id_of
from tracker.web.api.operations import Call, Operation
from tracker.web.api.parameters import Refusal
from tracker.web.api.recorded import LATE, RECORDED, recorded
from tracker.web.api.shapes import TEXT, many
from tracker.web.api.taking import (
    ID,
    Form,
    Taken,
    an_id,
    day_field,
    ids_field,
    several,
    text,
    text_field,
    truth_field,
    word_field,
)

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


def add_check(call: Call) -> dict[str, object]:
    """Put a look on record."""
    said = Look(**call.given)
    made = look(call.session, call.now, said, **call.by)
    return recorded(call, said.obligations, id=id_of(made))


_ONLY_FOR: Mapping[str, frozenset[ClockEntryKind]] = {
    "ends_on": frozenset({ClockEntryKind.PAUSE}),
    "new_due_on": frozenset({ClockEntryKind.EXTENSION}),
    "cures": frozenset({ClockEntryKind.EXTENSION}),
    "to_body": frozenset({ClockEntryKind.TRANSFER}),
}


def add_clock_entry(call: Call) -> dict[str, object]:
    """Move or stop a clock; nothing that is said is left unheard."""
    kind = call.given["kind"]
    for name, kinds in _ONLY_FOR.items():
        if call.given.get(name) and kind not in kinds:
            raise Refusal(f"{name} belongs to {', '.join(kinds)}, not to {kind.value}: leave it out.", name)
    said = MoveClock(**call.given)
    made = move_clock(call.session, call.now, said, **call.by)
    return recorded(call, [said.obligation], id=id_of(made))


SHAPES = (CHECK, ENTRY, RECORDED)
OPERATIONS = (
    Operation("/checks", "Put a look on record.", RECORDED, add_check, method="POST", takes=CHECK),
    Operation(
        "/clock-entries", "Move or stop a clock.", RECORDED, add_clock_entry, method="POST", takes=ENTRY
    ),
)
