"""A lost password: a link by mail to whoever has the address, for an hour and once."""

import secrets
from datetime import datetime, timedelta

from sqlmodel import Session

from tracker.domain.link_tokens import LONGEST, hash_of
from tracker.domain.refusals import insist, refuse
from tracker.services.people import end_tokens, set_password
from tracker.storage import tokens
from tracker.storage.people import user_by_email
from tracker.storage.tables import Token, User

PURPOSE = "reset"
LIFE = timedelta(hours=1)
ONE_EACH = timedelta(minutes=5)
NOBODY = 0
"""Whose link is written for an unknown address, so that the answer takes as long; it leads nowhere."""


def ask(session: Session, now: datetime, email: str) -> str | None:
    """The secret for a letter to this person; None where nobody is written to: unknown, shut out, or asked just now."""
    user = user_by_email(session, email[:300])
    known = user is not None and user.disabled_at is None
    subject = f"user:{user.id if user is not None and known else NOBODY}"
    last = tokens.newest(session, PURPOSE, subject)
    lately = last is not None and now - last.created_at < ONE_EACH
    secret = write(session, now, subject)
    return secret if known and not lately else None


def write(session: Session, now: datetime, subject: str) -> str:
    """A new link for somebody; what is over is forgotten."""
    secret = secrets.token_urlsafe(32)
    tokens.forget_over(session, PURPOSE, now - LIFE)
    row = Token(
        purpose=PURPOSE,
        secret_hash=hash_of(secret),
        subject=subject,
        created_at=now,
        expires_at=now + LIFE,
    )
    tokens.add(session, row)
    return secret


def opened(session: Session, now: datetime, secret: str) -> User | None:
    """Whose password a link changes; None where it leads nowhere, was used or is over."""
    row = _row(session, now, secret)
    user = session.get(User, int(row.subject.split(":")[1])) if row is not None else None
    return user if user is not None and user.disabled_at is None else None


def finish(session: Session, now: datetime, secret: str, new: str, again: str) -> User:
    """The new password; every session, every token and every other link of this person is over."""
    row, user = _row(session, now, secret), opened(session, now, secret)
    insist([] if user is not None else [refuse("new", "This link is over: ask for a new one.")])
    assert row is not None and user is not None  # noqa: S101 - insisted on above
    set_password(session, user, new, again)
    used = tokens.use(session, row, now)
    insist([] if used else [refuse("new", "This link is over: ask for a new one.")])
    tokens.end(session, PURPOSE, row.subject, now, exactly=True)
    end_tokens(session, now, user)
    return user


def _row(session: Session, now: datetime, secret: str) -> Token | None:
    row = tokens.valid(session, PURPOSE, hash_of(secret), now) if 0 < len(secret) <= LONGEST else None
    return row if row is not None and row.used_at is None else None
