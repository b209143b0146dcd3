"""One's own account: where one is signed in, for which group one acts, and giving the password again."""

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from tracker.domain.link_tokens import hash_of
from tracker.domain.permissions import Act
from tracker.domain.refusals import refuse
from tracker.services import sessions
from tracker.services.people import check_password
from tracker.services.second_factor import has_one
from tracker.storage import second_factors
from tracker.storage import sessions as stored
from tracker.storage.people import members
from tracker.storage.tables import User
from tracker.web.access import Access, access
from tracker.web.editing.form import Form
from tracker.web.editing.role_names import role_name
from tracker.web.editing.room import done, room, status
from tracker.web.editing.signed_in import me, secret, sign_in
from tracker.web.editing.throttle import by_network, by_person
from tracker.web.safe_next import next_address
from tracker.web.site import site

blueprint = room("account", __name__)


@blueprint.get("/account")
@access(Access.CONTRIBUTOR, act=Act.SEE)
def account() -> ResponseReturnValue:
    """Password, second factor, groups and sessions of one's own."""
    return account_page(Form())


def account_page(form: Form) -> str:
    """The page, with what was wrong with a code typed on it."""
    with site().database.reading() as session:
        open_ = stored.of_person(session, me().user_id)
        mine = members(session, me().user_id)
        factor = has_one(session, me().user_id)
        left = second_factors.recovery_left(session, me().user_id) if factor else 0
    return render_template(
        "editing/account.html",
        form=form,
        open_sessions=open_,
        this=hash_of(secret()),
        mine=mine,
        factor=factor,
        codes_left=left,
        wanted=site().config.site.second_factor,
        role_name=role_name,
    )


@blueprint.post("/account/sessions/end")
@access(Access.CONTRIBUTOR, act=Act.SEE)
def end_others() -> ResponseReturnValue:
    """End one's sessions in every other browser."""
    with site().database.writing() as session:
        ended = sessions.end_others(session, me().user_id, secret())
    sentence = ngettext("One other session is over.", "%(num)d other sessions are over.", ended)
    return done(sentence, url_for(".account"))


@blueprint.post("/account/group")
@access(Access.CONTRIBUTOR, act=Act.SEE)
def act_for() -> ResponseReturnValue:
    """Act for another of one's groups from now on."""
    wanted = request.form.get("group", "")
    with site().database.reading() as session:
        found = [one for one in members(session, me().user_id) if one.group_key == wanted]
    if not found:
        abort(404)
    sign_in(found[0], confirmed=False)
    return done(_("You act for %(group)s now.", group=found[0].group_name), url_for("desk.desk"))


@blueprint.route("/account/again", methods=["GET", "POST"])
@access(Access.CONTRIBUTOR, act=Act.SEE)
@by_network
@by_person
def again() -> ResponseReturnValue:
    """The password once more, before something that cannot be left to whoever finds a browser open."""
    form = Form.sent()
    wanted = next_address(request.values.get("next", ""), url_for(".account"))
    if request.method == "POST" and _is_right(form):
        with site().database.writing() as session:
            sessions.confirm(session, site().now(), secret())
        return redirect(wanted, 303)
    return render_template("editing/again.html", form=form, wanted=wanted), status(form)


def _is_right(form: Form) -> bool:
    with site().database.reading() as session:
        user = session.get(User, me().user_id)
        fits = user is not None and check_password(user, form.value("password"))
    if not fits:
        form.refuse([refuse("password", "That is not your present password.")])
    return fits
