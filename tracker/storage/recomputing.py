"""What a recomputation reads and writes in bulk, and how far it has come."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import case, exists, func, insert, or_, select, update
from sqlmodel import Session, col

from tracker.domain.words import ObligationKind, Standing
from tracker.storage.tables import Body, ClockEntry, Item, Obligation, Recomputation, Segment, Terms

CLOSED = (Standing.ANSWERED, Standing.ANSWERED_LATE, Standing.VOID)
FRESH = {"populate_existing": True}


def latest(session: Session) -> Recomputation | None:
    """The pass over all obligations that began last."""
    wanted = (
        select(Recomputation).where(col(Recomputation.scope) == "").order_by(col(Recomputation.id).desc())
    )
    return session.execute(wanted.limit(1), execution_options=FRESH).scalar_one_or_none()


def unfinished(session: Session, fingerprint: str, scope: str) -> Recomputation | None:
    """The last pass of a scope, if it was left in the middle under the same rules and calendars."""
    wanted = select(Recomputation).where(col(Recomputation.scope) == scope)
    last = session.execute(
        wanted.order_by(col(Recomputation.id).desc()).limit(1), execution_options=FRESH
    ).scalar_one_or_none()
    return last if last and last.finished_at is None and last.fingerprint == fingerprint else None


def by_id(session: Session, id_: int) -> Recomputation | None:
    """A pass as it stands now."""
    return session.get(Recomputation, id_, populate_existing=True)


def first_recorded_since(session: Session, since: datetime, but_by: str) -> int | None:
    """The first obligation whose terms by a rule were recorded since an instant, by anybody but one."""
    wanted = select(func.min(col(Terms.obligation_id))).where(
        col(Terms.recorded_at) >= since,
        col(Terms.superseded_at).is_(None),
        col(Terms.rule_key) != "",
        col(Terms.recorded_by) != but_by,
    )
    found: int | None = session.execute(wanted).scalar_one()
    return found


def next_ids(session: Session, after_id: int, limit: int) -> list[int]:
    """The next obligations by id, held against other writers until the transaction ends."""
    wanted = (
        select(col(Obligation.id))
        .where(col(Obligation.id) > after_id)
        .order_by(col(Obligation.id))
        .limit(limit)
        # A row that refers to the obligation holds its key; only who changes what it owes is to wait.
        .with_for_update(key_share=True)
    )
    return [id_ for id_ in session.execute(wanted).scalars() if id_ is not None]


def open_terms(
    session: Session, ids: Sequence[int], now: datetime, rule: str = ""
) -> list[tuple[Terms, int]]:
    """The terms by a rule of those neither answered nor void, with the period they are for; drafts included."""
    closed = exists().where(
        col(Segment.obligation_id) == col(Obligation.id),
        col(Segment.superseded_at).is_(None),
        col(Segment.from_at) <= now,
        or_(col(Segment.until_at).is_(None), col(Segment.until_at) > now),
        col(Segment.standing).in_(CLOSED),
    )
    wanted = (
        select(Terms, case((col(Obligation.kind) == ObligationKind.REPORT, col(Obligation.period)), else_=0))
        .join(Obligation, col(Obligation.id) == col(Terms.obligation_id))
        .where(
            col(Obligation.id).in_(ids),
            col(Obligation.superseded_at).is_(None),
            col(Terms.superseded_at).is_(None),
            col(Terms.rule_key) == rule if rule else col(Terms.rule_key) != "",
            ~closed,
        )
        .order_by(col(Obligation.id))
    )
    return [(row[0], row[1]) for row in session.execute(wanted, execution_options=FRESH).all()]


def supersede_terms(
    session: Session, ids: Sequence[int], rows: Sequence[Mapping[str, Any]], now: datetime
) -> None:
    """Put new terms in the place of old ones, which stay on record."""
    if not rows:
        return
    old = update(Terms).where(col(Terms.id).in_(ids)).values(superseded_at=now)
    session.execute(old.execution_options(synchronize_session=False))
    session.execute(insert(Terms), list(rows))


def with_entries(session: Session, ids: Sequence[int]) -> list[int]:
    """Those of the obligations whose clock was stopped or moved by an entry."""
    wanted = (
        select(col(ClockEntry.obligation_id))
        .where(col(ClockEntry.obligation_id).in_(ids), col(ClockEntry.superseded_at).is_(None))
        .distinct()
    )
    return sorted(session.execute(wanted).scalars())


def told_of(session: Session, ids: Iterable[int]) -> dict[int, tuple[Obligation, Item, Body]]:
    """The obligations of the ids, with what names them."""
    wanted = (
        select(Obligation, Item, Body)
        .join(Item, col(Item.id) == col(Obligation.item_id))
        .join(Body, col(Body.id) == col(Obligation.body_id))
        .where(col(Obligation.id).in_(sorted(ids)))
    )
    return {row[0].id or 0: (row[0], row[1], row[2]) for row in session.execute(wanted).all()}


def uses_rule(session: Session, key: str) -> bool:
    """Whether any date on record rests on a rule."""
    return (
        session.execute(select(col(Terms.id)).where(col(Terms.rule_key) == key).limit(1)).first() is not None
    )
