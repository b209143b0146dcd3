"""Official places we read: which is due, and who reads it just now."""

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy import ColumnElement, and_, case, func, or_, select, update
from sqlmodel import Session, col

from tracker.storage.tables import Process, Source


def by_key(session: Session, key: str) -> Source | None:
    """The source of that key."""
    return session.execute(select(Source).where(col(Source.key) == key)).scalar_one_or_none()


def every(session: Session) -> list[Source]:
    """All sources by name and key; what stands for files that people bring has no address and is none."""
    wanted = select(Source).where(col(Source.address) != "").order_by(col(Source.name), col(Source.key))
    return list(session.execute(wanted).scalars())


def other_than(session: Session, keys: Iterable[str]) -> list[Source]:
    """The enabled sources of other keys."""
    wanted = select(Source).where(col(Source.key).not_in(sorted(set(keys))), col(Source.enabled).is_(True))
    return list(session.execute(wanted).scalars())


def process_id(session: Session, key: str) -> int | None:
    """The id of the process of that key, if it has been entered yet."""
    return session.execute(select(col(Process.id)).where(col(Process.key) == key)).scalar_one_or_none()


def due(session: Session, now: datetime) -> Source | None:
    """The source that has been due for longest and that nobody reads just now.

    Those that fail come last, and none of a host that somebody reads from just now.
    """
    wanted = (
        select(Source)
        .where(_is_due(now), _is_free(now), *_elsewhere(session, now))
        .order_by(
            case((col(Source.failures) > 0, 1), else_=0),
            col(Source.next_due_at).is_not(None),
            col(Source.next_due_at),
            col(Source.id),
        )
        .limit(1)
        .execution_options(populate_existing=True)
    )
    return session.execute(wanted).scalar_one_or_none()


def due_count(session: Session, now: datetime) -> int:
    """How many sources are due that nobody reads just now."""
    counted = select(func.count()).select_from(Source).where(_is_due(now), _is_free(now))
    return int(session.execute(counted).scalar_one())


def _elsewhere(session: Session, now: datetime) -> list[ColumnElement[bool]]:
    held = select(col(Source.address)).where(col(Source.claimed_until_at) > now)
    origins = {origin_of(address) for address in session.execute(held).scalars()}
    return [~col(Source.address).startswith(origin, autoescape=True) for origin in sorted(origins)]


def origin_of(address: str) -> str:
    """Scheme, host and port of an address as they are written."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def claim(
    session: Session, source_id: int, seen_claim: int, now: datetime, until: datetime, *, forced: bool
) -> int | None:
    """Take a source for reading; the new fencing number, or None where somebody else was first."""
    ready = _is_free(now) if forced else and_(_is_due(now), _is_free(now))
    taken = session.execute(
        update(Source)
        .where(col(Source.id) == source_id, col(Source.claim) == seen_claim, ready)
        .values(claim=seen_claim + 1, claimed_until_at=until)
        .execution_options(synchronize_session=False)
    )
    return seen_claim + 1 if _one(taken) else None


def renew(session: Session, source_id: int, claim_number: int, until: datetime) -> bool:
    """Hold a source for longer; False where it was taken over meanwhile."""
    return _one(
        session.execute(
            update(Source)
            .where(col(Source.id) == source_id, col(Source.claim) == claim_number)
            .values(claimed_until_at=until)
            .execution_options(synchronize_session=False)
        )
    )


def let_go(session: Session, source_id: int, claim_number: int) -> Source | None:
    """End a claim and hold the row until the transaction ends; None where it was taken over meanwhile."""
    ended = session.execute(
        update(Source)
        .where(col(Source.id) == source_id, col(Source.claim) == claim_number)
        .values(claimed_until_at=None)
        .execution_options(synchronize_session=False)
    )
    return session.get(Source, source_id, populate_existing=True) if _one(ended) else None


def _is_due(now: datetime) -> ColumnElement[bool]:
    ready = or_(col(Source.next_due_at).is_(None), col(Source.next_due_at) <= now)
    return and_(col(Source.enabled).is_(True), ready)


def _is_free(now: datetime) -> ColumnElement[bool]:
    return or_(col(Source.claimed_until_at).is_(None), col(Source.claimed_until_at) <= now)


def _one(result: object) -> bool:
    return getattr(result, "rowcount", 0) == 1
