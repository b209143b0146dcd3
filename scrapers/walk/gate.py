"""The gate: every outgoing request of the product passes here, and nowhere else."""

import ssl
import threading
import time
import weakref
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from typing import Any

import httpcore
import httpx

from scrapers.model import Page
from scrapers.walk.address import Vetted, vet_address
from scrapers.walk.body import beginning, body_if_whole, bounded_body, pass_over
from scrapers.walk.deadline import Deadline
from scrapers.walk.dial import Resolver, system_resolver
from scrapers.walk.errors import Backoff, HttpError, Refused, TooSlow, Unreachable
from scrapers.walk.lines import Answered, Asked, Lines
from scrapers.walk.pace import Pace
from scrapers.walk.patience import Patience
from scrapers.walk.redirects import MOST_REDIRECTS, REDIRECTS, next_hop
from scrapers.walk.robots import LONGEST_FILE, Robots, read_robots
from scrapers.walk.statuses import GONE, refuse_status

DEFAULT_MAX_BYTES = 5 * 1024 * 1024
DEFAULT_DEADLINE_SECONDS = 30.0
LONGEST_REPLY = 64 * 1024
LONGEST_SAID = 256 * 1024
"""Of what stands in place of a page that is gone."""
_ROBOTS_KEPT_SECONDS = 24 * 3600.0
_ADDRESSES_REMEMBERED = 1000
_NOT_KEPT = frozenset({"set-cookie", "set-cookie2"})
_UNWRITABLE = "The request could not be written: a header holds a sign that none may hold."
_ACCEPTED = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/json, text/html, */*;q=0.5"
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back from one exchange: of a page asked for, or of a message posted."""

    status: int
    headers: httpx.Headers
    body: bytes
    peer: str = ""
    """The IP address that was dialled."""


class Gate:
    """Fetches and posts: only public addresses (or the operator's), within limits, in turn, in our own name.

    `clock` gives the instant kept on a page; `allow_hosts` is the operator's list, see `vet_address`.
    """

    def __init__(
        self,
        *,
        user_agent: str,
        clock: Callable[[], datetime],
        allow_hosts: Collection[str] = (),
        max_bytes: int = DEFAULT_MAX_BYTES,
        deadline_seconds: float = DEFAULT_DEADLINE_SECONDS,
        pause_seconds: float = 1.0,
        resolver: Resolver = system_resolver,
        ssl_context: ssl.SSLContext | None = None,
        pace: Pace | None = None,
    ) -> None:
        self._user_agent = user_agent
        self._clock = clock
        allowed = frozenset(allow_hosts)
        # The text of an address is vetted once; the network it leads to each time it is dialled.
        self._vetted = lru_cache(maxsize=_ADDRESSES_REMEMBERED)(lambda url: vet_address(url, allowed))
        self._max_bytes = max_bytes
        self._patience = Patience(deadline_seconds)
        self._lines = Lines(resolver, ssl_context or httpx.create_ssl_context(trust_env=False))
        weakref.finalize(self, self._lines.close)
        self._pace = pace or Pace(pause_seconds)
        self._robots: dict[str, tuple[float, Robots]] = {}
        self._asking: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)

    def vet(self, url: str) -> Vetted:
        """Whether an address would be fetched at all, without fetching it; raises Refused."""
        return self._vetted(url)

    def get(
        self,
        url: str,
        *,
        etag: str = "",
        last_modified: str = "",
        deadline_seconds: float | None = None,
        state: Mapping[str, Any] | None = None,
        verify_tls: bool = True,
    ) -> Page:
        """The page at `url`, or a WalkError; with `etag` or `last_modified` it may come back `not_modified`.

        Without `verify_tls` whoever answers at its host is believed, whatever the certificate; elsewhere nobody is.
        """
        vetted = self.vet(url) if verify_tls else replace(self.vet(url), check_certificate=False)
        here = vetted.host_and_port
        self._patience.insist_free(here)
        deadline = Deadline(deadline_seconds or self._patience.seconds(here))
        try:
            page = self._get(url, vetted, deadline, _conditions(etag, last_modified), state)
        except TooSlow:
            self._patience.note_hung(here)
            raise
        except Backoff as asked:
            self._patience.leave_alone(here, asked.retry_after_seconds)
            raise
        self._patience.note_answer(here)
        return page

    def _get(
        self,
        url: str,
        vetted: Vetted,
        deadline: Deadline,
        conditions: Mapping[str, str],
        state: Mapping[str, Any] | None,
    ) -> Page:
        for _ in range(MOST_REDIRECTS + 1):
            answer = self._read_page(vetted, conditions, deadline)
            if answer.status not in REDIRECTS:
                page = self._page(url, vetted, answer, state)
                self._refuse(page, answer, bool(conditions))
                return page
            vetted = next_hop(vetted, answer.headers, self.vet)
        raise Refused(f"The address {url[:120]!r} was redirected more than {MOST_REDIRECTS} times.")

    def _refuse(self, page: Page, answer: Answer, conditional: bool) -> None:
        try:
            refuse_status(answer.status, answer.headers, conditional, self._clock())
        except HttpError as error:
            error.said = page if answer.status in GONE and page.body else None
            raise

    def close(self) -> None:
        """Hang up on everybody; connections rest for a moment between two pages of a host."""
        self._lines.close()

    def post(
        self, url: str, body: bytes, headers: Mapping[str, str], *, deadline_seconds: float = 10.0
    ) -> Answer:
        """Post to a webhook: no redirects; the answer, whatever its status, with the beginning of its body.

        A receiver that has given its status was heard: a body that is too long, late or broken is cut, no error.
        """
        vetted = self.vet(url)
        request = self._request("POST", vetted, headers, body)
        with self._pace.turn(vetted.host_and_port):
            return self._exchange(request, vetted, Deadline(deadline_seconds), LONGEST_REPLY)

    def _read_page(self, vetted: Vetted, conditions: Mapping[str, str], deadline: Deadline) -> Answer:
        robots = self._robots_of(vetted, deadline)
        path = vetted.target.decode("ascii")
        if not robots.allows(path):
            raise Refused(f"The robots.txt of {vetted.host} asks not to read {path[:120]!r}.")
        request = self._request("GET", vetted, {"Accept": _ACCEPTED, **conditions})
        return self._in_turn(request, vetted, deadline, self._max_bytes, robots.pause_seconds, GONE)

    def _in_turn(
        self,
        asked: Asked,
        vetted: Vetted,
        deadline: Deadline,
        limit: int,
        pause: float = 0.0,
        besides: Collection[int] = (),
    ) -> Answer:
        waiting_since = time.monotonic()
        with self._pace.turn(vetted.host_and_port, pause):
            deadline.extend(time.monotonic() - waiting_since)
            return self._exchange(asked, vetted, deadline, limit, besides)

    def _request(
        self, method: str, vetted: Vetted, headers: Mapping[str, str], body: bytes | None = None
    ) -> Asked:
        ours = {"Host": vetted.host_header, "User-Agent": self._user_agent, "Accept-Encoding": "gzip"}
        length = {} if body is None else {"Content-Length": str(len(body))}
        every = {**ours, "Connection": "keep-alive", **length, **headers}
        try:
            written = [(name.encode("ascii"), value.encode("ascii")) for name, value in every.items()]
        except UnicodeEncodeError as error:
            raise Refused(_UNWRITABLE) from error
        return Asked(method, vetted.target, written, body)

    def _exchange(
        self, asked: Asked, vetted: Vetted, deadline: Deadline, limit: int, besides: Collection[int] = ()
    ) -> Answer:
        """One exchange; `besides` are the statuses other than 200 whose body is wanted, if it can be had."""

        def taken(answer: Answered) -> Answer:
            if answer.status in besides:
                encoding = answer.headers.get("content-encoding", "")
                body = body_if_whole(answer.chunks(), encoding, min(limit, LONGEST_SAID))
            elif asked.method == "POST":
                body = beginning(answer.chunks(), answer.headers.get("content-encoding", ""), limit)
            elif answer.status != 200:
                body = pass_over(answer.chunks())
            else:
                body = bounded_body(answer.chunks(), answer.headers.get("content-encoding", ""), limit)
            return Answer(answer.status, answer.headers, body, answer.peer)

        with _plain_errors(vetted):
            return self._lines.exchange(vetted, asked, deadline, taken)

    def _robots_of(self, vetted: Vetted, deadline: Deadline) -> Robots:
        known = self._robots_known(vetted)
        if known is not None:
            return known
        waiting_since = time.monotonic()
        with self._asking[vetted.origin]:
            # One asks, the others wait for what it hears; whose turn it is not yet has all of its time left.
            deadline.extend(time.monotonic() - waiting_since)
            known = self._robots_known(vetted)
            if known is None:
                known = self._fetch_robots(vetted, deadline)
                self._robots[vetted.line] = (time.monotonic() + _ROBOTS_KEPT_SECONDS, known)
        return known

    def _robots_known(self, vetted: Vetted) -> Robots | None:
        kept_until, robots = self._robots.get(vetted.line, (float("-inf"), None))
        return robots if time.monotonic() < kept_until else None

    def _fetch_robots(self, site: Vetted, deadline: Deadline) -> Robots:
        hop = self.vet(f"{site.origin}/robots.txt").at_the_host_of(site)
        for _ in range(MOST_REDIRECTS + 1):
            answer = self._in_turn(self._request("GET", hop, {}), hop, deadline, LONGEST_FILE)
            if answer.status not in REDIRECTS:
                return self._rules(site, answer)
            hop = next_hop(hop, answer.headers, self.vet)
        return Robots()

    def _rules(self, site: Vetted, answer: Answer) -> Robots:
        if answer.status == 200:
            agent = self._user_agent.partition("/")[0].strip()
            return read_robots(answer.body.decode("utf-8", "replace"), agent)
        if answer.status == 429:
            refuse_status(answer.status, answer.headers, False, self._clock())
        if answer.status >= 500:
            raise Unreachable(f"The robots.txt of {site.host} could not be read (status {answer.status}).")
        return Robots()

    def _page(self, url: str, final: Vetted, answer: Answer, state: Mapping[str, Any] | None) -> Page:
        headers = tuple(
            (name, value) for name, value in answer.headers.multi_items() if name.lower() not in _NOT_KEPT
        )
        digest = sha256(answer.body).hexdigest()
        fetched_at = self._clock().astimezone(UTC)
        unchanged = answer.status == 304
        return Page(
            url,
            final.url,
            answer.status,
            headers,
            answer.body,
            digest,
            fetched_at,
            unchanged,
            dict(state or {}),
            answer.peer,
        )


def _conditions(etag: str, last_modified: str) -> dict[str, str]:
    """What the site itself said last time; what cannot be said back is left out."""
    asked = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in asked.items() if value and value.isascii() and value.isprintable()}


@contextmanager
def _plain_errors(vetted: Vetted) -> Iterator[None]:
    try:
        yield
    except httpcore.LocalProtocolError as error:
        raise Refused(_UNWRITABLE) from error
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException) as error:
        raise Unreachable(f"The answer of {vetted.host} was broken or cut short.") from error
