"""Dials: resolves a name once, keeps only public addresses, connects to one of exactly these."""

import queue
import select
import socket
import ssl
import threading
from collections.abc import Callable, Iterable, Sequence
from ipaddress import ip_address
from typing import Any

import httpcore

from scrapers.walk.address import Vetted
from scrapers.walk.deadline import Deadline
from scrapers.walk.errors import Refused, Unreachable
from scrapers.walk.networks import is_public

Resolver = Callable[[str, int], Sequence[str]]
"""(host, port) → IP addresses in plain form; raises OSError where there are none."""

MOST_ADDRESSES_TRIED = 4
_READ_AT_ONCE = 65536


def system_resolver(host: str, port: int) -> list[str]:
    """What the machine's own resolver says."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(sockaddr[0]) for _, _, _, _, sockaddr in found]


def _resolved(vetted: Vetted, resolver: Resolver, deadline: Deadline) -> Sequence[str]:
    # getaddrinfo knows no timeout, so it runs beside us and is left behind when time is up.
    answers: queue.SimpleQueue[Sequence[str]] = queue.SimpleQueue()

    def ask() -> None:
        try:
            answers.put(resolver(vetted.host, vetted.port))
        except (OSError, UnicodeError):
            answers.put(())

    threading.Thread(target=ask, name="resolve", daemon=True).start()
    try:
        return answers.get(timeout=deadline.remaining())
    except queue.Empty:
        raise deadline.passed() from None


def addresses_to_dial(vetted: Vetted, resolver: Resolver, deadline: Deadline) -> list[str]:
    """The few addresses of a name that may be dialled; Refused where all of them lie inside."""
    found = [vetted.host] if _is_address(vetted.host) else _resolved(vetted, resolver, deadline)
    answers = list(dict.fromkeys(found))
    if not answers:
        raise Unreachable(f"The name {vetted.host} could not be resolved.")
    chosen = answers if vetted.allowed_by_operator else [one for one in answers if is_public(one)]
    if not chosen:
        raise Refused(f"The name {vetted.host} points inside a private or reserved network.")
    return chosen[:MOST_ADDRESSES_TRIED]


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


class OnTime:
    """The deadline in force on a connection: each exchange over it brings its own."""

    def __init__(self, deadline: Deadline) -> None:
        self.deadline = deadline


class TimedStream(httpcore.NetworkStream):
    """A connection on which every step ends at the shared deadline."""

    def __init__(self, sock: socket.socket, on_time: OnTime) -> None:
        self._sock = sock
        self._on_time = on_time

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Some bytes, or none at the end."""
        self._sock.settimeout(self._on_time.deadline.remaining())
        try:
            return self._sock.recv(min(max_bytes, _READ_AT_ONCE))
        except TimeoutError:
            raise self._on_time.deadline.passed() from None
        except OSError as error:
            raise Unreachable(f"The connection broke off ({_reason(error)}).") from error

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """All of these bytes."""
        view = memoryview(buffer)
        try:
            while view:
                self._sock.settimeout(self._on_time.deadline.remaining())
                view = view[self._sock.send(view) :]
        except TimeoutError:
            raise self._on_time.deadline.passed() from None
        except OSError as error:
            raise Unreachable(f"The connection broke off ({_reason(error)}).") from error

    def close(self) -> None:
        """Hang up."""
        self._sock.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> "TimedStream":
        """The same connection, encrypted, with the other side's certificate verified for the host we asked for."""
        name = server_hostname.rstrip(".") if server_hostname else None
        try:
            self._sock.settimeout(self._on_time.deadline.remaining())
            return TimedStream(ssl_context.wrap_socket(self._sock, server_hostname=name), self._on_time)
        except TimeoutError:
            raise self._on_time.deadline.passed() from None
        except ssl.SSLCertVerificationError as error:
            raise Refused(f"The certificate of {name} is not valid: {error.verify_message}.") from error
        except (OSError, ValueError) as error:
            raise Unreachable(f"No encrypted connection with {name} ({_reason(error)}).") from error

    def get_extra_info(self, info: str) -> Any:
        """What the HTTP library asks about the connection."""
        facts: dict[str, Callable[[], Any]] = {
            "socket": lambda: self._sock,
            "server_addr": self._sock.getpeername,
            "client_addr": self._sock.getsockname,
            "is_readable": lambda: _is_readable(self._sock),
        }
        return facts[info]() if info in facts else None


def _is_readable(sock: socket.socket) -> bool:
    """Whether something waits to be read, which on a resting connection means that it was closed."""
    if sock.fileno() < 0:
        return True
    poll = select.poll()
    poll.register(sock, select.POLLIN)
    return bool(poll.poll(0))


def _connected(address: str, port: int, seconds: float) -> socket.socket:
    sock = socket.create_connection((address, port), seconds)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return sock


def _reason(error: BaseException) -> str:
    return getattr(error, "strerror", None) or type(error).__name__


class VettedBackend(httpcore.NetworkBackend):
    """The only way out: dials a vetted address, whatever the HTTP library believes the host to be."""

    def __init__(self, vetted: Vetted, resolver: Resolver, on_time: OnTime) -> None:
        self._vetted = vetted
        self._resolver = resolver
        self._on_time = on_time
        self.peer = ""
        """The address that was dialled."""

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> TimedStream:
        """A connection to one of the addresses that were vetted a moment ago."""
        addresses = addresses_to_dial(self._vetted, self._resolver, self._on_time.deadline)
        failure: OSError | None = None
        for tried, address in enumerate(addresses):
            share = self._on_time.deadline.remaining() / (len(addresses) - tried)
            try:
                sock = _connected(address, self._vetted.port, share)
            except OSError as error:
                failure = error
            else:
                self.peer = address
                return TimedStream(sock, self._on_time)
        self._on_time.deadline.remaining()
        reason = _reason(failure) if failure else "no answer"
        raise Unreachable(f"No connection to {self._vetted.host_and_port} ({reason}).")
