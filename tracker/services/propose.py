"""Turns what readers found into proposals for a person: each once, however often it is read."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

from sqlmodel import Session

from scrapers import model
from tracker.domain.words import FindingState
from tracker.services.note_health import plain
from tracker.services.reading import Reading, Visit
from tracker.services.suggest import RESPONSE, belonging_of, held_by, possible_for, suggest
from tracker.storage import findings, suspense
from tracker.storage.tables import Finding, Run, Source

QUESTION = "question"
"""What a reader could not read for certain, put to a person."""
REPLACED = "replaced by a newer reading"
_LASTING = ("kind", "key", "title", "body_name", "summary", "dates", "status", "extra")
"""What makes a finding another one when it changes; its place on the page does not."""


@dataclass(slots=True)
class Draft:
    """A finding on its way to be kept: the same columns, without the cost of a row."""

    source_id: int
    run_id: int
    page_sha256: str | None
    kind: str
    fingerprint: str
    external_key: str
    content: dict[str, Any]
    suggestion: dict[str, Any]
    found_at: datetime
    state: FindingState = FindingState.OPEN
    obligation_id: int | None = None

    def columns(self) -> dict[str, Any]:
        """What is kept."""
        return {name: getattr(self, name) for name in self.__slots__}


@dataclass(slots=True)
class Proposed:
    """What a reading put before people."""

    opened: list[Finding | Draft] = field(default_factory=list)
    touched: set[int] = field(default_factory=set)
    """Obligations whose standing may have changed."""
    undecided_for: set[int] = field(default_factory=set)
    """Obligations that an undecided response of this reading may belong to."""
    unsure_pages: set[str] = field(default_factory=set)
    """Addresses of pages that raised a question nobody has answered."""


_PLAIN_JSON = json.JSONEncoder(sort_keys=True, ensure_ascii=False)


def fingerprint(source: Source, content: Mapping[str, Any]) -> str:
    """The same for the same thing said again, another one where what is said has changed."""
    lasting = {name: content.get(name) for name in _LASTING} | {"dates": _days(content.get("dates") or {})}
    parts = urlsplit(str(content.get("link") or ""))
    text = _PLAIN_JSON.encode([source.key, lasting, parts.netloc + parts.path])
    return sha256(text.encode("utf-8", "replace")).hexdigest()


def _days(dates: Mapping[str, Mapping[str, Any]]) -> dict[str, list[Any]]:
    """What days are meant, however written; the writing counts only where no day could be read."""
    return {
        name: [one.get("value"), one.get("precision"), "" if one.get("value") else one.get("as_written")]
        for name, one in dates.items()
    }


def owed_by_nobody(finding: model.Finding) -> bool:
    """A thing whose reader knows where it stands, and that nothing has set a clock going yet."""
    extra = finding.extra
    known = extra.get("stage") is not None and "trigger" in extra
    return finding.kind == "new_item" and known and not extra["trigger"]


def set_aside(session: Session, source: Source, run: Run, reading: Reading, now: datetime) -> None:
    """Keep what a bad reading found, out of everybody's way until a person releases it."""
    drafts = {draft.fingerprint: draft for _, draft in _drafts(source, run, reading, now)}
    known = findings.known(session, drafts)
    for row in known.values():
        if row.state is FindingState.QUARANTINED:
            # Found again by this reading: it is released with it.
            row.run_id = run.id or 0
    new = [draft for fingerprint, draft in drafts.items() if fingerprint not in known]
    for draft in new:
        draft.state = FindingState.QUARANTINED
    findings.keep(session, [draft.columns() for draft in new])


def propose(session: Session, source: Source, run: Run, reading: Reading, now: datetime) -> Proposed:
    """Put what a healthy reading found before people, with what each is thought to belong to."""
    done = Proposed()
    drafts = list(_drafts(source, run, reading, now))
    first = not findings.any_of_source(session, source.id or 0)
    known = {} if first else findings.known(session, (draft.fingerprint for _, draft in drafts))
    belonging = belonging_of(session, source, [draft for _, draft in drafts], now)
    rows: dict[str, Finding | Draft] = dict(known)
    held: dict[str, set[int]] = {}
    for visit, draft in drafts:
        row = rows.setdefault(draft.fingerprint, draft)
        if isinstance(row, Finding) and _may_return(row):
            _reopen(session, row, run, now)
            done.opened.append(row)
            # It held its obligations in suspense before, and does so again, suggested for the same or not.
            done.touched |= held_by(row)
        if row.state is FindingState.OPEN:
            changed = suggest(row, belonging)
            held |= {row.fingerprint: held_by(row)} if changed else {}
            done.touched |= changed
            done.undecided_for |= possible_for(row) if row.kind == RESPONSE else set()
            done.unsure_pages |= set(visit.addresses) if row.kind == QUESTION else set()
    new = [row for row in rows.values() if isinstance(row, Draft)]
    findings.keep(session, [draft.columns() for draft in new])
    done.opened += new
    session.flush()
    suspense.hold(session, held)
    if not first:
        _replace_older(session, source, rows, done, now)
    return done


def _reopen(session: Session, row: Finding, run: Run, now: datetime) -> None:
    row.state, row.run_id, row.found_at = FindingState.OPEN, run.id or 0, now
    row.decided_at, row.decision_note = None, ""
    session.add(row)


def _may_return(row: Finding) -> bool:
    """Set aside by a bad reading or replaced by a newer one: no person has decided it."""
    replaced = row.state is FindingState.REJECTED and row.decided_by_id is None
    return row.state is FindingState.QUARANTINED or (replaced and row.decision_note == REPLACED)


def _drafts(source: Source, run: Run, reading: Reading, now: datetime) -> Iterable[tuple[Visit, Draft]]:
    for visit, finding in reading.findings():
        if not owed_by_nobody(finding):
            pages = reading.trail(visit)
            yield visit, _draft(source, run, visit, finding.to_dict(), pages, now)
    for visit, problem in reading.problems():
        if problem.weight == "question":
            yield visit, _draft(source, run, visit, _question(visit, problem), reading.trail(visit), now)


def _question(visit: Visit, problem: model.Problem) -> dict[str, object]:
    return {
        "kind": QUESTION,
        "key": f"{problem.code}:{problem.locator}",
        "title": problem.sentence,
        "summary": problem.as_written,
        "locator": problem.locator,
        "link": visit.addresses[-1],
    }


def _draft(
    source: Source,
    run: Run,
    visit: Visit,
    content: dict[str, Any],
    pages: tuple[str, ...],
    now: datetime,
) -> Draft:
    return Draft(
        source_id=source.id or 0,
        run_id=run.id or 0,
        page_sha256=visit.page.sha256 if visit.page else None,
        kind=str(content["kind"]),
        fingerprint=fingerprint(source, content),
        external_key=plain(str(content["key"]))[:300],
        content=content,
        suggestion={"pages": list(pages)},
        found_at=now,
    )


def _replace_older(
    session: Session, source: Source, rows: Mapping[str, Finding | Draft], done: Proposed, now: datetime
) -> None:
    """An undecided proposal about a thing of which the source now says something else is replaced.

    Whether or not what it says now was decided before; but a part of what somebody split only by something new.
    """
    said = {(str(row.content["kind"]), row.external_key) for row in rows.values()}
    new = {(str(row.content["kind"]), row.external_key) for row in done.opened}
    older = [
        one.id
        for one in findings.named_open(session, source.id or 0)
        if one.fingerprint not in rows and (one.kind, one.external_key) in (new if one.is_part else said)
    ]
    for row in findings.by_ids(session, older):
        row.state, row.decided_at, row.decision_note = FindingState.REJECTED, now, REPLACED
        done.touched |= held_by(row)
