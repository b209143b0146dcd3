"""How a body is reached by mail, and the letters that wait: for administrators."""

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import Session

from tracker.domain.own_domain import ReachKind, domain_of_website
from tracker.rendering.letter_kinds import letter_kind
from tracker.rendering.letters import Worded, worded
from tracker.services.mail_health import mail_health
from tracker.services.reach_body import reach_body
from tracker.services.write_letter import sealed
from tracker.storage import bodies, contacts, letters
from tracker.storage.tables import Body, Letter
from tracker.web.access import Access, access
from tracker.web.editing.form import Form
from tracker.web.editing.room import attempt, done, room, status
from tracker.web.editing.signed_in import me
from tracker.web.filters import full_address
from tracker.web.locale import tongue
from tracker.web.public.sent_here import seal
from tracker.web.site import site

blueprint = room("reach", __name__)


@blueprint.route("/bodies/<key:key>/reach", methods=["GET", "POST"])
@access(Access.ADMIN)
def reach(key: str) -> ResponseReturnValue:
    """The body's mail domains and its mailbox."""
    form = Form.sent() if request.method == "POST" else _as_it_stands(key)
    if request.method == "POST":
        domains, mailbox = form.listed("domains"), form.text("mailbox")
        sure, now, actor = form.ticked("surely_an_office"), site().now(), me().actor
        source = form.text("mailbox_source")

        def change(session: Session) -> bool:
            body = _known(session, key)
            reach_body(
                session,
                now,
                body,
                domains,
                mailbox,
                actor=actor,
                surely_an_office=sure,
                mailbox_source=source,
            )
            return True

        if attempt(form, change):
            return done(_("Kept."), url_for(".reach", key=key))
    with site().database.reading() as session:
        body = _known(session, key)
        own = domain_of_website(body.website)
    return render_template("editing/reach.html", form=form, body=body, own=own), status(form)


def _known(session: Session, key: str) -> Body:
    found = bodies.by_key(session, key)
    if found is None:
        abort(404)
    return found


def _as_it_stands(key: str) -> Form:
    with site().database.reading() as session:
        held = contacts.reaches(session, _known(session, key).id or 0)
    domains = [one.value for one in held if one.kind is ReachKind.DOMAIN]
    box = next((one for one in held if one.kind is ReachKind.MAILBOX), None)
    kept = {"mailbox": box.value, "mailbox_source": box.source_url or ""} if box else {}
    return Form({"domains": "\n".join(domains), **kept})


@blueprint.get("/letters")
@access(Access.ADMIN)
def waiting() -> ResponseReturnValue:
    """The letters that have not left: word for word where the demo sends none, else only that they wait."""
    demo = site().config.site.demo and not site().config.mail.host
    with site().database.reading() as session:
        rows, now = letters.waiting(session), site().now()
        shown = [(row, _worded(session, row) if demo else None) for row in rows]
        return render_template(
            "editing/letters.html",
            letters=shown,
            called=lambda kind: letter_kind(kind, tongue()),
            demo=demo,
            back=contacts.out_of_reach(session),
            health=mail_health(session, now),
        )


def _worded(session: Session, row: Letter) -> tuple[Worded, str]:
    letter = sealed(session, row, seal())
    return worded(row.kind, row.said, tongue()), full_address(letter.path) if letter.path else ""
