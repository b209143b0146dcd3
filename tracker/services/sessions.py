"""Sessions: begun at the login, ended at the logout, listed to their owner."""

import re
import secrets
from datetime import datetime, timedelta

from sqlmodel import Session

from tracker.domain.link_tokens import hash_of
from tracker.storage import sessions
from tracker.storage.people import Member
from tracker.storage.tables import LoginSession

IDLE = timedelta(hours=12)
LONGEST = timedelta(days=14)
FRESH = timedelta(minutes=10)
"""How long after giving a password somebody may do what is dangerous."""
_UNPRINTED = re.compile(r"[^ -~]")


def begin(
    session: Session,
    now: datetime,
    member: Member,
    browser: str = "",
    confirmed_at: datetime | None = None,
    begun_at: datetime | None = None,
) -> str:
    """Keep a new session, begun now or when the one it follows was; its secret, which only the browser keeps."""
    secret = secrets.token_urlsafe(32)
    sessions.end_older(session, now - LONGEST)
    session.add(
        LoginSession(
            secret_hash=hash_of(secret),
            user_id=member.user_id,
            group_id=member.group_id,
            begun_at=begun_at or now,
            confirmed_at=confirmed_at or now,
            browser=_UNPRINTED.sub("", browser)[:120],
        )
    )
    session.flush()
    return secret


def going_on(session: Session, secret: str) -> LoginSession | None:
    """The session of a secret; None where it was ended."""
    return sessions.by_hash(session, hash_of(secret)) if secret else None


def confirm(session: Session, now: datetime, secret: str) -> None:
    """The password was given again."""
    row = going_on(session, secret)
    if row is not None:
        row.confirmed_at = now


def end(session: Session, secret: str) -> None:
    """End this session: a stolen cookie dies with it."""
    sessions.end(session, hash_of(secret))


def end_others(session: Session, user_id: int, secret: str) -> int:
    """End a person's sessions everywhere else; how many there were."""
    return sessions.end_all(session, user_id, but=hash_of(secret))
