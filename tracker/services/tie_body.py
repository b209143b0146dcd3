"""A body belongs to another one, or is made of members, since a day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from tracker.domain.refusals import Refused, insist, refuse
from tracker.domain.succession import BodyChangeKind
from tracker.domain.words import BodyKind
from tracker.services.note_body_change import Happened, has_come, note_change, one_body
from tracker.services.revise import remember
from tracker.storage import body_changes
from tracker.storage.entries import id_of
from tracker.storage.tables import Body, BodyChange, BodyMember

MOST_MEMBERS = 300
DEEPEST = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class PartOf:
    """Which body it is a part of; empty: of none."""

    whole: str
    happened: Happened


@dataclass(frozen=True, slots=True, kw_only=True)
class Members:
    """Who the members of a group are, all of them."""

    members: tuple[str, ...]
    happened: Happened


def part_of(
    session: Session, now: datetime, body: Body, said: PartOf, *, actor: str, user_id: int | None = None
) -> BodyChange:
    """It is part of that body; lists and scorecards of the whole count it in."""
    whole, wrong = one_body(session, "whole", said.whole) if said.whole.strip() else (None, [])
    insist(
        [
            *said.happened.complaints(),
            *has_come(body, said.happened.works_from_on, now),
            *wrong,
            *([] if wrong else _part_complaints(session, body, whole)),
        ]
    )
    before = session.get(Body, body.part_of_id) if body.part_of_id else None
    remember(session, now, body, said.happened.reason, user_id)
    body.part_of_id = id_of(whole) if whole else None
    detail = {
        "before": before.key if before else None,
        "after": whole.key if whole else None,
        "before_id": before.id if before else None,
        "after_id": whole.id if whole else None,
    }
    return note_change(session, now, body, BodyChangeKind.PART_OF, said.happened, detail, actor=actor)


def _part_complaints(session: Session, body: Body, whole: Body | None) -> Iterator[Refused]:
    if (whole.id if whole else None) == body.part_of_id:
        yield refuse("whole", "That is on record already.")
    above = whole
    for _ in range(DEEPEST):
        if above is None:
            return
        if above.id == body.id:
            yield refuse("whole", "That body is itself a part of this one.")
            return
        above = session.get(Body, above.part_of_id) if above.part_of_id else None
    yield refuse("whole", "That would be more than %(most)s bodies inside each other.", most=DEEPEST)


def set_members(
    session: Session, now: datetime, body: Body, said: Members, *, actor: str, user_id: int | None = None
) -> BodyChange:
    """These are the members of the group from now on, and no others."""
    named = [one_body(session, "members", name) for name in said.members[:MOST_MEMBERS]]
    wrong = [refused for _, complaints in named for refused in complaints]
    found = {id_of(one): one for one, _ in named if one is not None}
    before = {row.member_id for row in body_changes.member_rows(session, id_of(body))}
    insist(
        [
            *said.happened.complaints(),
            *has_come(body, said.happened.works_from_on, now),
            *wrong,
            *([] if wrong else _member_complaints(body, said, before, list(found))),
        ]
    )
    joined, left = sorted(set(found) - before), sorted(before - set(found))
    change_members(session, body, joined, left)
    keys = body_changes.keys_of(session, [*joined, *left])
    detail = {
        "joined": [keys[id_] for id_ in joined],
        "left": [keys[id_] for id_ in left],
        "joined_ids": joined,
        "left_ids": left,
    }
    return note_change(session, now, body, BodyChangeKind.MEMBERS, said.happened, detail, actor=actor)


def _member_complaints(
    body: Body, said: Members, before: set[int], found: Sequence[int]
) -> Iterator[Refused]:
    if body.kind is not BodyKind.GROUP:
        yield refuse("members", "Only a group of bodies has members: make it one first.")
    if len(said.members) > MOST_MEMBERS:
        yield refuse("members", "Name at most %(most)s bodies.", most=MOST_MEMBERS)
    if body.id in found:
        yield refuse("members", "A group is not a member of itself.")
    if set(found) == before:
        yield refuse("members", "Nothing differs.")


def change_members(session: Session, body: Body, joined: Sequence[int], left: Sequence[int]) -> None:
    """Take members in and out of a group."""
    for row in body_changes.member_rows(session, id_of(body)):
        if row.member_id in left:
            session.delete(row)
    session.add_all(BodyMember(group_id=id_of(body), member_id=id_) for id_ in joined)
    session.flush()
