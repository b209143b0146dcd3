"""Paste a report's text or upload its PDF: its numbered recommendations come back as rows of the grid."""

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from tracker.domain.owing_text import text_of
from tracker.domain.refusals import NotAccepted, insist, refuse
from tracker.services.enter_many import MOST_ROWS
from tracker.services.propose_items import (
    Cage,
    Proposal,
    ReportLines,
    lines_of_pasted,
    lines_of_pdf,
    propose_items,
    proposed_roles,
)
from tracker.storage import document_entry
from tracker.web.access import Access, access
from tracker.web.editing.form import Form
from tracker.web.editing.grid import known, page
from tracker.web.editing.grid_rows import begun
from tracker.web.editing.room import room, status
from tracker.web.site import site

blueprint = room("proposals", __name__)
_PDF = b"%PDF-"


@blueprint.route("/documents/<key:key>/proposals", methods=["GET", "POST"])
@access(Access.CONTRIBUTOR)
def proposals(key: str) -> ResponseReturnValue:
    """Nothing is kept here: the rows go to the grid, where a person looks through them."""
    form = Form.sent() if request.method == "POST" else Form()
    if request.method == "POST":
        try:
            return _proposed(key, form)
        except NotAccepted as refused:
            form.refuse(refused.refusals)
    with site().database.reading() as session:
        document = known(session, key)
    return render_template("editing/grid_report.html", form=form, document=document), status(form)


def _proposed(key: str, form: Form) -> ResponseReturnValue:
    read = _lines(form)
    with site().database.reading() as session:
        document = known(session, key)
        defaults = document_entry.defaults_of(session, document)
        found = propose_items(session, read.lines)
        there = {item.ref.lower() for item in document_entry.items_of(session, document) if item.ref}
    new = [one for one in found if one.ref.lower() not in there or not one.ref]
    if not found:
        none = refuse(
            "report",
            "No numbered recommendations were found: see below which forms are read, or enter them by hand.",
        )
        insist([none])
    grid = begun(defaults)
    grid.typed["rows"] = str(max(1, min(len(new), MOST_ROWS)))
    for place, one in enumerate(new[:MOST_ROWS], 1):
        _fill(grid, place, one)
    return page(key, grid, notes=[*_told(found, new), *(_(note) for note in read.notes)])


def _lines(form: Form) -> ReportLines:
    sent = request.files.get("file")
    body = sent.read() if sent is not None and sent.filename else b""
    if sent is not None and sent.filename and not body:
        insist([refuse("file", "This file is empty: choose another, or paste the report’s text.")])
    if body and _PDF in body[:1024]:
        return lines_of_pdf(_cage(), body, site().now())
    if body:
        return lines_of_pasted(_decoded(body))
    typed = form.value("report")
    if not typed.strip():
        insist([refuse("report", "Paste the report’s text, or choose its PDF.")])
    return lines_of_pasted(typed)


def _cage() -> Cage:
    cage: Cage | None = site().extras.get("report_cage")
    if cage is None:
        raise NotAccepted([refuse("file", "This site reads no files: paste the text instead.")])
    return cage


def _decoded(body: bytes) -> str:
    if b"\0" in body:
        insist(
            [
                refuse(
                    "file",
                    "This is neither a PDF nor plain text: save the report as a PDF, or paste its text.",
                )
            ]
        )
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        return body.decode("cp1252", "replace")


def _fill(grid: Form, place: int, one: Proposal) -> None:
    row = {"ref": one.ref, "title": one.title, "text": one.text, "page": str(one.page)}
    row |= {"owing": text_of(proposed_roles(one.named)), "guessed": "1" if one.named else ""}
    for name, value in row.items():
        grid.typed[f"{name}-{place}"] = "".join(sign for sign in value if sign >= " " or sign == "\n")


def _told(found: list[Proposal], new: list[Proposal]) -> list[str]:
    said = [
        ngettext(
            "One recommendation was found. Nothing is kept yet: look through the row.",
            "%(num)d recommendations were found. Nothing is kept yet: look through the rows.",
            len(found),
        )
    ]
    if len(new) < len(found):
        told = ngettext(
            "One of them is in this document already and was left out.",
            "%(num)d of them are in this document already and were left out.",
            len(found) - len(new),
        )
        said.append(told)
    if len(new) > MOST_ROWS:
        said.append(_("The first %(most)s are shown: keep them, then read the report again.", most=MOST_ROWS))
    if any(one.named for one in new):
        said.append(
            _("Who should act is a guess from the text, where it names a known body: correct it freely.")
        )
    return said
