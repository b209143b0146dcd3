"""Tokens with which programs write: what they may do, until when, and ending them."""

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import Session

from tracker.domain.permissions import Act
from tracker.domain.token_scopes import DAYS, Scope
from tracker.services.grant import Granted, Held, grant, revoke, tokens_of
from tracker.web.access import Access, access
from tracker.web.editing.form import Form
from tracker.web.editing.room import attempt, done, room, status
from tracker.web.editing.signed_in import may_do, me
from tracker.web.site import site

blueprint = room("tokens", __name__)


@blueprint.route("/tokens", methods=["GET", "POST"])
@access(Access.EDITOR, act=Act.TOKENS, fresh=True)
def tokens() -> ResponseReturnValue:
    """One's own tokens, those of the group for its administrators; one more, shown once."""
    form = Form.sent() if request.method == "POST" else Form({"days": str(DAYS)})
    made: Granted | None = None
    if request.method == "POST":
        scopes = tuple(scope for scope in Scope if form.ticked("scopes", scope.value))
        days, name, now = form.number("days") or 0, form.text("name"), site().now()
        email, group = me().email, me().group_key

        def make(session: Session) -> Granted:
            return grant(session, now, email, group=group, days=days, scopes=scopes, name=name)

        made = attempt(form, make)
    return _page(Form({"days": str(DAYS)}) if made else form, made)


@blueprint.post("/tokens/<int:id>/end")
@access(Access.EDITOR, act=Act.TOKENS, fresh=True)
def end(id: int) -> ResponseReturnValue:
    """End one at once."""
    now = site().now()
    with site().database.writing() as session:
        found = next((one for one in _shown(session) if one.id == id), None)
        if found is not None:
            revoke(session, now, found)
    if found is None:
        abort(404)
    return done(_("The token is over."), url_for(".tokens"))


def _shown(session: Session) -> list[Held]:
    everybody = may_do(Act.PEOPLE)
    found = tokens_of(session, site().now(), None if everybody else me().user_id)
    return [one for one in found if may_do(Act.SITE) or one.member.group_id == me().group_id]


def _page(form: Form, made: Granted | None) -> ResponseReturnValue:
    with site().database.reading() as session:
        shown = _shown(session)
    page = render_template(
        "editing/tokens.html",
        form=form,
        made=made,
        shown=shown,
        scopes=[(scope.value, scope_name(scope)) for scope in Scope],
        scope_name=scope_name,
    )
    return page, status(form)


def scope_name(scope: Scope) -> str:
    """What a token of that scope may write."""
    names = {
        Scope.ITEMS: _("items and what is owed"),
        Scope.RESPONSES: _("responses"),
        Scope.CHECKS: _("looks"),
        Scope.VERDICTS: _("verdicts"),
    }
    return str(names[scope])
