"""Correct what an obligation rests on: its terms, which date counts, its role; confirm a rule."""

from collections.abc import Callable

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import Session

from tracker.domain.words import Basis, DueSource, Role, Trigger
from tracker.services.correct import confirm_rule, correct_role, correct_terms, deadline_of
from tracker.storage import entries, segments
from tracker.web.access import Access, access
from tracker.web.editing import choices, versions
from tracker.web.editing.deadline_fields import read_deadline, typed_of
from tracker.web.editing.form import Form
from tracker.web.editing.judge import owed_or_404
from tracker.web.editing.room import attempt, done, room, status
from tracker.web.editing.signed_in import me
from tracker.web.site import site

blueprint = room("amend", __name__)
_DECIDABLE = (DueSource.STATED, DueSource.COMPUTED)


@blueprint.route("/obligations/<int:id>/correct", methods=["GET", "POST"])
@access(Access.EDITOR)
def terms(id: int) -> ResponseReturnValue:
    """The terms as they stand; what is sent takes their place."""
    form = Form.sent() if request.method == "POST" else versions.begin(_as_it_stands(id))
    if request.method == "POST":
        versions.take_choices(form, _as_it_stands(id))
        said, reason, decided = (
            read_deadline(form, obligation=id),
            form.text("reason"),
            form.one_of("decided", DueSource),
        )
        now, actor, user_id = site().now(), me().actor, me().user_id

        def change(session: Session) -> bool:
            segments.hold(session, id)
            stands = _stands(session, id)
            stands.typed.poplist("role")  # it has a form of its own
            versions.insist_on_seen(form, stands)
            correct_terms(session, now, id, said, reason, decided=decided, actor=actor, user_id=user_id)
            return True

        if attempt(form, change):
            return done(_("Corrected; the old terms stay on record."), url_for(".terms", id=id))
    return _page(id, form)


@blueprint.post("/obligations/<int:id>/role")
@access(Access.EDITOR)
def role(id: int) -> ResponseReturnValue:
    """Another role for the addressee."""
    form = Form.sent()
    chosen, reason = form.needed_of("role", Role), form.text("role_reason")
    now, actor, user_id = site().now(), me().actor, me().user_id
    return _then(
        id,
        form,
        "role_reason",
        lambda session: correct_role(session, now, id, chosen, reason, actor=actor, user_id=user_id),
    )


@blueprint.post("/obligations/<int:id>/confirm-rule")
@access(Access.REVIEWER)
def confirm(id: int) -> ResponseReturnValue:
    """Somebody has read the law: every date by this rule flags from now on."""
    form = Form.sent()
    source_url, now, actor = form.text("rule_source"), site().now(), me().actor
    with site().database.reading() as session:
        rule_key = owed_or_404(session, id).terms.rule_key
    return _then(
        id,
        form,
        "rule_source",
        lambda session: confirm_rule(session, now, rule_key, source_url, actor=actor, user_id=me().user_id),
    )


def _then(id_: int, form: Form, field: str, change: Callable[[Session], object]) -> ResponseReturnValue:
    """Try a change whose complaints belong to one field of this page."""
    if attempt(form, lambda session: (change(session), True)[1]):
        return done(_("Corrected, in the public log too."), url_for(".terms", id=id_))
    said = [sentence for found in form.errors.values() for sentence in found]
    form.errors = {field: said}
    for name, value in versions.begin(_as_it_stands(id_)).typed.items():
        form.typed.setdefault(name, value)
    return _page(id_, form)


def _as_it_stands(id_: int) -> Form:
    with site().database.reading() as session:
        return _stands(session, id_)


def _stands(session: Session, id_: int) -> Form:
    one = owed_or_404(session, id_)
    typed = typed_of(deadline_of(one)) | {"role": one.addressee.role.value}
    return Form(typed | ({"decided": one.terms.decided.value} if one.terms.decided else {}))


def _page(id_: int, form: Form) -> ResponseReturnValue:
    with site().database.reading() as session:
        one = owed_or_404(session, id_)
        shown = entries.at_the_moment(segments.current(session, id_), site().now())
    page = render_template(
        "editing/amend.html",
        form=form,
        one=one,
        shown=shown,
        bases=choices.words(Basis),
        triggers=choices.words(Trigger),
        rules=choices.rules(),
        roles=choices.words(Role),
        dates=choices.words(_DECIDABLE),
    )
    return page, status(form)
