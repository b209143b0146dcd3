"""What goes with every answer: security headers, caching by entity tag, no cookie on public pages."""

import re

from flask import Flask, Response, g, request

from tracker.web.access import now_public
from tracker.web.compression import packed
from tracker.web.editing.throttle import limiter
from tracker.web.page_cache import KEEPABLE
from tracker.web.site import Site

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "object-src 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
FOR_OTHER_SITES = {
    "Content-Security-Policy": POLICY.replace("frame-ancestors 'none'", "frame-ancestors *"),
    "Cross-Origin-Resource-Policy": "cross-origin",
}
"""What differs where anybody may put our answer into a page of their own; it bears no X-Frame-Options."""
PUBLIC_CACHE = "public, max-age=0, must-revalidate"
FOR_EVER = "public, max-age=31536000, immutable"
"""Of files whose address changes when they do."""
NOT_FOR_PAGES = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u202d\u202e\ufdd0-\ufdef\ufffe\uffff]")
"""What no page may hold, whatever a source sent: control characters, non-characters, forced text direction."""
HSTS = "max-age=31536000; includeSubDomains"


def for_other_sites() -> None:
    """Says that the answer to the current request may stand in anybody's page."""
    g.for_other_sites = True


def prepare(app: Flask, handed: Site) -> None:
    """A view that set a header itself keeps it."""
    headers = dict(HEADERS)
    if handed.config.site.base_url.startswith("https:"):
        headers["Strict-Transport-Security"] = HSTS
    if handed.config.site.demo:
        headers["X-Robots-Tag"] = "noindex, nofollow"
    framable = {**headers, **FOR_OTHER_SITES}
    del framable["X-Frame-Options"]

    @app.after_request
    def dress(response: Response) -> Response:
        for name, value in (framable if g.get("for_other_sites") else headers).items():
            response.headers.setdefault(name, value)
        if response.mimetype == "text/html" and not response.is_streamed:
            response.set_data(NOT_FOR_PAGES.sub("", response.get_data(as_text=True)))
        return _cached(response) if now_public() else _private(response)


def _cached(response: Response) -> Response:
    if request.method not in ("GET", "HEAD") or response.status_code != 200:
        return response
    if request.endpoint == "static":
        _file(response)
    if response.is_streamed or response.cache_control.no_store:
        return response
    response.headers.setdefault("Cache-Control", PUBLIC_CACHE)
    response.add_etag()
    if not limiter.current_limits:
        packed(response)
        request.environ[KEEPABLE] = True
    response.make_conditional(request)
    return response


def _file(response: Response) -> None:
    """Files of the page are small: they are read whole, and tagged by what they hold, not by when they came here."""
    response.direct_passthrough = False
    body = response.get_data()
    response.close()
    response.set_data(body)
    for name in ("ETag", "Last-Modified", "Date", "Expires"):
        response.headers.pop(name, None)
    response.headers["Cache-Control"] = FOR_EVER if request.args.get("v") else PUBLIC_CACHE


def _private(response: Response) -> Response:
    response.headers.setdefault("Cache-Control", "no-store")
    return response
