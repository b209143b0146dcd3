"""Bodies: by key, with their parts and members."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlmodel import Session, col

from tracker.domain.succession import Passing
from tracker.domain.words import Visibility
from tracker.storage.body_changes import now_at
from tracker.storage.prepared import ID, IDS, KEY, once, run
from tracker.storage.successions import links
from tracker.storage.tables import Body, BodyAlias, BodyMember, BodySuccession

MAX_DEPTH = 10
Then = tuple[date, datetime | None]
"""An older day, and by when what counts on it was on record; None: today's facts."""


def by_key(session: Session, key: str) -> Body | None:
    """The body of that key, if there is one."""
    found: Body | None = session.execute(_BY_KEY, {KEY.key: key}).scalar_one_or_none()
    return found


_BY_KEY = select(Body).where(col(Body.key) == KEY)


def family(session: Session, key: str, then: Then | None = None) -> set[int]:
    """Ids of the body, its parts, its members and those it came after; empty where unknown. A former key will do."""
    return set(once(session, ("family", key, then), lambda: _family(session, key, then)))


def _family(session: Session, key: str, then: Then | None) -> set[int]:
    first: int | None = run(session, _ID_OF, {KEY.key: key}).scalar_one_or_none()
    if first is None:
        body = now_at(session, key)
        first = body.id if body is not None else None
    found: set[int] = set()
    edge = {first} if first is not None else set()
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
    wanted = _BELOW_NOW if then is None else _below_them(then)
    return {int(id_) for id_ in run(session, wanted, {IDS.key: sorted(ids)}).scalars()}


def _below_them(then: Then | None) -> Any:
    members = select(col(BodyMember.member_id)).where(col(BodyMember.group_id).in_(IDS))
    before = select(col(BodySuccession.body_id)).where(
        col(BodySuccession.successor_id).in_(IDS),
        col(BodySuccession.obligation_id).is_(None),
        col(BodySuccession.superseded_at).is_(None),
        *had_passed(then),
    )
    return select(col(Body.id)).where(
        or_(col(Body.part_of_id).in_(IDS), col(Body.id).in_(members), col(Body.id).in_(before))
    )


_ID_OF = select(col(Body.id)).where(col(Body.key) == KEY)
_BELOW_NOW = _below_them(None)


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
    rows = run(session, _WEBSITES, {IDS.key: sorted(ids)}).all() if ids else ()
    return {int(id_): website for id_, website in rows}


_WEBSITES = select(col(Body.id), col(Body.website)).where(
    col(Body.id).in_(IDS), col(Body.visibility) == Visibility.PUBLIC, col(Body.website) != ""
)


def of_jurisdiction(session: Session, code: str) -> tuple[Body, ...]:
    """The public bodies of a jurisdiction and of its parts."""
    part = col(Body.jurisdiction).startswith(f"{code}-", autoescape=True)
    return _public(session, or_(col(Body.jurisdiction) == code, part))


def whole(session: Session, key: str) -> BodyWhole | None:
    """A public body with all it hangs together with."""
    body = by_key(session, key)
    if body is None or body.visibility not in (Visibility.PUBLIC, Visibility.LINK_ONLY):
        return None
    this = {ID.key: body.id}
    names = session.execute(_NAMES, this).scalars().all()
    ties = session.execute(_TIES, this).all()
    return BodyWhole(
        body=body,
        aliases=tuple(alias.name for alias in names if alias.until_on is None),
        former=tuple(alias for alias in names if alias.until_on is not None),
        part_of=session.get(Body, body.part_of_id) if body.part_of_id else None,
        parts=tuple(tied for tied, _member, _group in ties if tied.part_of_id == body.id),
        members=tuple(tied for tied, member, _group in ties if member),
        groups=tuple(tied for tied, _member, group in ties if group),
        successors=_succession(session, _SUCCESSORS, body),
        predecessors=_succession(session, _PREDECESSORS, body),
    )


_MEMBER = col(Body.id).in_(select(col(BodyMember.member_id)).where(col(BodyMember.group_id) == ID))
_GROUP = col(Body.id).in_(select(col(BodyMember.group_id)).where(col(BodyMember.member_id) == ID))
_TIES = (
    select(Body, _MEMBER, _GROUP)
    .where(or_(col(Body.part_of_id) == ID, _MEMBER, _GROUP), col(Body.visibility) == Visibility.PUBLIC)
    .order_by(col(Body.name))
)
"""The parts of a body, its members and the groups it is in."""
_NAMES = (
    select(BodyAlias)
    .where(col(BodyAlias.body_id) == ID, col(BodyAlias.superseded_at).is_(None))
    .order_by(col(BodyAlias.until_on).desc(), col(BodyAlias.name))
)
"""What a body is called besides, and what it was called before, the latest first."""


def _public(session: Session, condition: ColumnElement[bool]) -> tuple[Body, ...]:
    wanted = select(Body).where(condition, col(Body.visibility) == Visibility.PUBLIC)
    return tuple(session.execute(wanted.order_by(col(Body.name))).scalars())


def _succession(session: Session, wanted: Any, body: Body) -> tuple[tuple[BodySuccession, Body], ...]:
    if not any(body.id in (link.body_id, link.successor_id) for link in links(session)):
        return ()
    found: dict[tuple[int | None, date], tuple[BodySuccession, Body]] = {}
    for link, other in session.execute(wanted, {ID.key: body.id}).all():
        found.setdefault((other.id, link.works_from_on), (link, other))
    return tuple(found.values())


def _linked(this: Any, other: Any) -> Any:
    return (
        select(BodySuccession, Body)
        .join(Body, col(Body.id) == other)
        .where(col(this) == ID, col(BodySuccession.superseded_at).is_(None))
        .order_by(col(BodySuccession.works_from_on))
    )


_SUCCESSORS = _linked(BodySuccession.body_id, BodySuccession.successor_id)
_PREDECESSORS = _linked(BodySuccession.successor_id, BodySuccession.body_id)


def passed_alone(session: Session, ids: set[int], then: Then | None = None) -> bool:
    """Whether any single duty passed to one of these bodies, which is rare."""

    def found() -> bool:
        if then is None:
            return run(session, _PASSED, {IDS.key: sorted(ids)}).first() is not None
        return run(session, passed_to(ids, then).limit(1)).first() is not None

    return once(session, ("passed alone", frozenset(ids), then), found)


def passed_to(ids: Any, then: Then | None = None) -> Any:
    """The single duties that passed from other bodies to one of these, by obligation, to select among."""
    return select(col(BodySuccession.obligation_id)).where(
        col(BodySuccession.successor_id).in_(ids),
        col(BodySuccession.obligation_id).is_not(None),
        col(BodySuccession.superseded_at).is_(None),
        *had_passed(then),
    )


_PASSED = passed_to(IDS).limit(1)
