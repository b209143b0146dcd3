"""Take a finding over just as it is suggested, where nothing is left for a person to fill in."""

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlmodel import Session

from tracker.domain.refusals import NotAccepted, refuse
from tracker.domain.words import FindingState
from tracker.services.draft_decision import draft_item, draft_response, draft_update
from tracker.services.respond import behalf_complaints, speaker_of
from tracker.services.review import accept_new_item, accept_response, accept_update
from tracker.services.suggest import NEW_ITEM, RESPONSE, UPDATE
from tracker.services.take_finding import already_decided
from tracker.storage import entries, findings
from tracker.storage.findings import Waiting


def is_complete(session: Session, waiting: Waiting) -> bool:
    """Whether a finding can be taken over as suggested: who, what and to what are all known."""
    known = _COMPLETE.get(waiting.finding.kind)
    return known is not None and known(session, waiting)


def accept_suggested(
    session: Session, now: datetime, finding_id: int, *, actor: str, user_id: int | None = None
) -> None:
    """Take it over as drafted; refused where something is missing, or where somebody was quicker."""
    waiting = findings.one(session, finding_id)
    if waiting is None:
        raise NotAccepted([refuse("finding", "There is no such finding.")])
    if waiting.finding.state is not FindingState.OPEN:
        raise NotAccepted([already_decided(waiting)])
    if not is_complete(session, waiting):
        raise NotAccepted(
            [refuse("finding", "Something is left to say: correct it before you take it over.")]
        )
    _ACCEPT[waiting.finding.kind](session, now, waiting, actor, user_id)


def changed_by(session: Session, waiting: Waiting) -> list[tuple[str, str | int]]:
    """Kind and key or id of what taking a finding over as suggested would change."""
    known = _CHANGED.get(waiting.finding.kind)
    return known(session, waiting) if known is not None else []


def place_of(waiting: Waiting, document: str) -> tuple[str, str | int]:
    """Where a new item would go: into the document chosen, else into what the source serves."""
    return ("document", document) if document else ("source", waiting.source.key)


def _item_known(session: Session, waiting: Waiting) -> bool:
    draft = draft_item(session, waiting)
    named = all(owed.body or owed.new for owed in draft.addressees)
    alone = not waiting.finding.suggestion.get("duplicates")
    return bool(draft.title and named and alone and draft.deadline.rule)


def _response_known(session: Session, waiting: Waiting) -> bool:
    draft = draft_response(session, waiting)
    speaker, _ = speaker_of(session, draft.body)
    if speaker is None or not draft.lines:
        return False
    about = entries.owed(session, [line.obligation for line in draft.lines])
    allowed = {line.obligation for line in draft.lines if line.on_behalf}
    # Whether one body answers for another too is for a person to say.
    return not any(behalf_complaints(speaker, about, allowed))


def _update_known(_session: Session, waiting: Waiting) -> bool:
    draft = draft_update(waiting)
    return bool(draft.item and draft.text.strip())


_COMPLETE: Mapping[str, Callable[[Session, Waiting], bool]] = {
    NEW_ITEM: _item_known,
    RESPONSE: _response_known,
    UPDATE: _update_known,
}


def _item(session: Session, now: datetime, waiting: Waiting, actor: str, user_id: int | None) -> None:
    said = draft_item(session, waiting)
    accept_new_item(session, now, waiting.finding.id or 0, said, actor=actor, user_id=user_id)


def _response(session: Session, now: datetime, waiting: Waiting, actor: str, user_id: int | None) -> None:
    said = draft_response(session, waiting)
    accept_response(session, now, waiting.finding.id or 0, said, actor=actor, user_id=user_id)


def _update(session: Session, now: datetime, waiting: Waiting, actor: str, user_id: int | None) -> None:
    accept_update(session, now, waiting.finding.id or 0, draft_update(waiting), actor=actor, user_id=user_id)


_ACCEPT: Mapping[str, Callable[[Session, datetime, Waiting, str, int | None], None]] = {
    NEW_ITEM: _item,
    RESPONSE: _response,
    UPDATE: _update,
}
_CHANGED: Mapping[str, Callable[[Session, Waiting], list[tuple[str, str | int]]]] = {
    NEW_ITEM: lambda session, waiting: [place_of(waiting, draft_item(session, waiting).document)],
    RESPONSE: lambda session, waiting: [
        ("obligation", line.obligation) for line in draft_response(session, waiting).lines
    ],
    UPDATE: lambda _session, waiting: [("item", draft_update(waiting).item)],
}
