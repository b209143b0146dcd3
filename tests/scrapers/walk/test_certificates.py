"""Whoever cannot prove who they are is not read, unless the operator said so of one source."""

import ssl
from collections.abc import Callable
from pathlib import Path

import pytest

from scrapers.walk import Refused
from tests.scrapers.walk.served import Site, certificate, gate_to


@pytest.mark.parametrize(
    ("name", "days", "trusted", "words"),
    [
        ("gov.example.org", (-2, -1), True, "expired"),
        ("evil.example.org", (-1, 1), True, "ostname mismatch"),
        ("gov.example.org", (-1, 1), False, "self-signed"),
    ],
)
def test_a_certificate_that_does_not_hold_is_refused(
    name: str, days: tuple[int, int], trusted: bool, words: str, tmp_path: Path, site: Callable[..., Site]
) -> None:
    path, tls = certificate(tmp_path, name, days)
    one = site({}, tls)
    ours = ssl.create_default_context(cafile=path) if trusted else ssl.create_default_context()
    with pytest.raises(Refused, match=words):
        gate_to(one.port, ssl_context=ours).get(f"https://gov.example.org:{one.port}/a")


def test_a_good_certificate_is_taken_and_a_step_down_to_http_is_not(
    tmp_path: Path, site: Callable[..., Site]
) -> None:
    path, tls = certificate(tmp_path, "gov.example.org", (-1, 1))
    down = {"Location": "http://example.org/"}
    one = site({"/a": (200, {}, b"a"), "/down": (302, down, b"")}, tls)
    gate = gate_to(one.port, ssl_context=ssl.create_default_context(cafile=path))
    assert gate.get(f"https://gov.example.org:{one.port}/a").body == b"a"
    assert one.seen[-1][1]["Host"] == f"gov.example.org:{one.port}"
    with pytest.raises(Refused, match="open connection"):
        gate.get(f"https://gov.example.org:{one.port}/down")


def test_a_source_that_need_not_prove_who_it_is_is_read_and_nothing_else_is(
    tmp_path: Path, site: Callable[..., Site]
) -> None:
    _, tls = certificate(tmp_path, "gov.example.org", (-2, -1))
    one = site({"/a": (200, {}, b"a"), "/b": (302, {"Location": "/a"}, b"")}, tls)
    gate, base = gate_to(one.port), f"https://gov.example.org:{one.port}"
    assert gate.get(f"{base}/a", verify_tls=False).body == b"a"
    assert gate.get(f"{base}/b", verify_tls=False).body == b"a"
    assert [path for path, _ in one.seen].count("/robots.txt") == 1
    with pytest.raises(Refused, match="not valid"):
        gate.get(f"{base}/a")
    assert gate.get(f"{base}/a", verify_tls=False).body == b"a"


def test_where_such_a_source_sends_us_elsewhere_the_other_site_has_to_prove_who_it_is(
    tmp_path: Path, site: Callable[..., Site]
) -> None:
    _, tls = certificate(tmp_path, "gov.example.org", (-1, 1))
    there = site({"/a": (200, {}, b"a")}, tls)
    here = site({"/a": (302, {"Location": f"https://127.0.0.1:{there.port}/a"}, b"")}, tls)
    gate = gate_to(here.port, allow_hosts=[f"gov.example.org:{here.port}", f"127.0.0.1:{there.port}"])
    with pytest.raises(Refused, match="not valid"):
        gate.get(f"https://gov.example.org:{here.port}/a", verify_tls=False)
    assert there.seen == []


def test_a_step_down_to_http_is_refused_there_too(tmp_path: Path, site: Callable[..., Site]) -> None:
    _, tls = certificate(tmp_path, "gov.example.org", (-1, 1))
    one = site({"/down": (302, {"Location": "http://example.org/"}, b"")}, tls)
    with pytest.raises(Refused, match="open connection"):
        gate_to(one.port).get(f"https://gov.example.org:{one.port}/down", verify_tls=False)


def test_a_page_says_which_address_it_came_from_over_a_kept_connection_too(site: Callable[..., Site]) -> None:
    one = site({"/a": (200, {}, b"a")})
    gate = gate_to(one.port)
    pages = [gate.get(f"http://gov.example.org:{one.port}/a") for _ in range(2)]
    assert [page.peer for page in pages] == ["127.0.0.1", "127.0.0.1"]
