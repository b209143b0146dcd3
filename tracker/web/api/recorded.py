"""What writing answers with: what was put on record, and where the obligations stand now."""

from collections.abc import Iterable

from tracker.domain.listing import ListName, ListQuery
from tracker.storage.lines import lines
from tracker.web.api.operations import Call
from tracker.web.api.owed import OBLIGATION
from tracker.web.api.resources.obligations import shown
from tracker.web.api.shapes import TEXT, WHOLE, Field, Shape, many, maybe
from tracker.web.api.taking import truth_field

LATE = truth_field("late_entry", "Found in old papers: into the log, alerting nobody.")
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


def owed(call: Call, ids: Iterable[int]) -> list[dict[str, object]]:
    """The public ones of these obligations."""
    found = lines(call.session, ListQuery(ListName.ALL), call.at, order="id", ids=ids)
    return [OBLIGATION.data(row) for row in shown(call, found)]


def recorded(call: Call, ids: Iterable[int], **named: object) -> dict[str, object]:
    """The answer of a write about these obligations."""
    return RECORDED.data({**named, "obligations": owed(call, ids)})
