"""What came back in the demo data set: looks, responses, verdicts taken over, and dated happenings."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tracker.demo.rows import (
    Row,
    is_a_count,
    looked_on,
    partial,
    received,
    rows,
    seen,
    seen_on,
    several,
    treated,
)
from tracker.domain.words import ObligationKind, Position, ResponseKind, Verdict
from tracker.storage.columns import partial_fields
from tracker.storage.tables import (
    Assessment,
    AssessmentResponse,
    Body,
    Check,
    CheckObligation,
    Happening,
    Obligation,
    Response,
    ResponseLine,
)

if TYPE_CHECKING:
    from tracker.demo.load import Loading

POSITIONS = {
    "accepted": Position.ACCEPTED,
    "partially": Position.IN_PART,
    "rejected": Position.REJECTED,
    "noted": Position.NOTED,
    "accepted_in_principle": Position.IN_PRINCIPLE,
}
DELIVERY_WORDS = {"accepted": "delivered", "partially": "part delivered"}
"""For a commitment the data set's position reads as delivery."""
VERDICTS = {"yes": Verdict.SUBSTANTIVE, "partly": Verdict.PARTLY, "no": Verdict.NOT}
NOTHING_FOUND, HOLDING, REFUSED = "none", "holding", "rejected"
HAPPENING, INTERIM = "happening", "interim"
"""What a row may be treated as against its columns (treated.csv)."""


def happenings(loading: Loading) -> None:
    """Every dated happening on an item."""
    for row in rows("events"):
        _happening(loading, row["item_id"], row["date"], row["what_happened"], row)


def responses(loading: Loading) -> None:
    """Every row as what it is: a happening, a look, or a response with or without a verdict."""
    special = treated()
    for row in rows("responses"):
        if row["verified"] != "yes" or is_a_count(row) or special.get(row["id"]) == HAPPENING:
            for item_id in several(row["item_ids"]):
                text = row["substantive_reason"]
                _happening(loading, item_id, row["published_on"] or row["as_of"], text, row)
        elif row["position"] == NOTHING_FOUND:
            _check(loading, row)
        else:
            for place, body_id in enumerate(several(row["body"])):
                _response(loading, row, loading.bodies[body_id], place)


def _happening(loading: Loading, item_id: str, day: str, text: str, row: Row) -> None:
    loading.session.add(
        Happening(
            item_id=loading.items[item_id].id or 0,
            text=text,
            url=row["url"],
            facts_source=row["verified_source"] or row.get("facts_source", ""),
            confirmed=row["verified"] == "yes",
            **partial_fields("happened", partial(day)),
            **loading.recorded,
        )
    )


def _check(loading: Loading, row: Row) -> None:
    made = Check(
        looked_on=looked_on(row),
        places=[row["verified_source"]],
        note=row["substantive_reason"],
        group_id=loading.group_id,
        facts_source=f"{row['id']}, as of {row['as_of']}",
        **loading.recorded,
    )
    loading.session.add(made)
    loading.session.flush()
    owed = [owed for body_id in several(row["body"]) for owed, _ in _answers(loading, row, body_id)]
    loading.session.add_all(CheckObligation(check_id=made.id or 0, obligation_id=o.id or 0) for o in owed)


def _answers(loading: Loading, row: Row, body_id: str) -> Iterable[tuple[Obligation, bool]]:
    """What a body's row speaks to: its own obligations, else on behalf of all addressees of the item."""
    for item_id in several(row["item_ids"]):
        own = loading.obligations.get((item_id, body_id))
        others = [owed for (item, _), owed in loading.obligations.items() if item == item_id]
        yield from [(own, False)] if own else ((owed, True) for owed in others)


def _response(loading: Loading, row: Row, body: Body, place: int) -> None:
    reply = Response(
        key=row["id"] if place == 0 else f"{row['id']}-{place + 1}",
        body_id=body.id or 0,
        note=row["substantive_reason"],
        url=row["url"],
        url_seen=row["url_seen"] == "yes",
        first_seen_on=min(seen_on(row), loading.now.date()),
        facts_source=row["verified_source"],
        **partial_fields("received", received(row)),
        **partial_fields("published", seen(row, "published_on")),
        **loading.recorded,
    )
    loading.session.add(reply)
    loading.session.flush()
    for owed, on_behalf in _answers(loading, row, body.key):
        _line(loading, row, reply, owed, on_behalf)
        _verdict(loading, row, reply, owed)


def _line(loading: Loading, row: Row, reply: Response, owed: Obligation, on_behalf: bool) -> None:
    word = row["position"]
    reports = owed.kind is ObligationKind.DELIVER and not _refuses_delivery(row, owed)
    loading.session.add(
        ResponseLine(
            response_id=reply.id or 0,
            obligation_id=owed.id or 0,
            kind=_kind(row, reports),
            position=None if reports else POSITIONS.get(word),
            position_as_written=DELIVERY_WORDS.get(word, word) if reports else word,
            on_behalf=on_behalf,
            **loading.recorded,
        )
    )


def _kind(row: Row, reports: bool) -> ResponseKind:
    if row["position"] == HOLDING:
        return ResponseKind.HOLDING
    if treated().get(row["id"]) == INTERIM:
        return ResponseKind.INTERIM
    return ResponseKind.COMPLETION_REPORT if reports else ResponseKind.REPLY


def _refuses_delivery(row: Row, owed: Obligation) -> bool:
    """The data set's verdict is on the reasons of such a refusal; whether anything was delivered nobody judged."""
    return owed.kind is ObligationKind.DELIVER and row["position"] == REFUSED


def _verdict(loading: Loading, row: Row, reply: Response, owed: Obligation) -> None:
    verdict = VERDICTS.get(row["substantive"])
    if verdict is None or row["position"] == HOLDING or _refuses_delivery(row, owed):
        return
    made = Assessment(
        obligation_id=owed.id or 0,
        verdict=verdict,
        reasons=row["substantive_reason"],
        taken_over_from=f"demo data set, row {row['id']}",
        **loading.recorded,
    )
    loading.session.add(made)
    loading.session.flush()
    loading.session.add(AssessmentResponse(assessment_id=made.id or 0, response_id=reply.id or 0))
