"""Whatever happens to a body, by one door: tried first and taken away again, or put on record."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from tracker.services.merge_bodies import Merge, SameAs, merge_bodies, same_body
from tracker.services.rename_body import Rekey, Rename, rekey_body, rename_body
from tracker.services.split_body import Split, split_body
from tracker.services.tie_body import Members, PartOf, part_of, set_members
from tracker.storage import body_changes
from tracker.storage.entries import id_of
from tracker.storage.successions import heirs, links_of_change
from tracker.storage.tables import Body, BodyChange

Said = Rename | Rekey | Merge | SameAs | Split | PartOf | Members
_DO: Mapping[type[Any], Callable[..., BodyChange]] = {
    Rename: rename_body,
    Rekey: rekey_body,
    Merge: merge_bodies,
    SameAs: same_body,
    Split: split_body,
    PartOf: part_of,
    Members: set_members,
}


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What a change would do: shown before anything is kept."""

    detail: Mapping[str, object]
    duties: int
    """How many duties another body would owe."""
    addresses: tuple[tuple[str, str], ...]
    """Keys of bodies whose addresses would lead to another, and that one's."""
    twice: int
    """Items that ask both bodies: the one would owe them twice."""


def change_body(
    session: Session, now: datetime, body: Body, said: Said, *, actor: str, user_id: int | None = None
) -> BodyChange:
    """Put it on record; refuses what cannot be."""
    return _DO[type(said)](session, now, body, said, actor=actor, user_id=user_id)


def foresee_body_change(session: Session, now: datetime, body: Body, said: Said, *, actor: str) -> Foreseen:
    """It is tried and taken away again, in the caller's writing transaction; refuses what changing refuses."""
    key, day = body.key, said.happened.works_from_on
    trial = session.begin_nested()
    try:
        made = change_body(session, now, body, said, actor=actor)
        passed = links_of_change(session, id_of(made))
        gone = set(body_changes.keys_of(session, [link.body_id for link in passed]).values())
        moved = heirs(session, max(day, now.date()))
        duties = sum(
            1 if link.obligation_id else len(body_changes.owed_by(session, link.body_id)) for link in passed
        )
        twice = sum(
            body_changes.asked_both(session, link.body_id, link.successor_id)
            for link in passed
            if link.obligation_id is None
        )
        addresses = {old: heir.key for old, heir in moved.items() if old in gone}
        addresses |= {key: body.key} if body.key != key else {}
        return Foreseen(dict(made.detail), duties, tuple(sorted(addresses.items())), twice)
    finally:
        trial.rollback()
        session.expire_all()
