"""One body: its name, place, zone, website and other names."""

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import Session

from tracker.domain.words import BodyKind
from tracker.services.correct_body import BodyFacts, correct_body
from tracker.services.enter_process import EnterBody
from tracker.storage import bodies, entries
from tracker.storage.holding import hold
from tracker.storage.tables import Body
from tracker.web.access import Access, access
from tracker.web.editing import choices, versions
from tracker.web.editing.form import Form
from tracker.web.editing.room import attempt, done, room, status
from tracker.web.editing.signed_in import me
from tracker.web.site import site

blueprint = room("edit_body", __name__)


@blueprint.route("/bodies/<key:key>", methods=["GET", "POST"])
@access(Access.EDITOR)
def edit_body(key: str) -> ResponseReturnValue:
    """What is on record of a body; what is sent takes its place, the old is kept."""
    form = Form.sent() if request.method == "POST" else versions.begin(_as_it_stands(key))
    if request.method == "POST":
        versions.take_choices(form, _as_it_stands(key))
        said, reason = _read(form), form.text("reason")
        now, actor, user_id = site().now(), me().actor, me().user_id

        def change(session: Session) -> tuple[bool]:
            row = _known(session, key)
            hold(session, row)
            versions.insist_on_seen(form, _stands(session, row))
            return (correct_body(session, now, row, said, reason, actor=actor, user_id=user_id),)

        changed = attempt(form, change)
        if changed is not None:
            sentence = _("Corrected, in the public log too.") if changed[0] else _("Nothing differs.")
            return done(sentence, url_for(".edit_body", key=key))
    with site().database.reading() as session:
        body = _known(session, key)
    kinds = choices.words(BodyKind)
    return render_template("editing/edit_body.html", form=form, body=body, kinds=kinds), status(form)


def _known(session: Session, key: str) -> Body:
    found = bodies.by_key(session, key)
    if found is None:
        abort(404)
    return found


def _as_it_stands(key: str) -> Form:
    with site().database.reading() as session:
        return _stands(session, _known(session, key))


def _stands(session: Session, body: Body) -> Form:
    aliases = [alias.name for alias in entries.aliases_of(session, entries.id_of(body))]
    return Form(
        {
            "name": body.name,
            "kind": body.kind.value,
            "jurisdiction": body.jurisdiction,
            "zone": body.zone or "",
            "website": body.website,
            "aliases": "\n".join(aliases),
        }
    )


def _read(form: Form) -> BodyFacts:
    return BodyFacts(
        body=EnterBody(
            name=form.text("name"),
            kind=form.needed_of("kind", BodyKind),
            jurisdiction=form.text("jurisdiction"),
            zone=form.text("zone"),
            website=form.text("website"),
        ),
        aliases=form.listed("aliases"),
    )
