"""The chain: one spelling for one value, each hash bound to all before it."""

import hashlib
import json
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.ledger import GENESIS, canonical, chained, entry, head_text
from tracker.domain.words import EventKind

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.dictionaries(st.text(), inner) | st.lists(inner),
)


def test_keys_are_sorted_and_nothing_is_spaced() -> None:
    assert canonical({"b": 1, "a": [True, None, "x"]}) == '{"a":[true,null,"x"],"b":1}'


def test_two_spellings_of_a_letter_are_one() -> None:
    assert canonical("e\u0301") == canonical("\u00e9") == '"é"'


def test_a_number_with_a_fraction_is_written_as_text() -> None:
    assert canonical(0.5) == '"0.5"'


def test_instants_are_written_in_utc_whatever_their_zone() -> None:
    at = datetime(2026, 5, 12, 11, tzinfo=timezone(timedelta(hours=2)))
    assert canonical(at) == '"2026-05-12T09:00:00.000000Z"'
    assert canonical([date(2026, 5, 12), EventKind.VOID]) == '["2026-05-12","void"]'


def test_half_a_surrogate_pair_is_replaced() -> None:
    assert canonical("a\ud800").encode() == '"a\ufffd"'.encode()


def test_what_has_no_canonical_form_is_refused() -> None:
    with pytest.raises(TypeError, match="no canonical form"):
        canonical({"a": object()})


@given(VALUES)
def test_the_canonical_form_survives_being_read_and_written(value: object) -> None:
    assert canonical(json.loads(canonical(value))) == canonical(value)


def test_an_outsider_computes_the_same_hash() -> None:
    text = entry(1, {"kind": "void"})
    assert text == '{"kind":"void","seq":1,"v":2}'
    leaf = hashlib.sha256(b"\x00" + text.encode()).digest()
    assert chained(GENESIS, text) == hashlib.sha256(b"\x01" + bytes(32) + leaf).hexdigest()


def test_entries_of_the_first_version_keep_their_hash() -> None:
    text = entry(1, {"kind": "void"}, 1)
    assert chained(GENESIS, text) == hashlib.sha256(b"\x00" + bytes(32) + text.encode()).hexdigest()


def test_what_is_signed_is_four_plain_lines() -> None:
    text = head_text(7, "ab" * 32, datetime(2026, 5, 12, 9, tzinfo=UTC))
    assert text.decode().splitlines() == ["answerby log", "7", "ab" * 32, "2026-05-12T09:00:00.000000Z"]
