"""The second factor: the code asked for at the login, setting it up, turning it off."""

from flask import redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import Session

from tracker.domain.one_time_codes import enrolment_address, in_fours
from tracker.domain.permissions import Act
from tracker.domain.refusals import refuse
from tracker.services import second_factor
from tracker.storage.people import Member, members
from tracker.web.access import Access, access
from tracker.web.editing.account import account_page
from tracker.web.editing.form import Form
from tracker.web.editing.room import attempt, done, room, status
from tracker.web.editing.signed_in import first_choice, half_way, may_do, me, sign_in
from tracker.web.editing.throttle import by_half_way, by_network, by_person
from tracker.web.safe_next import next_address
from tracker.web.site import site

blueprint = room("second_step", __name__, prefix="")


@blueprint.route("/login/code", methods=["GET", "POST"])
@access(Access.DOOR)
@by_network
@by_half_way
def code() -> ResponseReturnValue:
    """After the password, the code of the telephone or one of the recovery list."""
    waiting = half_way(site().now())
    if waiting is None:
        return redirect(url_for("login.login"), 303)
    form, wanted = Form.sent(), next_address(request.values.get("next", ""), "")
    if request.method == "POST":
        found = _let_in(*waiting, form)
        if found is not None:
            sign_in(found)
            return redirect(wanted or url_for("desk.desk"), 303)
    return render_template("editing/code.html", form=form, wanted=wanted), status(form)


def _let_in(user_id: int, epoch: int, form: Form) -> Member | None:
    with site().database.writing() as writing:
        passes = second_factor.passes(writing, site().now(), user_id, form.value("code"))
    with site().database.reading() as reading:
        mine = [one for one in members(reading, user_id) if one.epoch == epoch and not one.disabled_at]
    if not passes or not mine:
        form.refuse([refuse("code", "That is not the code your telephone shows now; a code works once.")])
        return None
    return first_choice(mine)


@blueprint.route("/edit/account/second-factor", methods=["GET", "POST"])
@access(Access.CONTRIBUTOR, act=Act.SEE, fresh=True)
def enrol() -> ResponseReturnValue:
    """Put a secret into one's telephone and show with a first code that it works."""
    form, now = Form.sent(), site().now()
    if request.method == "POST":
        made = attempt(form, lambda s: second_factor.confirm(s, now, me().user_id, form.value("code")))
        if made:
            return _list(made)
    with site().database.reading() as reading:
        if second_factor.has_one(reading, me().user_id):
            return redirect(url_for("account.account"), 303)
    kept = session.get("factor_begun") == me().user_id
    return _shown(form) if request.method == "POST" or kept else render_template("editing/factor_begin.html")


@blueprint.post("/edit/account/second-factor/begin")
@access(Access.CONTRIBUTOR, act=Act.SEE, fresh=True)
def begin() -> ResponseReturnValue:
    """Make the secret; looking at a page never makes one."""
    with site().database.writing() as writing:
        if second_factor.has_one(writing, me().user_id):
            return redirect(url_for("account.account"), 303)
        elsewhere = session.get("factor_begun") != me().user_id
        second_factor.begin(writing, site().now(), me().user_id, anew=elsewhere)
    session["factor_begun"] = me().user_id
    return redirect(url_for(".enrol"), 303)


def _shown(form: Form) -> ResponseReturnValue:
    with site().database.reading() as reading:
        made = second_factor.begun(reading, me().user_id)
    if made is None:
        return render_template("editing/factor_begin.html")
    address = enrolment_address(made, me().email, site().config.site.name)
    page = render_template("editing/factor.html", form=form, typed=in_fours(made), address=address)
    return page, status(form)


@blueprint.post("/edit/account/second-factor/codes")
@access(Access.CONTRIBUTOR, act=Act.SEE, fresh=True)
@by_person
def codes() -> ResponseReturnValue:
    """Another list of recovery codes, for who has a code still; the old list is void."""
    form = Form.sent()

    def make(writing: Session) -> list[str]:
        return second_factor.new_recovery_codes(writing, me().user_id)

    if not _has_a_code(form):
        return account_page(form), status(form)
    made = attempt(form, make)
    return _list(made) if made else redirect(url_for("account.account"), 303)


@blueprint.post("/edit/account/second-factor/off")
@access(Access.CONTRIBUTOR, act=Act.SEE, fresh=True)
@by_person
def off() -> ResponseReturnValue:
    """No code at the login any more: with a last code, so that a stolen password alone ends nothing."""
    form = Form.sent()
    if site().config.site.second_factor == "required" and may_do(Act.ENTER):
        form.refuse([refuse("code", "This site asks everybody who can publish for a code.")])
    if form.errors or not _has_a_code(form):
        return account_page(form), status(form)
    with site().database.writing() as writing:
        second_factor.turn_off(writing, me().user_id)
    session.pop("factor_begun", None)
    return done(_("The login asks for no code any more."), url_for("account.account"))


def _has_a_code(form: Form) -> bool:
    """Whether the code of the telephone, or one of the list, was typed; it is used up by that."""
    with site().database.writing() as writing:
        passes = second_factor.passes(writing, site().now(), me().user_id, form.value("code"))
    if not passes:
        form.refuse([refuse("code", "That is not the code your telephone shows now; a code works once.")])
    return passes


def _list(made: list[str]) -> str:
    """Shown on this one answer and kept as hashes only."""
    session.pop("factor_begun", None)
    return render_template("editing/recovery.html", codes=made)
