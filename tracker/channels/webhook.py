"""Webhooks over HTTP: a finished, signed body to one address, and what the receiver said about it."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Protocol

from tracker.channels.headers import cleaned
from tracker.domain.post import Fate
from tracker.domain.webhook import WEBHOOK, Body, Posted

LONGEST_ANSWER = 200
_GONE = 410
_MEANINGS: Mapping[int, str] = {
    400: "could not read what was posted",
    401: "asks for a login",
    403: "does not let us in",
    404: "knows no such address",
    405: "takes no posts at this address",
    410: "says that this address is gone for good",
    413: "finds the post too large",
    429: "asks us to come back later",
    503: "is not available for the moment",
}


class Reply(Protocol):
    """What the gate brings back: no status where nothing answered, and then why."""

    @property
    def status(self) -> int | None: ...
    @property
    def body(self) -> bytes: ...
    @property
    def error(self) -> str: ...
    @property
    def wait_seconds(self) -> float: ...


Post = Callable[[str, bytes, Mapping[str, str]], Reply]
"""Posts through the gate: address, body, headers."""


class WebhookChannel:
    """Posts through the gate it is handed; follows no redirect."""

    name = WEBHOOK

    def __init__(self, post: Post) -> None:
        """`post` never raises for what addresses, networks and servers do."""
        self._post = post

    def send(self, url: str, body: Body, headers: Mapping[str, str]) -> Posted:
        """Hand the body over and say what became of it: taken is whatever is answered with a status of 200 to 299."""
        reply = self._post(url, body.text, {"Content-Type": body.content_type, **headers})
        if reply.status is None:
            return Posted(Fate.UNCLEAR, cleaned(reply.error, 400), wait=_wait(reply))
        answer = cleaned(reply.body[: 8 * LONGEST_ANSWER].decode("utf-8", "replace"), LONGEST_ANSWER)
        if 200 <= reply.status < 300:
            return Posted(Fate.ACCEPTED, status=reply.status, answer=answer)
        error, gone = _sentence(reply.status), reply.status == _GONE
        return Posted(Fate.UNCLEAR, error, status=reply.status, answer=answer, wait=_wait(reply), gone=gone)


def _wait(reply: Reply) -> timedelta:
    return timedelta(seconds=reply.wait_seconds)


def _sentence(status: int) -> str:
    if 300 <= status < 400:
        return f"The receiver sends us elsewhere (status {status}); posts follow no redirect. Enter the final address."
    fallback = "failed" if status >= 500 else "did not take what was posted"
    return f"The receiver {_MEANINGS.get(status, fallback)} (status {status})."
