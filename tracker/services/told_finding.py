"""What visitors and bodies tell us of goes into the review queue; it moves no standing and stands on no page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from sqlmodel import Session

from tracker.domain.words import FindingState, RunState
from tracker.services.enter_process import kept
from tracker.services.suggest import RESPONSE, TOLD
from tracker.storage import findings, sources
from tracker.storage.entries import Owed, id_of
from tracker.storage.tables import Finding, Run, Source

LONGEST_LINK = 2000
LONGEST_NOTE = 2000
VISITOR, BODY = "visitor", "body"
"""Who told us."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An answer somebody says is there."""

    by: str
    owed: Sequence[Owed]
    link: str = ""
    note: str = ""
    answered_on: date | None = None
    page_sha256: str | None = None
    number: str = ""
    """Of the objection, where it is one."""


def put_in_queue(session: Session, told: Told, now: datetime) -> Finding:
    """Propose it to the reviewers, once: told again it is the same finding."""
    source = _source(session, told.by)
    fingerprint = _fingerprint(source, told)
    known = findings.known(session, [fingerprint]).get(fingerprint)
    if known is not None and (known.state is FindingState.OPEN or told.by == VISITOR):
        return known
    run = kept(session, Run(source_id=id_of(source), state=RunState.HEALTHY, started_at=now, ended_at=now))
    return kept(
        session,
        Finding(
            source_id=id_of(source),
            run_id=id_of(run),
            page_sha256=told.page_sha256,
            kind=RESPONSE,
            fingerprint=fingerprint if known is None else sha256(f"{fingerprint}{now}".encode()).hexdigest(),
            external_key=told.number,
            content=_content(told),
            # Suggested for these, holding none of them: until somebody decides, every flag stays as it is.
            suggestion=_suggestion(told),
            found_at=now,
        ),
    )


def _source(session: Session, by: str) -> Source:
    """Stands for all that is told; it has no address and is never read."""
    key, name = f"told-by-{by}", {VISITOR: "Told by visitors", BODY: "Told by bodies"}[by]
    return sources.by_key(session, key) or kept(
        session, Source(key=key, name=name, reader=TOLD, address="", enabled=False)
    )


def _fingerprint(source: Source, told: Told) -> str:
    parts = urlsplit(told.link)
    about = [source.key, *(str(one.id) for one in told.owed), parts.netloc, parts.path, parts.query]
    return sha256("\n".join([*about, told.page_sha256 or ""]).encode("utf-8", "replace")).hexdigest()


def _content(told: Told) -> dict[str, Any]:
    first = told.owed[0]
    dates = {}
    if told.answered_on:
        day = told.answered_on.isoformat()
        dates["answered_on"] = {"value": day, "precision": "day", "as_written": day}
    return {
        "kind": RESPONSE,
        "key": told.number or first.item.ref,
        "title": first.item.title,
        "body_name": first.body.name,
        "summary": "",
        "link": told.link[:LONGEST_LINK],
        "dates": dates,
        # What somebody adds are their words, never the text of the answer.
        "status": told.note[:LONGEST_NOTE],
        "extra": {
            "told_by": told.by,
            "number": told.number,
            "addressees": [one.body.name for one in told.owed],
        },
    }


def _suggestion(told: Told) -> dict[str, Any]:
    ids = [one.id for one in told.owed]
    reasons = [{"obligation": id_, "confidence": 0.5, "reasons": []} for id_ in ids[:8]]
    return {
        "pages": [],
        "matches": reasons,
        "obligation": ids[0],
        "obligations": ids,
        "tied": [],
        "item": told.owed[0].item.key,
    }
