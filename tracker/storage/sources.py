"""Official places we read: which is due, and who reads it just now."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import ColumnElement, Select, and_, bindparam, case, func, or_, select, update
from sqlmodel import Session, col

from tracker.storage.tables import Process, Source

_HELD = (
    select(Source)
    .where(col(Source.id) == bindparam("source_id"), col(Source.claim) == bindparam("number"))
    .with_for_update()
    .execution_options(populate_existing=True)
)


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


def due(session: Session, now: datetime, most: int = 1) -> list[Source]:
    """The source that has been due for longest and that nobody reads just now, and others of its host, up to `most`.

    Those that fail come last, and none of a host that somebody reads from just now.
    """
    ready = [_is_due(now), _is_free(now)]
    first = session.execute(_in_turn(*ready, *_elsewhere(session, now)).limit(1)).scalar_one_or_none()
    if first is None or most == 1:
        return [first] if first is not None else []
    alike = col(Source.failures) > 0 if first.failures else col(Source.failures) == 0
    beside = _in_turn(*ready, _at(origin_of(first.address)), alike, col(Source.id) != first.id)
    return [first, *session.execute(beside.limit(most - 1)).scalars()]


def _in_turn(*conditions: ColumnElement[bool]) -> Select[Any]:
    return (
        select(Source)
        .where(*conditions)
        .order_by(
            case((col(Source.failures) > 0, 1), else_=0),
            col(Source.next_due_at).is_not(None),
            col(Source.next_due_at),
            col(Source.id),
        )
        .execution_options(populate_existing=True)
    )


def due_count(session: Session, now: datetime) -> int:
    """How many sources are due that nobody reads just now."""
    counted = select(func.count()).select_from(Source).where(_is_due(now), _is_free(now))
    return int(session.execute(counted).scalar_one())


def _elsewhere(session: Session, now: datetime) -> list[ColumnElement[bool]]:
    held = select(col(Source.address)).where(col(Source.claimed_until_at) > now)
    origins = {origin_of(address) for address in session.execute(held).scalars()}
    return [~_at(origin) for origin in sorted(origins)]


def _at(origin: str) -> ColumnElement[bool]:
    """Whether an address lies there: the next sign after the origin ends it, or nothing follows."""
    address = col(Source.address)
    inside = [address.startswith(f"{origin}{sign}", autoescape=True) for sign in "/?#"]
    return or_(address == origin, *inside)


def origin_of(address: str) -> str:
    """Scheme, host and port of an address as they are written."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def is_free(source: Source, now: datetime) -> bool:
    """Whether nobody reads it just now."""
    return source.claimed_until_at is None or source.claimed_until_at <= now


def host_is_free(session: Session, source: Source, now: datetime) -> bool:
    """Whether nobody reads from the host of a source just now."""
    read = select(col(Source.id)).where(col(Source.claimed_until_at) > now, _at(origin_of(source.address)))
    return session.execute(read.limit(1)).first() is None


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


def claim_all(session: Session, ids: Sequence[int], until: datetime) -> None:
    """Take sources for reading: each gets its next fencing number. The caller's turn keeps others from claiming."""
    session.execute(
        update(Source)
        .where(col(Source.id).in_(sorted(ids)))
        .values(claim=Source.claim + 1, claimed_until_at=until)
        .execution_options(synchronize_session=False)
    )


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
    found = ours(session, source_id, claim_number)
    if found is not None:
        found.claimed_until_at = None
    return found


def ours(session: Session, source_id: int, claim_number: int) -> Source | None:
    """A source still claimed under this number, held until the transaction ends; None where it was taken over."""
    return session.execute(_HELD, {"source_id": source_id, "number": claim_number}).scalar_one_or_none()


def let_go_all(session: Session, numbers: Mapping[int, int]) -> dict[int, Source]:
    """End several claims, given as source and fencing number, and hold the rows; those taken over are left out."""
    wanted = (
        select(Source)
        .where(col(Source.id).in_(sorted(numbers)))
        .order_by(col(Source.id))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    held = {row.id or 0: row for row in session.execute(wanted).scalars()}
    ours = {id_: row for id_, row in held.items() if row.claim == numbers[id_]}
    for row in ours.values():
        row.claimed_until_at = None
    return ours


def put_off(session: Session, origin: str, until: datetime) -> None:
    """Leave all sources of a host alone until then: it asked for patience."""
    session.execute(
        update(Source)
        .where(_at(origin), or_(col(Source.next_due_at).is_(None), col(Source.next_due_at) < until))
        .values(next_due_at=until)
        .execution_options(synchronize_session=False)
    )


def _is_due(now: datetime) -> ColumnElement[bool]:
    ready = or_(col(Source.next_due_at).is_(None), col(Source.next_due_at) <= now)
    return and_(col(Source.enabled).is_(True), ready)


def _is_free(now: datetime) -> ColumnElement[bool]:
    return or_(col(Source.claimed_until_at).is_(None), col(Source.claimed_until_at) <= now)


def _one(result: object) -> bool:
    return getattr(result, "rowcount", 0) == 1
