"""The words of a text and of a search: whatever is typed, the same words come out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.search_words import LONGEST_WORD, MOST_OF_ONE, NO_WORD, folded, kept_words, words_of
from tracker.domain.searching import Piece, Search, Term, excerpt, marked, search_from

TEXT = st.text(st.characters(codec=None), max_size=60)


@given(TEXT)
def test_words_of_words_are_the_same_words(text: str) -> None:
    words = words_of(text)
    assert words_of(" ".join(words)) == words


@given(TEXT)
def test_words_hold_no_sign_that_a_database_reads_otherwise(text: str) -> None:
    for word in words_of(text):
        assert word and len(word) <= LONGEST_WORD and NO_WORD not in word
        assert all(sign.isalnum() for sign in word if sign.isascii()) and not any(map(str.isspace, word))
        word.encode("utf-8")


@given(TEXT)
def test_case_changes_no_word(text: str) -> None:
    assert words_of(folded(text)) == words_of(text)


@given(TEXT, TEXT)
def test_words_of_two_texts_are_the_words_of_each(one: str, other: str) -> None:
    assert words_of(f"{one} \n {other}") == words_of(one) + words_of(other)


@given(TEXT)
def test_whatever_is_typed_is_a_search(typed: str) -> None:
    found = search_from(typed)
    for term in found.wanted + found.unwanted:
        assert term.words and all(words_of(word) == [word] for word in term.words)


@given(TEXT, TEXT)
def test_marking_changes_no_sign_of_a_text(text: str, typed: str) -> None:
    assert "".join(piece.text for piece in marked(text, search_from(typed))) == text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Straße, Łódź, İstanbul, Ærø", "strasse lodz istanbul aero"),
        ("L’eau d'Évian", "l eau d evian"),
        ("R.12", "r 12"),
        ("R12", "r 12"),
        ("2024-0123", "2024 0123"),
        ("https://example.org/a?b=1", "https example org a b 1"),
        ("٢٠٢٤ and ２０２４", "2024 and 2024"),
        ("気候変動", "気 候 変 動"),
        ("ｶﾞｽ", "ガ ス"),
        ("أَحْمَد", "احمد"),
        ("co\u00adoperation", "cooperation"),
        ("e\u0301te\u0301", "ete"),
        ("👍🏽 ok", "👍 🏽 ok"),
        ("हिंदी", "हिंदी"),
        ("% _ ' \" \\ \x00 -- ;", ""),
        ("\ud800x", "x"),
    ],
)
def test_how_texts_fall_into_words(text: str, words: str) -> None:
    assert words_of(text) == words.split()


def test_a_word_is_kept_in_as_many_places_as_every_database_remembers() -> None:
    kept = kept_words(["a"] * 300 + ["b"])
    assert kept.count("a") == MOST_OF_ONE and kept[300] == "b" and kept[299] == NO_WORD


@pytest.mark.parametrize(
    ("typed", "wanted", "unwanted"),
    [
        ("river data", [("river",), ("data", "…")], []),
        ('"river data"', [("river", "data")], []),
        ('"river data', [("river", "data")], []),
        ("river -data", [("river",)], [("data",)]),
        ('river -"the data"', [("river",)], [("the", "data")]),
        ("R.12", [("r", "12")], []),
        ("R.1*", [("r", "1")], []),
        ("2024-01*", [("2024", "01", "…")], []),
        ("wat* river", [("wat", "…"), ("river", "…")], []),
        ("plan b", [("plan",), ("b",)], []),
        ("data data", [("data",), ("data", "…")], []),
        ("a AND (b OR c)", [("a",), ("and",), ("b",), ("or",), ("c",)], []),
        ("%", [], []),
        ("-x", [], [("x",)]),
    ],
)
def test_what_is_typed_is_read(
    typed: str, wanted: list[tuple[str, ...]], unwanted: list[tuple[str, ...]]
) -> None:
    assert search_from(typed) == Search(tuple(map(_term, wanted)), tuple(map(_term, unwanted)))


def _term(words: tuple[str, ...]) -> Term:
    return Term(words[:-1], True) if words[-1] == "…" else Term(words)


def test_what_was_looked_for_is_marked_as_it_is_written() -> None:
    found = marked("The Ministère de l’Eau spoke of water.", search_from("ministere wat"))
    assert [piece.text for piece in found if piece.found] == ["Ministère", "water"]


def test_signs_side_by_side_are_marked_together() -> None:
    assert marked("今の気候変動です", search_from("気候変動"))[1] == Piece("気候変動", True)


def test_an_excerpt_shows_the_place_where_it_was_found() -> None:
    text = "Something else. " * 60 + "Here is the river at last." + " And more." * 60
    pieces = excerpt(["nothing here", text], search_from("river"))
    said = "".join(piece.text for piece in pieces)
    assert "the river at last" in said and said.startswith("… ") and said.endswith(" …") and len(said) < 260
    assert excerpt(["nothing"], search_from("river")) == []
