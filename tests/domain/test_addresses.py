"""Addresses: every case of the shared corpus, and what two spellings have in common."""

import csv
import sys

import pytest

from tests.shared import shared
from tracker.domain.addresses import AddressError, email_address, normal_form, without

csv.field_size_limit(sys.maxsize)


def cases() -> list[tuple[str, str, str]]:
    with shared("data", "badinputs", "emails", "addresses.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))[1:]
    return [
        (row[0], row[1].encode("latin-1", "backslashreplace").decode("unicode_escape"), row[2])
        for row in rows
    ]


def verdict(text: str) -> str:
    try:
        email_address(text)
    except AddressError:
        return "REJECT"
    return "ACCEPT"


# POLICY: legal in the grammar, handed to mail servers all the same; ours is to refuse. EITHER: one of both.
EXPECTED = {"ACCEPT": {"ACCEPT"}, "REJECT": {"REJECT"}, "POLICY": {"REJECT"}, "EITHER": {"ACCEPT", "REJECT"}}


@pytest.mark.parametrize(
    ("said", "text", "why"), cases(), ids=[f"{n}-{why}" for n, (_, _, why) in enumerate(cases())]
)
def test_every_address_of_the_corpus_gets_its_verdict(said: str, text: str, why: str) -> None:
    assert verdict(text) in EXPECTED[said], why


def test_a_plus_tag_and_the_case_of_the_name_are_kept() -> None:
    assert email_address(" Ada+News@Example.ORG ") == "Ada+News@example.org"


def test_two_spellings_of_one_subscriber_have_one_normal_form() -> None:
    assert normal_form("Ada@example.org") == normal_form(" ada@Example.org ")


@pytest.mark.parametrize("text", ["", "ada", "ada@localhost", "a" * 300 + "@example.org"])
def test_a_refusal_is_a_sentence(text: str) -> None:
    with pytest.raises(AddressError, match=r"^[A-Z].*\.$"):
        email_address(text)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("550 5.1.1 <Ada.B@Example.org>: unknown", "550 5.1.1 <…>: unknown"),
        ("550 user ada.b is not at example.org.", "550 user … is not at …."),
        ("550 adamant.b at other-example.org", "550 adamant.b at other-example.org"),
    ],
)
def test_what_a_server_said_is_kept_without_the_address(said: str, kept: str) -> None:
    assert without("ada.b@example.org", said) == kept
    assert without("", said) == said
