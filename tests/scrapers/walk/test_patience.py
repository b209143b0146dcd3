"""Hosts that hang get less of our time, hosts that ask for patience get all of it."""

from collections.abc import Callable

import pytest

from scrapers.walk import Backoff, Gate, TooSlow
from scrapers.walk.patience import REMEMBERED_SECONDS, SHORTEST_DEADLINE, Patience

HOST = "gov.example.org:443"


def test_a_host_that_hangs_gets_half_the_time_again_and_again_and_all_of_it_after_an_answer() -> None:
    patience = Patience(30.0, monotonic=lambda: 0.0)
    given = []
    for _ in range(6):
        given.append(patience.seconds(HOST))
        patience.note_hung(HOST)
    assert given == [30.0, 15.0, 7.5, 3.75, SHORTEST_DEADLINE, SHORTEST_DEADLINE]
    assert patience.seconds("other.example.org:443") == 30.0
    patience.note_answer(HOST)
    assert patience.seconds(HOST) == 30.0


def test_what_a_host_did_is_forgotten_after_a_while() -> None:
    now = [0.0]
    patience = Patience(30.0, monotonic=lambda: now[0])
    patience.note_hung(HOST)
    now[0] = REMEMBERED_SECONDS + 1
    assert patience.seconds(HOST) == 30.0
    patience.note_hung(HOST)
    assert patience.seconds(HOST) == 15.0


def test_a_short_deadline_is_never_made_longer() -> None:
    patience = Patience(1.0)
    for _ in range(4):
        patience.note_hung(HOST)
    assert patience.seconds(HOST) == 1.0


def test_a_host_that_asked_for_patience_is_left_alone_until_then() -> None:
    now = [0.0]
    patience = Patience(30.0, monotonic=lambda: now[0])
    patience.leave_alone(HOST, 120.0)
    now[0] = 60.0
    with pytest.raises(Backoff, match="another 60 seconds") as caught:
        patience.insist_free(HOST)
    assert caught.value.retry_after_seconds == 60.0
    patience.insist_free("other.example.org:443")
    now[0] = 120.0
    patience.insist_free(HOST)


def test_after_a_429_no_other_page_of_the_host_is_asked_for(gate: Gate, hostile_url: str) -> None:
    with pytest.raises(Backoff, match="status 429"):
        gate.get(f"{hostile_url}/status?c=429&retry=120")
    with pytest.raises(Backoff, match="asked not to be read"):
        gate.get(f"{hostile_url}/ok")


def test_pages_of_a_hanging_host_take_less_and_less(hostile_url: str, gate_for: Callable[..., Gate]) -> None:
    gate = gate_for(hostile_url, 0.4)
    gate._patience = Patience(0.4)
    with pytest.raises(TooSlow, match=r"0\.4 seconds"):
        gate.get(f"{hostile_url}/hang")
    assert gate.get(f"{hostile_url}/ok").status == 200
