"""What was said of it in the demo data set: claims of implementation by who made them, the askers' own word."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from tracker.demo.rows import Row, claimed, partial, rows, several, stated
from tracker.domain.words import ClaimState, Speaker
from tracker.storage.columns import partial_fields
from tracker.storage.entries import id_of
from tracker.storage.responses import response_by_key
from tracker.storage.tables import Claim, Obligation, Statement

if TYPE_CHECKING:
    from tracker.demo.load import Loading


def claims(loading: Loading) -> None:
    """The rows that tell what somebody said of the implementation; nothing they say moves a standing."""
    found = {row["id"]: row for row in rows("responses")}
    for said in claimed():
        row = found[said["response"]]
        loading.session.add_all(_claim(loading, said, row, owed) for owed in _own(loading, row))


def _claim(loading: Loading, said: Row, row: Row, owed: Obligation) -> Claim:
    return Claim(
        obligation_id=owed.id or 0,
        speaker=Speaker(said["speaker"]),
        speaker_name=said["name"],
        state=ClaimState(said["state"]),
        url=row["url"],
        facts_source=row["verified_source"],
        **partial_fields("claimed", partial(row["published_on"] or row["as_of"])),
        **loading.recorded,
    )


def statements(loading: Loading) -> None:
    """What the askers themselves said of a reply, and how they marked it."""
    replies = {row["id"]: row for row in rows("responses")}
    happened = {row["id"]: row for row in rows("events")}
    for said in stated():
        row = replies[said["response"]]
        told = happened.get(said["event"])
        text = told["what_happened"] if told else row["substantive_reason"]
        day = told["date"] if told else row["as_of"]
        reply = response_by_key(loading.session, row["id"])
        for owed in _own(loading, row):
            loading.session.add(
                Statement(
                    response_id=id_of(reply),
                    obligation_id=owed.id,
                    asker=said["asker"],
                    text=text,
                    mark=said["mark"],
                    url=(told or row)["url"],
                    **partial_fields("stated", partial(day)),
                    **loading.recorded,
                )
            )


def _own(loading: Loading, row: Row) -> Iterable[Obligation]:
    """What the bodies of a row owe themselves on its items."""
    for item_id in several(row["item_ids"]):
        for body_id in several(row["body"]):
            owed = loading.obligations.get((item_id, body_id))
            if owed is not None:
                yield owed
