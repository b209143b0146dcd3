"""Clock entries by the API: put on record, seen before that, and taken back."""

from collections.abc import Mapping

from tracker.domain.rules import EXTENSION_BASES, MOST
from tracker.domain.units import units
from tracker.domain.words import ClockEntryKind
from tracker.services.move_clock import MoveClock, move_clock, undo_entry
from tracker.storage.entries import id_of
from tracker.storage.tables import ClockEntry
from tracker.web.api.operations import Call, Operation, missing
from tracker.web.api.parameters import LARGEST_ID, Parameter, Refusal
from tracker.web.api.parameters import whole as whole_text
from tracker.web.api.recorded import RECORDED, recorded
from tracker.web.api.shapes import TEXT
from tracker.web.api.taking import (
    ID,
    Form,
    Taken,
    an_id,
    day_field,
    text,
    text_field,
    truth_field,
    whole_field,
    word_field,
)

_COUNTABLE = sorted(name for name, unit in units().items() if unit.NEEDS == "amount")
ENTRY = Form(
    "NewClockEntry",
    "What moved or stopped a clock.",
    (
        Taken("obligation", "Its id.", ID, an_id, required=True),
        word_field("kind", "What it is.", ClockEntryKind, required=True),
        day_field("works_from_on", "Given on, stopped from, begun on, passed on, void from.", required=True),
        text_field("reason", "Why: public.", 1000, required=True),
        text_field("source_url", "Where it stands.", 2000),
        day_field("ends_on", "The last day of a pause."),
        day_field("new_due_on", "The date an extension gives."),
        whole_field(
            "amount",
            "By how many units; of a next stage, where its rule leaves it open.",
            1,
            MOST,
        ),
        Taken("unit", "Of the amount; else as the rule says.", {**TEXT, "enum": _COUNTABLE}, text(40)),
        Taken(
            "counts_from",
            "Whether an extension is one period with the first from the start, or a new one from the previous "
            "expiry; else as the rule says.",
            {**TEXT, "enum": list(EXTENSION_BASES)},
            text(20),
        ),
        truth_field("to_limit", "Count an extension only up to the most the rule allows."),
        truth_field(
            "cures", "An extension that counts although given late; a pause the rule does not know of."
        ),
        truth_field("afresh", "A restart, or a transfer, after which the period begins anew on that day."),
        text_field("to_body", "For a transfer: key, name or alias.", 300),
        text_field("rule", "For a next stage: the key of its rule.", 80),
    ),
)
UNDO = Form("UndoneEntry", "Our error.", (text_field("reason", "Why: public.", 1000, required=True),))
ID_IN_PATH = Parameter("id", "Id of the entry.", ID, whole_text(1, LARGEST_ID), in_path=True, required=True)

_KIND = ClockEntryKind
_ONLY_FOR: Mapping[str, frozenset[ClockEntryKind]] = {
    "ends_on": frozenset({_KIND.PAUSE}),
    "new_due_on": frozenset({_KIND.EXTENSION}),
    "amount": frozenset({_KIND.EXTENSION, _KIND.NEXT_STAGE}),
    "unit": frozenset({_KIND.EXTENSION}),
    "counts_from": frozenset({_KIND.EXTENSION}),
    "to_limit": frozenset({_KIND.EXTENSION}),
    "cures": frozenset({_KIND.EXTENSION, _KIND.PAUSE}),
    "afresh": frozenset({_KIND.RESTART, _KIND.TRANSFER}),
    "to_body": frozenset({_KIND.TRANSFER}),
    "rule": frozenset({_KIND.NEXT_STAGE}),
}


def add_clock_entry(call: Call) -> dict[str, object]:
    """Move or stop a clock; nothing that is said is left unheard."""
    kind = call.given["kind"]
    for name, kinds in _ONLY_FOR.items():
        if call.given.get(name) and kind not in kinds:
            raise Refusal(
                f"{name} belongs to {', '.join(sorted(kinds))}, not to {kind.value}: leave it out.", name
            )
    said = MoveClock(**call.given)
    made = move_clock(call.session, call.now, said, **call.by)
    ids = [said.obligation, *([made.begins_id] if made.begins_id is not None else [])]
    return recorded(call, ids, id=id_of(made))


def undo(call: Call) -> dict[str, object]:
    """Take an entry back that was our error."""
    entry = call.session.get(ClockEntry, call.values["id"])
    if entry is None:
        raise missing("clock entry", call.values["id"])
    undo_entry(call.session, call.now, entry, call.given["reason"], **call.by)
    return recorded(call, [entry.obligation_id], id=id_of(entry))


SHAPES = (ENTRY, UNDO)
OPERATIONS = (
    Operation(
        "/clock-entries", "Move or stop a clock.", RECORDED, add_clock_entry, method="POST", takes=ENTRY
    ),
    Operation(
        "/clock-entries/{id}/undo",
        "Take an entry back: our error.",
        RECORDED,
        undo,
        (ID_IN_PATH,),
        method="POST",
        takes=UNDO,
    ),
)
