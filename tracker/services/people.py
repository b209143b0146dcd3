"""People: added, let in, given another password, shut out. Names are not kept, addresses are not shown."""

import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlmodel import Session

from tracker.domain.passwords import password_complaints
from tracker.domain.refusals import Refused, insist, refuse
from tracker.domain.words import UserRole
from tracker.storage import tokens
from tracker.storage.people import admins_left, group_by_key, groups, has_site_admin, user_by_email
from tracker.storage.tables import Group, Membership, User

_HASHER = PasswordHasher()
_NOBODY = _HASHER.hash(secrets.token_urlsafe(16))
"""Verified against where there is no such person, so that the answer takes as long."""
_EMAIL = re.compile(r"[^@\s\x00-\x1f<>\"(),:;\[\]\\]{1,64}@(?=.{1,189}\Z)[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
API_TOKEN = "api"  # noqa: S105 - a purpose, not a secret
_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Added:
    """Somebody new, and the password where it was made here: shown once, kept only as a hash."""

    user: User
    password: str | None


def add_user(
    session: Session,
    now: datetime,
    email: str,
    role: UserRole,
    group: str,
    *,
    password: str | None = None,
    group_name: str = "",
) -> Added:
    """A person with a role in a group (made where it is new); without a password one is made.

    The first administrator administers the whole site.
    """
    address = email.strip().lower()
    insist(_complaints(session, address, group, password))
    made = None if password else secrets.token_urlsafe(18)
    user = User(email=address, password_hash=_HASHER.hash(password or made or ""), created_at=now)
    if role is UserRole.ADMIN and not has_site_admin(session):
        user.site_admin_at = now
    session.add(user)
    session.flush()
    join_group(session, now, user, role, group, group_name=group_name)
    return Added(user, made)


def _complaints(session: Session, address: str, group: str, password: str | None) -> list[Refused]:
    found = [] if password is None else list(password_complaints(password, address))
    strange = list(address_complaints(address))
    found += strange
    if not strange and user_by_email(session, address) is not None:
        found.append(refuse("email", "%(email)s is here already; change the role instead.", email=address))
    return [*found, *_key_complaints(group)]


def address_complaints(address: str) -> Iterator[Refused]:
    """What speaks against an address."""
    if not _EMAIL.fullmatch(address) or len(address) > 254:
        yield refuse("email", "“%(email)s” is not an e-mail address.", email=address[:80])


def join_group(
    session: Session, now: datetime, user: User, role: UserRole, group: str, *, group_name: str = ""
) -> Membership:
    """Give a person a role in a group; the group is made where it is new, a role they have is changed."""
    found = group_by_key(session, group) or _new_group(session, now, group, group_name)
    assert user.id is not None and found.id is not None  # noqa: S101 - both are flushed
    membership = session.get(Membership, (user.id, found.id))
    if membership is None:
        membership = Membership(user_id=user.id, group_id=found.id, role=role)
        session.add(membership)
    elif membership.role is not role:
        membership.role = role
        end_sessions(user)
    session.flush()
    return membership


def group_to_join(session: Session, now: datetime, key: str, name: str = "") -> Group:
    """The group of that key, made where it is new."""
    insist(_key_complaints(key))
    return group_by_key(session, key) or _new_group(session, now, key, name)


def is_group(session: Session, key: str, *, new: bool) -> None:
    """Refuse a group that is not there and was not said to be new; the first of a site is made unasked."""
    there = [one.key for one in groups(session)]
    if not new and there and key not in there:
        sentence = "There is no group “%(key)s” here; there are: %(there)s. With --new-group it is made."
        insist([refuse("group", sentence, key=key[:80], there=", ".join(there))])


def _key_complaints(key: str) -> Iterator[Refused]:
    if not _KEY.fullmatch(key) or len(key) > 80:
        yield refuse(
            "group",
            "The key of a group consists of small letters, digits and hyphens, such as “city-watch”.",
        )


def _new_group(session: Session, now: datetime, key: str, name: str) -> Group:
    group = Group(key=key, name=name.strip() or key.replace("-", " ").capitalize(), created_at=now)
    session.add(group)
    session.flush()
    return group


def authenticate(session: Session, email: str, password: str) -> User | None:
    """The person, if address and password fit and they are not shut out; takes as long either way, writes nothing."""
    user = user_by_email(session, email[:300])
    fits = _fits(user.password_hash if user else _NOBODY, password)
    return user if user is not None and fits and user.disabled_at is None else None


def welcome(session: Session, now: datetime, user_id: int, password: str) -> None:
    """Note that a person came in; their password is hashed anew where hashing has become stronger."""
    user = session.get(User, user_id)
    if user is None:
        return
    user.last_login_at = now
    if _HASHER.check_needs_rehash(user.password_hash):
        user.password_hash = _HASHER.hash(password)


def _fits(hashed: str, password: str) -> bool:
    try:
        return _HASHER.verify(hashed, password[:1024])
    except (VerificationError, InvalidHashError):
        return False


def change_password(session: Session, user: User, old: str, new: str) -> None:
    """Another password, once the old one was given; ends every session of this person."""
    if not _fits(user.password_hash, old):
        insist([refuse("old", "That is not your present password.")])
    set_password(session, user, new, new)


def set_password(session: Session, user: User, new: str, again: str) -> None:
    """Another password; ends every session of this person."""
    insist(password_complaints(new, user.email, "new"))
    insist([] if new == again else [refuse("again", "The two new passwords differ.")])
    user.password_hash = _HASHER.hash(new)
    end_sessions(user)
    session.flush()


def check_password(user: User, password: str) -> bool:
    """Whether this is a person's password."""
    return _fits(user.password_hash, password)


def reset_password(session: Session, user: User) -> str:
    """A new password made here, for somebody who lost theirs; ends every session of this person."""
    made = secrets.token_urlsafe(18)
    user.password_hash = _HASHER.hash(made)
    end_sessions(user)
    session.flush()
    return made


def disable(session: Session, now: datetime, user: User) -> None:
    """Shut a person out, at once, in every session and with every token: being let in again brings none back."""
    user.disabled_at = user.disabled_at or now
    end_sessions(user)
    end_tokens(session, now, user)
    session.flush()


def leave_group(session: Session, now: datetime, user: User, group: Group) -> None:
    """Take a person out of a group, at once, in every session and token; the last administrator stays."""
    assert user.id is not None and group.id is not None  # noqa: S101 - both are flushed
    membership = session.get(Membership, (user.id, group.id))
    missing = [refuse("people", "They are in no such group.")] if membership is None else []
    is_last = (
        membership is not None
        and membership.role is UserRole.ADMIN
        and not admins_left(session, group.id, user.id)
    )
    last = [refuse("people", "This is the group's last administrator: name another one first.")]
    insist([*missing, *(last if is_last else [])])
    session.delete(membership)
    end_sessions(user)
    end_tokens(session, now, user, group)
    session.flush()


def make_site_admin(session: Session, now: datetime, user: User, is_one: bool) -> None:
    """Let a person administer the whole site, or no longer; the last one stays."""
    if not is_one and user.site_admin_at is not None and not has_site_admin(session, but=user.id):
        insist([refuse("people", "This is the site's last administrator: name another one first.")])
    user.site_admin_at = (user.site_admin_at or now) if is_one else None
    end_sessions(user)
    session.flush()


def enable(session: Session, user: User) -> None:
    """Let a person in again."""
    user.disabled_at = None
    session.flush()


def end_sessions(user: User) -> None:
    """End every session of a person: a new password, another role, being shut out."""
    user.epoch += 1


def end_tokens(session: Session, now: datetime, user: User, group: Group | None = None) -> None:
    """End the tokens a person's programs write with: for one group, or all of them."""
    whose = f"member:{user.id}:{group.id}" if group is not None else f"member:{user.id}:"
    tokens.end(session, API_TOKEN, whose, now, exactly=group is not None)
