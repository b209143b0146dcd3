"""One uploaded table: its columns mapped by choosing, a preview, and the import."""

from flask import abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tracker.domain.importing.called import with_names
from tracker.domain.importing.draft import Choices, draft
from tracker.domain.importing.problems import MappingError
from tracker.domain.words import Basis, ItemKind
from tracker.services.import_bodies import UnknownBody, unknown_bodies
from tracker.services.import_ordered import AT_WORK, order_import
from tracker.services.import_table import Imported, import_table, preview
from tracker.services.read_file import File, UnreadableFile
from tracker.services.read_table import (
    TableRead,
    any_mapping,
    planned,
    preset_of,
    read_table,
    table_cage,
    words_of,
)
from tracker.storage import uploads
from tracker.storage.tables import ImportOrder, ImportUpload
from tracker.web.access import Access, access
from tracker.web.editing import choices
from tracker.web.editing.form import Form
from tracker.web.editing.import_words import meanings, orders
from tracker.web.editing.imports import as_file
from tracker.web.editing.room import done, room, status
from tracker.web.editing.signed_in import me
from tracker.web.site import site

blueprint = room("import_file", __name__)
LONGEST_MAPPING = 200_000
SAMPLES = 3
MOST_NAMES = 100
"""Names of bodies that are answered at once."""
LOOK_AGAIN = 5
"""Seconds until a page of progress looks again."""


def _mine(id_: int) -> ImportUpload:
    with site().database.reading() as session:
        found = uploads.upload(session, id_, me().user_id)
    if found is None:
        abort(404)
    return found


@blueprint.route("/imports/files/<int:id>", methods=["GET", "POST"])
@access(Access.EDITOR)
def file(id: int) -> ResponseReturnValue:
    """Choose what the columns mean, see what would happen, import; a large table is imported by the worker."""
    ordered, form = _ordered(id), Form.sent()
    if ordered is not None and ordered.act_id is not None:
        return done(_("The table is imported."), url_for("imports.one", id=ordered.act_id))
    if ordered is not None and ordered.ended_at is None:
        return render_template("editing/imports/progress.html", ordered=ordered), {"Refresh": str(LOOK_AGAIN)}
    found = _mine(id)
    if ordered is not None and request.method == "GET":
        form.errors.setdefault("file", []).append(_(ordered.refused))
    text = request.form.get("mapping", found.mapping)[:LONGEST_MAPPING].replace("\r\n", "\n")
    read = _read(form, found, text)
    if read is not None and "draft" in request.form:
        text = _drafted(form, read)
        read = _read(form, found, text)
    if "called" in request.form:
        text = _called(form, text)
        read = _read(form, found, text)
    if text != found.mapping:
        _keep(id, text)
    if read is not None and "apply" in request.form and len(read.sheet.rows) > AT_WORK and not form.errors:
        return _order(id, text)
    imported = _tried(form, found, read, text) if read is not None and text else None
    if imported is not None and imported.act is not None:
        return done(_("The table is imported."), url_for("imports.one", id=imported.act.id))
    return _page(form, found, read, text, imported)


def _ordered(id_: int) -> ImportOrder | None:
    """The order for a file of this person."""
    with site().database.reading() as session:
        found = uploads.order(session, id_)
    return found if found is not None and found.user_id == me().user_id else None


def _order(id_: int, text: str) -> ResponseReturnValue:
    _keep(id_, text)
    with site().database.writing() as session:
        order_import(session, site().now(), id_, actor=me().actor, user_id=me().user_id, owner=_owner())
    return done(_("The table is being imported; you can leave this page."), url_for(".file", id=id_))


def _owner() -> int | None:
    """The group whose processes may be changed; none is all of them."""
    return None if me().site_admin else me().group_id


def _keep(id_: int, text: str) -> None:
    with site().database.writing() as session:
        row = uploads.upload(session, id_, me().user_id)
        if row is not None:
            row.mapping = text


@blueprint.get("/imports/files/<int:id>/mapping.toml")
@access(Access.EDITOR)
def mapping(id: int) -> ResponseReturnValue:
    """The mapping as it is now."""
    return as_file(_mine(id).mapping)


def _wrong(form: Form, field: str, error: Exception) -> None:
    form.errors.setdefault(field, []).append(str(error))


def _read(form: Form, found: ImportUpload, text: str) -> TableRead | None:
    """The table as the mapping wants it; without one that can be used, as it comes."""
    table = File(found.file_name, found.body)
    try:
        said = any_mapping(text) if text else None
    except MappingError as error:
        _wrong(form, "mapping", error)
        said = None
    try:
        with table_cage() as cage:
            return read_table(cage, table, said, site().now(), form.text("sheet"), form.text("rows"))
    except UnreadableFile as error:
        _wrong(form, "file", error)
        return None


def _drafted(form: Form, read: TableRead) -> str:
    columns = read.sheet.columns
    chosen = {
        name: meaning for number, name in enumerate(columns) if (meaning := form.text(f"column-{number}"))
    }
    return draft(
        Choices(
            chosen,
            form.text("process") or _("Process without a name"),
            form.text("kind") or "action-plan",
            form.text("item") or "recommendation",
            form.text("basis") or "request",
            form.text("order") or "ask",
            form.text("split") or ";",
            form.text("sheet"),
            form.text("rows"),
            words_of(read, [name for name, meaning in chosen.items() if meaning in ("position", "claim")]),
        )
    )


def _called(form: Form, text: str) -> str:
    """The mapping with what was chosen for names that are no known body."""
    pairs = ((form.text(f"unknown-{n}"), form.text(f"called-{n}")) for n in range(MOST_NAMES))
    try:
        return with_names(text, {name: body for name, body in pairs if name and body})
    except MappingError as error:
        _wrong(form, "mapping", error)
        return text


def _tried(form: Form, found: ImportUpload, read: TableRead, text: str) -> Imported | None:
    """The preview, or the import itself where somebody says so."""
    if form.errors:
        return None
    try:
        said = any_mapping(text)
        plan, now, table = planned(read, said), site().now(), File(found.file_name, found.body)
        if "apply" not in request.form:
            with site().database.reading() as session:
                return preview(session, plan, said, read, owner=_owner())
        with site().database.writing() as session:
            done_ = import_table(
                session, now, plan, said, read, table, preset=preset_of(said), actor=me().actor, user_id=me().user_id,
                owner=_owner(),
            )  # fmt: skip
            if done_.act is not None:
                uploads.forget(session, found.id or 0)
        return done_
    except MappingError as error:
        _wrong(form, "mapping", error)
    except UnreadableFile as error:
        _wrong(form, "file", error)
    return None


def _page(
    form: Form, found: ImportUpload, read: TableRead | None, text: str, imported: Imported | None
) -> ResponseReturnValue:
    samples = []
    if read is not None:
        for number, name in enumerate(read.sheet.columns):
            values = dict.fromkeys(cells[number] for _row, cells in read.sheet.rows[:400] if cells[number])
            samples.append((number, name, list(values)[:SAMPLES]))
    unknown: list[UnknownBody] = []
    if imported is not None:
        with site().database.reading() as session:
            unknown = unknown_bodies(session, imported.comparison)
    page = render_template(
        "editing/imports/file.html",
        unknown=unknown,
        most_names=MOST_NAMES,
        form=form,
        found=found,
        sheet=read.sheet if read else None,
        samples=samples,
        text=text,
        imported=imported,
        meanings=meanings(),
        orders=orders(),
        kinds=choices.process_kinds(),
        items=choices.words(ItemKind),
        bases=choices.words(Basis),
    )
    return page, status(form)
