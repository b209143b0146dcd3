"""What of the site can be a file in a static copy of it, and how the copy asks for it."""

from collections.abc import Callable

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from tracker.web.access import Access, declared

LIVE_ONLY = ("search.", "due.", "health.", "follow.", "evidence.page_bytes", "feeds.index_search")
"""Beginnings of the names of views that are computed from what a reader types, or are about the running machine."""


def files_of(app: Flask, languages: tuple[str, ...]) -> Callable[[str], bool]:
    """Whether a path can be a file: anybody may read it, nothing is sent to it, and it needs nobody to compute it."""
    routes = app.url_map.bind("copy")

    def is_file(path: str) -> bool:
        head, _, rest = path[1:].partition("/")
        inner = f"/{rest}" if head in languages else path
        if inner.startswith("/api/") or "POST" in routes.allowed_methods(inner):
            return False
        try:
            endpoint, _values = routes.match(inner, "GET")
        except RequestRedirect:
            return False
        except HTTPException:
            return False
        return declared(app, endpoint) is Access.PUBLIC and not endpoint.startswith(LIVE_ONLY)

    return is_file
