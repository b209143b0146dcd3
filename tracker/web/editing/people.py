"""People of a group: invited, given another role, taken out, shut out, helped when password or telephone is lost."""

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import Session

from tracker.domain import letter as kinds
from tracker.domain.permissions import Act
from tracker.domain.refusals import insist, refuse
from tracker.domain.words import UserRole
from tracker.services import people as acts
from tracker.services import reset
from tracker.services.invite import Invited, invite
from tracker.services.second_factor import turn_off
from tracker.services.write_letter import write_letter
from tracker.storage.people import Member, groups, members
from tracker.storage.tables import Group, User
from tracker.web.access import Access, access
from tracker.web.editing.form import Form
from tracker.web.editing.role_names import role_name
from tracker.web.editing.room import attempt, done, room, status
from tracker.web.editing.signed_in import may_do, me
from tracker.web.locale import language
from tracker.web.site import site

blueprint = room("people", __name__)
LINK = tuple[str, str]
"""An address, and the link to hand over to whoever has it: shown once, where no letter takes it there."""


@blueprint.route("/people", methods=["GET", "POST"])
@access(Access.ADMIN, fresh=True)
def people() -> ResponseReturnValue:
    """Everybody of the group; one more is invited."""
    if request.method != "POST":
        return _page(Form({"group": me().group_key}), None)
    form = Form.sent()
    email, role, key = form.needed("email"), form.needed_of("role", UserRole), form.needed("group")
    name = form.text("group_name")
    made = attempt(form, lambda session: _invited(session, email, role, key, name))
    if made is None:
        return _page(form, None)
    if site().config.mail.host:
        return done(_("%(email)s is invited by mail.", email=made.email), url_for(".people"))
    return _page(
        Form({"group": me().group_key}), (made.email, _whole(url_for("by_link.invited", token=made.secret)))
    )


def _invited(session: Session, email: str, role: UserRole, key: str, name: str) -> Invited:
    group = _group(session, key, name)
    made = invite(session, site().now(), email, role, group)
    if site().config.mail.host:
        path = url_for("by_link.invited", token=made.secret)
        said = {"group": group.name}
        write_letter(
            session, site().now(), kinds.INVITE, made.email, language=language(), link=path, said=said
        )
    return made


def _group(session: Session, key: str, name: str) -> Group:
    """The group somebody is to join: one's own; any, and new ones, for the site's administrators."""
    if not may_do(Act.SITE) and key != me().group_key:
        insist([refuse("group", "You administer %(group)s only.", group=me().group_key)])
    return acts.group_to_join(session, site().now(), key, name)


def _whole(path: str) -> str:
    return site().config.site.base_url.rstrip("/") + path


@blueprint.post("/people/<int:id>/role")
@access(Access.ADMIN, fresh=True)
def role(id: int) -> ResponseReturnValue:
    """Another role in a group."""
    form = Form.sent()
    chosen, key, now = form.needed_of("role", UserRole), form.needed("group"), site().now()

    def change(session: Session) -> bool:
        user = _other(session, id)
        if all(one.group_key != key for one in members(session, id)):
            insist([refuse("people", "They are in no such group.")])
        acts.join_group(session, now, user, chosen, _group(session, key, "").key)
        return True

    return _answer(form, attempt(form, change), _("Changed."))


@blueprint.post("/people/<int:id>/remove")
@access(Access.ADMIN, fresh=True)
def remove(id: int) -> ResponseReturnValue:
    """Out of the group, at once."""
    form = Form.sent()

    def change(session: Session) -> bool:
        user = _other(session, id)
        acts.leave_group(session, site().now(), user, _group(session, form.value("group"), ""))
        return True

    return _answer(form, attempt(form, change), _("Out of the group, in every session."))


@blueprint.post("/people/<int:id>/disable")
@access(Access.ADMIN, fresh=True)
def disable(id: int) -> ResponseReturnValue:
    """Shut somebody out, at once."""
    form, now = Form.sent(), site().now()

    def change(session: Session) -> bool:
        acts.disable(session, now, _only_ours(session, id))
        return True

    return _answer(form, attempt(form, change), _("Shut out, in every session."))


@blueprint.post("/people/<int:id>/enable")
@access(Access.ADMIN, fresh=True)
def enable(id: int) -> ResponseReturnValue:
    """Let somebody in again."""
    form = Form.sent()

    def change(session: Session) -> bool:
        acts.enable(session, _only_ours(session, id))
        return True

    return _answer(form, attempt(form, change), _("Let in again."))


@blueprint.post("/people/<int:id>/password")
@access(Access.ADMIN, fresh=True)
def password(id: int) -> ResponseReturnValue:
    """A link to another password, for somebody who lost theirs."""
    form = Form.sent()

    def change(session: Session) -> LINK:
        user, now = _only_ours(session, id), site().now()
        path = url_for("by_link.renew", token=reset.write(session, now, f"user:{user.id}"))
        if site().config.mail.host:
            write_letter(session, now, kinds.RESET, user.email, language=language(), link=path)
        return user.email, _whole(path)

    made = attempt(form, change)
    if made is not None and site().config.mail.host:
        return done(_("%(email)s gets a link by mail.", email=made[0]), url_for(".people"))
    return _page(form if made is None else Form({"group": me().group_key}), made)


@blueprint.post("/people/<int:id>/factor")
@access(Access.ADMIN, fresh=True)
def factor(id: int) -> ResponseReturnValue:
    """No code at the login of somebody who lost telephone and list."""
    form = Form.sent()

    def change(session: Session) -> bool:
        user = _only_ours(session, id)
        turn_off(session, user.id or 0)
        acts.end_sessions(user)
        return True

    return _answer(form, attempt(form, change), _("Their login asks for no code any more."))


def _other(session: Session, id_: int) -> User:
    """Somebody else of one's group: nobody takes away their own access by a slip."""
    found = session.get(User, id_)
    ours = [one for one in members(session, id_) if may_do(Act.SITE) or one.group_id == me().group_id]
    if found is None or not ours:
        abort(404)
    if id_ == me().user_id:
        insist([refuse("people", "That is yourself: ask another administrator.")])
    if found.site_admin_at is not None and not may_do(Act.SITE):
        insist(
            [refuse("people", "They administer the whole site: only another one who does may change this.")]
        )
    return found


def _only_ours(session: Session, id_: int) -> User:
    """The same, where the whole account is meant: it may not belong to another group too."""
    found = _other(session, id_)
    elsewhere = any(one.group_id != me().group_id for one in members(session, id_))
    if elsewhere and not may_do(Act.SITE):
        insist([refuse("people", "They are in another group too: take them out of yours, or ask the site.")])
    return found


def _answer(form: Form, changed: object, sentence: str) -> ResponseReturnValue:
    return done(sentence, url_for(".people")) if changed else _page(form, None)


def _page(form: Form, link: LINK | None) -> ResponseReturnValue:
    everywhere = may_do(Act.SITE)
    with site().database.reading() as session:
        everybody: list[Member] = members(session)
        known = groups(session)
    page = render_template(
        "editing/people.html",
        form=form,
        everybody=[one for one in everybody if everywhere or one.group_id == me().group_id],
        groups=known if everywhere else [one for one in known if one.id == me().group_id],
        everywhere=everywhere,
        link=link,
        roles=[(role.value, role_name(role)) for role in UserRole],
        role_name=role_name,
    )
    return page, status(form)
