"""The stored standings ahead: replaced only where they change, never overwritten."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from sqlalchemy import insert, or_, select, update
from sqlalchemy.orm.attributes import set_committed_value
from sqlmodel import Session, col

from tracker.domain.words import FLAGGED, Standing, Visibility
from tracker.storage.tables import Body, Document, Item, Obligation, Process, Segment
from tracker.storage.turns import count_with_others

_COMPARED = (
    "standing",
    "from_at",
    "until_at",
    "begins_on",
    "basis",
    "flagged",
    "stale",
    "due_on",
    "due_source",
    "checked_on",
    "days_overdue",
    "late_days",
    "detail",
)


def current(session: Session, obligation_id: int) -> list[Segment]:
    """The segments that count today, in order of time."""
    wanted = (
        select(Segment)
        .where(col(Segment.obligation_id) == obligation_id, col(Segment.superseded_at).is_(None))
        .order_by(col(Segment.from_at))
    )
    return list(session.execute(wanted).scalars())


def superseded(session: Session, obligation_id: int, before: datetime) -> list[Segment]:
    """The segments that counted once and no longer do, of those recorded before an instant."""
    wanted = select(Segment).where(
        col(Segment.obligation_id) == obligation_id,
        col(Segment.superseded_at).is_not(None),
        col(Segment.recorded_at) < before,
    )
    return list(session.execute(wanted).scalars())


def current_of(session: Session, obligation_ids: Iterable[int]) -> dict[int, list[Segment]]:
    """The segments of several obligations that count today, each in order of time."""
    found: dict[int, list[Segment]] = defaultdict(list)
    wanted = (
        select(Segment)
        .where(col(Segment.obligation_id).in_(sorted(obligation_ids)), col(Segment.superseded_at).is_(None))
        .order_by(col(Segment.obligation_id), col(Segment.from_at))
    )
    for row in session.execute(wanted).scalars():
        found[row.obligation_id].append(row)
    return found


def obligations(session: Session, ids: Iterable[int]) -> dict[int, Obligation]:
    """The obligations of the ids."""
    wanted = select(Obligation).where(col(Obligation.id).in_(sorted(ids)))
    return {row.id or 0: row for row in session.execute(wanted).scalars()}


def replace(session: Session, obligation_id: int, segments: Sequence[Segment], now: datetime) -> bool:
    """Supersede what changed by the new segments; False where nothing changed."""
    before = {obligation_id: current(session, obligation_id)}
    return replace_all(session, before, {obligation_id: segments}, now) > 0


def replace_all(
    session: Session,
    before: Mapping[int, Sequence[Segment]],
    after: Mapping[int, Sequence[Segment]],
    now: datetime,
) -> int:
    """The same for several obligations in two statements; how many of them changed."""
    changed = [id_ for id_, rows in after.items() if _differ(before.get(id_, ()), rows)]
    if changed:
        count_with_others(session)
    old = [row.id for id_ in changed for row in before.get(id_, ())]
    if old:
        superseded = update(Segment).where(col(Segment.id).in_(old)).values(superseded_at=now)
        session.execute(superseded.execution_options(synchronize_session=False))
    new = [row.model_dump(exclude={"id"}) for id_ in changed for row in after[id_]]
    if new:
        session.execute(insert(Segment), new)
    return len(changed)


def _differ(before: Sequence[Segment], after: Sequence[Segment]) -> bool:
    return [_compared(row) for row in before] != [_compared(row) for row in after]


def _compared(row: Segment) -> tuple[object, ...]:
    return tuple(getattr(row, name) for name in _COMPARED)


def begun_since(current: Sequence[Segment], since: datetime | None, now: datetime) -> list[Segment]:
    """The segments that began after an instant (all where there is none), up to now, in order of time."""
    begun = [row for row in current if row.from_at <= now]
    return [row for row in begun if since is None or row.from_at > since] or begun[-1:]


def unannounced(session: Session, now: datetime, after_id: int = 0) -> int | None:
    """The next obligation that stands, or stood for a while since, elsewhere than announced."""
    began_since = col(Segment.from_at) > col(Obligation.announced_from_at)
    wanted = (
        select(col(Obligation.id))
        .join(Segment, col(Segment.obligation_id) == col(Obligation.id))
        .join(Body, col(Body.id) == col(Obligation.body_id))
        .join(Item, col(Item.id) == col(Obligation.item_id))
        .join(Document, col(Document.id) == col(Item.document_id))
        .join(Process, col(Process.id) == col(Item.process_id))
        .where(
            # What is withheld is announced once it is let out.
            *(col(table.visibility) == Visibility.PUBLIC for table in (Item, Document, Process, Body)),
            col(Obligation.id) > after_id,
            col(Obligation.superseded_at).is_(None),
            col(Segment.superseded_at).is_(None),
            col(Segment.from_at) <= now,
            or_(col(Segment.until_at).is_(None), col(Segment.until_at) > now, began_since),
            or_(
                col(Obligation.announced_standing).is_(None),
                col(Obligation.announced_standing) != col(Segment.standing),
            ),
            # Announced ahead of now: the clock was set back.
            or_(col(Obligation.announced_from_at).is_(None), col(Obligation.announced_from_at) <= now),
        )
        .order_by(col(Obligation.id))
        .limit(1)
    )
    return session.execute(wanted).scalar_one_or_none()


def unflagged(session: Session, ids: Iterable[int]) -> set[int]:
    """Those of the obligations of which no flag was the last that was announced."""
    wanted = select(col(Obligation.id)).where(
        col(Obligation.id).in_(sorted(ids)), col(Obligation.announced_standing).not_in(FLAGGED)
    )
    return {id_ for id_ in session.execute(wanted).scalars() if id_ is not None}


def unflagged_at(session: Session, ids: Iterable[int], at: datetime) -> set[int]:
    """Those of the obligations at which no flag stood at an instant, as it was known then."""
    wanted = select(col(Segment.obligation_id)).where(
        col(Segment.obligation_id).in_(sorted(ids)),
        col(Segment.recorded_at) <= at,
        or_(col(Segment.superseded_at).is_(None), col(Segment.superseded_at) > at),
        col(Segment.from_at) <= at,
        or_(col(Segment.until_at).is_(None), col(Segment.until_at) > at),
        col(Segment.standing).not_in(FLAGGED),
    )
    return set(session.execute(wanted).scalars())


def hold(session: Session, *obligation_ids: int) -> None:
    """Wait for whoever settles these obligations, and keep others from them until the transaction ends."""
    wanted = select(col(Obligation.id)).where(col(Obligation.id).in_(sorted(obligation_ids)))
    session.execute(wanted.order_by(col(Obligation.id)).with_for_update(key_share=True))


def claim_announcement(
    session: Session, obligation: Obligation, standing: Standing, from_at: datetime
) -> bool:
    """Take the right to announce a standing: False where somebody else announced meanwhile."""
    unchanged = (
        col(Obligation.announced_standing).is_not_distinct_from(obligation.announced_standing),
        col(Obligation.announced_from_at).is_not_distinct_from(obligation.announced_from_at),
    )
    taken = session.execute(
        update(Obligation)
        .where(col(Obligation.id) == obligation.id, *unchanged)
        .values(announced_standing=standing, announced_from_at=from_at)
        .execution_options(synchronize_session=False)
    )
    if taken.rowcount != 1:  # type: ignore[attr-defined]
        session.refresh(obligation)
        return False
    # What was just written is known: it is not asked for again, once for each of thousands.
    set_committed_value(obligation, "announced_standing", standing)
    set_committed_value(obligation, "announced_from_at", from_at)
    return True
