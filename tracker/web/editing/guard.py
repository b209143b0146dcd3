"""What stands before every page of the editors' room: the role, the second factor, the objects named, the password."""

from collections.abc import Callable

from flask import Flask, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlmodel import Session

from tracker.domain.permissions import Act
from tracker.domain.words import UserRole
from tracker.rendering.tongue import N_
from tracker.services.sessions import FRESH
from tracker.web import ownership
from tracker.web.access import Access, declared_act, needs_fresh_login, set_guard
from tracker.web.editing.signed_in import may, may_do, me
from tracker.web.ownership import Named
from tracker.web.safe_next import next_address
from tracker.web.site import Site, site

NOT_YOUR_ROLE = N_("Your role does not allow this; ask an administrator of your group.")
NOT_YOUR_GROUP = N_("This belongs to another group: its people change it.")
_NEEDED = {
    Access.CONTRIBUTOR: UserRole.CONTRIBUTOR,
    Access.EDITOR: UserRole.EDITOR,
    Access.REVIEWER: UserRole.REVIEWER,
    Access.ADMIN: UserRole.ADMIN,
}
_READS = frozenset({"GET", "HEAD", "OPTIONS"})


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


def demand_right(session: Session, act: Act, *named: Named) -> None:
    """For what only the view finds out that it would change: refused as if the address had named it."""
    code = ownership.refused(session, me().acting, act, named)
    if code == 403:
        abort(403, _(NOT_YOUR_GROUP))
    if code:
        abort(404)


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
    sent = [*request.args.items(multi=True)]
    if request.method not in _READS:
        typed = [*request.form.items(multi=True)]
        named += ownership.in_fields(typed)
        sent += typed
    with site().database.reading() as reading:
        demand_right(reading, act, *named)
        # What is only shown or linked has to be there for whoever asks, and is not changed.
        if ownership.refused(reading, me().acting, Act.SEE, [*ownership.shown_by(sent)]):
            abort(404)


def prepare(app: Flask, _handed: Site) -> None:
    """The guards of the four roles."""
    for kind, role in _NEEDED.items():
        set_guard(app, kind, _guard(role))
