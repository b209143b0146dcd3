"""For whoever runs the machine: is it up, and what robots may read."""

from flask import Blueprint, Response

from tracker import __version__
from tracker.storage.reach import answers
from tracker.web.access import Access, access
from tracker.web.site import site

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
@access(Access.PUBLIC)
def healthz() -> Response:
    """Answers 200 while the database answers."""
    up = answers(site().database)
    return _plain(f"ok {__version__}\n" if up else "the database does not answer\n", 200 if up else 503)


@blueprint.get("/robots.txt")
@access(Access.PUBLIC)
def robots() -> Response:
    """A demonstration asks robots to stay away; other sites keep them out of the editors' room only."""
    closed = "Disallow: /" if site().config.site.demo else "Disallow: /edit/\nDisallow: /login"
    return _plain(f"User-agent: *\n{closed}\n", 200)


def _plain(text: str, code: int) -> Response:
    return Response(
        text, code, content_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-store"}
    )
