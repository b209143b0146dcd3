"""Bodies: by key, with their parts and members."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlmodel import Session, col

from tracker.domain.succession import Passing
from tracker.domain.words import Visibility
from tracker.storage.body_changes import former_names, now_at
from tracker.storage.prepared import once, run
from tracker.storage.tables import Body, BodyAlias, BodyMember, BodySuccession

MAX_DEPTH = 10
Then = tuple[date, datetime | None]
"""An older day, and by when what counts on it was on record; None: today's facts."""


def by_key(session: Session, key: str) -> Body | None:
    """The body of that key, if there is one."""
    return session.execute(select(Body).where(col(Body.key) == key)).scalar_one_or_none()


def family(session: Session, key: str, then: Then | None = None) -> set[int]:
    """Ids of the body, its parts, its members and those it came after; empty where unknown. A former key will do."""
    return set(once(session, ("family", key, then), lambda: _family(session, key, then)))


def _family(session: Session, key: str, then: Then | None) -> set[int]:
    body = by_key(session, key) or now_at(session, key)
    found: set[int] = set()
    edge = {body.id} if body is not None and body.id is not None else set()
    for _ in range(MAX_DEPTH):
        if not edge:
            break
        found |= edge
        edge = _below(session, edge, then) - found
    return found


def had_passed(then: Then | None) -> list[ColumnElement[bool]]:
    """The successions that worked by a day and were known; what was entered twice is one body on every day."""
    if then is None:
        return []
    day, known_by = then
    worked = or_(col(BodySuccession.works_from_on) <= day, col(BodySuccession.passing) == Passing.SAME)
    return [worked] if known_by is None else [worked, col(BodySuccession.recorded_at) <= known_by]


def _below(session: Session, ids: set[int], then: Then | None = None) -> set[int]:
    members = select(col(BodyMember.member_id)).where(col(BodyMember.group_id).in_(ids))
    before = select(col(BodySuccession.body_id)).where(
        col(BodySuccession.successor_id).in_(ids),
        col(BodySuccession.obligation_id).is_(None),
        col(BodySuccession.superseded_at).is_(None),
        *had_passed(then),
    )
    wanted = select(col(Body.id)).where(
        or_(col(Body.part_of_id).in_(ids), col(Body.id).in_(members), col(Body.id).in_(before))
    )
    return {id_ for id_ in session.execute(wanted).scalars() if id_ is not None}


@dataclass(frozen=True)
class BodyWhole:
    """A body with its names, parts, members and those who came before and after it."""

    body: Body
    aliases: tuple[str, ...]
    former: tuple[BodyAlias, ...]
    """What it was called before, the latest first."""
    part_of: Body | None
    parts: tuple[Body, ...]
    members: tuple[Body, ...]
    groups: tuple[Body, ...]
    successors: tuple[tuple[BodySuccession, Body], ...]
    predecessors: tuple[tuple[BodySuccession, Body], ...]


def websites_of(session: Session, ids: Collection[int]) -> dict[int, str]:
    """The websites of public bodies by id, where they have one."""
    wanted = select(col(Body.id), col(Body.website)).where(
        col(Body.id).in_(ids), col(Body.visibility) == Visibility.PUBLIC, col(Body.website) != ""
    )
    return {int(id_): website for id_, website in session.execute(wanted).all()}


def of_jurisdiction(session: Session, code: str) -> tuple[Body, ...]:
    """The public bodies of a jurisdiction and of its parts."""
    part = col(Body.jurisdiction).startswith(f"{code}-", autoescape=True)
    return _public(session, or_(col(Body.jurisdiction) == code, part))


def whole(session: Session, key: str) -> BodyWhole | None:
    """A public body with all it hangs together with."""
    body = by_key(session, key)
    if body is None or body.visibility not in (Visibility.PUBLIC, Visibility.LINK_ONLY):
        return None
    aliases = select(col(BodyAlias.name)).where(
        col(BodyAlias.body_id) == body.id,
        col(BodyAlias.superseded_at).is_(None),
        col(BodyAlias.until_on).is_(None),
    )
    in_groups = select(col(BodyMember.group_id)).where(col(BodyMember.member_id) == body.id)
    members = select(col(BodyMember.member_id)).where(col(BodyMember.group_id) == body.id)
    return BodyWhole(
        body=body,
        aliases=tuple(session.execute(aliases.order_by(col(BodyAlias.name))).scalars()),
        former=tuple(former_names(session, body.id or 0)),
        part_of=session.get(Body, body.part_of_id) if body.part_of_id else None,
        parts=_public(session, col(Body.part_of_id) == body.id),
        members=_public(session, col(Body.id).in_(members)),
        groups=_public(session, col(Body.id).in_(in_groups)),
        successors=_succession(session, BodySuccession.body_id, BodySuccession.successor_id, body),
        predecessors=_succession(session, BodySuccession.successor_id, BodySuccession.body_id, body),
    )


def _public(session: Session, condition: ColumnElement[bool]) -> tuple[Body, ...]:
    wanted = select(Body).where(condition, col(Body.visibility) == Visibility.PUBLIC)
    return tuple(session.execute(wanted.order_by(col(Body.name))).scalars())


def _succession(
    session: Session, this: Any, other: Any, body: Body
) -> tuple[tuple[BodySuccession, Body], ...]:
    wanted = (
        select(BodySuccession, Body)
        .join(Body, col(Body.id) == other)
        .where(col(this) == body.id, col(BodySuccession.superseded_at).is_(None))
        .order_by(col(BodySuccession.works_from_on))
    )
    once: dict[tuple[int | None, date], tuple[BodySuccession, Body]] = {}
    for link, found in session.execute(wanted).all():
        once.setdefault((found.id, link.works_from_on), (link, found))
    return tuple(once.values())


def passed_alone(session: Session, ids: set[int], then: Then | None = None) -> bool:
    """Whether any single duty passed to one of these bodies, which is rare."""

    def found() -> bool:
        return run(session, passed_to(ids, then).limit(1)).first() is not None

    return once(session, ("passed alone", frozenset(ids), then), found)


def passed_to(ids: set[int], then: Then | None = None) -> Any:
    """The single duties that passed from other bodies to one of these, by obligation, to select among."""
    return select(col(BodySuccession.obligation_id)).where(
        col(BodySuccession.successor_id).in_(ids),
        col(BodySuccession.obligation_id).is_not(None),
        col(BodySuccession.superseded_at).is_(None),
        *had_passed(then),
    )
