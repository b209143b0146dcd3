"""Refusals as pages in sentences: what is wrong, where, and how to mend it."""

import logging
from collections.abc import Mapping
from http import HTTPStatus

from flask import Flask, jsonify, make_response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException, default_exceptions

from tracker.domain.listing import FilterError
from tracker.storage.writers import StillWriting
from tracker.web.locale import tongue
from tracker.web.paging import BehindTheEnd
from tracker.web.problems import problem
from tracker.web.site import site
from tracker.web.when import NotShownThen

log = logging.getLogger(__name__)
WAIT_SECONDS = 60
NO_PAGE: Mapping[str, int | None] = {}
PLAIN = (".atom", ".rss", ".csv", ".jsonl", ".ics", ".toml", ".zip", ".xml", ".txt")
"""Addresses that programs read: what is wrong is told them in one line, no page."""


def _room() -> str:
    """How much may be sent: the limit of the whole, or of a form's own text and fields where that was kept to."""
    whole = _megabytes(request.max_content_length)
    if request.max_content_length is None or (request.content_length or 0) > request.max_content_length:
        return str(_("Send at most %(whole)s MB at once.", whole=whole))
    said = _(
        "Send at most %(text)s MB in one field and %(fields)s fields at once; with files it may be %(whole)s MB.",
        text=_megabytes(request.max_form_memory_size),
        fields=tongue().number(request.max_form_parts or 0),
        whole=whole,
    )
    return str(said)


def _megabytes(size: int | None) -> str:
    """A limit in megabytes, rather a little less than more."""
    return tongue().number((size or 0) // 100_000 / 10)


def _not_read() -> str:
    """What cannot be read stands in what was sent, or else in the address."""
    if request.method == "POST":
        return str(_("What was sent cannot be taken as it is"))
    return str(_("This address asks for something we cannot read"))


def _words(code: int) -> tuple[str, str]:
    """(title, what to do) for a status."""
    known = {
        400: (_not_read(), ""),
        403: (_("This page is not open to you"), _("Log in with an account that may see it.")),
        404: (
            _("There is no page here"),
            _("The address may be mistyped, or the page was never published. Try the search."),
        ),
        405: (_("This page cannot be used that way"), _("Open it as an ordinary page instead.")),
        413: (_("That is too large"), _room()),
        429: (_("Too many requests"), _("Wait a minute, then try again.")),
        500: (
            _("Something went wrong on our side"),
            _("It has been recorded. Nothing you did caused it; try again in a moment."),
        ),
        503: (_("The site cannot answer just now"), _("Try again in a moment.")),
    }
    return known.get(code, (HTTPStatus(code).phrase, ""))


def refuse(
    code: int, sentence: str = "", *, then: str = "", last_page: Mapping[str, int | None] = NO_PAGE
) -> ResponseReturnValue:
    """A page, for programs a JSON object or one line, that says what is wrong.

    `then` is what a page says of a day on which nothing was shown, beside the way to see it in hindsight;
    `last_page` what of the address leads to the last page of a list.
    """
    title, mend = _words(code)
    said = sentence or mend
    if request.path.startswith("/api/"):
        return problem(site().config.site.base_url, code, sentence)
    if request.path.endswith(".json"):
        return jsonify(error={"message": said or title}), code
    if request.path.endswith(PLAIN):
        return make_response(f"{said or title}\n", code, {"Content-Type": "text/plain; charset=utf-8"})
    if then:
        title = _("Nothing was shown here on that day")
    page = render_template(
        "public/error.html",
        title=title,
        sentence=then or said,
        code=code,
        in_hindsight=bool(then),
        last_page=last_page,
    )
    response = make_response(page, code)
    response.headers["Cache-Control"] = "no-store"
    return response


def _http(error: HTTPException) -> ResponseReturnValue:
    code = error.code or 500
    if code < 400:
        return error.get_response()
    standard = default_exceptions[code].description if code in default_exceptions else None
    own = error.description if error.description and error.description != standard else ""
    then = error.said if isinstance(error, NotShownThen) else ""
    last_page = error.last_page if isinstance(error, BehindTheEnd) else NO_PAGE
    answer = make_response(refuse(code, own, then=then, last_page=last_page))
    for name, value in error.get_headers():
        if name in ("Allow", "Retry-After"):
            answer.headers[name] = value
    return answer


def _filter(error: FilterError) -> ResponseReturnValue:
    said = _("The filter %(name)s is too long or holds a control character: shorten it.", name=error.name)
    if error.allowed:
        said = _(
            "%(name)s=%(value)s is unknown: use one of %(allowed)s.",
            name=error.name,
            value=error.value,
            allowed=error.allowed,
        )
    return refuse(400, said)


def _still_writing(error: StillWriting) -> ResponseReturnValue:
    """Nothing was kept: whoever waited behind a long change may send the same again."""
    log.warning("%s %s waited too long for others who write", request.method, request.path)
    said = _(
        "Others are writing a long change just now. Nothing of yours was kept: send it again in a minute."
    )
    answer = make_response(refuse(503, said))
    answer.headers["Retry-After"] = str(WAIT_SECONDS)
    return answer


def _ours(error: Exception) -> ResponseReturnValue:
    log.error("%s %s failed", request.method, request.path, exc_info=error)
    return refuse(500)


def prepare(app: Flask) -> None:
    """Every error becomes a sentence; in tests an unforeseen one is let through to the test."""
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(FilterError, _filter)
    app.register_error_handler(StillWriting, _still_writing)
    if not app.testing:
        app.register_error_handler(Exception, _ours)
