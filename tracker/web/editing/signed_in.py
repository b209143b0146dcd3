"""Who is signed in: a person acting for a group, checked against the database at each request."""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, abort, current_app, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from tracker.domain.permissions import Act, at_least
from tracker.domain.permissions import may as may_act
from tracker.domain.words import UserRole
from tracker.rendering.tongue import N_
from tracker.services import sessions
from tracker.services.second_factor import has_one
from tracker.services.sessions import FRESH, IDLE, LONGEST
from tracker.storage.people import Member, members
from tracker.storage.tables import LoginSession
from tracker.web import ownership
from tracker.web.access import Access, declared_act, needs_fresh_login, set_guard
from tracker.web.editing.throttle import KNOWN, account_mark
from tracker.web.safe_next import next_address
from tracker.web.site import Site, site

NOT_YOUR_ROLE = N_("Your role does not allow this; ask an administrator of your group.")
NOTED_EVERY = timedelta(minutes=1)
SECRET = "session"  # noqa: S105 - the name under which the cookie keeps it
HALF_WAY = "half_way"
CODE_WITHIN = timedelta(minutes=5)
_SEEN = "seen_at"
_NEEDED = {
    Access.CONTRIBUTOR: UserRole.CONTRIBUTOR,
    Access.EDITOR: UserRole.EDITOR,
    Access.REVIEWER: UserRole.REVIEWER,
    Access.ADMIN: UserRole.ADMIN,
}
_READS = frozenset({"GET", "HEAD", "OPTIONS"})


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
    """A new session: nothing that was in it before the login is left, here and in the database."""
    now, old = site().now(), secret()
    confirmed_at = now if confirmed else current_user.confirmed_at
    with site().database.writing() as writing:
        sessions.end(writing, old)
        browser = request.headers.get("User-Agent", "")
        made = sessions.begin(writing, now, member, browser, confirmed_at)
    session.clear()
    login_user(SignedIn(member, confirmed_at), fresh=True)
    session.permanent = True
    session[KNOWN] = f"{account_mark(member.email)}.{secrets.token_urlsafe(16)}"
    session[SECRET] = made
    session[_SEEN] = now.isoformat()


def wait_for_code(member: Member, now: datetime) -> None:
    """The password was right; the code is still to come."""
    known = session.get(KNOWN)
    session.clear()
    if known:
        session[KNOWN] = known
    session[HALF_WAY] = [member.user_id, member.epoch, now.isoformat()]


def half_way(now: datetime) -> tuple[int, int] | None:
    """Whose code is waited for, and the epoch of their sessions."""
    try:
        user_id, epoch, since = session[HALF_WAY]
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


def _guard(role: UserRole) -> Callable[[], ResponseReturnValue | None]:
    def guard() -> ResponseReturnValue | None:
        if not current_user.is_authenticated:
            return _to("login.login")
        if not may(role):
            abort(403, _(NOT_YOUR_ROLE))
        if _must_enrol():
            return _to("second_step.enrol")
        _check_objects()
        fresh = needs_fresh_login(current_app, str(request.endpoint))
        return demand_fresh() if fresh else None

    return guard


def demand_fresh() -> ResponseReturnValue | None:
    """Where to give the password again; None where it was given lately."""
    stale = site().now() - current_user.confirmed_at > FRESH
    return _to("account.again") if stale else None


def demand(act: Act) -> ResponseReturnValue | None:
    """For a dangerous act inside a view of a lower role: refused to who may not, else as `demand_fresh` says."""
    if not may_do(act):
        abort(403, _(NOT_YOUR_ROLE))
    return demand_fresh()


def _must_enrol() -> bool:
    """Whether the site wants a second factor of everybody who can publish, and this one has none yet."""
    wanted = site().config.site.second_factor == "required" and may_do(Act.ENTER)
    own = declared_act(current_app, str(request.endpoint)) is Act.SEE and request.endpoint != "desk.desk"
    return wanted and not current_user.has_factor and not own


def _to(endpoint: str) -> ResponseReturnValue:
    wanted = request.full_path.rstrip("?") if request.method in ("GET", "HEAD") else request.path
    return redirect(url_for(endpoint, next=next_address(request.script_root + wanted, "")), 303)


def _check_objects() -> None:
    """Every object that address and form name: not there for whom it is hidden, refused to whom it is not."""
    act = declared_act(current_app, str(request.endpoint)) or Act.ENTER
    named = [*ownership.in_address(str(request.url_rule), request.view_args or {})]
    if request.method not in _READS:
        named += ownership.in_fields(request.form.items(multi=True))
    shown = [*ownership.in_fields(request.args.items(multi=True))]
    with site().database.reading() as reading:
        code = ownership.refused(reading, me().acting, act, named)
        hidden = ownership.refused(reading, me().acting, Act.SEE, shown)
    if code == 403:
        abort(403, _("This belongs to another group: its people change it."))
    if code or hidden:
        abort(404)


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
    """The login manager and the guards of the four roles."""
    manager = LoginManager(app)
    # The library's own protection trusts X-Forwarded-For; the epoch and our times do its work.
    manager.session_protection = None
    manager.user_loader(_load(handed))
    app.config["PERMANENT_SESSION_LIFETIME"] = timedelta(days=180)
    app.config["SESSION_REFRESH_EACH_REQUEST"] = False
    for kind, role in _NEEDED.items():
        set_guard(app, kind, _guard(role))
    app.context_processor(_context)
