"""Imports of tables: the list of them, the upload, what one did, and taking it back as a whole."""

from hashlib import sha256

from flask import Response, abort, current_app, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.domain.permissions import Act
from tracker.services.import_ordered import AT_WORK
from tracker.services.read_table import shipped
from tracker.services.undo_import import undo_import
from tracker.storage import imports as stored
from tracker.storage import uploads
from tracker.storage.tables import ImportAct, ImportBatch, ImportUpload
from tracker.web.access import Access, access
from tracker.web.editing.form import Form
from tracker.web.editing.room import attempt, done, room, status
from tracker.web.editing.signed_in import me, my_group
from tracker.web.site import site

blueprint = room("imports", __name__)
OWN = "own"
_PDF = b"%PDF-"


@blueprint.route("/imports", methods=["GET", "POST"])
@access(Access.EDITOR)
def imports() -> ResponseReturnValue:
    """What was imported, and a new file."""
    form = Form.sent()
    if request.method == "POST":
        found = _uploaded(form)
        if found is not None:
            return done(
                _("The file is here; nothing is imported yet."), url_for("import_file.file", id=found)
            )
    with site().database.reading() as session:
        acts = stored.acts(session, group_id=my_group())
    presets = [
        (OWN, _("My own table: I choose what its columns mean")),
        *((name, name) for name in shipped()),
    ]
    largest = current_app.config["MAX_CONTENT_LENGTH"] // 1_000_000
    page = render_template(
        "editing/imports/list.html", form=form, acts=acts, presets=presets, largest=largest, at_work=AT_WORK
    )
    return page, status(form)


def _uploaded(form: Form) -> int | None:
    sent = request.files.get("file")
    body = sent.read() if sent else b""
    if not body:
        form.errors.setdefault("file", []).append(_("Choose a file that is not empty."))
        return None
    if _PDF in body[:1024]:
        form.errors.setdefault("file", []).append(
            _(
                "This is a PDF, and only tables are read here: copy its table into a spreadsheet. A report as a PDF "
                "is read on the page of its document, a reply where it is entered."
            )
        )
        return None
    name = (sent.filename or "table").replace("\\", "/").rpartition("/")[2][-200:] if sent else ""
    preset = form.text("preset")
    row = ImportUpload(
        user_id=me().user_id,
        file_name=name,
        file_sha256=sha256(body).hexdigest(),
        body=body,
        mapping=shipped().get(preset, ""),
        uploaded_at=site().now(),
    )
    with site().database.writing() as session:
        uploads.forget_old(session, site().now())
        session.add(row)
        session.flush()
        return row.id


def _act(id_: int) -> tuple[ImportAct, ImportBatch]:
    with site().database.reading() as session:
        found = stored.act(session, id_)
    # What another group imports is its own affair.
    if found is None or not (me().site_admin or found[0].actor == me().actor):
        abort(404)
    return found


@blueprint.get("/imports/<int:id>")
@access(Access.EDITOR)
def one(id: int) -> ResponseReturnValue:
    """What an import did."""
    return _page(id, Form())


def _page(id_: int, form: Form) -> ResponseReturnValue:
    act, batch = _act(id_)
    mine = me().site_admin or act.actor == me().actor
    return render_template("editing/imports/act.html", form=form, act=act, batch=batch, mine=mine), status(
        form
    )


@blueprint.get("/imports/<int:id>/mapping.toml")
@access(Access.EDITOR)
def mapping(id: int) -> ResponseReturnValue:
    """The mapping an import was made with."""
    return as_file(_act(id)[0].mapping)


def as_file(text: str) -> Response:
    """A mapping to keep."""
    name = {"Content-Disposition": 'attachment; filename="mapping.toml"'}
    return Response(text, mimetype="application/toml", headers=name)


@blueprint.post("/imports/<int:id>/undo")
@access(Access.ADMIN, act=Act.UNDO_IMPORT)
def undo(id: int) -> ResponseReturnValue:
    """Take a whole import back."""
    act, _batch = _act(id)
    if not (me().site_admin or act.actor == me().actor):
        abort(403, _("Another group imported this: its administrators can take it back."))
    form, now = Form.sent(), site().now()
    found = attempt(
        form, lambda session: undo_import(session, now, id, actor=me().actor, user_id=me().user_id)
    )
    if found is None:
        return _page(id, form)
    return done(_("The import is taken back."), url_for(".one", id=id))
