"""What a database holds when all work is done, in words that two runs of the same work must share."""

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlmodel import Session, SQLModel, col, select

from tracker.domain.words import DeliveryState, RunState
from tracker.services.signing_key import signing_key
from tracker.services.verify import verify
from tracker.storage.engine import Database
from tracker.storage.tables import (
    Check,
    CheckObligation,
    Delivery,
    Event,
    Finding,
    LogEntry,
    LogHead,
    Obligation,
    Page,
    Run,
    Segment,
    Source,
    Subscription,
)

State = dict[str, Counter[str]]

_SAID: dict[type[SQLModel], tuple[str, ...]] = {
    Event: (
        "kind happened_on backfill obligation_id item_id body_id process_id response_id source_id actor detail"
    ).split(),  # type: ignore[dict-item]
    Obligation: ("id", "announced_standing"),
    Finding: ("source_id", "page_sha256", "kind", "fingerprint", "state", "content", "obligation_id"),
    Page: ("sha256", "address"),
    Source: ("key", "enabled", "broken_since_at", "problem", "failures", "entries_last", "claimed_until_at"),
    Subscription: ("id", "queued_to_seq", "ended_at"),
}
"""What is compared of each row: no instant at which something was done, and no number that a lost attempt used up."""


def end_state(url: str, folder: Path) -> State:
    """Everything that was kept; fails where something is half done, doubled or broken."""
    database = Database(url)
    with database.reading() as session:
        _check_log(session, folder)
        _check_nothing_is_under_way(session)
        state = {table.__name__: _said(_rows(session, table), columns) for table, columns in _SAID.items()}
        state |= {"Segment": _standings(session), "Check": _checks(session)}
        state |= {"Delivery": _ledger(session), "Run": _runs(session)}
        if url.startswith("sqlite"):
            assert session.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"
    database.close()
    return state


def _rows(session: Session, table: Any) -> list[Any]:
    return list(session.exec(select(table)))


def _said(rows: Iterable[Any], columns: Iterable[str]) -> Counter[str]:
    wanted = list(columns)
    return Counter(_text({name: _lasting(getattr(row, name)) for name in wanted}) for row in rows)


def _lasting(value: object) -> object:
    """A look's entry names its run, and binds its check, by numbers that a lost attempt uses up."""
    if not isinstance(value, dict) or value.get("what") != "looked":
        return value
    return {name: said for name, said in value.items() if name not in ("run", "sha256")}


def _text(said: object) -> str:
    return json.dumps(said, sort_keys=True, default=str)


def _check_log(session: Session, folder: Path) -> None:
    """Every event has one place, the chain is whole, and its head is signed."""
    found = verify(session, [signing_key(folder / "signing.key").public_key()])
    assert found.whole, found.sentence
    placed = Counter(entry.event_id for entry in _rows(session, LogEntry))
    assert placed == Counter(event.id for event in _rows(session, Event))
    assert max(head.size for head in _rows(session, LogHead)) == found.size


def _check_nothing_is_under_way(session: Session) -> None:
    assert RunState.RUNNING not in {run.state for run in _rows(session, Run)}
    assert not {row.state for row in _rows(session, Delivery)} & {DeliveryState.QUEUED, DeliveryState.SENDING}


def _standings(session: Session) -> Counter[str]:
    now = session.exec(select(Segment).where(col(Segment.superseded_at).is_(None)))
    return _said(now, ("obligation_id", "standing", "begins_on", "due_on", "checked_on", "flagged", "detail"))


def _checks(session: Session) -> Counter[str]:
    joined = select(Check, CheckObligation).join(
        CheckObligation, col(CheckObligation.check_id) == col(Check.id)
    )
    rows = session.exec(joined).all()
    return Counter(_text([made.looked_on, made.places, of.obligation_id]) for made, of in rows)


def _ledger(session: Session) -> Counter[str]:
    rows = session.exec(select(Delivery, Event).join(Event, col(Event.id) == col(Delivery.event_id))).all()
    return Counter(
        _text([row.subscription_id, told.kind, told.obligation_id, told.detail, row.state])
        for row, told in rows
    )


def _runs(session: Session) -> Counter[str]:
    """Healthy readings; those that were broken off are on record besides."""
    return _said(
        (run for run in _rows(session, Run) if run.state is not RunState.FAILED), ("source_id", "state")
    )
