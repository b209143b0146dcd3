"""Looks for an answer that are on record."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlmodel import Session, col

from tracker.storage.tables import Check, CheckObligation


def obligations_of(session: Session, check_id: int) -> list[int]:
    """The obligations a check looked for."""
    wanted = select(col(CheckObligation.obligation_id)).where(col(CheckObligation.check_id) == check_id)
    return list(session.execute(wanted).scalars())


def looks_at(session: Session, ids: Iterable[int], limit: int = 20) -> list[Check]:
    """The looks for any of these obligations that still stand, the latest first."""
    made = select(col(CheckObligation.check_id)).where(
        col(CheckObligation.obligation_id).in_(sorted(set(ids)))
    )
    wanted = (
        select(Check)
        .where(col(Check.id).in_(made), col(Check.superseded_at).is_(None))
        .order_by(col(Check.looked_on).desc(), col(Check.id).desc())
        .limit(limit)
    )
    return list(session.execute(wanted).scalars())


def places_before(session: Session, ids: Iterable[int]) -> list[str]:
    """Where anybody looked before, each place once, the latest first."""
    return list(dict.fromkeys(place for made in looks_at(session, ids) for place in made.places))
