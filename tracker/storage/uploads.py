"""Files somebody uploaded and is still looking at: each its own, and gone after some days."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlmodel import Session, col

from tracker.storage.tables import ImportUpload

KEPT = timedelta(days=7)


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
