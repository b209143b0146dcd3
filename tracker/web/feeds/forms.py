"""The routes: the address of any list and an ending, `.atom .rss .json .csv .jsonl .ics`."""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC
from hashlib import sha256
from typing import Any

from flask import Blueprint, Response, request, stream_with_context
from sqlmodel import Session

from tracker import __version__
from tracker.rendering import atom, calendar, jsonfeed, rss
from tracker.rendering import table as csv
from tracker.rendering.feed import Feed
from tracker.web.access import Access, access
from tracker.web.feeds.due_calendar import due_days
from tracker.web.feeds.followed import INDEXES, PAGES, Followed, index, page, source
from tracker.web.feeds.licence import licence_link
from tracker.web.feeds.news_feed import Told, feed, told
from tracker.web.feeds.tables import Tabled, as_json_lines, as_table, tabled
from tracker.web.filters import full_address
from tracker.web.locale import language
from tracker.web.site import site

blueprint = Blueprint("feeds", __name__)

Form = Callable[[Session, Followed], Response]


def _as_feed(form: str, write: Callable[[Feed], bytes], content_type: str) -> Form:
    def made(session: Session, followed: Followed) -> Response:
        news = told(session, followed)
        tag = _tag(news, followed, form)
        answer = _answer(b"" if _has(tag) else write(feed(news, followed, form)), content_type)
        answer.set_etag(tag)
        if news.changed_at is not None:
            answer.last_modified = news.changed_at.astimezone(UTC)
        return answer

    return made


def _tag(news: Told, followed: Followed, form: str) -> str:
    """The same as long as every word of the feed is the same: it is made of all that the feed is made of."""
    names = site().config.site
    where = (form, request.url, full_address(""), language(), followed.title, names.name, names.publisher)
    return _fingerprint(where, news)


def _fingerprint(*made_of: object) -> str:
    return sha256(repr((__version__, made_of)).encode("utf-8", "surrogatepass")).hexdigest()[:40]


def _has(tag: str) -> bool:
    """Whoever has it already costs the queries only: nothing is written to be thrown away.

    Who makes another condition besides may be sent the whole all the same.
    """
    return request.if_none_match.contains(tag) and "If-Match" not in request.headers


Write = Callable[[Session, Tabled], Iterator[bytes]]


def _as_rows(form: str, write: Write, content_type: str) -> Form:
    def made(session: Session, followed: Followed) -> Response:
        found = tabled(session, followed)
        body = b"".join(write(session, found)) if found.few else _sent_by_and_by(write, found)
        return _to_save(_answer(body, content_type), followed, form)

    return made


def _sent_by_and_by(write: Write, found: Tabled) -> Iterator[bytes]:
    """A long list is never held whole: it is read while it is sent."""

    def parts() -> Iterator[bytes]:
        with site().database.reading() as session:
            yield from write(session, found)

    return stream_with_context(parts())


def _to_save(answer: Response, followed: Followed, form: str) -> Response:
    name = followed.path.strip("/").replace("/", "-")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return answer


def _as_ics(session: Session, followed: Followed) -> Response:
    about, days = due_days(session, followed)
    tag = _fingerprint(about, days)
    answer = _answer(b"" if _has(tag) else calendar.calendar(about, days), calendar.CONTENT_TYPE)
    answer.set_etag(tag)
    return answer


FORMS: Mapping[str, Form] = {
    "atom": _as_feed("atom", atom.atom, atom.CONTENT_TYPE),
    "rss": _as_feed("rss", rss.rss, rss.CONTENT_TYPE),
    "json": _as_feed("json", jsonfeed.jsonfeed, jsonfeed.CONTENT_TYPE),
    "csv": _as_rows("csv", as_table, csv.CONTENT_TYPE),
    "jsonl": _as_rows("jsonl", as_json_lines, "application/jsonl"),
    "ics": _as_ics,
}


def _answer(body: bytes | Iterator[bytes], content_type: str) -> Response:
    answer = Response(body, content_type=f"{content_type}; charset=utf-8")
    answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    answer.headers["Link"] = licence_link()
    return answer


@blueprint.after_request
def open_to_other_sites(answer: Response) -> Response:
    """Pages of other sites may read every form, and ask whether it changed; nothing here knows who asks."""
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Access-Control-Expose-Headers"] = "ETag, Last-Modified, Link"
    if request.method == "OPTIONS":
        answer.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
        answer.headers["Access-Control-Allow-Headers"] = "If-None-Match, If-Modified-Since"
        answer.headers["Access-Control-Max-Age"] = "86400"
    return answer


def _index(name: str) -> Any:
    @access(Access.PUBLIC)
    def view(form: str) -> Response:
        with site().database.reading() as session:
            return FORMS[form](session, index(session, name))

    return view


def _page(place: str) -> Any:
    @access(Access.PUBLIC)
    def view(key: str, form: str) -> Response:
        with site().database.reading() as session:
            return FORMS[form](session, page(session, place, key))

    return view


ENDING = f"<any({', '.join(FORMS)}):form>"

for _name in INDEXES:
    blueprint.add_url_rule(f"/{_name}.{ENDING}", f"index_{_name}".replace("-", "_"), _index(_name))
for _place in PAGES:
    blueprint.add_url_rule(f"/{_place}/<key>.{ENDING}", f"page_{_place}", _page(_place))


@blueprint.get("/sources/<key>.<any(atom, rss, json, csv, jsonl):form>")
@access(Access.PUBLIC)
def source_forms(key: str, form: str) -> Response:
    """How one source fares, as a feed; its last readings, as a table."""
    with site().database.reading() as session:
        return FORMS[form](session, source(session, key))
