"""A page as it was read: its bytes, inert."""

from flask import Blueprint, Response, abort, render_template
from flask.typing import ResponseReturnValue

from tracker.domain.words import Visibility
from tracker.storage.evidence import page as kept
from tracker.web.access import Access, access
from tracker.web.site import site

blueprint = Blueprint("evidence", __name__)
GONE = 410
INERT = "default-src 'none'; sandbox"


@blueprint.get("/evidence/<string(length=64):sha256>")
@access(Access.PUBLIC)
def evidence(sha256: str) -> ResponseReturnValue:
    """The bytes as an attachment that no browser runs; a withheld page leaves its hash."""
    with site().database.reading() as session:
        found = kept(session, sha256)
        if found is None:
            abort(404)
        withheld, body = found.visibility is Visibility.WITHHELD, found.body
    if withheld:
        return render_template("public/tombstone.html", withheld=None, sha256=sha256), GONE
    return Response(
        body,
        content_type="application/octet-stream",
        headers={
            "Content-Disposition": f'attachment; filename="{sha256[:16]}.bin"',
            "Content-Security-Policy": INERT,
            "X-Robots-Tag": "noindex, nofollow",
        },
    )
