"""How often something was asked for: counted by the hour in the database, so that all processes count together."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlmodel import Session, col

from tracker.storage.tables import Tally
from tracker.storage.turns import take_turn


def hour_of(now: datetime) -> datetime:
    """The hour an instant is counted in."""
    return now.replace(minute=0, second=0, microsecond=0)


def counted(session: Session, key: str, since_at: datetime) -> int:
    """How often since the beginning of the hour of an instant."""
    wanted = select(func.coalesce(func.sum(col(Tally.times)), 0)).where(
        col(Tally.key) == key, col(Tally.hour_at) >= hour_of(since_at)
    )
    return int(session.execute(wanted).scalar_one())


def count(session: Session, keys: Collection[str], now: datetime) -> None:
    """Once more, for each of the keys."""
    for key in sorted(keys):
        take_turn(session, f"tally {key}")
        more = (
            update(Tally)
            .where(col(Tally.key) == key, col(Tally.hour_at) == hour_of(now))
            .values(times=col(Tally.times) + 1)
            .execution_options(synchronize_session=False)
        )
        if session.execute(more).rowcount == 0:  # type: ignore[attr-defined]
            session.add(Tally(key=key, hour_at=hour_of(now), times=1))
            session.flush()


def forget_before(session: Session, at: datetime) -> int:
    """Forget the hours before an instant; how many rows."""
    done = session.execute(delete(Tally).where(col(Tally.hour_at) < at))
    return int(done.rowcount)  # type: ignore[attr-defined]
