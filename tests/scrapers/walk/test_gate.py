"""The gate against a server that does every wrong thing."""

import threading
import time
from collections.abc import Callable
from hashlib import sha256

import pytest

from scrapers.walk import Backoff, Gate, HttpError, Refused, TooLarge, TooSlow, Unreachable, WalkError
from scrapers.walk.gate import LONGEST_REPLY
from tests.scrapers.walk.served import Site, gate_to

DEADLINE = 1.0


def test_a_page_keeps_its_bytes_their_hash_and_the_instant(gate: Gate, hostile_url: str) -> None:
    page = gate.get(f"{hostile_url}/ok", state={"page": "listing"})
    assert page.status == 200
    assert page.sha256 == sha256(page.body).hexdigest()
    assert page.fetched_at.isoformat() == "2026-04-02T12:00:00+00:00"
    assert page.header("content-type") == "application/rss+xml"
    assert page.state == {"page": "listing"}
    assert not page.not_modified


@pytest.mark.parametrize("fault", ["hang", "drip", "slow-headers", "continue-forever", "redirect-slow"])
def test_whatever_is_slow_ends_at_the_deadline(fault: str, gate: Gate, hostile_url: str) -> None:
    began = time.monotonic()
    with pytest.raises(TooSlow, match="complete after 1 seconds"):
        gate.get(f"{hostile_url}/{fault}")
    assert time.monotonic() - began < DEADLINE + 2


@pytest.mark.parametrize(
    "fault",
    ["close", "rst", "short", "chunk-bad", "chunk-cut", "http09", "garbage", "bad-header", "headers-huge",
     "headers-many", "upgrade", "f/feeds/157_gzip_truncated.gz"],
)  # fmt: skip
def test_a_broken_answer_is_an_error_and_never_a_shorter_page(
    fault: str, gate: Gate, hostile_url: str
) -> None:
    with pytest.raises(Unreachable):
        gate.get(f"{hostile_url}/{fault}")


@pytest.mark.parametrize("fault", ["endless", "big?mb=200"])
def test_more_than_five_megabytes_are_not_read(fault: str, gate: Gate, hostile_url: str) -> None:
    with pytest.raises(TooLarge, match="5,242,880"):
        gate.get(f"{hostile_url}/{fault}")


def test_one_gzip_is_unpacked_and_nothing_else_is(gate: Gate, hostile_url: str) -> None:
    assert gate.get(f"{hostile_url}/f/feeds/156_gzip_valid.gz").body.startswith(b"<?xml")
    with pytest.raises(Refused, match="not asked for"):
        gate.get(f"{hostile_url}/f/feeds/159_deflate_raw.z")


def test_redirects_are_followed_by_hand_up_to_five(gate: Gate, hostile_url: str) -> None:
    page = gate.get(f"{hostile_url}/redirect-chain?n=5")
    assert page.final_address == f"{hostile_url}/redirect-chain?n=0"
    for path in ("redirect-chain?n=6", "redirect-loop", "redirect?to="):
        with pytest.raises(Refused, match="redirect"):
            gate.get(f"{hostile_url}/{path}")


@pytest.mark.parametrize(
    "target", ["http://169.254.169.254/", "//127.0.0.1/", "file:///etc/passwd", "http://[::1]/"]
)
def test_a_redirect_leads_nowhere_inside(target: str, gate: Gate, hostile_url: str) -> None:
    with pytest.raises(Refused):
        gate.get(f"{hostile_url}/redirect?to={target}")


@pytest.mark.parametrize(
    ("query", "seconds"),
    [("c=429", 600), ("c=429&retry=120", 120), ("c=429&retry=1", 60), ("c=429&retry=1000000000000000", 86400),
     ("c=429&retry=-5", 600), ("c=503&retry=Thu, 02 Apr 2026 13:00:00 GMT".replace(" ", "%20"), 3600)],
)  # fmt: skip
def test_retry_after_is_honoured_between_a_minute_and_a_day(
    query: str, seconds: float, gate: Gate, hostile_url: str
) -> None:
    with pytest.raises(Backoff) as caught:
        gate.get(f"{hostile_url}/status?{query}")
    assert caught.value.retry_after_seconds == seconds


@pytest.mark.parametrize("status", [204, 401, 403, 404, 410, 500, 503])
def test_an_answer_that_is_no_page_says_so(status: int, gate: Gate, hostile_url: str) -> None:
    with pytest.raises(HttpError, match=f"status {status}") as caught:
        gate.get(f"{hostile_url}/status?c={status}")
    assert caught.value.status == status


def test_not_modified_counts_only_when_we_asked(gate: Gate, hostile_url: str) -> None:
    assert gate.get(f"{hostile_url}/304-first", etag='"a"').not_modified
    with pytest.raises(HttpError, match="nothing to compare"):
        gate.get(f"{hostile_url}/304-first")


def test_cookies_are_neither_kept_nor_sent(gate: Gate, hostile_url: str) -> None:
    page = gate.get(f"{hostile_url}/cookies")
    assert not page.header("set-cookie")


def test_a_post_follows_no_redirect_and_takes_no_line_breaks_into_headers(
    gate: Gate, hostile_url: str
) -> None:
    assert gate.post(f"{hostile_url}/ok", b"{}", {"Content-Type": "application/json"}).status == 200
    assert gate.post(f"{hostile_url}/redirect?to=/ok", b"{}", {}).status == 302
    with pytest.raises(Refused, match="header"):
        gate.post(f"{hostile_url}/ok", b"{}", {"X-Title": "a\r\nBcc: b"})


def test_the_answer_to_a_post_is_cut_and_its_status_counts(gate: Gate, hostile_url: str) -> None:
    answer = gate.post(f"{hostile_url}/endless", b"{}", {})
    assert answer.status == 200
    assert len(answer.body) <= LONGEST_REPLY
    assert gate.post(f"{hostile_url}/short", b"{}", {}).status == 200
    assert gate.post(f"{hostile_url}/status?c=503", b"{}", {}).status == 503
    with pytest.raises(TooSlow):
        gate.post(f"{hostile_url}/hang", b"{}", {}, deadline_seconds=0.3)


def test_a_source_that_hangs_does_not_hold_up_another_and_leaves_no_thread(
    hostile_url: str, gate_for: Callable[[str], Gate]
) -> None:
    before = threading.active_count()
    ends: list[str] = []

    def fetch(path: str) -> None:
        try:
            gate_for(hostile_url).get(f"{hostile_url}/{path}")
            ends.append(path)
        except WalkError:
            ends.append("error")

    threads = [
        threading.Thread(target=fetch, args=(path,)) for path in [*["drip", "hang", "endless"] * 5, "ok"]
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=20)
    assert ends.count("error") == 15
    assert "ok" in ends
    assert threading.active_count() <= before


@pytest.mark.parametrize("status", [404, 410])
def test_what_stands_in_place_of_a_page_that_is_gone_comes_with_the_error(
    status: int, site: Callable[..., Site]
) -> None:
    one = site({"/a": (status, {}, b"Moved to the archive"), "/b": (500, {}, b"trouble")})
    with pytest.raises(HttpError) as caught:
        gate_to(one.port).get(f"http://127.0.0.1:{one.port}/a")
    said = caught.value.said
    assert said is not None and (said.status, said.body) == (status, b"Moved to the archive")
    with pytest.raises(HttpError) as other:
        gate_to(one.port).get(f"http://127.0.0.1:{one.port}/b")
    assert other.value.said is None


def test_a_page_that_is_gone_is_gone_however_large_its_message(site: Callable[..., Site]) -> None:
    one = site({"/a": (404, {}, b"x" * 5000), "/b": (404, {"Content-Encoding": "gzip"}, b"not packed")})
    for path in ("a", "b"):
        with pytest.raises(HttpError, match="404") as caught:
            gate_to(one.port, max_bytes=100).get(f"http://127.0.0.1:{one.port}/{path}")
        assert caught.value.said is None
