"""`/responses`: what came back, and what each is for every obligation it covers."""

from typing import Any

from tracker.domain.words import Position, ResponseKind
from tracker.storage import responses_read as read
from tracker.storage.columns import partial_of
from tracker.web.api.operations import Call, Operation, Rows, missing, page_of
from tracker.web.api.parameters import FILTERS, LARGEST_ID, MOMENT, PAGING, Parameter, key_in_path, whole
from tracker.web.api.shapes import (
    ADDRESS,
    DAY,
    INSTANT,
    PARTIAL,
    TEXT,
    TRUTH,
    WHOLE,
    Field,
    Shape,
    many,
    maybe,
    words,
)


def _row(pair: Any) -> Any:
    return pair[0]


COVERED = Shape(
    "ResponseForObligation",
    "What a response is for one obligation.",
    (
        Field("obligation", WHOLE, "Id of the obligation.", lambda p: _row(p).obligation_id),
        Field("item", TEXT, "Key of its item.", lambda p: p[1]),
        Field("kind", words(ResponseKind), "What it is.", lambda p: _row(p).kind),
        Field("position", maybe(words(Position)), "What it says.", lambda p: _row(p).position),
        Field("position_as_written", TEXT, "In its own word.", lambda p: _row(p).position_as_written),
        Field("on_behalf", TRUTH, "The speaker answers for the addressee.", lambda p: _row(p).on_behalf),
        Field("page", TEXT, "Where in it.", lambda p: _row(p).page),
        Field("quote", TEXT, "Its words on this obligation.", lambda p: _row(p).quote),
    ),
)
RESPONSE = Shape(
    "Response",
    "A communication from a body, received and published on days kept apart.",
    (
        Field("key", TEXT, "Its permanent key.", lambda r: r.response.key),
        Field("body", TEXT, "Key of the body that speaks.", lambda r: r.body.key),
        Field("bodies", many(TEXT), "Keys of all bodies that signed it, that one first.", lambda r: r.bodies),
        Field("title", TEXT, "Its title.", lambda r: r.response.title),
        Field("official_url", TEXT, "Where it was published.", lambda r: r.response.url),
        Field(
            "official_url_seen",
            TRUTH,
            "Whether that page was read to enter it.",
            lambda r: r.response.url_seen,
        ),
        Field(
            "evidence_sha256", maybe(TEXT), "The page kept as it was read.", lambda r: r.response.page_sha256
        ),
        Field(
            "received_on",
            maybe(PARTIAL),
            "As far as it is known.",
            lambda r: partial_of(r.response, "received"),
        ),
        Field(
            "published_on",
            maybe(PARTIAL),
            "As far as it is known.",
            lambda r: partial_of(r.response, "published"),
        ),
        Field("first_seen_on", DAY, "The day this site saw it.", lambda r: r.response.first_seen_on),
        Field("struck_at", maybe(INSTANT), "When it was struck: our error.", lambda r: r.response.struck_at),
        Field("struck_reason", TEXT, "Why it was struck.", lambda r: r.response.struck_reason),
        Field("retracted_on", maybe(DAY), "The day the body withdrew it.", lambda r: r.response.retracted_on),
        Field("source", TEXT, "What was read to enter it.", lambda r: r.response.facts_source),
        Field("recorded_at", INSTANT, "When it was recorded.", lambda r: r.response.recorded_at),
        Field(
            "obligations",
            many(COVERED.ref),
            "What it is for each obligation.",
            lambda r: [COVERED.data(p) for p in r.lines],
        ),
        Field("url", ADDRESS, "Itself in the API.", lambda r: ""),
    ),
)
OBLIGATION = Parameter(
    "obligation",
    "Id of an obligation.",
    {**WHOLE, "minimum": 1, "maximum": LARGEST_ID},
    whole(1, LARGEST_ID),
)


def data(call: Call, found: read.ReadResponse) -> dict[str, object]:
    """A response as the API shows it."""
    return RESPONSE.data(found) | {"url": call.api(f"/responses/{found.response.key}")}


def listed(call: Call) -> Rows:
    """A page of responses."""
    of = call.values.get("obligation")
    found = read.responses(
        call.session,
        call.filters,
        call.at,
        limit=call.per_page + 1,
        after_id=call.cursor,
        obligation_id=of,
    )
    page, cursor = page_of(found, call.per_page, lambda one: one.response.id)
    total = read.count(call.session, call.filters, call.at, obligation_id=of)
    return Rows([data(call, one) for one in page], total, cursor)


def one(call: Call) -> dict[str, object]:
    """One response."""
    found = read.by_key(call.session, call.values["key"], call.at)
    if found is None:
        raise missing("response", call.values["key"])
    return data(call, found)


SHAPES = (RESPONSE, COVERED)
OPERATIONS = (
    Operation(
        "/responses",
        "Responses to the obligations the filters let through.",
        RESPONSE,
        listed,
        (OBLIGATION, *FILTERS, *MOMENT, *PAGING),
        is_list=True,
    ),
    Operation("/responses/{key}", "One response.", RESPONSE, one, (key_in_path("Its key."), *MOMENT)),
)
