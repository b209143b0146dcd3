"""Every public page for search engines: an index and its parts, and what robots may read."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from itertools import chain
from xml.sax.saxutils import quoteattr

from flask import Blueprint, Response, abort, stream_with_context
from markupsafe import escape
from sqlmodel import Session

from tracker.domain.words import ProcessKind
from tracker.storage import sitemap as stored
from tracker.storage.groups import all_groups
from tracker.storage.sitemap import Listed
from tracker.web.access import Access, access
from tracker.web.feeds.followed import INDEXES
from tracker.web.locale import language
from tracker.web.site import site

blueprint = Blueprint("sitemap", __name__)
PER_PART = 10_000
"""Numbers of things to a part: with three languages 30,000 addresses, below the 50,000 and 50 MB of the protocol."""
NAMESPACES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
_ALONE = (
    "",
    *(name for name in INDEXES if name != "search"),
    "method",
    "rules",
    "calendars",
    "data",
    "about",
)
_MORE = ("privacy", "accessibility", "object", "seen-an-answer")


@blueprint.get("/robots.txt")
@access(Access.PUBLIC)
def robots() -> Response:
    """A demonstration asks robots to stay away; other sites keep them out of rooms and of lists without end."""
    if site().config.site.demo:
        return _plain("User-agent: *\nDisallow: /\n")
    closed = ("/edit/", "/login", "/search?", "/*as_of=", "/*hindsight=", "/*sort=")
    rules = "".join(f"Disallow: {path}\n" for path in closed)
    return _plain(f"User-agent: *\n{rules}\nSitemap: {_base()}/sitemap.xml\n")


@blueprint.get("/sitemap.xml")
@access(Access.PUBLIC)
def index() -> Response:
    """The parts; a demonstration has none, because it is in no search engine."""
    with site().database.reading() as session:
        parts = [] if site().config.site.demo else list(_parts(session))
    inner = "".join(
        f"<sitemap><loc>{escape(f'{_base()}/sitemap-{name}.xml')}</loc></sitemap>\n" for name in parts
    )
    return _xml(iter([f"<sitemapindex {NAMESPACES}>\n{inner}</sitemapindex>\n"]))


@blueprint.get("/sitemap-<any(pages, items, bodies, processes, documents):part>-<int:number>.xml")
@access(Access.PUBLIC)
def part(part: str, number: int) -> Response:
    """One part: its pages in every language, each with the day something about it was last told."""
    if site().config.site.demo:
        abort(404)
    with site().database.reading() as session:
        if number < 1 or f"{part}-{number}" not in _parts(session):
            abort(404)
    return _xml(chain([f"<urlset {NAMESPACES}>\n"], _urls(part, number), ["</urlset>\n"]))


def _parts(session: Session) -> Iterator[str]:
    yield "pages-1"
    for kind in stored.KINDS:
        for number in range(-(-stored.highest(session, kind) // PER_PART)):
            yield f"{kind}-{number + 1}"


def _urls(part: str, number: int) -> Iterator[str]:
    """Streamed: the reading is open while it is sent."""
    write = _writer()
    with site().database.reading() as session:
        if part == "pages":
            yield from (write(path, None) for path in _alone(session))
            return
        start = (number - 1) * PER_PART
        for one in stored.listed(session, part, start, start + PER_PART):
            yield write(_path(part, one), one.changed_at)


def _path(part: str, one: Listed) -> str:
    return f"/{part}/{one.key}"


def _alone(session: Session) -> Iterator[str]:
    yield from (f"/{name}" if name else "/" for name in (*_ALONE, *_MORE))
    yield from (f"/groups/{group.key}" for group in all_groups(session))
    yield from (f"/kinds/{kind.value}" for kind in ProcessKind)


def _writer() -> Callable[[str, datetime | None], str]:
    """One page in every language, each naming the others; the default language stands for all."""
    prefixes = _prefixes()
    base = _base()

    def written(path: str, at: datetime | None) -> str:
        others = {code: f"{base}{prefix}{path}" for code, prefix in prefixes.items()}
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang="{code}" href={quoteattr(address)}/>'
            for code, address in others.items()
        )
        changed = f"<lastmod>{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}</lastmod>" if at else ""
        return "".join(f"<url><loc>{escape(one)}</loc>{changed}{links}</url>\n" for one in others.values())

    return written


def _prefixes() -> Mapping[str, str]:
    names = site().config.site
    return {code: "" if code == names.default_language else f"/{code}" for code in names.languages}


def _base() -> str:
    return site().config.site.base_url.rstrip("/")


def _xml(parts: Iterator[str]) -> Response:
    if language() != site().config.site.default_language:
        abort(404)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n'
    answer = Response(
        stream_with_context(chain([head], parts)), content_type="application/xml; charset=utf-8"
    )
    answer.headers["Cache-Control"] = "public, max-age=3600"
    return answer


def _plain(text: str) -> Response:
    return Response(text, content_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-store"})
