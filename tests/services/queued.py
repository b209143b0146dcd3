"""Findings as a reading would have left them, without a reading: for tests of the queue and its decisions."""

from datetime import date, datetime
from typing import Any

from sqlmodel import Session, select

from tests.services.entered import NOW
from tracker.domain.words import RunState
from tracker.services.enter_process import kept
from tracker.storage import suspense
from tracker.storage.entries import id_of
from tracker.storage.tables import Check, CheckObligation, Finding, Item, Page, Run, Source

PAGE = "ab" * 32
ADDRESS = "https://gov.example/answers"


def source(session: Session, key: str = "answers", process_id: int | None = None) -> tuple[int, int]:
    """A source and a healthy reading of it; their ids."""
    made = kept(session, Source(key=key, reader="feed", address=ADDRESS, process_id=process_id))
    run = kept(session, Run(source_id=id_of(made), state=RunState.HEALTHY, started_at=NOW))
    if session.get(Page, PAGE) is None:
        kept(
            session,
            Page(sha256=PAGE, address=ADDRESS, size=4, body=b"page", fetched_at=NOW, last_seen_at=NOW),
        )
    return id_of(made), id_of(run)


def finding(session: Session, where: tuple[int, int], title: str, **changes: Any) -> int:
    """A finding of a source; `owed` is the obligation it is suggested for."""
    owed: int | None = changes.pop("owed", None)
    kind: str = changes.pop("kind", "response")
    found_at: datetime = changes.pop("found_at", NOW)
    item: str = changes.pop("item", "")
    match = {"obligation": owed, "confidence": 0.9, "reasons": [["same_body", "Ministry of Water"]]}
    row = Finding(
        source_id=where[0],
        run_id=where[1],
        page_sha256=PAGE,
        kind=kind,
        fingerprint=title.encode().hex()[:64].rjust(64, "0"),
        external_key=title,
        content={**_content(kind, title), **changes},
        suggestion={
            "pages": [ADDRESS],
            "obligation": owed,
            "matches": [match] if owed else [],
            "possible": [owed] if owed else [],
            "item": item or None,
        },
        obligation_id=owed if kind == "response" else None,
        found_at=found_at,
    )
    made = id_of(kept(session, row))
    suspense.hold(session, {row.fingerprint: [owed] if owed and kind == "response" else []})
    return made


def _content(kind: str, title: str) -> dict[str, Any]:
    return {
        "kind": kind,
        "key": title,
        "title": title,
        "summary": f"{title}, word for word.",
        "link": f"{ADDRESS}/1",
        "body_name": "Ministry of Water",
        "dates": {"published_on": {"value": "2026-05-06", "precision": "day", "as_written": "6 May 2026"}},
        "extra": {"response_kind": "reply"} if kind == "response" else {},
        "confidence": 0.9,
        "reasons": [["listed_in_feed", ""]],
    }


def looked(session: Session, owed: int, run: int, day: date) -> None:
    """The reading was a look for an answer to this obligation."""
    check = kept(
        session,
        Check(looked_on=day, places=[ADDRESS], run_id=run, recorded_at=NOW, recorded_by="source:answers"),
    )
    kept(session, CheckObligation(check_id=id_of(check), obligation_id=owed))


def the_item(session: Session) -> Item:
    """The one item there is."""
    return session.exec(select(Item)).one()
