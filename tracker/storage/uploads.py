"""Files somebody uploaded and is still looking at: each its own, and gone after some days."""

from datetime import datetime, timedelta

from sqlalchemy import delete, or_, select, update
from sqlmodel import Session, col

from tracker.storage.tables import ImportOrder, ImportUpload

KEPT = timedelta(days=7)
LEASE = timedelta(minutes=15)
"""After so long an import that was begun and never ended was killed with its worker."""


def upload(session: Session, upload_id: int, user_id: int) -> ImportUpload | None:
    """A file of this person."""
    wanted = select(ImportUpload).where(
        col(ImportUpload.id) == upload_id, col(ImportUpload.user_id) == user_id
    )
    return session.execute(wanted).scalar_one_or_none()


def forget_old(session: Session, now: datetime) -> None:
    """Files nobody came back to."""
    session.execute(delete(ImportUpload).where(col(ImportUpload.uploaded_at) < now - KEPT))


def forget(session: Session, upload_id: int) -> None:
    """A file that was imported."""
    session.execute(delete(ImportUpload).where(col(ImportUpload.id) == upload_id))


def order(session: Session, upload_id: int) -> ImportOrder | None:
    """The order to import a file."""
    return session.get(ImportOrder, upload_id)


def next_order(session: Session, now: datetime) -> int | None:
    """The file that waits longest and that no worker has."""
    idle = or_(col(ImportOrder.begun_at).is_(None), col(ImportOrder.begun_at) < now - LEASE)
    wanted = select(col(ImportOrder.upload_id)).where(col(ImportOrder.ended_at).is_(None), idle)
    return session.execute(wanted.order_by(col(ImportOrder.ordered_at)).limit(1)).scalar_one_or_none()


def begin(session: Session, upload_id: int, now: datetime) -> bool:
    """Take an order; False where another worker was faster."""
    idle = or_(col(ImportOrder.begun_at).is_(None), col(ImportOrder.begun_at) < now - LEASE)
    mine = update(ImportOrder).where(
        col(ImportOrder.upload_id) == upload_id, col(ImportOrder.ended_at).is_(None), idle
    )
    taken = session.execute(mine.values(begun_at=now, written=0))
    return bool(taken.rowcount == 1)  # type: ignore[attr-defined]


def progressed(session: Session, upload_id: int, written: int, items: int, now: datetime) -> None:
    """How far it is, and that it is still at work."""
    mine = update(ImportOrder).where(col(ImportOrder.upload_id) == upload_id)
    session.execute(mine.values(written=written, items=items, begun_at=now))


def ended(
    session: Session, upload_id: int, now: datetime, *, act_id: int | None = None, refused: str = ""
) -> None:
    """What became of it; an imported file is forgotten."""
    mine = update(ImportOrder).where(col(ImportOrder.upload_id) == upload_id)
    session.execute(mine.values(ended_at=now, act_id=act_id, refused=refused[:4000]))
    if act_id is not None:
        forget(session, upload_id)


def forget_order(session: Session, upload_id: int) -> None:
    """An order that was refused, so that it can be given again."""
    session.execute(delete(ImportOrder).where(col(ImportOrder.upload_id) == upload_id))
