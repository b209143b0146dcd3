"""Invitations: a link for one address, one role and one group, used once within seven days."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from tracker.domain.link_tokens import LONGEST, hash_of
from tracker.domain.passwords import password_complaints
from tracker.domain.refusals import Refused, insist, refuse
from tracker.domain.words import UserRole
from tracker.services.people import add_user, address_complaints, authenticate, join_group
from tracker.storage import tokens
from tracker.storage.people import group_by_id, members, user_by_email
from tracker.storage.tables import Group, Token

PURPOSE = "invite"
LIFE = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Invited:
    """A new invitation: its secret is shown once, to whoever hands it over, and stands in the letter."""

    secret: str
    email: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Invitation:
    """An invitation that can be accepted."""

    token: Token
    email: str
    role: UserRole
    group: Group
    is_known: bool
    """Somebody of that address has an account already, and joins with it."""


def invite(session: Session, now: datetime, email: str, role: UserRole, group: Group) -> Invited:
    """Ask somebody to join a group; a former invitation of theirs to it is void."""
    address = email.strip().lower()
    insist(_complaints(session, address, group))
    subject = f"invite:{group.id}:{hash_of(address)[:32]}"
    tokens.end(session, PURPOSE, subject, now)
    secret = secrets.token_urlsafe(32)
    row = Token(
        purpose=PURPOSE,
        secret_hash=hash_of(secret),
        subject=subject,
        detail={"email": address, "role": role.value},
        created_at=now,
        expires_at=now + LIFE,
    )
    tokens.add(session, row)
    return Invited(secret, address, now + LIFE)


def _complaints(session: Session, address: str, group: Group) -> list[Refused]:
    found = list(address_complaints(address))
    user = user_by_email(session, address)
    theirs = members(session, user.id) if user is not None else []
    if any(one.group_id == group.id for one in theirs):
        found.append(
            refuse("email", "%(email)s is in this group already; change the role instead.", email=address)
        )
    return found


def open_invitation(session: Session, now: datetime, secret: str) -> Invitation | None:
    """What a link invites to; None where it leads nowhere, was used or is over."""
    row = tokens.valid(session, PURPOSE, hash_of(secret), now) if 0 < len(secret) <= LONGEST else None
    group = group_by_id(session, int(row.subject.split(":")[1])) if row is not None else None
    if row is None or group is None or row.used_at is not None:
        return None
    email = str(row.detail["email"])
    known = user_by_email(session, email) is not None
    return Invitation(row, email, UserRole(str(row.detail["role"])), group, known)


def accept(session: Session, now: datetime, secret: str, password: str, again: str) -> int:
    """Join: with a password of one's own choice, or with the one of the account one has; the person's id."""
    found = open_invitation(session, now, secret)
    if found is None:
        raise_over()
    assert found is not None  # noqa: S101 - raised above
    user_id = (_join if found.is_known else _begin)(session, now, found, password, again)
    if not tokens.use(session, found.token, now):
        raise_over()
    found.token.detail = {"role": found.role.value}
    session.flush()
    return user_id


def raise_over() -> None:
    """An invitation that leads nowhere."""
    insist([refuse("password", "This invitation is over: ask for a new one.")])


def _begin(session: Session, now: datetime, found: Invitation, password: str, again: str) -> int:
    insist(password_complaints(password, found.email))
    insist([] if password == again else [refuse("again", "The two passwords differ.")])
    added = add_user(session, now, found.email, found.role, found.group.key, password=password)
    return added.user.id or 0


def _join(session: Session, now: datetime, found: Invitation, password: str, _again: str) -> int:
    user = authenticate(session, found.email, password)
    insist([] if user is not None else [refuse("password", "That is not the password of this account.")])
    assert user is not None  # noqa: S101 - insisted on above
    join_group(session, now, user, found.role, found.group.key)
    return user.id or 0
