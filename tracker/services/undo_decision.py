"""Undo what one decided last about a finding: it waits again, and what became public of it is taken back in public."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from tracker.domain.refusals import NotAccepted, insist, refuse
from tracker.domain.words import EventKind, FindingState
from tracker.services.out_of_sight import out_of_sight
from tracker.services.record_event import record_event
from tracker.services.settle import settle
from tracker.services.suggest import held_by, possible_for, suggest_anew
from tracker.services.take_back import reason_needed, strike
from tracker.services.take_out import withdraw_item
from tracker.storage import decisions, entries, findings, responses
from tracker.storage.entries import id_of
from tracker.storage.findings import Waiting
from tracker.storage.tables import FindingDecision, Item, Response

UNDO_WITHIN = timedelta(hours=12)
"""As long as a session lasts; later, what is public is corrected where it stands."""
PUBLIC = frozenset({"item", "known", "response", "update"})
"""What became public, and is taken back with a correction in the log."""

_BECAME_AN_ITEM = frozenset({"item", "known"})
"""Other findings may have been suggested for that item since."""


@dataclass(frozen=True, slots=True)
class Undoable:
    """What a person decided last, and about what."""

    decision: FindingDecision
    waiting: Waiting

    @property
    def is_public(self) -> bool:
        """Whether undoing it is a correction that everybody sees."""
        return self.decision.kind in PUBLIC


@dataclass(frozen=True, slots=True)
class _Act:
    """Whoever undoes, and why."""

    now: datetime
    reason: str
    actor: str
    user_id: int


def undoable(session: Session, now: datetime, user_id: int) -> Undoable | None:
    """What a person could undo now: their last decision of the day that stands."""
    decision = decisions.standing_last(session, user_id, now - UNDO_WITHIN)
    waiting = findings.one(session, decision.finding_id) if decision is not None else None
    return Undoable(decision, waiting) if decision is not None and waiting is not None else None


def undo_last(session: Session, now: datetime, reason: str = "", *, actor: str, user_id: int) -> Undoable:
    """Undo one's last decision; the finding waits again. What is public needs a reason, which is public too."""
    last = undoable(session, now, user_id)
    if last is None:
        raise NotAccepted([refuse("finding", "There is nothing of today that you could undo.")])
    insist(reason_needed(reason) if last.is_public else [])
    if not decisions.mark_undone(session, id_of(last.decision), now):
        raise NotAccepted([refuse("finding", "This is undone already.")])
    _UNDOING[last.decision.kind](session, last, _Act(now, reason, actor, user_id))
    _reopen(session, last)
    if last.decision.kind in _BECAME_AN_ITEM:
        settle(session, suggest_anew(session, last.waiting.source, now), now, actor=actor)
    held = possible_for(last.waiting.finding) | held_by(last.waiting.finding)
    settle(session, held, now, actor=actor)
    return last


def _reopen(session: Session, last: Undoable) -> None:
    finding = last.waiting.finding
    finding.later_until_at = None
    session.flush()
    if last.decision.kind != "later" and not decisions.open_again(session, id_of(finding)):
        raise NotAccepted([refuse("finding", "This waits again already: load the page again.")])
    session.refresh(finding)


def _response(session: Session, last: Undoable, act: _Act) -> None:
    """The response is struck: our error, as if it had never been there."""
    ids = _ids(last, "responses")
    if decisions.is_judged(session, ids):
        raise NotAccepted(
            [
                refuse(
                    "finding",
                    "Somebody has judged this response since: take the verdict back first, or strike it there.",
                )
            ]
        )
    last.waiting.finding.response_id = None
    for id_ in ids:
        response = session.get(Response, id_)
        if response is not None and response.struck_at is None:
            strike(session, act.now, response, act.reason, actor=act.actor, user_id=act.user_id)
    _unwatch(session, last, act)


def _item(session: Session, last: Undoable, act: _Act) -> None:
    """The item leaves every list, and what was made only for it; its address keeps the reason."""
    item = _item_of(session, last)
    if any(responses.came_for(session, one.id) for one in entries.owed_for_item(session, id_of(item))):
        raise NotAccepted(
            [
                refuse(
                    "finding", "An answer to this item is on record since: withdraw the item on its own page."
                )
            ]
        )
    _drop_parts(session, last, act)
    _unwatch(session, last, act)
    withdraw_item(session, act.now, item, act.reason, actor=act.actor, user_id=act.user_id)
    out_of_sight(session, last.decision.made.get("frame"))
    _was_not(last)


def _known(session: Session, last: Undoable, act: _Act) -> None:
    """The page is no longer watched for that item."""
    _unwatch(session, last, act)
    _correct(session, last, act, "watched_page")
    _was_not(last)


def _update(session: Session, last: Undoable, act: _Act) -> None:
    """The note leaves the timeline."""
    note = decisions.note(session, int(str(last.decision.made["happening"])))
    if note is not None:
        note.superseded_at = act.now
    _correct(session, last, act, "note")
    _was_not(last)


def _split(session: Session, last: Undoable, act: _Act) -> None:
    """The parts go, if none of them has been decided."""
    _drop_parts(session, last, act)


def _drop_parts(session: Session, last: Undoable, act: _Act) -> None:
    wanted = set(_ids(last, "parts"))
    parts = [one for one in decisions.parts_of(session, last.decision.finding_id) if one.id in wanted]
    if any(one.state is not FindingState.OPEN for one in parts):
        raise NotAccepted([refuse("finding", "One of its parts has been decided: undo that first.")])
    for one in parts:
        one.state, one.decided_at, one.decided_by_id = FindingState.REJECTED, act.now, act.user_id
    session.flush()
    settle(session, {id_ for one in parts for id_ in held_by(one)}, act.now, actor=act.actor)


def _nothing_more(_session: Session, _last: Undoable, _act: _Act) -> None:
    """Nothing came of it but that the finding left the queue."""


_UNDOING: Mapping[str, Callable[[Session, Undoable, _Act], None]] = {
    "response": _response,
    "item": _item,
    "known": _known,
    "update": _update,
    "split": _split,
    "dismissed": _nothing_more,
    "later": _nothing_more,
}


def _unwatch(session: Session, last: Undoable, act: _Act) -> None:
    for one in decisions.watches(session, _ids(last, "watches")):
        one.superseded_at = act.now
    session.flush()


def _correct(session: Session, last: Undoable, act: _Act, what: str) -> None:
    record_event(
        session,
        EventKind.CORRECTED,
        now=act.now,
        happened_on=act.now.date(),
        item=_item_of(session, last),
        actor=act.actor,
        detail={"what": what, "reason": act.reason.strip()},
    )


def _item_of(session: Session, last: Undoable) -> Item:
    item = entries.item_by_key(session, str(last.decision.made["item"]))
    if item is None:
        raise NotAccepted([refuse("finding", "The item this became is no longer there.")])
    return item


def _was_not(last: Undoable) -> None:
    finding = last.waiting.finding
    finding.suggestion = {name: said for name, said in finding.suggestion.items() if name != "became"}


def _ids(last: Undoable, name: str) -> list[int]:
    found: Any = last.decision.made.get(name) or []
    return [int(str(id_)) for id_ in found]
