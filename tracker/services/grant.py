"""Tokens for the API: given to a member of a group, kept only as a hash, over at an end or when taken back."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from tracker.domain.link_tokens import LONGEST, hash_of
from tracker.domain.refusals import insist, refuse
from tracker.storage import tokens
from tracker.storage.people import Member, members, user_by_email
from tracker.storage.tables import Token

PURPOSE = "api"
MOST_DAYS = 730


@dataclass(frozen=True, slots=True)
class Granted:
    """A new token: shown once."""

    secret: str
    member: Member
    expires_at: datetime


def grant(session: Session, now: datetime, email: str, *, group: str = "", days: int = 365) -> Granted:
    """A token with which a program acts as this person for one of their groups, with their role in it."""
    user = user_by_email(session, email)
    found = [one for one in members(session, user.id) if group in ("", one.group_key)] if user else []
    insist(
        [
            *(
                []
                if user
                else [refuse("email", "There is nobody of the address %(email)s.", email=email[:80])]
            ),
            *([refuse("group", "Say which group the token acts for.")] if len(found) > 1 else []),
            *([refuse("group", "They are in no such group.")] if user and not found else []),
            *(
                []
                if 1 <= days <= MOST_DAYS
                else [refuse("days", "A token lasts from 1 to %(most)s days.", most=MOST_DAYS)]
            ),
        ]
    )
    secret, until = secrets.token_urlsafe(32), now + timedelta(days=days)
    row = Token(
        purpose=PURPOSE,
        secret_hash=hash_of(secret),
        subject=_subject(found[0]),
        created_at=now,
        expires_at=until,
    )
    tokens.add(session, row)
    return Granted(secret, found[0], until)


def holder(session: Session, secret: str, now: datetime) -> Member | None:
    """Whom a token acts for, with the role they have today; None where it is unknown, over, or they are shut out."""
    if not 0 < len(secret) <= LONGEST:
        return None
    row = tokens.valid(session, PURPOSE, hash_of(secret), now)
    if row is None:
        return None
    user_id = int(row.subject.split(":")[1])
    found = (one for one in members(session, user_id) if _subject(one) == row.subject)
    return next((one for one in found if one.disabled_at is None), None)


def take_back_tokens(session: Session, now: datetime, email: str) -> int:
    """End all of a person's tokens at once; how many were still good."""
    user = user_by_email(session, email)
    insist([] if user else [refuse("email", "There is nobody of the address %(email)s.", email=email[:80])])
    return tokens.end(session, PURPOSE, f"member:{user.id if user else 0}:", now)


def _subject(member: Member) -> str:
    return f"member:{member.user_id}:{member.group_id}"
