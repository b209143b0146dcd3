"""Names are looked at again when they are dialled: what is checked is what is connected to."""

import json
import socket
import threading
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from scrapers.walk import Gate, Refused, TooSlow, Unreachable, WalkError
from scrapers.walk.dial import MOST_ADDRESSES_TRIED
from scrapers.walk.networks import is_public
from tests.shared import shared

SCENARIOS = json.loads(shared("data", "badinputs", "urls", "dns_scenarios.json").read_text("utf-8"))


class Names:
    """A resolver that plays a scenario, one answer for each question."""

    def __init__(self, answers: Sequence[Sequence[str]]) -> None:
        self.answers = list(answers)
        self.asked = 0

    def __call__(self, host: str, port: int) -> Sequence[str]:
        answer = self.answers[min(self.asked, len(self.answers) - 1)]
        self.asked += 1
        return answer


@pytest.fixture
def dialled(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Every address somebody tried to connect to; no connection is made."""
    addresses: list[str] = []

    def connect(address: tuple[str, int], *_: Any, **__: Any) -> socket.socket:
        addresses.append(address[0])
        raise ConnectionRefusedError(111, "Connection refused")

    monkeypatch.setattr(socket, "create_connection", connect)
    yield addresses


def _gate(names: Names) -> Gate:
    return Gate(user_agent="Answerby/0.1", clock=lambda: datetime.now(UTC), resolver=names, pause_seconds=0)


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario["case"])
def test_no_name_leads_to_an_address_inside(scenario: dict[str, Any], dialled: list[str]) -> None:
    names = Names(scenario["answers"])
    gate = _gate(names)
    for _ in scenario["answers"]:
        with pytest.raises((Refused, Unreachable)):
            gate.get("https://gov.example.org/feed")
    assert all(map(is_public, dialled))
    assert names.asked == len(scenario["answers"])
    assert len(dialled) <= MOST_ADDRESSES_TRIED


def test_a_name_that_turns_inside_between_two_requests_is_refused(dialled: list[str]) -> None:
    gate = _gate(Names([["93.184.216.34"], ["127.0.0.1"]]))
    with pytest.raises(Unreachable):
        gate.get("https://gov.example.org/")
    with pytest.raises(Refused, match="private or reserved"):
        gate.get("https://gov.example.org/")
    assert dialled == ["93.184.216.34"]


def test_a_resolver_that_breaks_or_hangs_is_an_error_of_this_page_only(dialled: list[str]) -> None:
    released = threading.Event()

    def broken(host: str, port: int) -> Sequence[str]:
        raise UnicodeError("label too long")

    def hanging(host: str, port: int) -> Sequence[str]:
        released.wait()
        return []

    for resolver, error in ((broken, Unreachable), (hanging, TooSlow)):
        gate = Gate(
            user_agent="A/1", clock=lambda: datetime.now(UTC), resolver=resolver, deadline_seconds=0.2
        )
        with pytest.raises(error):
            gate.get("https://gov.example.org/")
    released.set()
    assert dialled == []


def test_proxies_of_the_surroundings_are_not_used(
    monkeypatch: pytest.MonkeyPatch, dialled: list[str]
) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:3128")
    with pytest.raises(WalkError):
        _gate(Names([["93.184.216.34"]])).get("https://gov.example.org/")
    assert dialled == ["93.184.216.34"]
