"""What an answer that is not a page means for us."""

import re
from datetime import datetime
from email.utils import parsedate_to_datetime

import httpx

from scrapers.walk.errors import Backoff, HttpError

SHORTEST_BACKOFF = 60.0
LONGEST_BACKOFF = 24 * 3600.0
_USUAL_BACKOFF = 600.0
_LONGEST_NUMBER = 12
GONE = frozenset({404, 410})
"""There is no page, and what the site says about that is evidence."""
_MEANINGS = {
    401: "asks for a login",
    403: "does not let us in",
    404: "has no page at this address",
    410: "says that the page is gone for good",
    451: "may not show the page for legal reasons",
}


def refuse_status(status: int, headers: httpx.Headers, conditional: bool, now: datetime) -> None:
    """Raise HttpError or Backoff unless the answer is a page, or 'not modified' when we asked for that."""
    if status == 200 or (status == 304 and conditional):
        return
    if status == 429 or (status == 503 and "retry-after" in headers):
        seconds = retry_after_seconds(headers.get("retry-after", ""), now)
        raise Backoff(f"The site asks us to come back later (status {status}).", seconds)
    if status == 304:
        raise HttpError("The site says 'not modified' although we had nothing to compare with.", status)
    meaning = _MEANINGS.get(status, "answered without a page")
    raise HttpError(f"The site {meaning} (status {status}).", status)


def retry_after_seconds(written: str, now: datetime) -> float:
    """How long to wait: seconds or an HTTP date as written, kept between a minute and a day."""
    if re.fullmatch(r"[0-9]+", written.strip(), re.ASCII):
        return _bounded(float(written.strip()[:_LONGEST_NUMBER]))
    try:
        return _bounded((parsedate_to_datetime(written) - now).total_seconds())
    except (ValueError, TypeError, OverflowError):
        return _USUAL_BACKOFF


def _bounded(seconds: float) -> float:
    return min(max(seconds, SHORTEST_BACKOFF), LONGEST_BACKOFF)
