"""Connections kept for a moment: the next page of the same host comes over the one that was vetted when dialled."""

import ssl
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

import httpcore
import httpx

from scrapers.walk.address import Vetted
from scrapers.walk.deadline import Deadline
from scrapers.walk.dial import OnTime, Resolver, VettedBackend
from scrapers.walk.errors import Unreachable

MOST_RESTING = 16
LONGEST_REST = 15.0
Taken = TypeVar("Taken")


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it is written: everything in it is ours."""

    method: str
    target: bytes
    headers: Sequence[tuple[bytes, bytes]]
    content: bytes | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer whose headers are there; its body comes piece by piece."""

    status: int
    headers: httpx.Headers
    chunks: Callable[[], Iterator[bytes]]
    peer: str = ""
    """The IP address that was dialled."""


class Line:
    """One connection to one origin; no proxies, no environment, no redirects, no cookies."""

    def __init__(
        self, vetted: Vetted, resolver: Resolver, ssl_context: ssl.SSLContext, deadline: Deadline
    ) -> None:
        self.key = vetted.line
        self.rests_since = 0.0
        self._on_time = OnTime(deadline)
        scheme, host = vetted.scheme.encode("ascii"), vetted.host.encode("ascii")
        self._origin = httpcore.Origin(scheme, host, vetted.port)
        self._backend = VettedBackend(vetted, resolver, self._on_time)
        self._connection = httpcore.HTTPConnection(
            self._origin, ssl_context=ssl_context, network_backend=self._backend
        )

    def ask(self, asked: Asked, deadline: Deadline) -> Answered:
        """Send, and give back the answer as soon as its headers are there."""
        self._on_time.deadline = deadline
        origin = self._origin
        url = httpcore.URL(scheme=origin.scheme, host=origin.host, port=origin.port, target=asked.target)
        answer = self._connection.handle_request(
            httpcore.Request(asked.method, url, headers=list(asked.headers), content=asked.content)
        )
        self._answer = answer
        headers = httpx.Headers(answer.headers)
        return Answered(answer.status, headers, answer.iter_stream, self._backend.peer)

    def rests(self) -> bool:
        """End the exchange; whether the connection may serve another one."""
        self._answer.close()
        return self._connection.is_idle()

    @property
    def open(self) -> bool:
        """Whether the other side still holds a resting connection."""
        return not self._connection.is_closed() and not self._connection.has_expired()

    def close(self) -> None:
        """Hang up."""
        self._connection.close()


class Lines:
    """The resting connections of a gate: few, and none for longer than a quarter of a minute."""

    def __init__(
        self,
        resolver: Resolver,
        ssl_context: ssl.SSLContext,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._resolver = resolver
        self._ssl_context = ssl_context
        self._monotonic = monotonic
        self._resting: dict[str, Line] = {}
        self._book = threading.Lock()

    def exchange(
        self, vetted: Vetted, asked: Asked, deadline: Deadline, take: Callable[[Answered], Taken]
    ) -> Taken:
        """Ask, and have `take` read the answer; asked anew where a resting connection turns out to be dead."""
        line = self._rested(vetted) if asked.method == "GET" else None
        answer = _asked_again(line, asked, deadline) if line is not None else None
        if line is None or answer is None:
            context = self._ssl_context if vetted.check_certificate else _unchecking()
            line = Line(vetted, self._resolver, context, deadline)
            answer = _asked_first(line, asked, deadline)
        try:
            taken = take(answer)
        except BaseException:
            line.close()
            raise
        self._rest(line)
        return taken

    def close(self) -> None:
        """Hang up everywhere."""
        with self._book:
            lines, self._resting = list(self._resting.values()), {}
        for line in lines:
            line.close()

    def _rested(self, vetted: Vetted) -> Line | None:
        """The open connection to this origin, now ours; the others that have rested too long are closed."""
        now = self._monotonic()
        with self._book:
            mine = self._resting.pop(vetted.line, None)
            stale = [one for one in self._resting.values() if now - one.rests_since > LONGEST_REST]
            for one in stale:
                del self._resting[one.key]
        if mine is not None and (now - mine.rests_since > LONGEST_REST or not mine.open):
            stale.append(mine)
            mine = None
        for one in stale:
            one.close()
        return mine

    def _rest(self, line: Line) -> None:
        """Keep a connection whose answer was taken whole; close it, or the oldest where there are too many."""
        if not line.rests():
            line.close()
            return
        line.rests_since = self._monotonic()
        with self._book:
            over = [self._resting.pop(line.key, None)]
            if len(self._resting) >= MOST_RESTING:
                over.append(self._resting.pop(next(iter(self._resting))))
            self._resting[line.key] = line
        for one in over:
            if one is not None:
                one.close()


@cache
def _unchecking() -> ssl.SSLContext:
    """Encrypted, with whoever answers: only for a source of which the operator said so."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context


def _asked_first(line: Line, asked: Asked, deadline: Deadline) -> Answered:
    try:
        return line.ask(asked, deadline)
    except BaseException:
        line.close()
        raise


def _asked_again(line: Line, asked: Asked, deadline: Deadline) -> Answered | None:
    """The answer over a connection that rested; None where the other side had given it up."""
    try:
        return _asked_first(line, asked, deadline)
    except (Unreachable, httpcore.NetworkError, httpcore.RemoteProtocolError):
        return None
