"""Robots, pauses, one connection at a time, and conditional requests, on a server that behaves."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from scrapers.walk import Backoff, Refused, Unreachable
from scrapers.walk.pace import Pace
from scrapers.walk.robots import read_robots
from tests.scrapers.walk.served import Site, gate_to

NOW = datetime.now(UTC)


def test_what_robots_txt_forbids_is_not_read_and_the_file_is_asked_for_once(
    site: Callable[..., Site],
) -> None:
    robots = b"User-agent: *\nDisallow: /\n\nUser-agent: answerby\nDisallow: /private\nAllow: /private/report"
    one = site({"/robots.txt": (200, {}, robots), "/a": (200, {}, b"a"), "/private/report": (200, {}, b"b")})
    gate = gate_to(one.port)
    assert gate.get(f"http://127.0.0.1:{one.port}/a").body == b"a"
    assert gate.get(f"http://127.0.0.1:{one.port}/private/report").body == b"b"
    with pytest.raises(Refused, match=r"robots\.txt"):
        gate.get(f"http://127.0.0.1:{one.port}/private/x")
    assert [path for path, _ in one.seen] == ["/robots.txt", "/a", "/private/report"]


def test_a_robots_txt_that_cannot_be_read_allows_nothing(site: Callable[..., Site]) -> None:
    broken = site({"/robots.txt": (500, {}, b""), "/a": (200, {}, b"a")})
    busy = site({"/robots.txt": (429, {}, b""), "/a": (200, {}, b"a")})
    with pytest.raises(Unreachable, match=r"robots\.txt"):
        gate_to(broken.port).get(f"http://127.0.0.1:{broken.port}/a")
    with pytest.raises(Backoff):
        gate_to(busy.port).get(f"http://127.0.0.1:{busy.port}/a")


def test_the_request_says_who_we_are_and_what_we_have(site: Callable[..., Site]) -> None:
    one = site({"/a": (304, {}, b"")})
    page = gate_to(one.port).get(
        f"http://127.0.0.1:{one.port}/a", etag='"x"', last_modified="Wed, 01 Apr 2026 00:00:00 GMT"
    )
    sent = one.seen[-1][1]
    assert page.not_modified
    assert sent["User-Agent"].startswith("Answerby/")
    assert sent["If-None-Match"] == '"x"'
    assert sent["If-Modified-Since"] == "Wed, 01 Apr 2026 00:00:00 GMT"
    assert sent["Accept-Encoding"] == "gzip"


def test_a_host_gets_a_pause_between_two_requests() -> None:
    now = [100.0]
    waits: list[float] = []
    pace = Pace(2.0, monotonic=lambda: now[0], sleep=waits.append)
    with pace.turn("gov.example.org:443"):
        now[0] = 103.0
    with pace.turn("other.example.org:443"):
        pass
    with pace.turn("gov.example.org:443", asked_pause=7.0):
        pass
    with pace.turn("gov.example.org:443"):
        pass
    assert waits == [2.0, 7.0]


def test_a_host_serves_one_request_at_a_time() -> None:
    pace = Pace(0.0, longest_wait_seconds=0.05)
    with (
        pace.turn("gov.example.org:443"),
        pytest.raises(Backoff, match="took too long"),
        pace.turn("gov.example.org:443"),
    ):
        pass


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf?x", True),
        ("User-agent: *\nDisallow: /a%2Fb", "/a/b", False),
        ("User-agent: other\nUser-agent: answerby\nDisallow: /a\n\nUser-agent: *\nAllow: /", "/a", False),
        ("User-agent: *\nDisallow: /a\nAllow: /a", "/a", True),
        ("<html>not a robots file</html>", "/a", True),
        ("User-agent: *\nDisallow: /exact$", "/exact", False),
        ("User-agent: *\nDisallow: /exact$", "/exactly", True),
    ],
)
def test_rules_of_robots_txt_mean_what_the_standard_says(rules: str, path: str, allowed: bool) -> None:
    assert read_robots(rules, "Answerby").allows(path) is allowed


def test_the_pause_robots_txt_asks_for_is_known() -> None:
    assert read_robots("User-agent: *\nCrawl-delay: 10", "Answerby").pause_seconds == 10
    assert read_robots("User-agent: *\nCrawl-delay: soon", "Answerby").pause_seconds == 0
