"""What a body was part of, and who belonged to it, on an older day: later changes are taken off again."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlmodel import Session, col

from tracker.domain.succession import BodyChangeKind
from tracker.domain.words import Visibility
from tracker.storage.bodies import BodyWhole
from tracker.storage.prepared import DAY
from tracker.storage.tables import Body, BodyChange

_TIES = (BodyChangeKind.PART_OF, BodyChangeKind.MEMBERS)


def as_it_was(session: Session, whole: BodyWhole, day: date, known_by: datetime | None) -> BodyWhole:
    """The body with its ties of that day; what was recorded after `known_by` was not known then."""
    later = list(_later(session, day, known_by))
    if not later:
        shown = whole.part_of is not None and whole.part_of.visibility is Visibility.PUBLIC
        return replace(
            whole,
            part_of=whole.part_of if shown else None,
            successors=_known(whole.successors, known_by),
            predecessors=_known(whole.predecessors, known_by),
        )
    ties = _Ties(whole)
    for change in later:
        ties.take_off(change)
    found = _public(session, {*ties.parts, *ties.members, *ties.groups, *({ties.part_of} - {None})})
    return replace(
        whole,
        part_of=found.get(ties.part_of or 0),
        parts=_named(found, ties.parts),
        members=_named(found, ties.members),
        groups=_named(found, ties.groups),
        successors=_known(whole.successors, known_by),
        predecessors=_known(whole.predecessors, known_by),
    )


class _Ties:
    """Ids of what a body hangs together with, going back change by change."""

    def __init__(self, whole: BodyWhole) -> None:
        self.id = whole.body.id
        self.part_of = whole.body.part_of_id
        self.parts = {body.id for body in whole.parts}
        self.members = {body.id for body in whole.members}
        self.groups = {body.id for body in whole.groups}

    def take_off(self, change: BodyChange) -> None:
        """As it stood before the change."""
        back = self._part_of if change.kind is BodyChangeKind.PART_OF else self._members
        back(change.body_id, change.detail)

    def _part_of(self, body_id: int, detail: dict[str, Any]) -> None:
        if body_id == self.id:
            self.part_of = detail.get("before_id")
        self.parts -= {body_id} if detail.get("after_id") == self.id else set()
        self.parts |= {body_id} if detail.get("before_id") == self.id else set()

    def _members(self, body_id: int, detail: dict[str, Any]) -> None:
        joined, left = set(detail.get("joined_ids") or ()), set(detail.get("left_ids") or ())
        if body_id == self.id:
            self.members = (self.members - joined) | left
        self.groups -= {body_id} if self.id in joined else set()
        self.groups |= {body_id} if self.id in left else set()


def _later(session: Session, day: date, known_by: datetime | None) -> Iterable[BodyChange]:
    wanted = _CHANGED if known_by is None else _changed(col(BodyChange.recorded_at) > known_by)
    found: Iterable[BodyChange] = session.execute(wanted, {DAY.key: day}).scalars()
    return found


def _changed(*or_else: ColumnElement[bool]) -> Any:
    wanted = select(BodyChange).where(
        col(BodyChange.kind).in_(_TIES),
        col(BodyChange.superseded_at).is_(None),
        or_(col(BodyChange.works_from_on) > DAY, *or_else),
    )
    return wanted.order_by(col(BodyChange.id).desc())


_CHANGED = _changed()


def _public(session: Session, ids: set[Any]) -> dict[int | None, Body]:
    wanted = select(Body).where(col(Body.id).in_(ids), col(Body.visibility) == Visibility.PUBLIC)
    return {body.id: body for body in session.execute(wanted.order_by(col(Body.name))).scalars()}


def _named(found: dict[int | None, Body], ids: set[int | None]) -> tuple[Body, ...]:
    return tuple(body for id_, body in found.items() if id_ in ids)


def _known(links: Any, known_by: datetime | None) -> Any:
    return tuple(link for link in links if known_by is None or link[0].recorded_at <= known_by)
