"""Advice as data: for named rules and standings, with a law, a source and a review that grows old."""

from datetime import date, timedelta

import pytest

from tracker.domain.advice import REVIEW_LASTS, AdviceError, advice, advice_for, read_advice
from tracker.domain.catalogue import catalogue
from tracker.domain.words import ProcessKind, Standing

GOOD = """
[[advice]]
key = "one"
rules = ["gb-eaw-coroner-pfd"]
standings = ["overdue"]
legal_basis = "An Act, s.1"
source = "https://example.org/act"
reviewed_on = 2026-11-21
reviewed_by = "project"
[advice.words]
en = "Ask."
es = "Pregunte."
fr = "Demandez."
"""
REVIEWED = date(2026, 11, 21)


def test_every_piece_holds_for_checked_rules_of_the_catalogue() -> None:
    for piece in advice():
        assert all(catalogue()[rule].checked for rule in piece.rules), piece.key
        assert not piece.standings & {Standing.ANSWERED, Standing.ANSWERED_LATE, Standing.VOID}, piece.key


def test_no_two_pieces_share_a_key() -> None:
    keys = [piece.key for piece in advice()]
    assert len(keys) == len(set(keys)) > 4


def test_advice_depends_on_the_rule_the_kind_and_the_standing() -> None:
    def keys(rule: str, standing: Standing) -> list[str]:
        return [one.key for one in advice_for(rule, ProcessKind.CORONER, standing, REVIEWED)]

    assert keys("gb-eaw-coroner-pfd", Standing.OVERDUE) == ["gb-coroner-private-reply"]
    assert keys("gb-eaw-coroner-pfd", Standing.RUNNING) == []
    assert keys("stated-request", Standing.OVERDUE) == []
    [narrow] = read_advice(GOOD.replace('key = "one"', 'key = "one"\nkinds = ["audit"]'), "x.toml")
    assert narrow.holds("gb-eaw-coroner-pfd", ProcessKind.AUDIT, Standing.OVERDUE, REVIEWED)
    assert not narrow.holds("gb-eaw-coroner-pfd", ProcessKind.CORONER, Standing.OVERDUE, REVIEWED)


def test_advice_is_silent_once_its_review_is_old_and_before_it_was_made() -> None:
    [piece] = read_advice(GOOD, "x.toml")

    def given(on: date) -> bool:
        return piece.holds("gb-eaw-coroner-pfd", ProcessKind.CORONER, Standing.OVERDUE, on)

    last = REVIEWED + REVIEW_LASTS
    assert given(REVIEWED) and given(last)
    assert not given(last + timedelta(days=1)) and not given(REVIEWED - timedelta(days=1))


def test_advice_speaks_the_readers_language_else_english() -> None:
    [piece] = read_advice(GOOD, "x.toml")
    assert [piece.in_language(code) for code in ("es-MX", "fr", "de")] == ["Pregunte.", "Demandez.", "Ask."]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("[[advice]]", "[[advice", "not TOML"),
        ("[[advice]]", "[[advise]]", "below"),
        ('key = "one"', 'key = "one"\nmore = 1', "unknown key 'more'"),
        ('legal_basis = "An Act, s.1"', "", "missing key 'legal_basis'"),
        ('"An Act, s.1"', '" "', "name the law"),
        ("https://", "http://", "begins with https://"),
        ('["overdue"]', '["late"]', "see another piece"),
        ('["overdue"]', "[]", "at least one"),
        ("2026-11-21", '"soon"', "must be a day"),
        ("2026-11-21", "2026-11-21T10:00:00", "must be a day"),
        ('"project"', '"me"', "see another piece"),
        ('fr = "Demandez."', "", "words are needed"),
        ('fr = "Demandez."', 'fr = " "', "words are needed"),
    ],
)
def test_a_piece_written_wrongly_says_how_to_mend_it(old: str, new: str, said: str) -> None:
    with pytest.raises(AdviceError, match=said):
        list(read_advice(GOOD.replace(old, new, 1), "x.toml"))
