"""Who is signed in: a person acting for a group, checked against the database at each request."""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, abort, current_app, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from tracker.domain.words import UserRole
from tracker.storage.people import Member, members
from tracker.web.access import Access, set_guard
from tracker.web.editing.throttle import KNOWN, account_mark
from tracker.web.safe_next import next_address
from tracker.web.site import Site, site

IDLE = timedelta(hours=2)
LONGEST = timedelta(hours=12)
NOTED_EVERY = timedelta(minutes=1)
RANK = {UserRole.EDITOR: 1, UserRole.REVIEWER: 2, UserRole.ADMIN: 3}
_BEGUN, _SEEN = "begun_at", "seen_at"
_NEEDED = {
    Access.EDITOR: UserRole.EDITOR,
    Access.REVIEWER: UserRole.REVIEWER,
    Access.ADMIN: UserRole.ADMIN,
}


class SignedIn(UserMixin):  # type: ignore[misc]
    """A member of a group, as the session knows them: the epoch ends all sessions at once."""

    def __init__(self, member: Member) -> None:
        """Keep who it is."""
        self.member = member

    def get_id(self) -> str:
        """Person, group and epoch."""
        return f"{self.member.user_id}.{self.member.group_id}.{self.member.epoch}"


def me() -> Member:
    """The person behind the request; only for views that need a login."""
    found: Member = current_user.member
    return found


def may(role: UserRole) -> bool:
    """Whether the person behind the request has that role, or a higher one."""
    return bool(current_user.is_authenticated) and RANK[me().role] >= RANK[role]


def first_choice(found: list[Member]) -> Member:
    """The group somebody of several groups acts for at first: where they may do most."""
    return min(found, key=lambda member: (-RANK[member.role], member.group_key))


def sign_in(member: Member) -> None:
    """A new session: nothing that was in it before the login is left."""
    now = site().now()
    session.clear()
    login_user(SignedIn(member), fresh=True)
    session.permanent = True
    session[KNOWN] = f"{account_mark(member.email)}.{secrets.token_urlsafe(16)}"
    session[_BEGUN] = session[_SEEN] = now.isoformat()


def sign_out() -> None:
    """An empty session, but for the mark that this browser once belonged to somebody."""
    known = session.get(KNOWN)
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
        if not _still_open(handed.now()):
            return None
        with handed.database.reading() as reading:
            found = members(reading, user_id)
        same = (
            one for one in found if (one.group_id, one.epoch) == (group_id, epoch) and one.disabled_at is None
        )
        return next((SignedIn(member) for member in same), None)

    return load


def _still_open(now: datetime) -> bool:
    begun, seen = _instant(_BEGUN), _instant(_SEEN)
    if begun is None or seen is None or now - begun > LONGEST or now - seen > IDLE:
        return False
    if now - seen >= NOTED_EVERY:
        session[_SEEN] = now.isoformat()
    return True


def _instant(name: str) -> datetime | None:
    try:
        return datetime.fromisoformat(session[name])
    except (KeyError, TypeError, ValueError):
        return None


def _guard(role: UserRole) -> Callable[[], ResponseReturnValue | None]:
    def guard() -> ResponseReturnValue | None:
        if not current_user.is_authenticated:
            wanted = request.full_path.rstrip("?") if request.method in ("GET", "HEAD") else request.path
            return redirect(url_for("login.login", next=next_address(request.script_root + wanted, "")), 303)
        if not may(role):
            abort(403, _("Your role does not allow this; ask an administrator of your group."))
        return None

    return guard


def _context() -> dict[str, Any]:
    """For the editors' templates alone: public pages never ask."""
    return {"me": me, "may": may, "is_there": _is_there, "UserRole": UserRole}


def _is_there(endpoint: str) -> bool:
    return endpoint in current_app.view_functions


def prepare(app: Flask, handed: Site) -> None:
    """The login manager and the guards of the three roles."""
    manager = LoginManager(app)
    # The library's own protection trusts X-Forwarded-For; the epoch and our times do its work.
    manager.session_protection = None
    manager.user_loader(_load(handed))
    app.config["PERMANENT_SESSION_LIFETIME"] = timedelta(days=180)
    app.config["SESSION_REFRESH_EACH_REQUEST"] = False
    for kind, role in _NEEDED.items():
        set_guard(app, kind, _guard(role))
    app.context_processor(_context)
