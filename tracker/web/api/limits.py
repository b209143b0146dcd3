"""How often the API answers in a minute: by network, and for each token. In front of everything, kept pages too.

Counts are kept in memory, so that each process has its own.
"""

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from ipaddress import IPv6Address, ip_address, ip_network
from threading import Lock
from typing import TYPE_CHECKING, Any

from tracker.web.problems import MEDIA_TYPE, problem_object

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

FOLDER = "/api/"
MINUTE = 60
MOST_COUNTED = 100_000
"""Networks and tokens of one minute; whoever comes after them is counted together."""
EVERYBODY_ELSE = "everybody else"
READS = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of a limit."""

    limit: int
    remaining: int
    seconds: int
    """Until it is counted anew."""

    @property
    def headers(self) -> list[tuple[str, str]]:
        """As it is told with every answer."""
        named = (("Limit", self.limit), ("Remaining", max(self.remaining, 0)), ("Reset", self.seconds))
        return [(f"RateLimit-{name}", str(value)) for name, value in named]


class Limits:
    """Counts the requests to the API and refuses what is too many; whatever else comes is passed on."""

    def __init__(
        self,
        app: "WSGIApplication",
        now: Callable[[], datetime],
        base: str,
        by_network: int,
        by_token: int,
        languages: Iterable[str] = (),
    ) -> None:
        """`by_network` requests a minute, of which each token may write `by_token`; 0: no limit.

        The API answers below the prefix of each of the `languages` too.
        """
        self._app, self._now, self._base = app, now, base
        self._folders = (FOLDER, *(f"/{language}{FOLDER}" for language in languages))
        self._by_network, self._by_token = by_network, by_token
        self._minute, self._counts, self._lock = (
            now().replace(second=0, microsecond=0),
            dict[str, int](),
            Lock(),
        )

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """One request."""
        if not environ.get("PATH_INFO", "").startswith(self._folders):
            return self._app(environ, start_response)
        left = self._counted(environ)
        if left is None:
            return self._app(environ, start_response)
        if left.remaining < 0:
            return self._refused(left, environ, start_response)

        def telling(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            return start_response(status, [*headers, *left.headers], *rest)

        return self._app(environ, telling)

    def _counted(self, environ: "WSGIEnvironment") -> Left | None:
        """The tightest of the limits that hold; None where there is none."""
        asked = [(network(environ.get("REMOTE_ADDR", "")), self._by_network)]
        token = environ.get("HTTP_AUTHORIZATION", "")
        if token and environ["REQUEST_METHOD"] not in READS:
            asked.append((hashlib.sha256(token.encode("utf-8", "replace")).hexdigest(), self._by_token))
        now = self._now()
        seconds = MINUTE - now.second
        with self._lock:
            self._turned(now)
            found = [Left(limit, limit - self._one_more(key), seconds) for key, limit in asked if limit]
        return min(found, key=lambda left: left.remaining, default=None)

    def _turned(self, now: datetime) -> None:
        minute = now.replace(second=0, microsecond=0)
        if minute != self._minute:
            self._minute, self._counts = minute, {}

    def _one_more(self, key: str) -> int:
        if key not in self._counts and len(self._counts) >= MOST_COUNTED:
            key = EVERYBODY_ELSE
        self._counts[key] = self._counts.get(key, 0) + 1
        return self._counts[key]

    def _refused(
        self, left: Left, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        said = (
            f"{left.limit} requests a minute are answered here: wait {left.seconds} seconds, and ask for 200 "
            "rows at a time."
        )
        body = json.dumps(problem_object(self._base, 429, said, instance(environ)))
        headers = [
            ("Content-Type", MEDIA_TYPE),
            ("Content-Length", str(len(body))),
            ("Cache-Control", "no-store"),
            ("Access-Control-Allow-Origin", "*"),
            ("X-Content-Type-Options", "nosniff"),
            ("Retry-After", str(left.seconds)),
            *left.headers,
        ]
        start_response("429 TOO MANY REQUESTS", headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body.encode()]


def instance(environ: "WSGIEnvironment") -> str:
    """The address that was asked, as far as it is plain letters."""
    path = f"{environ.get('SCRIPT_NAME', '')}{environ.get('PATH_INFO', '')}"[:500]
    return "".join(
        letter if letter.isascii() and letter.isprintable() and letter != " " else "_" for letter in path
    )


def network(address: str) -> str:
    """Whoever asks: the address; of IPv6 the network a household has."""
    try:
        found = ip_address(address)
    except ValueError:
        return "unknown"
    return str(ip_network((found, 64), strict=False)) if isinstance(found, IPv6Address) else str(found)
