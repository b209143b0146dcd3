"""Who is signed in: a person acting for a group, checked against the database at each request."""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, Response, current_app, request, session
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from tracker.domain.permissions import Act, at_least
from tracker.domain.permissions import may as may_act
from tracker.domain.words import UserRole
from tracker.services import sessions
from tracker.services.second_factor import has_one
from tracker.services.sessions import IDLE, LONGEST
from tracker.storage.people import Member, members
from tracker.storage.tables import LoginSession
from tracker.web.access import now_public
from tracker.web.editing.throttle import KNOWN, account_mark
from tracker.web.site import Site, site

NOTED_EVERY = timedelta(minutes=1)
SECRET = "session"  # noqa: S105 - the name under which the cookie keeps it
HALF_WAY = "half_way"
CODE_WITHIN = timedelta(minutes=5)
_SEEN = "seen_at"


class Keeper(LoginManager):  # type: ignore[misc]
    """Looks into the session where somebody may be signed in, and on no public page."""

    def _update_remember_cookie(self, response: Response) -> Response:
        if now_public():
            return response
        kept: Response = super()._update_remember_cookie(response)
        return kept


class SignedIn(UserMixin):  # type: ignore[misc]
    """A member of a group, as the session knows them: the epoch ends all sessions at once."""

    def __init__(self, member: Member, confirmed_at: datetime, has_factor: bool = False) -> None:
        """Keep who it is, when they last gave their password, and whether their login asks for a code."""
        self.member = member
        self.has_factor = has_factor
        self.confirmed_at = confirmed_at

    def get_id(self) -> str:
        """Person, group and epoch."""
        return f"{self.member.user_id}.{self.member.group_id}.{self.member.epoch}"


def me() -> Member:
    """The person behind the request; only for views that need a login."""
    found: Member = current_user.member
    return found


def may(role: UserRole) -> bool:
    """Whether the person behind the request has that role, or a higher one."""
    return bool(current_user.is_authenticated) and (me().site_admin or at_least(me().role, role))


def may_do(act: Act, owner: int | None = None) -> bool:
    """Whether the person behind the request may do this to an object of that group."""
    return bool(current_user.is_authenticated) and may_act(me().acting, act, owner)


def my_group() -> int | None:
    """Whose processes the person behind the request chooses from: their group's; None for the site's administrators."""
    return None if me().site_admin else me().group_id


def first_choice(found: list[Member]) -> Member:
    """The group somebody of several groups acts for at first: where they may do most."""
    ranks = list(UserRole)
    return min(found, key=lambda member: (-ranks.index(member.role), member.group_key))


def secret() -> str:
    """What this browser's session is found by."""
    kept = session.get(SECRET, "")
    return kept if isinstance(kept, str) else ""


def sign_in(member: Member, *, confirmed: bool = True) -> None:
    """A new session: nothing that was in it before the login is left, here and in the database.

    Where no password was given for it, it ends when the one before would have ended.
    """
    now, old = site().now(), secret()
    confirmed_at = now if confirmed else current_user.confirmed_at
    with site().database.writing() as writing:
        former = None if confirmed else sessions.going_on(writing, old)
        begun_at = former.begun_at if former is not None else now
        sessions.end(writing, old)
        browser = request.headers.get("User-Agent", "")
        made = sessions.begin(writing, now, member, browser, confirmed_at, begun_at)
    session.clear()
    login_user(SignedIn(member, confirmed_at), fresh=True)
    session.permanent = True
    session[KNOWN] = f"{account_mark(member.email)}.{secrets.token_urlsafe(16)}"
    session[SECRET] = made
    session[_SEEN] = now.isoformat()


def wait_for_code(member: Member, now: datetime) -> None:
    """The password was right; the code is still to come."""
    known = session.get(KNOWN)
    with site().database.writing() as writing:
        sessions.end(writing, secret())
    session.clear()
    if known:
        session[KNOWN] = known
    ours = str(known or "").startswith(f"{account_mark(member.email)}.")
    session[HALF_WAY] = [member.user_id, member.epoch, now.isoformat(), ours]


def half_way(now: datetime) -> tuple[int, int] | None:
    """Whose code is waited for, and the epoch of their sessions."""
    try:
        user_id, epoch, since, _ours = session[HALF_WAY]
        waited = now - datetime.fromisoformat(since)
        return (int(user_id), int(epoch)) if waited <= CODE_WITHIN else None
    except (KeyError, TypeError, ValueError):
        return None


def sign_out() -> None:
    """An empty session, but for the mark that this browser once belonged to somebody."""
    known = session.get(KNOWN)
    with site().database.writing() as writing:
        sessions.end(writing, secret())
    logout_user()
    session.clear()
    if known:
        session[KNOWN] = known


def _load(handed: Site) -> Callable[[str], SignedIn | None]:
    def load(id_: str) -> SignedIn | None:
        try:
            user_id, group_id, epoch = (int(part) for part in id_.split("."))
        except ValueError:
            return None
        with handed.database.reading() as reading:
            row = sessions.going_on(reading, secret())
            found = members(reading, user_id) if row is not None and row.user_id == user_id else []
            factor = has_one(reading, user_id) if found else False
        if row is None or not _still_open(row, handed.now()):
            return None
        same = (
            one for one in found if (one.group_id, one.epoch) == (group_id, epoch) and one.disabled_at is None
        )
        return next((SignedIn(member, row.confirmed_at, factor) for member in same), None)

    return load


def _still_open(row: LoginSession, now: datetime) -> bool:
    seen = _instant(_SEEN)
    if seen is None or now - row.begun_at > LONGEST or now - seen > IDLE:
        return False
    if now - seen >= NOTED_EVERY:
        session[_SEEN] = now.isoformat()
    return True


def _instant(name: str) -> datetime | None:
    try:
        return datetime.fromisoformat(session[name])
    except (KeyError, TypeError, ValueError):
        return None


def factor_is_offered() -> bool:
    """Whether the desk should speak of the second factor: to who can publish and has none."""
    return may_do(Act.ENTER) and site().config.site.second_factor == "offered" and not current_user.has_factor


def _context() -> dict[str, Any]:
    """For the editors' templates alone: public pages never ask."""
    return {
        "me": me,
        "may": may,
        "may_do": may_do,
        "is_there": _is_there,
        "UserRole": UserRole,
        "Act": Act,
        "factor_is_offered": factor_is_offered,
    }


def _is_there(endpoint: str) -> bool:
    return endpoint in current_app.view_functions


def prepare(app: Flask, handed: Site) -> None:
    """The login manager, and what the templates ask."""
    manager = Keeper(app, add_context_processor=False)
    # The library's own protection trusts X-Forwarded-For; the epoch and our times do its work.
    manager.session_protection = None
    manager.user_loader(_load(handed))
    app.config["PERMANENT_SESSION_LIFETIME"] = timedelta(days=180)
    app.config["SESSION_REFRESH_EACH_REQUEST"] = False
    app.context_processor(_context)
