"""Tokens for the API: given to a member of a group for some scopes, kept as a hash, over at an end or when ended."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from tracker.domain.link_tokens import LONGEST, hash_of
from tracker.domain.refusals import Refused, insist, refuse
from tracker.domain.token_scopes import DAYS, MOST_DAYS, Scope
from tracker.services.people import API_TOKEN
from tracker.storage import tokens
from tracker.storage.people import Member, members, user_by_email
from tracker.storage.tables import Token

PURPOSE = API_TOKEN
LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Granted:
    """A new token: shown once."""

    secret: str
    member: Member
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Held:
    """A token that is good: whom it acts for, with the role they have today, and what it lets a program do."""

    id: int
    member: Member
    scopes: tuple[Scope, ...]
    name: str
    created_at: datetime
    expires_at: datetime | None
    used_at: datetime | None


def grant(
    session: Session,
    now: datetime,
    email: str,
    *,
    group: str = "",
    days: int = DAYS,
    scopes: Sequence[Scope] = tuple(Scope),
    name: str = "",
) -> Granted:
    """A token with which a program acts as this person for one of their groups, with their role in it."""
    user = user_by_email(session, email)
    found = [one for one in members(session, user.id) if group in ("", one.group_key)] if user else []
    unknown = refuse("email", "There is nobody of the address %(email)s.", email=email[:80])
    insist([*([] if user else [unknown]), *_complaints(found if user else None, days, scopes, name)])
    secret, until = secrets.token_urlsafe(32), now + timedelta(days=days)
    row = Token(
        purpose=PURPOSE,
        secret_hash=hash_of(secret),
        subject=_subject(found[0]),
        detail={"scopes": [one.value for one in scopes], "name": name.strip()},
        created_at=now,
        expires_at=until,
    )
    tokens.add(session, row)
    return Granted(secret, found[0], until)


def _complaints(found: list[Member] | None, days: int, scopes: Sequence[Scope], name: str) -> list[Refused]:
    several = found is not None and len(found) > 1
    nowhere = found is not None and not found
    wrong = (
        (several, refuse("group", "Say which group the token acts for.")),
        (nowhere, refuse("group", "They are in no such group.")),
        (
            not 1 <= days <= MOST_DAYS,
            refuse("days", "A token lasts from 1 to %(most)s days.", most=MOST_DAYS),
        ),
        (not scopes, refuse("scopes", "Tick what the program may do.")),
        (
            len(name) > LONGEST_NAME,
            refuse("name", "Shorten this to %(most)s characters.", most=LONGEST_NAME),
        ),
    )
    return [said for is_wrong, said in wrong if is_wrong]


def holder(session: Session, secret: str, now: datetime) -> Held | None:
    """Whom a token acts for; None where it is unknown, over, or they are shut out."""
    if not 0 < len(secret) <= LONGEST:
        return None
    row = tokens.valid(session, PURPOSE, hash_of(secret), now)
    return _held(session, row) if row is not None else None


def note_use(session: Session, now: datetime, held: Held) -> None:
    """Keep the day on which a token was last used."""
    if held.used_at is None or held.used_at.date() != now.date():
        session.get_one(Token, held.id).used_at = now


def tokens_of(session: Session, now: datetime, user_id: int | None = None) -> list[Held]:
    """The good tokens of a person, or of everybody, the newest first."""
    subject = "member:" if user_id is None else f"member:{user_id}:"
    found = (_held(session, row) for row in tokens.of_subject(session, PURPOSE, subject, now))
    return [held for held in found if held is not None]


def revoke(session: Session, now: datetime, held: Held) -> None:
    """End one token at once."""
    session.get_one(Token, held.id).expires_at = now
    session.flush()


def take_back_tokens(session: Session, now: datetime, email: str) -> int:
    """End all of a person's tokens at once; how many were still good."""
    user = user_by_email(session, email)
    insist([] if user else [refuse("email", "There is nobody of the address %(email)s.", email=email[:80])])
    return tokens.end(session, PURPOSE, f"member:{user.id if user else 0}:", now)


def _held(session: Session, row: Token) -> Held | None:
    user_id = int(row.subject.split(":")[1])
    found = (one for one in members(session, user_id) if _subject(one) == row.subject)
    member = next((one for one in found if one.disabled_at is None), None)
    if member is None:
        return None
    kept = row.detail.get("scopes")
    scopes = tuple(Scope(one) for one in kept) if isinstance(kept, list) else tuple(Scope)
    name = str(row.detail.get("name", ""))
    return Held(row.id or 0, member, scopes, name, row.created_at, row.expires_at, row.used_at)


def _subject(member: Member) -> str:
    return f"member:{member.user_id}:{member.group_id}"
