"""Letters that wait to be sent: claimed by moving the next try, forgotten once sent."""

from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlmodel import Session, col

from tracker.storage.tables import Letter


def add(session: Session, letter: Letter) -> Letter:
    """Queue one."""
    session.add(letter)
    session.flush()
    return letter


def get(session: Session, letter_id: int) -> Letter | None:
    """The letter of that id."""
    return session.get(Letter, letter_id)


def next_due(session: Session, now: datetime) -> Letter | None:
    """The one that is due for longest."""
    wanted = select(Letter).where(col(Letter.next_at) <= now).order_by(col(Letter.next_at), col(Letter.id))
    return session.execute(wanted.limit(1)).scalar_one_or_none()


def claim(session: Session, letter: Letter, now: datetime, lease: timedelta) -> bool:
    """Take it for sending; False where another worker was first."""
    taken = session.execute(
        update(Letter)
        .where(col(Letter.id) == letter.id, col(Letter.next_at) == letter.next_at)
        .values(next_at=now + lease, attempts=letter.attempts + 1)
        .execution_options(synchronize_session=False)
    )
    session.refresh(letter)
    return bool(taken.rowcount == 1)  # type: ignore[attr-defined]


def sent_since(session: Session, kind: str, address_hash: str, since: datetime) -> int:
    """How many of a kind were queued to an address since an instant."""
    wanted = select(func.count(col(Letter.id))).where(
        col(Letter.kind) == kind, col(Letter.address_hash) == address_hash, col(Letter.queued_at) > since
    )
    return int(session.execute(wanted).scalar_one())


def queued_since(session: Session, kind: str, since: datetime) -> int:
    """How many of a kind were queued to anybody since an instant."""
    wanted = select(func.count(col(Letter.id))).where(col(Letter.kind) == kind, col(Letter.queued_at) > since)
    return int(session.execute(wanted).scalar_one())


def unsent_before(session: Session, before: datetime, most: int) -> list[Letter]:
    """Those queued before an instant that still hold an address."""
    wanted = select(Letter).where(col(Letter.queued_at) < before, col(Letter.address) != "")
    return list(session.execute(wanted.order_by(col(Letter.id)).limit(most)).scalars())


def hashed_before(session: Session, before: datetime, most: int) -> list[Letter]:
    """Those that are over, were queued before an instant and still hold the hash of an address."""
    wanted = select(Letter).where(
        col(Letter.queued_at) < before, col(Letter.address) == "", col(Letter.address_hash) != ""
    )
    return list(session.execute(wanted.order_by(col(Letter.id)).limit(most)).scalars())


def waiting(session: Session, most: int = 100) -> list[Letter]:
    """Those that have not been sent, the newest first."""
    wanted = select(Letter).where(col(Letter.next_at).is_not(None), col(Letter.sent_at).is_(None))
    return list(session.execute(wanted.order_by(col(Letter.id).desc()).limit(most)).scalars())
