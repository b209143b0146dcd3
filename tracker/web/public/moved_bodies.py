"""Old addresses of bodies lead on: after another key, after a merger, and where one body was entered twice."""

import re
from datetime import date, datetime

from flask import Flask, redirect, request
from flask.typing import ResponseReturnValue

from tracker.storage.bodies import by_key
from tracker.storage.body_changes import now_at
from tracker.storage.lines import moment
from tracker.storage.successions import heirs
from tracker.web.site import Site, site

_ADDRESS = re.compile(
    r"(?P<before>(?:/api/v1)?/bodies/)(?P<key>[a-z0-9][a-z0-9-]{0,79})(?P<form>\.[a-z]{3,4})?", re.ASCII
)
_SAFE = frozenset({"GET", "HEAD"})
MOVED = 301


def prepare(app: Flask, _handed: Site) -> None:
    """Looked at before the page, the feeds, the calendar and the API answer."""
    app.before_request(_lead_on)


def _lead_on() -> ResponseReturnValue | None:
    found = _ADDRESS.fullmatch(request.path) if request.method in _SAFE else None
    if found is None:
        return None
    key = _key_now(found["key"])
    if key == found["key"]:
        return None
    query = request.query_string.decode("ascii", "replace")
    path = f"{request.script_root}{found['before']}{key}{found['form'] or ''}"
    return redirect(path + (f"?{query}" if query else ""), MOVED)


def _key_now(key: str) -> str:
    """Whose page that address shows, seen on the day that is asked for."""
    now = site().now()
    at = moment(now, _seen_on(now), hindsight=request.args.get("hindsight") == "1")
    with site().database.reading() as session:
        body = by_key(session, key) or now_at(session, key)
        known = body.key if body is not None else key
        heir = heirs(session, at.day or at.at.date(), at.known_by).get(known)
        return heir.key if heir is not None else known


def _seen_on(now: datetime) -> date | None:
    """The day of `as_of`; what is no day is complained of by the page itself."""
    try:
        wanted = date.fromisoformat(request.args.get("as_of", ""))
    except ValueError:
        return None
    return wanted if wanted <= now.date() else None
