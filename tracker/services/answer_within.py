"""A finding that is an answer and was entered as an item: the item is on record, and the answer goes on waiting."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

from sqlmodel import Session

from tracker.services.enter_process import kept
from tracker.services.suggest import RESPONSE
from tracker.storage import suspense
from tracker.storage.entries import id_of
from tracker.storage.findings import Waiting
from tracker.storage.tables import Finding, Item


def leave_answer_waiting(
    session: Session, now: datetime, waiting: Waiting, item: Item, owed: Sequence[int]
) -> list[int]:
    """Put the answer in the queue, suggested for what the item made owed; empty where the finding is no answer.

    Until somebody decides it no reading is a look for any of these, so that no flag begins meanwhile.
    """
    whole = waiting.finding
    if whole.kind != RESPONSE or not owed:
        return []
    matches = [{"obligation": id_, "confidence": 1.0, "reasons": [["said_when_split", ""]]} for id_ in owed]
    suggestion = {
        "pages": whole.suggestion.get("pages", []),
        "matches": matches,
        "possible": list(owed),
        "obligation": owed[0],
        "obligations": list(owed),
        "held": list(owed),
        "item": item.key,
    }
    row = Finding(
        source_id=whole.source_id,
        run_id=whole.run_id,
        page_sha256=whole.page_sha256,
        kind=RESPONSE,
        fingerprint=sha256(f"{whole.fingerprint} answer {now.isoformat()}".encode()).hexdigest(),
        external_key=whole.external_key,
        content=dict(whole.content),
        suggestion=suggestion,
        obligation_id=owed[0],
        # As old as the whole: it does not go to the end of the queue.
        found_at=whole.found_at,
        part_of_id=id_of(whole),
    )
    made = id_of(kept(session, row))
    suspense.hold(session, {row.fingerprint: owed})
    return [made]
