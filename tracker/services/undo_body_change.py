"""Take back what was said of a body: names, addresses, duties and members are as before; the log keeps both."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from sqlmodel import Session

from tracker.domain.refusals import insist, refuse
from tracker.domain.succession import BodyChangeKind
from tracker.services.note_body_change import tell_change
from tracker.services.rename_body import move_key
from tracker.services.revise import remember
from tracker.services.take_back import reason_needed
from tracker.services.tie_body import change_members
from tracker.storage import body_changes, entries
from tracker.storage.entries import id_of
from tracker.storage.successions import links_of_change
from tracker.storage.tables import Body, BodyChange

Undo = Callable[[Session, datetime, Body, BodyChange], None]


def undo_body_change(
    session: Session,
    now: datetime,
    change: BodyChange,
    reason: str,
    *,
    actor: str,
    user_id: int | None = None,
) -> None:
    """From now on it is as if the change had not been entered; `as_of` pages still show what was shown."""
    again = [refuse("reason", "This is undone already.")] if change.superseded_at else []
    later = body_changes.later_ones(session, change) if change.kind in _IN_ORDER else []
    if later:
        again.append(refuse("reason", "A later change rests on this one: undo that first."))
    insist([*reason_needed(reason), *again])
    body = session.get_one(Body, change.body_id)
    remember(session, now, body, reason, user_id)
    _UNDO[change.kind](session, now, body, change)
    change.superseded_at = now
    session.flush()
    tell_change(session, now, body, change, "body_change_undone", reason, actor)


def _name(session: Session, now: datetime, body: Body, change: BodyChange) -> None:
    before = str(change.detail["before"])
    if body.name != change.detail["after"]:
        insist([refuse("reason", "Its name was corrected since: rename it instead.")])
    taken = [one for one in entries.bodies_named(session, before) if one.id != body.id]
    if taken:
        insist([refuse("reason", "“%(name)s” is what another body is called now.", name=before)])
    for alias in body_changes.former_names(session, id_of(body)):
        if alias.name == before and alias.until_on == change.works_from_on:
            alias.superseded_at = now
    body.name = before


def _key(session: Session, now: datetime, body: Body, change: BodyChange) -> None:
    move_key(session, now, body, str(change.detail["before"]))


def _links(session: Session, now: datetime, _body: Body, change: BodyChange) -> None:
    for link in links_of_change(session, id_of(change)):
        link.superseded_at = now


def _whole(_session: Session, _now: datetime, body: Body, change: BodyChange) -> None:
    before = change.detail.get("before_id")
    body.part_of_id = before if isinstance(before, int) else None


def _members(session: Session, _now: datetime, body: Body, change: BodyChange) -> None:
    there = {row.member_id for row in body_changes.member_rows(session, id_of(body))}
    joined, left = _ids(change.detail.get("joined_ids")), _ids(change.detail.get("left_ids"))
    change_members(session, body, [id_ for id_ in left if id_ not in there], joined)


def _ids(kept: object) -> list[int]:
    return [id_ for id_ in kept if isinstance(id_, int)] if isinstance(kept, Iterable) else []


_IN_ORDER = frozenset({BodyChangeKind.RENAMED, BodyChangeKind.REKEYED, BodyChangeKind.PART_OF})
"""Of these, one rests on the other."""
_UNDO: Mapping[BodyChangeKind, Undo] = {
    BodyChangeKind.RENAMED: _name,
    BodyChangeKind.REKEYED: _key,
    BodyChangeKind.MERGED: _links,
    BodyChangeKind.SAME: _links,
    BodyChangeKind.SPLIT: _links,
    BodyChangeKind.PART_OF: _whole,
    BodyChangeKind.MEMBERS: _members,
}
