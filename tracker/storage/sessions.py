"""Sessions: one row for each browser somebody is signed in with."""

from datetime import datetime

from sqlalchemy import delete, select
from sqlmodel import Session, col

from tracker.storage.tables import LoginSession


def by_hash(session: Session, secret_hash: str) -> LoginSession | None:
    """The session of that secret, if it goes on."""
    wanted = select(LoginSession).where(col(LoginSession.secret_hash) == secret_hash)
    return session.execute(wanted).scalar_one_or_none()


def of_person(session: Session, user_id: int) -> list[LoginSession]:
    """Where somebody is signed in, the newest first."""
    wanted = select(LoginSession).where(col(LoginSession.user_id) == user_id)
    return list(session.execute(wanted.order_by(col(LoginSession.begun_at).desc())).scalars())


def end(session: Session, secret_hash: str) -> None:
    """End one."""
    session.execute(delete(LoginSession).where(col(LoginSession.secret_hash) == secret_hash))


def end_all(session: Session, user_id: int, *, but: str = "") -> int:
    """End all of a person's sessions but one; how many there were."""
    ended = session.execute(
        delete(LoginSession)
        .where(col(LoginSession.user_id) == user_id, col(LoginSession.secret_hash) != but)
        .execution_options(synchronize_session=False)
    )
    return int(ended.rowcount)  # type: ignore[attr-defined]


def end_older(session: Session, before: datetime) -> None:
    """Forget what is too old to go on."""
    session.execute(delete(LoginSession).where(col(LoginSession.begun_at) < before))
