"""The door: login, logout, one's own password."""

from flask import Response, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlmodel import Session

from tracker.domain.permissions import Act
from tracker.domain.refusals import refuse
from tracker.services.people import authenticate, change_password, welcome
from tracker.services.second_factor import has_one
from tracker.storage.people import Member, members
from tracker.storage.tables import User
from tracker.web.access import Access, access
from tracker.web.editing.form import Form
from tracker.web.editing.room import attempt, room
from tracker.web.editing.signed_in import first_choice, me, sign_in, sign_out, wait_for_code
from tracker.web.editing.throttle import by_account, by_network, by_person
from tracker.web.safe_next import next_address
from tracker.web.site import site

blueprint = room("login", __name__, prefix="")


@blueprint.get("/login")
@access(Access.DOOR)
def login() -> ResponseReturnValue:
    """The form; somebody already in goes on to the desk."""
    if current_user.is_authenticated:
        return redirect(_desk(), 303)
    return _page(Form(), 200)


@blueprint.post("/login")
@access(Access.DOOR)
@by_network
@by_account
def enter() -> ResponseReturnValue:
    """Lets in whoever gives an address and the password to it; every refusal reads the same."""
    form = Form.sent()
    found = _person(form.value("email"), form.value("password"))
    if found is None:
        form.refuse([refuse("email", "Address and password do not go together, or the account is closed.")])
        return _page(form, 422)
    wanted = next_address(request.form.get("next", ""), "")
    with site().database.reading() as session:
        coded = has_one(session, found.user_id)
    if coded:
        wait_for_code(found, site().now())
        return redirect(url_for("second_step.code", next=wanted or None), 303)
    sign_in(found)
    return redirect(wanted or _desk(), 303)


def _person(email: str, password: str) -> Member | None:
    database = site().database
    with database.reading() as session:
        user = authenticate(session, email, password)
        found = members(session, user.id) if user is not None else []
    if user is None or user.id is None or not found:
        return None
    with database.writing() as session:
        welcome(session, site().now(), user.id, password)
    return first_choice(found)


def _desk() -> str:
    return url_for("desk.desk")


def _page(form: Form, code: int) -> Response:
    wanted = next_address(request.values.get("next", ""), "")
    page = render_template("editing/login.html", form=form, wanted=wanted)
    return make_response(page, code)


@blueprint.post("/logout")
@access(Access.CONTRIBUTOR, act=Act.SEE)
def leave() -> ResponseReturnValue:
    """Ends this session: a stolen cookie dies with it."""
    sign_out()
    return redirect(url_for("login.login"), 303)


@blueprint.route("/edit/password", methods=["GET", "POST"])
@access(Access.CONTRIBUTOR, act=Act.SEE)
@by_network
@by_person
def password() -> ResponseReturnValue:
    """Another password; one is let in anew with it."""
    form = Form.sent()
    if request.method == "POST" and _changed(form):
        sign_out()
        return redirect(url_for("login.login"), 303)
    form.typed.clear()
    return render_template("editing/password.html", form=form), 422 if form.errors else 200


def _changed(form: Form) -> bool:
    if form.value("new") != form.value("again"):
        form.refuse([refuse("again", "The two new passwords differ.")])

    def change(session: Session) -> bool:
        user = session.get(User, me().user_id)
        if user is None:
            return False
        change_password(session, user, form.value("old"), form.value("new"))
        return True

    return bool(attempt(form, change))
