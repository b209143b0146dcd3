"""A sentence of a reply becomes a commitment with its own clock."""

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import Session

from tracker.domain.marking.forms import Code
from tracker.domain.reading_deadlines import read_deadline
from tracker.services.make_commitment import MakeCommitment, make_commitment
from tracker.services.read_reply import WholeReading, numbers_in, read_replies
from tracker.storage import entries, responses
from tracker.storage.entries import Owed
from tracker.storage.responses import Came
from tracker.storage.tables import Body, Response
from tracker.web.access import Access, access
from tracker.web.editing.form import Form
from tracker.web.editing.room import attempt, done, room, status
from tracker.web.editing.signed_in import me
from tracker.web.site import site

blueprint = room("judge_commitment", __name__)


@blueprint.route("/responses/<key:key>/commitment/<int:obligation>", methods=["GET", "POST"])
@access(Access.EDITOR)
def commitment(key: str, obligation: int) -> ResponseReturnValue:
    """Choose the sentence, see what it promises and by when, and enter it."""
    with site().database.reading() as session:
        response, one, came = _known(session, key, obligation)
        speaker, bodies = session.get(Body, response.body_id), entries.bodies(session)
        made = responses.commitments_in(session, [entries.id_of(response)])
    read = read_replies(one.item, one.obligation.kind, [came], whole=request.values.get("whole") == "1")
    form = Form.sent() if request.method == "POST" else Form({"body": speaker.name if speaker else ""})
    if request.method == "GET" and request.args.get("sentence"):
        form.typed["sentence"] = request.args["sentence"]
        _fill(form, read)
    elif form.ticked("fill"):
        _fill(form, read)
    elif request.method == "POST":
        said, now, actor, user_id = _said(form, key, obligation), site().now(), me().actor, me().user_id
        item = attempt(
            form, lambda session: make_commitment(session, now, said, actor=actor, user_id=user_id)
        )
        if item is not None:
            sentence = _("Entered as a commitment that arises from this response.")
            return done(sentence, url_for("edit_item.edit_item", key=item.key))
    page = render_template(
        "editing/judge_commitment.html",
        form=form,
        response=response,
        one=one,
        reading=read.readings[0],
        promises=[
            said.number for said in read.readings[0].sentences if said.is_own and said.mark(Code.ACTION)
        ],
        bodies=bodies,
        made=made,
    )
    return page, status(form)


def _known(session: Session, key: str, obligation: int) -> tuple[Response, Owed, Came]:
    response = responses.response_by_key(session, key)
    line = responses.line_of(session, entries.id_of(response), obligation) if response else None
    found = entries.owed(session, [obligation])
    if response is None or line is None or not found:
        abort(404)
    return response, found[0], Came(response, line)


def _fill(form: Form, read: WholeReading) -> None:
    """Put in the words of the sentence chosen, and the date they state."""
    numbers = numbers_in(form.text("sentence"))
    found = [said for number in numbers if (said := read.sentence(number))]
    if not found:
        return
    quote = " ".join(text for text, _page in found)
    form.typed["quote"] = quote
    stated = read_deadline(quote)
    if stated.date is not None:
        form.typed["due"], form.typed["due_as_written"] = str(stated.date), stated.passage


def _said(form: Form, key: str, obligation: int) -> MakeCommitment:
    return MakeCommitment(
        response=key,
        obligation=obligation,
        quote=form.text("quote", lines=True),
        title=form.text("title"),
        body=form.text("body"),
        due=form.partial("due"),
        due_as_written=form.text("due_as_written"),
    )
