"""Which addresses may be fetched at all."""

import codecs
from collections.abc import Callable

import pytest

from scrapers.walk import Gate, Refused, vet_address
from scrapers.walk.networks import is_public
from scrapers.walk.redirects import next_hop
from tests.shared import shared


def _addresses() -> list[tuple[str, str]]:
    lines = shared("data", "badinputs", "urls", "urls.tsv").read_text("utf-8").splitlines()[1:]
    rows = [line.split("\t") for line in lines]
    return [(verdict, codecs.decode(url.encode("ascii"), "unicode_escape")) for verdict, url, _ in rows]


@pytest.mark.parametrize(("verdict", "url"), _addresses())
def test_each_address_of_the_corpus_gets_its_verdict(verdict: str, url: str) -> None:
    if verdict == "ALLOW":
        assert vet_address(url).scheme in ("http", "https")
    else:
        with pytest.raises(Refused, match="is not fetched"):
            vet_address(url)


def test_the_operators_list_lifts_the_rules_for_exactly_one_host_and_port() -> None:
    assert vet_address("http://127.0.0.1:8099/x", ["127.0.0.1:8099"]).allowed_by_operator
    assert vet_address("http://[::1]:8099/x", ["[::1]:8099"]).allowed_by_operator
    for url in ("http://127.0.0.1:8098/", "http://127.0.0.2:8099/", "http://127.0.0.1/"):
        with pytest.raises(Refused):
            vet_address(url, ["127.0.0.1:8099"])


def test_a_host_without_a_port_on_the_list_means_the_two_usual_ports() -> None:
    assert vet_address("https://intranet/", ["intranet"]).allowed_by_operator
    with pytest.raises(Refused):
        vet_address("https://intranet:8443/", ["intranet"])


def test_the_list_never_lifts_the_rules_about_spelling() -> None:
    for url in ("file:///etc/passwd", "http://user@127.0.0.1:8099/", "http://127.0.0.1:8099\\@example.org/"):
        with pytest.raises(Refused):
            vet_address(url, ["127.0.0.1:8099", "127.0.0.1"])


def test_an_international_name_is_dialled_in_its_ascii_form_and_a_fragment_is_not_sent() -> None:
    assert vet_address("https://bücher.example/ü#top").url == "https://xn--bcher-kva.example/%C3%BC"


@pytest.mark.parametrize(
    "address",
    [
        "::ffff:93.184.216.34",
        "fec0::1",
        "2001:4860:4860::5efe:7f00:1",
        "192.0.0.9",
        "fe80::1%eth0",
        "not an address",
    ],
)
def test_odd_networks_are_not_public(address: str) -> None:
    assert not is_public(address)


def test_redirect_targets_are_vetted_like_any_other_address(gate_for: Callable[[str], Gate]) -> None:
    here = vet_address("https://example.org/a?b")
    vet = gate_for("http://none.example").vet
    import httpx

    fine = {"/relative", "?q", "#f"}
    text = shared("data", "badinputs", "urls", "redirect_locations.txt").read_text("utf-8")
    for location in text.split("\n")[:-1]:
        headers = httpx.Headers({"Location": location})
        if location in fine:
            assert next_hop(here, headers, vet).host == "example.org"
        else:
            with pytest.raises(Refused):
                next_hop(here, headers, vet)
