"""Split a finding that is several: each part becomes a finding of its own, for its own obligation."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlmodel import Session

from tracker.domain.refusals import Refused, insist, refuse
from tracker.domain.words import FindingState, Position, ResponseKind
from tracker.services.enter_process import kept
from tracker.services.propose import QUESTION
from tracker.services.settle import settle
from tracker.services.suggest import NEW_ITEM, RESPONSE, UPDATE, held_by, possible_for
from tracker.services.take_finding import leave_trail, take_finding
from tracker.storage import entries, suspense
from tracker.storage.entries import Owed, id_of
from tracker.storage.findings import Waiting
from tracker.storage.tables import Finding

FEWEST, MOST = 2, 12
KINDS = (RESPONSE, NEW_ITEM, UPDATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One of the several things a finding is."""

    kind: str
    """response, new_item or update."""
    title: str
    text: str = ""
    obligation: int | None = None
    """The one it is about, where that is known."""
    response_kind: ResponseKind | None = None
    position: Position | None = None


def split_finding(
    session: Session,
    now: datetime,
    finding_id: int,
    parts: Sequence[Part],
    *,
    actor: str,
    user_id: int | None = None,
) -> list[Finding]:
    """Put the parts in the queue in place of the whole; nothing public changes but what they hold in suspense."""
    about = {one.id: one for one in entries.owed(session, [p.obligation for p in parts if p.obligation])}
    insist(_complaints(parts, about))
    waiting = take_finding(session, now, finding_id, FindingState.SPLIT, user_id)
    if waiting.finding.kind == QUESTION:
        insist([refuse("finding", "A question of the reader is answered with a note, not split.")])
    made = [_made(session, now, waiting, n, part, about) for n, part in enumerate(parts, 1)]
    held = {id_ for one in (waiting.finding, *made) for id_ in held_by(one)}
    settle(session, held | possible_for(waiting.finding), now, actor=actor)
    ids = [id_of(one) for one in made]
    leave_trail(session, now, waiting, "split", {"parts": ids}, actor=actor, user_id=user_id)
    return made


def _complaints(parts: Sequence[Part], about: dict[int, Owed]) -> Iterator[Refused]:
    if not FEWEST <= len(parts) <= MOST:
        yield refuse("parts", "Name from %(fewest)s to %(most)s parts.", fewest=FEWEST, most=MOST)
    for n, part in enumerate(parts, 1):
        if part.kind not in KINDS:
            yield refuse(f"kind-{n}", "Choose one of the list.")
        if not part.title.strip():
            yield refuse(f"title-{n}", "This is needed.")
        if part.obligation is not None and part.obligation not in about:
            yield refuse(f"obligation-{n}", "There is no obligation %(id)s.", id=part.obligation)


def _made(
    session: Session, now: datetime, waiting: Waiting, n: int, part: Part, about: dict[int, Owed]
) -> Finding:
    whole = waiting.finding
    name = f"{whole.fingerprint} {n} {now.isoformat()}"
    row = Finding(
        source_id=whole.source_id,
        run_id=whole.run_id,
        page_sha256=whole.page_sha256,
        kind=part.kind,
        fingerprint=sha256(name.encode()).hexdigest(),
        external_key=whole.external_key,
        content=_content(whole, part),
        suggestion=_suggestion(whole, part, about),
        obligation_id=part.obligation if part.kind == RESPONSE else None,
        # As old as the whole: a part does not go to the end of the queue.
        found_at=whole.found_at,
        part_of_id=id_of(whole),
    )
    suspense.hold(session, {kept(session, row).fingerprint: held_by(row)})
    return row


def _content(whole: Finding, part: Part) -> dict[str, object]:
    extra: Any = whole.content.get("extra")
    said = dict(extra) if isinstance(extra, dict) else {}
    for name, value in (("response_kind", part.response_kind), ("position", part.position)):
        if value is not None:
            said[name] = value.value
    own = {"kind": part.kind, "title": part.title.strip(), "extra": said}
    return {**whole.content, **own, "summary": part.text.strip() or whole.content.get("summary", "")}


def _suggestion(whole: Finding, part: Part, about: dict[int, Owed]) -> dict[str, object]:
    kept_pages = {"pages": whole.suggestion.get("pages", [])}
    if part.obligation is None:
        return kept_pages
    id_ = part.obligation
    match = {"obligation": id_, "confidence": 1.0, "reasons": [["said_when_split", ""]]}
    return {
        **kept_pages,
        "matches": [match],
        "possible": [id_],
        "obligation": id_,
        "item": about[id_].item.key,
    }
