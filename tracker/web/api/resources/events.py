"""`/events`: the public log, in its order; go on from the last cursor to follow it."""

from dataclasses import replace
from typing import Any

from tracker.domain.listing import ListName, ListQuery
from tracker.domain.words import Basis, EventKind
from tracker.rendering.news import event_id
from tracker.storage import events as stored
from tracker.web.api.operations import Call, Operation, Rows, missing, page_of
from tracker.web.api.parameters import (
    AS_OF,
    FILTERS,
    LIST,
    PAGING,
    Parameter,
    key_in_path,
    one_of,
    truth,
)
from tracker.web.api.shapes import (
    ANYTHING,
    DAY,
    INSTANT,
    TEXT,
    TRUTH,
    WHOLE,
    Field,
    Shape,
    maybe,
    words,
)


def _nothing(value: str) -> str | None:
    return value or None


EVENT = Shape(
    "Event",
    "A public change; never altered or deleted.",
    (
        Field("key", TEXT, "Its permanent key.", lambda e: e.key),
        Field("id", TEXT, "Its permanent id, the one feeds carry.", lambda e: event_id(e.key)),
        Field("cursor", WHOLE, "Its place: a list with this cursor goes on after it.", lambda e: e.id),
        Field("kind", words(EventKind), "What happened.", lambda e: e.kind),
        Field("happened_on", DAY, "The day it happened.", lambda e: e.happened_on),
        Field("recorded_at", INSTANT, "When it was recorded.", lambda e: e.recorded_at),
        Field("announced_at", INSTANT, "When it was announced.", lambda e: e.announced_at),
        Field("backfill", TRUTH, "Entered late, imported or passed over: never news.", lambda e: e.backfill),
        Field("obligation", maybe(WHOLE), "Id of the obligation.", lambda e: e.obligation_id),
        Field("item", maybe(TEXT), "Key of the item.", lambda e: _nothing(e.item_key)),
        Field("body", maybe(TEXT), "Key of the body.", lambda e: _nothing(e.body_key)),
        Field("process", maybe(TEXT), "Key of the process.", lambda e: _nothing(e.process_key)),
        Field("response", maybe(TEXT), "Key of the response.", lambda e: _nothing(e.response_key)),
        Field("source", maybe(TEXT), "Key of the source.", lambda e: _nothing(e.source_key)),
        Field("basis", maybe(words(Basis)), "Why the date binds.", lambda e: e.basis),
        Field("actor", TEXT, "The clock, a source or a group; never a person.", lambda e: e.actor),
        Field("detail", ANYTHING, "Codes and dates of the change.", lambda e: dict(e.detail)),
    ),
)
EVENT_KIND = Parameter(
    "event",
    "Only events of this kind; may be given several times.",
    words(EventKind),
    one_of(EventKind),
    repeats=True,
)
CORRECTIONS = [EventKind.CORRECTED, EventKind.DATE_MOVED]
BACKFILL = Parameter("backfill", "0 leaves out what is no news.", {**TRUTH, "default": True}, truth)


def listed(call: Call) -> Rows:
    """A page of the log."""
    query = ListQuery(call.values.get("list", ListName.ALL), call.filters)
    narrowing: dict[str, Any] = {
        "include_backfill": call.values.get("backfill", True),
        "kinds": call.values.get("event"),
        "until_at": call.at.at,
    }
    found = stored.events(
        call.session, query, limit=call.per_page + 1, after_id=call.cursor, order="log", **narrowing
    )
    page, cursor = page_of(found, call.per_page, lambda event: event.id)
    return Rows([EVENT.data(event) for event in page], stored.count(call.session, query, **narrowing), cursor)


def corrected(call: Call) -> Rows:
    """A page of what was put right."""
    return listed(replace(call, values={**call.values, "event": CORRECTIONS}))


def one(call: Call) -> dict[str, object]:
    """One event."""
    found = stored.by_key(call.session, call.values["key"])
    if found is None:
        raise missing("event", call.values["key"])
    return EVENT.data(found)


SHAPES = (EVENT,)
OPERATIONS = (
    Operation(
        "/events",
        "The public log from its beginning.",
        EVENT,
        listed,
        (LIST, EVENT_KIND, BACKFILL, *FILTERS, AS_OF, *PAGING),
        is_list=True,
    ),
    Operation(
        "/corrections",
        "What was put right and every date that moved, in the order of the log.",
        EVENT,
        corrected,
        (*FILTERS, AS_OF, *PAGING),
        is_list=True,
    ),
    Operation("/events/{key}", "One event.", EVENT, one, (key_in_path("Its key."),)),
)
