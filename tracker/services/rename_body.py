"""A body is called otherwise from a day on, or gets another key; the old name and the old address lead on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from tracker.domain.refusals import Refused, insist, refuse
from tracker.domain.succession import BodyChangeKind
from tracker.services.enter_process import key_complaints, name_complaints
from tracker.services.note_body_change import Happened, has_come, note_change
from tracker.services.revise import remember
from tracker.storage import body_changes, entries
from tracker.storage.entries import id_of
from tracker.storage.tables import Body, BodyAlias, BodyChange, BodyKey
from tracker.storage.turns import turn_to_enter


@dataclass(frozen=True, slots=True, kw_only=True)
class Rename:
    """The new name, and since when."""

    name: str
    happened: Happened


@dataclass(frozen=True, slots=True, kw_only=True)
class Rekey:
    """The new key of a body's addresses, and since when."""

    key: str
    happened: Happened


def rename_body(
    session: Session, now: datetime, body: Body, said: Rename, *, actor: str, user_id: int | None = None
) -> BodyChange:
    """Its old name stays as a dated one; pages of days before show it."""
    name = " ".join(said.name.split())
    insist([*said.happened.complaints(), *_name_complaints(session, now, body, name, said.happened)])
    remember(session, now, body, said.happened.reason, user_id)
    before = body.name
    for alias in entries.aliases_of(session, id_of(body)):
        if alias.name == name and alias.until_on is None:
            alias.superseded_at = now
    session.add(
        BodyAlias(
            body_id=id_of(body),
            name=before,
            until_on=said.happened.works_from_on,
            recorded_at=now,
            recorded_by=actor,
        )
    )
    body.name = name
    detail = {"before": before, "after": name}
    return note_change(session, now, body, BodyChangeKind.RENAMED, said.happened, detail, actor=actor)


def _name_complaints(
    session: Session, now: datetime, body: Body, name: str, said: Happened
) -> Iterator[Refused]:
    yield from name_complaints("name", name)
    yield from has_come(body, said.works_from_on, now)
    if name == body.name:
        yield refuse("name", "That is its name already.")
    others = [one for one in entries.bodies_named(session, name) if one.id != body.id] if name else []
    if others:
        yield refuse("name", "“%(name)s” is what %(other)s is called.", name=name[:80], other=others[0].name)
    last = body_changes.former_names(session, id_of(body))[:1]
    if last and last[0].until_on is not None and last[0].until_on >= said.works_from_on:
        yield refuse(
            "works_from_on",
            "It got its present name on %(day)s: the next one comes after.",
            day=last[0].until_on.isoformat(),
        )


def rekey_body(
    session: Session, now: datetime, body: Body, said: Rekey, *, actor: str, user_id: int | None = None
) -> BodyChange:
    """Another key; whoever has the old address is led to the new one."""
    key = said.key.strip()
    turn_to_enter(session)
    insist(
        [
            *said.happened.complaints(),
            *has_come(body, said.happened.works_from_on, now),
            *_key_complaints(session, body, key),
        ]
    )
    remember(session, now, body, said.happened.reason, user_id)
    detail = {"before": body.key, "after": key}
    move_key(session, now, body, key)
    return note_change(session, now, body, BodyChangeKind.REKEYED, said.happened, detail, actor=actor)


def move_key(session: Session, now: datetime, body: Body, key: str) -> None:
    """The old key becomes a former one; a former key of its own may come back."""
    again = body_changes.old_key(session, key)
    if again is not None:
        session.delete(again)
        session.flush()
    session.add(BodyKey(key=body.key, body_id=id_of(body), recorded_at=now))
    body.key = key
    session.flush()


def _key_complaints(session: Session, body: Body, key: str) -> Iterator[Refused]:
    if not key:
        yield refuse("key", "This is needed.")
        return
    yield from key_complaints("key", key)
    if key == body.key:
        yield refuse("key", "That is its key already.")
        return
    held = body_changes.old_key(session, key)
    own = held is not None and held.body_id == body.id
    if not own and entries.is_taken(session, Body, key):
        yield refuse("key", "“%(key)s” is taken, or was another body’s: choose another.", key=key[:80])
