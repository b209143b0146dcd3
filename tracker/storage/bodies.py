"""Bodies: by key, with their parts and members."""

from sqlalchemy import or_, select
from sqlmodel import Session, col

from tracker.storage.tables import Body, BodyMember

MAX_DEPTH = 10


def by_key(session: Session, key: str) -> Body | None:
    """The body of that key, if there is one."""
    return session.execute(select(Body).where(col(Body.key) == key)).scalar_one_or_none()


def family(session: Session, key: str) -> set[int]:
    """Ids of the body, of all its parts and, for a group of bodies, its members; empty where unknown."""
    body = by_key(session, key)
    found: set[int] = set()
    edge = {body.id} if body is not None and body.id is not None else set()
    for _ in range(MAX_DEPTH):
        if not edge:
            break
        found |= edge
        edge = _below(session, edge) - found
    return found


def _below(session: Session, ids: set[int]) -> set[int]:
    members = select(col(BodyMember.member_id)).where(col(BodyMember.group_id).in_(ids))
    wanted = select(col(Body.id)).where(or_(col(Body.part_of_id).in_(ids), col(Body.id).in_(members)))
    return {id_ for id_ in session.execute(wanted).scalars() if id_ is not None}
