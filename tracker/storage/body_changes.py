"""What happened to bodies: changes on record, former names and keys."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import func, or_, select
from sqlmodel import Session, col

from tracker.domain.words import Visibility
from tracker.storage.tables import Body, BodyAlias, BodyChange, BodyKey, BodyMember, Item, Obligation


def of_body(session: Session, body_id: int) -> list[BodyChange]:
    """All that happened to a body, the latest first; undone changes too."""
    wanted = select(BodyChange).where(col(BodyChange.body_id) == body_id)
    latest = (col(BodyChange.works_from_on).desc(), col(BodyChange.id).desc())
    return list(session.execute(wanted.order_by(*latest)).scalars())


def later_ones(session: Session, change: BodyChange) -> list[BodyChange]:
    """Changes of the same kind to the same body that were entered after it and still stand."""
    wanted = select(BodyChange).where(
        col(BodyChange.body_id) == change.body_id,
        col(BodyChange.kind) == change.kind,
        col(BodyChange.superseded_at).is_(None),
        col(BodyChange.id) > (change.id or 0),
    )
    return list(session.execute(wanted).scalars())


def now_at(session: Session, key: str) -> Body | None:
    """The body that once had a key."""
    wanted = select(Body).join(BodyKey, col(BodyKey.body_id) == col(Body.id)).where(col(BodyKey.key) == key)
    return session.execute(wanted).scalar_one_or_none()


def old_key(session: Session, key: str) -> BodyKey | None:
    """The note that a key was a body's."""
    return session.get(BodyKey, key)


def former_names(session: Session, body_id: int) -> list[BodyAlias]:
    """What a body was called before, the latest first."""
    wanted = select(BodyAlias).where(
        col(BodyAlias.body_id) == body_id,
        col(BodyAlias.until_on).is_not(None),
        col(BodyAlias.superseded_at).is_(None),
    )
    return list(session.execute(wanted.order_by(col(BodyAlias.until_on).desc())).scalars())


def names_on(
    session: Session, body_ids: Iterable[int], day: date, known_by: datetime | None
) -> dict[int, str]:
    """What bodies were called on a day, as far as it differs; what was recorded after `known_by` was not known."""
    later = col(BodyAlias.until_on) > day
    if known_by is not None:
        later = or_(later, col(BodyAlias.recorded_at) > known_by)
    wanted = select(BodyAlias).where(
        col(BodyAlias.body_id).in_(set(body_ids)),
        col(BodyAlias.until_on).is_not(None),
        col(BodyAlias.superseded_at).is_(None),
        later,
    )
    found = session.execute(wanted.order_by(col(BodyAlias.until_on).desc())).scalars()
    return {alias.body_id: alias.name for alias in found}


def owed_by(session: Session, body_id: int) -> list[tuple[int, str]]:
    """All that was asked of a body and is out of draft: id of the obligation, title of its item."""
    wanted = (
        select(col(Obligation.id), col(Item.title))
        .join(Item, col(Item.id) == col(Obligation.item_id))
        .where(
            col(Obligation.body_id) == body_id,
            col(Obligation.superseded_at).is_(None),
            col(Item.visibility) != Visibility.DRAFT,
        )
        .order_by(col(Item.process_id), col(Item.number), col(Obligation.id))
    )
    return [(row[0], row[1]) for row in session.execute(wanted).all()]


def asked_both(session: Session, first_id: int, second_id: int) -> int:
    """How many items ask both bodies: with one body after the other, it owes them twice."""
    items = select(col(Obligation.item_id)).where(
        col(Obligation.body_id) == second_id, col(Obligation.superseded_at).is_(None)
    )
    wanted = select(func.count(func.distinct(col(Obligation.item_id)))).where(
        col(Obligation.body_id) == first_id,
        col(Obligation.superseded_at).is_(None),
        col(Obligation.item_id).in_(items),
    )
    return int(session.execute(wanted).scalar_one())


def member_rows(session: Session, group_id: int) -> list[BodyMember]:
    """The rows that make bodies members of a group."""
    return list(session.execute(select(BodyMember).where(col(BodyMember.group_id) == group_id)).scalars())


def keys_of(session: Session, ids: Iterable[int]) -> dict[int, str]:
    """The keys of bodies by id."""
    wanted = select(col(Body.id), col(Body.key)).where(col(Body.id).in_(set(ids)))
    return {row[0]: row[1] for row in session.execute(wanted).all()}
