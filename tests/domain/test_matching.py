"""What a response belongs to: strict, with its reasons."""

from dataclasses import replace
from datetime import date

import pytest

from tracker.domain.matching import (
    REASON_CODES,
    Candidate,
    Found,
    best,
    duplicates,
    matches,
    possible,
    reference,
)

WATER = Candidate(
    id=1,
    names=("2012/000003", "eci-2012-000003-i"),
    title="Water and sanitation are a human right",
    bodies=("European Commission", "eu-com"),
    watched=("https://eci.example/initiatives/details/2012/000003_en",),
    started_on=date(2013, 12, 20),
)
ANSWER = Found(
    key="ECI(2012)000003",
    title="Water and sanitation are a human right! Water is a public good, not a commodity!",
    body_name="European Commission",
    answered_on=date(2014, 3, 19),
)


def codes(found: Found, candidate: Candidate) -> list[str]:
    return [reason.code for match in matches(found, [candidate]) for reason in match.reasons]


def test_an_answer_with_the_items_number_and_debtor_is_suggested() -> None:
    ranked = matches(ANSWER, [WATER])
    assert best(ranked) == ranked[0] and ranked[0].id == 1
    assert codes(ANSWER, WATER) == ["same_reference", "same_body", "same_title"]


@pytest.mark.parametrize("written", ["ECI(2012)000003", "2012/000003", "eci-2012-000003", "ECI 2012 000003"])
def test_a_number_is_the_same_however_it_is_dressed(written: str) -> None:
    assert reference(written) == "2012/000003"


def test_the_number_three_tells_nothing_apart() -> None:
    third = Candidate(id=3, names=("3",), bodies=("Ministry of Water",))
    assert matches(Found(key="3", body_name="Ministry of Water"), [third]) == []


def test_the_debtors_name_alone_suggests_nothing() -> None:
    assert matches(Found(body_name="European Commission"), [WATER]) == []


def test_an_answer_by_another_body_is_possible_but_not_suggested() -> None:
    other = replace(ANSWER, body_name="European Parliament", title="")
    assert best(matches(replace(other, key=""), [WATER])) is None
    assert "other_body" not in codes(ANSWER, WATER)


def test_another_number_speaks_against_even_the_same_title() -> None:
    other = replace(ANSWER, key="ECI(2019)000007", title=WATER.title)
    assert matches(other, [WATER]) == []


def test_two_debtors_of_one_item_are_both_possible_and_neither_is_chosen() -> None:
    two = [replace(WATER, id=1, bodies=("A",)), replace(WATER, id=2, bodies=("B",))]
    ranked = matches(replace(ANSWER, body_name=""), two)
    assert [match.id for match in ranked] == [1, 2]
    assert best(ranked) is None


def test_the_debtor_the_source_names_is_chosen_of_two() -> None:
    two = [replace(WATER, id=1, bodies=("Parliament",)), replace(WATER, id=2)]
    chosen = best(matches(ANSWER, two))
    assert chosen is not None and chosen.id == 2


def test_a_page_reached_from_a_watched_one_and_a_like_title_are_enough_together() -> None:
    found = Found(pages=("http://eci.example/initiatives/details/2012/000003_en#top",), title=WATER.title)
    assert codes(found, WATER) == ["watched_page", "same_title"]
    chosen = best(matches(found, [WATER]))
    assert chosen is not None


def test_an_answer_dated_before_the_clock_began_is_doubted() -> None:
    early = replace(ANSWER, answered_on=date(2010, 1, 1), key="", title=WATER.title)
    assert matches(early, [WATER])[:1] == [] or best(matches(early, [WATER])) is None


def test_what_is_answered_already_counts_a_little_less() -> None:
    fresh, settled = matches(ANSWER, [WATER])[0], matches(ANSWER, [replace(WATER, settled=True)])[0]
    assert settled.confidence < fresh.confidence
    assert settled.reasons[-1].code == "settled"


def test_whatever_stands_on_the_watched_page_may_be_the_answer_unless_it_names_another_item() -> None:
    page = ("https://eci.example/initiatives/details/2012/000003_en",)
    stranger = Found(pages=page, title="Reply", body_name="DG Environment")
    assert matches(stranger, [WATER]) == [] and possible(stranger, [WATER]) == {1}
    assert possible(replace(stranger, key="ECI(2019)000007"), [WATER]) == set()
    assert possible(replace(stranger, pages=()), [WATER]) == set()


def test_a_new_item_with_a_number_we_have_is_a_duplicate() -> None:
    assert [match.id for match in duplicates(Found(key="ECI(2012)000003"), [WATER])] == [1]
    assert duplicates(Found(key="ECI(2012)000004", title="Something else entirely"), [WATER]) == []


def test_every_reason_has_its_gloss() -> None:
    said = {code for found in (ANSWER, replace(ANSWER, body_name="X")) for code in codes(found, WATER)}
    assert said <= set(REASON_CODES)
