"""Everything public as one file: the page that explains it, and the file."""

from base64 import b64encode
from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, Response, abort, make_response, render_template, send_file
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlmodel import Session
from werkzeug.exceptions import ServiceUnavailable

from tracker.services import archive
from tracker.services.archive import Made
from tracker.services.export_columns import TABLES
from tracker.storage.log import last_head
from tracker.web.access import Access, access
from tracker.web.feeds.licence import licence_link
from tracker.web.site import site

blueprint = Blueprint("data", __name__)


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page says of the archive."""

    made: Made | None
    outdated: bool
    """Something was withheld or put right since, so that it is not given out until it is made anew."""


@blueprint.get("/data")
@access(Access.PUBLIC)
def data() -> Response:
    """What is in the archive, when it was made, how to check it, and the other ways to take data away."""
    with site().database.reading() as session:
        shown = _shown(session)
        signed = last_head(session) is not None
        page = render_template("public/data.html", shown=shown, tables=TABLES, signed=signed)
    answer = make_response(page)
    answer.headers["Link"] = licence_link()
    return answer


@blueprint.get("/data/latest.zip")
@access(Access.PUBLIC)
def latest() -> ResponseReturnValue:
    """The newest archive, at an address that stays."""
    return _sent(_current())


@blueprint.get("/data/answerby-<string(length=10):day>.zip")
@access(Access.PUBLIC)
def dated(day: str) -> ResponseReturnValue:
    """The archive of a day; only the newest is kept."""
    found = _current()
    if found.name != f"answerby-{day}.zip":
        abort(404, _("Only the newest archive is kept: it is at /data/latest.zip."))
    return _sent(found)


def _folder() -> Path:
    return site().config.archive.folder.absolute()


def _shown(session: Session) -> Shown:
    made = archive.made(_folder())
    return Shown(made, made is not None and archive.current(session, _folder()) is None)


def _current() -> Made:
    with site().database.reading() as session:
        found = archive.current(session, _folder())
    if found is None and archive.made(_folder()) is None:
        abort(404, _("The archive has not been made yet: the worker makes it a few minutes after it starts."))
    if found is None:
        said = _(
            "The archive is being made anew, because something in it was put right or withheld. "
            "Try again in ten minutes."
        )
        raise ServiceUnavailable(said, retry_after=600)
    return found


def _sent(found: Made) -> Response:
    answer = send_file(
        _folder() / found.file,
        mimetype="application/zip",
        as_attachment=True,
        download_name=found.name,
        etag=found.sha256,
        last_modified=found.made_at,
        max_age=0,
    )
    answer.headers["Link"] = licence_link()
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    answer.headers["Repr-Digest"] = f"sha-256=:{b64encode(bytes.fromhex(found.sha256)).decode()}:"
    return answer
