"""What a link opens to somebody who is not signed in: an invitation, and another password for a lost one."""

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.domain import letter as kinds
from tracker.domain.refusals import refuse
from tracker.services import invite, reset
from tracker.services.write_letter import write_letter
from tracker.web.access import Access, access
from tracker.web.editing.form import Form
from tracker.web.editing.role_names import role_name
from tracker.web.editing.room import attempt, done, room, status
from tracker.web.editing.throttle import by_asking, by_invited, by_network
from tracker.web.locale import language
from tracker.web.site import site

blueprint = room("by_link", __name__, prefix="")


@blueprint.route("/invite/<token>", methods=["GET", "POST"])
@access(Access.DOOR)
@by_network
@by_invited
def invited(token: str) -> ResponseReturnValue:
    """Join a group: choose a password, or give the one of the account one has."""
    form, now = Form.sent(), site().now()
    if request.method == "POST":
        typed, again = form.value("password"), form.value("again")
        if attempt(form, lambda session: invite.accept(session, now, token, typed, again)):
            return done(_("You are in: log in with your address and password."), url_for("login.login"))
    with site().database.reading() as session:
        found = invite.open_invitation(session, now, token)
    if found is None:
        abort(
            404,
            _("This invitation leads nowhere: it was used, or its seven days are over. Ask for a new one."),
        )
    return render_template("editing/invited.html", form=form, found=found, role_name=role_name), status(form)


@blueprint.route("/login/forgot", methods=["GET", "POST"])
@access(Access.DOOR)
@by_asking
def forgot() -> ResponseReturnValue:
    """Ask for a link; the answer is the same for every address."""
    form = Form.sent()
    if request.method == "POST" and not form.value("email").strip():
        form.refuse([refuse("email", "This is needed.")])
    if request.method != "POST" or form.errors:
        return render_template("editing/forgot.html", form=form, sent=False), status(form)
    if site().config.mail.host:
        _write_to(form.value("email"))
    return render_template("editing/forgot.html", form=Form(), sent=True)


def _write_to(email: str) -> None:
    now = site().now()
    with site().database.writing() as session:
        secret = reset.ask(session, now, email)
        if secret is not None:
            path = url_for(".renew", token=secret)
            write_letter(session, now, kinds.RESET, email.strip().lower(), language=language(), link=path)


@blueprint.route("/login/reset/<token>", methods=["GET", "POST"])
@access(Access.DOOR)
@by_network
def renew(token: str) -> ResponseReturnValue:
    """Another password; every session is over with it."""
    form, now = Form.sent(), site().now()
    if request.method == "POST":
        new, again = form.value("new"), form.value("again")
        if attempt(form, lambda session: reset.finish(session, now, token, new, again)):
            return done(_("Changed. Log in with the new password."), url_for("login.login"))
    with site().database.reading() as session:
        found = reset.opened(session, now, token)
    if found is None:
        abort(404, _("This link leads nowhere: it was used, or its hour is over. Ask for a new one."))
    return render_template("editing/renew.html", form=form), status(form)
