"""Tokens: found by hash and purpose, never by anything else."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update
from sqlmodel import Session, col

from tracker.storage.tables import Token


def alone(session: Session, secret_hash: str) -> None:
    """Wait until no other transaction is at work on that token, also one that is not kept yet; ends with our own.

    SQLite lets only one transaction write at a time, so there is nothing to wait for.
    """
    if session.get_bind().dialect.name == "postgresql":
        number = int(secret_hash[:16], 16) - (1 << 63)
        session.execute(select(func.pg_advisory_xact_lock(number)))


def valid(session: Session, purpose: str, secret_hash: str, now: datetime) -> Token | None:
    """The token of that hash if it is for this purpose and has not expired; used ones too."""
    wanted = select(Token).where(
        col(Token.secret_hash) == secret_hash, col(Token.purpose) == purpose, col(Token.expires_at) > now
    )
    return session.execute(wanted).scalar_one_or_none()


def newest(session: Session, purpose: str, subject: str) -> Token | None:
    """The token last made for an act on a subject."""
    wanted = (
        select(Token)
        .where(col(Token.purpose) == purpose, col(Token.subject) == subject)
        .order_by(col(Token.id).desc())
        .limit(1)
    )
    return session.execute(wanted).scalar_one_or_none()


def newest_of(session: Session, purpose: str, subjects: Sequence[str]) -> dict[str, Token]:
    """By subject the token last made for an act on it."""
    wanted = select(Token).where(col(Token.purpose) == purpose, col(Token.subject).in_(subjects))
    return {row.subject: row for row in session.execute(wanted.order_by(col(Token.id))).scalars()}


def add_all(session: Session, made: Sequence[Mapping[str, Any]]) -> None:
    """Keep tokens, given by their columns: objects for hundreds of links take longer than all else about them."""
    if made:
        session.connection().execute(insert(Token), made)


def add(session: Session, token: Token) -> None:
    """Keep a token."""
    session.add(token)
    session.flush()


def use(session: Session, token: Token, now: datetime) -> bool:
    """Use it up; False where it was used before."""
    used = session.execute(
        update(Token)
        .where(col(Token.id) == token.id, col(Token.used_at).is_(None))
        .values(used_at=now)
        .execution_options(synchronize_session=False)
    )
    return bool(used.rowcount == 1)  # type: ignore[attr-defined]


def of_subject(session: Session, purpose: str, subject_prefix: str, now: datetime) -> list[Token]:
    """The tokens that are good for acts on subjects that begin so, the newest first."""
    wanted = select(Token).where(
        col(Token.purpose) == purpose,
        col(Token.subject).startswith(subject_prefix, autoescape=True),
        col(Token.expires_at) > now,
    )
    return list(session.execute(wanted.order_by(col(Token.id).desc())).scalars())


def forget_over(session: Session, purpose: str, before: datetime) -> None:
    """Forget the tokens of a purpose that ended by an instant: from then on they are valid no more."""
    session.execute(delete(Token).where(col(Token.purpose) == purpose, col(Token.expires_at) <= before))


def end(session: Session, purpose: str, subject_prefix: str, now: datetime, *, exactly: bool = False) -> int:
    """End every token for acts on subjects that begin so, or on that very subject; how many were still good."""
    subject = col(Token.subject)
    about = subject == subject_prefix if exactly else subject.startswith(subject_prefix, autoescape=True)
    ended = session.execute(
        update(Token)
        .where(
            col(Token.purpose) == purpose,
            about,
            col(Token.expires_at) > now,
        )
        .values(expires_at=now)
        .execution_options(synchronize_session=False)
    )
    return int(ended.rowcount)  # type: ignore[attr-defined]
