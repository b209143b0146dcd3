"""Public pages kept in memory in front of Flask: sent again as they are while nothing at all has changed.

A kept page counts as long as the database says the same word as before the page was made, and the minute is the
same: what is stored ahead begins at whole minutes. There is no other age to guess.
"""

import logging
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import TYPE_CHECKING, Any

from werkzeug.http import is_resource_modified, remove_entity_headers

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

log = logging.getLogger(__name__)
KEEPABLE = "answerby.keepable"
"""Set in a request's environment by a view whose answer is the same for everybody."""
LARGEST_SHARE = 8
"""A page larger than this part of the memory is not kept."""
OVERHEAD = 2000
"""Bytes that a kept page costs beside its body."""
LONGEST_ADDRESS = 2000
_CONDITIONS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE")
_OF_ONE_READER = ("HTTP_AUTHORIZATION", "HTTP_IF_MATCH")
"""What is asked with these may be answered to nobody else."""
Key = tuple[str, str, str, bool]
Headers = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Kept:
    """A page as it was sent, and the state in which it counts."""

    state: tuple[str, datetime]
    status: str
    headers: Headers
    unchanged: Headers
    """Of an answer that says it has not changed."""
    body: bytes
    etag: str
    last_modified: str


class PageCache:
    """Answers a repeated request for a public page without Flask; whatever else comes is passed on."""

    def __init__(
        self,
        app: "WSGIApplication",
        version: Callable[[], str | None],
        now: Callable[[], datetime],
        most_bytes: int,
    ) -> None:
        """`version` is the database's word for its state; `now` the clock."""
        self._app, self._version, self._now, self._most = app, version, now, most_bytes
        self._pages: OrderedDict[Key, Kept] = OrderedDict()
        self._bytes, self._lock = 0, Lock()

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """One request."""
        key = _key(environ)
        state = self._state() if key is not None else None
        if key is None or state is None:
            return self._app(environ, start_response)
        kept = self._found(key, state)
        if kept is not None:
            return _sent(kept, environ, start_response)
        return self._made(key, state, environ, start_response)

    def _state(self) -> tuple[str, datetime] | None:
        version = self._version()
        return None if version is None else (version, self._now().replace(second=0, microsecond=0))

    def _found(self, key: Key, state: tuple[str, datetime]) -> Kept | None:
        with self._lock:
            kept = self._pages.get(key)
            if kept is None or kept.state != state:
                return None
            self._pages.move_to_end(key)
            return kept

    def _made(
        self,
        key: Key,
        state: tuple[str, datetime],
        environ: "WSGIEnvironment",
        start_response: "StartResponse",
    ) -> Iterable[bytes]:
        """The state was asked for before the page is made: what changes meanwhile makes the page old at once."""
        told: list[Any] = []

        def listening(status: str, headers: Headers, *rest: Any) -> Any:
            told[:] = [status, headers]
            return start_response(status, headers, *rest)

        parts = self._app(environ, listening)
        if not (
            environ.get(KEEPABLE) and told and _for_everybody(*told) and environ["REQUEST_METHOD"] == "GET"
        ):
            return parts
        try:
            body = b"".join(parts)
        finally:
            if hasattr(parts, "close"):
                parts.close()
        self._keep(key, _kept(state, told[0], told[1], body))
        return [body]

    def _keep(self, key: Key, page: Kept) -> None:
        size = _size(page)
        if size * LARGEST_SHARE > self._most:
            return
        with self._lock:
            before = self._pages.pop(key, None)
            self._bytes += size - (_size(before) if before else 0)
            self._pages[key] = page
            while self._bytes > self._most:
                _, oldest = self._pages.popitem(last=False)
                self._bytes -= _size(oldest)


def _key(environ: "WSGIEnvironment") -> Key | None:
    """What an answer depends on; None where a request is none for a public page."""
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or any(name in environ for name in _OF_ONE_READER):
        return None
    path, query = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")
    if len(path) + len(query) > LONGEST_ADDRESS:
        return None
    return (environ.get("SCRIPT_NAME", ""), path, query, takes_gzip(environ))


def takes_gzip(environ: "WSGIEnvironment") -> bool:
    """Whether whoever asks can read gzip; a coding refused with `q=0` is not taken."""
    offered = environ.get("HTTP_ACCEPT_ENCODING", "")
    if "gzip" not in offered:
        return False
    for one in offered.split(","):
        coding, _, quality = one.partition(";")
        if coding.strip().lower() == "gzip":
            weight = quality.partition(";")[0].replace(" ", "").lower()
            return weight.rstrip("0") not in ("q=", "q=0.")
    return False


def _for_everybody(status: str, headers: Headers) -> bool:
    named = {name.lower(): value for name, value in headers}
    varies = {part.strip().lower() for part in named.get("vary", "").split(",")} - {"", "accept-encoding"}
    private = "no-store" in named.get("cache-control", "") or "private" in named.get("cache-control", "")
    return status.startswith("200") and "set-cookie" not in named and not varies and not private


def _kept(state: tuple[str, datetime], status: str, headers: Headers, body: bytes) -> Kept:
    named = {name.lower(): value for name, value in headers}
    # The server dates each answer itself.
    lasting = [(name, value) for name, value in headers if name.lower() != "date"]
    unchanged = list(lasting)
    remove_entity_headers(unchanged)
    return Kept(
        state, status, lasting, unchanged, body, named.get("etag", ""), named.get("last-modified", "")
    )


def _size(page: Kept) -> int:
    return len(page.body) + OVERHEAD


def _sent(kept: Kept, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
    if any(name in environ for name in _CONDITIONS) and not _modified(kept, environ):
        start_response("304 NOT MODIFIED", list(kept.unchanged))
        return []
    start_response(kept.status, list(kept.headers))
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [kept.body]


def _modified(kept: Kept, environ: "WSGIEnvironment") -> bool:
    tag = kept.etag.strip('"') or None
    return is_resource_modified(environ, tag, last_modified=kept.last_modified or None)
