"""People of the site: added, given another role, shut out, let in again, given a new password."""

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import Session

from tracker.domain.refusals import insist, refuse
from tracker.domain.words import UserRole
from tracker.services import people as acts
from tracker.storage.people import groups, members
from tracker.storage.tables import User
from tracker.web.access import Access, access
from tracker.web.editing.form import Form
from tracker.web.editing.room import attempt, done, room, status
from tracker.web.editing.signed_in import me
from tracker.web.site import site

blueprint = room("people", __name__)


@blueprint.route("/people", methods=["GET", "POST"])
@access(Access.ADMIN)
def people() -> ResponseReturnValue:
    """Everybody with an account; one more."""
    form = Form.sent() if request.method == "POST" else Form({"group": me().group_key})
    made: acts.Added | None = None
    if request.method == "POST":
        email, role, group = form.needed("email"), form.needed_of("role", UserRole), form.needed("group")
        name, now = form.text("group_name"), site().now()
        made = attempt(form, lambda session: acts.add_user(session, now, email, role, group, group_name=name))
    # The password is shown on this one answer and kept nowhere, so there is no going on to another page.
    secret = (made.user.email, made.password) if made else None
    return _page(Form({"group": me().group_key}) if made else form, secret)


@blueprint.post("/people/<int:id>/role")
@access(Access.ADMIN)
def role(id: int) -> ResponseReturnValue:
    """Another role in a group."""
    form = Form.sent()
    chosen, group, now = form.needed_of("role", UserRole), form.needed("group"), site().now()

    def change(session: Session) -> bool:
        acts.join_group(session, now, _other(session, id), chosen, group)
        return True

    return _answer(form, attempt(form, change), _("Changed."))


@blueprint.post("/people/<int:id>/disable")
@access(Access.ADMIN)
def disable(id: int) -> ResponseReturnValue:
    """Shut somebody out, at once."""
    form, now = Form.sent(), site().now()

    def change(session: Session) -> bool:
        acts.disable(session, now, _other(session, id))
        return True

    return _answer(form, attempt(form, change), _("Shut out, in every session."))


@blueprint.post("/people/<int:id>/enable")
@access(Access.ADMIN)
def enable(id: int) -> ResponseReturnValue:
    """Let somebody in again."""
    form = Form.sent()

    def change(session: Session) -> bool:
        acts.enable(session, _other(session, id))
        return True

    return _answer(form, attempt(form, change), _("Let in again."))


@blueprint.post("/people/<int:id>/password")
@access(Access.ADMIN)
def password(id: int) -> ResponseReturnValue:
    """A new password for somebody who lost theirs."""
    form = Form.sent()

    def change(session: Session) -> tuple[str, str]:
        user = _other(session, id)
        return user.email, acts.reset_password(session, user)

    return _page(form, attempt(form, change))


def _other(session: Session, id_: int) -> User:
    """Somebody else: nobody takes away their own access by a slip."""
    if id_ == me().user_id:
        insist([refuse("people", "That is yourself: ask another administrator.")])
    found = session.get(User, id_)
    if found is None:
        abort(404)
    return found


def _answer(form: Form, changed: object, sentence: str) -> ResponseReturnValue:
    return done(sentence, url_for(".people")) if changed else _page(form, None)


def _page(form: Form, secret: tuple[str, str | None] | None) -> ResponseReturnValue:
    with site().database.reading() as session:
        everybody, known = members(session), groups(session)
    page = render_template(
        "editing/people.html",
        form=form,
        everybody=everybody,
        groups=known,
        secret=secret,
        roles=[(role.value, role_name(role)) for role in UserRole],
        role_name=role_name,
    )
    return page, status(form)


def role_name(role: UserRole) -> str:
    """What a role may do, in a word."""
    names = {
        UserRole.CONTRIBUTOR: _("contributor: drafts and looks"),
        UserRole.EDITOR: _("editor: publishes"),
        UserRole.REVIEWER: _("reviewer: judges too"),
        UserRole.ADMIN: _("administrator: people too"),
    }
    return str(names[role])
