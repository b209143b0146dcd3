"""Public answers are sent packed to whoever can read that; what holds a secret never is."""

import gzip

from flask import Response, request

from tracker.web.page_cache import takes_gzip

SMALLEST = 1000
"""Bytes: below, packing gains nothing."""
LEVEL = 5
PACKED = frozenset(
    {
        "text/html",
        "text/css",
        "text/csv",
        "text/plain",
        "text/xml",
        "text/calendar",
        "text/javascript",
        "application/javascript",
        "application/json",
        "application/problem+json",
        "application/feed+json",
        "application/atom+xml",
        "application/rss+xml",
        "application/xml",
        "application/ld+json",
        "application/manifest+json",
        "image/svg+xml",
    }
)


def packed(response: Response) -> Response:
    """A public answer as gzip where it is asked for; its entity tag says so."""
    if response.mimetype not in PACKED or "Content-Encoding" in response.headers:
        return response
    response.vary.add("Accept-Encoding")
    if not takes_gzip(request.environ) or len(body := response.get_data()) < SMALLEST:
        return response
    # The time of packing stays out of it: the same page has the same bytes.
    response.set_data(gzip.compress(body, LEVEL, mtime=0))
    response.headers["Content-Encoding"] = "gzip"
    tag, _ = response.get_etag()
    if tag:
        response.set_etag(f"{tag}-gzip")
    return response
