"""Second factors: one secret for each person who set one up, and the codes for when the telephone is lost."""

from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlmodel import Session, col

from tracker.storage.tables import RecoveryCode, SecondFactor


def of(session: Session, user_id: int) -> SecondFactor | None:
    """A person's factor, confirmed or only begun."""
    return session.get(SecondFactor, user_id)


def use_step(session: Session, user_id: int, step: int) -> bool:
    """Note that the code of a step was used; False where it, or a later one, was used before."""
    used = session.execute(
        update(SecondFactor)
        .where(col(SecondFactor.user_id) == user_id, col(SecondFactor.last_step) < step)
        .values(last_step=step)
        .execution_options(synchronize_session=False)
    )
    return bool(used.rowcount == 1)  # type: ignore[attr-defined]


def use_recovery(session: Session, user_id: int, code_hash: str, now: datetime) -> bool:
    """Use up a code of the list; False where it is none, or was used."""
    used = session.execute(
        update(RecoveryCode)
        .where(
            col(RecoveryCode.user_id) == user_id,
            col(RecoveryCode.code_hash) == code_hash,
            col(RecoveryCode.used_at).is_(None),
        )
        .values(used_at=now)
        .execution_options(synchronize_session=False)
    )
    return bool(used.rowcount == 1)  # type: ignore[attr-defined]


def recovery_left(session: Session, user_id: int) -> int:
    """How many codes of the list are left."""
    wanted = select(func.count(col(RecoveryCode.id))).where(
        col(RecoveryCode.user_id) == user_id, col(RecoveryCode.used_at).is_(None)
    )
    return int(session.execute(wanted).scalar() or 0)


def replace_recovery(session: Session, user_id: int, hashes: list[str]) -> None:
    """Another list; the old one is void."""
    session.execute(delete(RecoveryCode).where(col(RecoveryCode.user_id) == user_id))
    session.add_all(RecoveryCode(user_id=user_id, code_hash=one) for one in hashes)
    session.flush()


def forget(session: Session, user_id: int) -> None:
    """No second factor any more."""
    session.execute(delete(RecoveryCode).where(col(RecoveryCode.user_id) == user_id))
    session.execute(delete(SecondFactor).where(col(SecondFactor.user_id) == user_id))
