"""Connections rest between two pages of a host: fewer of them, to the same vetted address, and never a stale answer."""

import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime

import pytest

from scrapers.walk import Gate, Unreachable
from tests.shared import shared

FEED = b"<rss version='2.0'><channel><title>News</title></channel></rss>"


class Talker:
    """A server on raw sockets that counts connections, and what is open at the same time."""

    def __init__(self, answers_per_connection: int, *, says_so: bool = True) -> None:
        self._answers, self._says_so = answers_per_connection, says_so
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        self.connections, self.open, self.most_open = 0, 0, 0
        self.requests: list[str] = []
        self._book = threading.Lock()
        threading.Thread(target=self._accept, daemon=True).start()

    def stop(self) -> None:
        self._listening.close()

    def _accept(self) -> None:
        while True:
            try:
                one, _ = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=(one,), daemon=True).start()

    def _talk(self, one: socket.socket) -> None:
        with self._book:
            self.connections += 1
            self.open += 1
            self.most_open = max(self.most_open, self.open)
        with one:
            for number in range(self._answers):
                if not self._answer(one, last=self._says_so and number == self._answers - 1):
                    break
        with self._book:
            self.open -= 1

    def _answer(self, one: socket.socket, *, last: bool) -> bool:
        asked = b""
        while b"\r\n\r\n" not in asked:
            more = one.recv(4096)
            if not more:
                return False
            asked += more
        path = asked.split(b" ")[1].decode()
        self.requests.append(path)
        status, body = ("404 No", b"") if path == "/robots.txt" else ("200 OK", FEED)
        ending = "Connection: close\r\n" if last else ""
        head = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n{ending}\r\n"
        one.sendall(head.encode() + body)
        return True


@pytest.fixture
def talker() -> Iterator[Callable[..., Talker]]:
    running: list[Talker] = []

    def start(answers: int, *, says_so: bool = True) -> Talker:
        running.append(Talker(answers, says_so=says_so))
        return running[-1]

    yield start
    for one in running:
        one.stop()


def _gate(port: int, asked: list[str] | None = None) -> Gate:
    def resolve(host: str, _port: int) -> Sequence[str]:
        if asked is not None:
            asked.append(host)
        return ["127.0.0.1"]

    return Gate(
        user_agent="Answerby/0.1",
        clock=lambda: datetime.now(UTC),
        allow_hosts=[f"gov.example.org:{port}"],
        resolver=resolve,
        pause_seconds=0,
        deadline_seconds=5,
    )


def test_pages_of_a_host_come_over_one_connection_resolved_once(talker: Callable[..., Talker]) -> None:
    server = talker(100)
    names: list[str] = []
    gate = _gate(server.port, names)
    for number in range(20):
        assert gate.get(f"http://gov.example.org:{server.port}/{number}").body == FEED
    assert server.connections == len(names) == 1
    assert server.requests == ["/robots.txt", *(f"/{number}" for number in range(20))]
    gate.close()


@pytest.mark.parametrize("says_so", [True, False])
def test_a_connection_the_other_side_gave_up_is_dialled_anew(
    says_so: bool, talker: Callable[..., Talker]
) -> None:
    server = talker(3, says_so=says_so)
    names: list[str] = []
    gate = _gate(server.port, names)
    for number in range(7):
        assert gate.get(f"http://gov.example.org:{server.port}/{number}").body == FEED
    assert server.connections == len(names) == 3
    assert len(server.requests) == 8
    gate.close()


def test_many_threads_hold_one_connection_to_a_host(talker: Callable[..., Talker]) -> None:
    server = talker(1000)
    gate = _gate(server.port)
    threads = [
        threading.Thread(target=gate.get, args=(f"http://gov.example.org:{server.port}/{number}",))
        for number in range(12)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert server.most_open == 1
    assert len(server.requests) == 13
    gate.close()


def test_a_post_never_goes_over_a_connection_that_rested(talker: Callable[..., Talker]) -> None:
    server = talker(100)
    gate = _gate(server.port)
    address = f"http://gov.example.org:{server.port}/hook"
    gate.get(address)
    assert gate.post(address, b"{}", {"Content-Type": "application/json"}).status == 200
    assert server.connections == 2
    gate.close()


def test_a_server_that_closes_before_every_answer_is_an_error_and_not_an_endless_dialling(
    talker: Callable[..., Talker],
) -> None:
    server = talker(0)
    with pytest.raises(Unreachable):
        _gate(server.port).get(f"http://gov.example.org:{server.port}/a")
    assert server.connections == 1


def _refused_addresses() -> list[str]:
    lines = shared("data", "badinputs", "urls", "urls.tsv").read_text("utf-8").splitlines()[1:]
    rows = [line.split("\t") for line in lines]
    return [row[1].encode("ascii").decode("unicode_escape") for row in rows if row[0] != "ALLOW"]


def test_no_refused_address_is_ever_resolved_or_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    reached: list[object] = []

    def note(*given: object, **_named: object) -> None:
        reached.append(given)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket.socket, "connect", note)
    monkeypatch.setattr(socket, "create_connection", note)
    monkeypatch.setattr(socket, "getaddrinfo", note)
    gate = Gate(user_agent="A/1", clock=lambda: datetime.now(UTC), pause_seconds=0)
    refused = 0
    for url in _refused_addresses():
        for ask in (gate.get, lambda address: gate.post(address, b"", {})):
            with pytest.raises(Exception, match="is not fetched"):
                ask(url)
            refused += 1
    assert refused > 200
    assert reached == []


def test_an_address_inside_cannot_come_back_by_a_connection_that_rested(
    talker: Callable[..., Talker],
) -> None:
    server = talker(100)
    gate = _gate(server.port)
    gate.get(f"http://gov.example.org:{server.port}/a")
    with pytest.raises(Exception, match="is not fetched"):
        gate.get(f"http://127.0.0.1:{server.port}/a")
    assert server.connections == 1
    gate.close()
