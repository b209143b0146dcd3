"""Matching on the labelled findings: the figures that docs/matching.md states, kept from getting worse."""

import pytest

from tests.domain.matching_labels.cases import Case, cases, figures, outcomes
from tests.domain.matching_labels.registers import on_record

FEWEST_CASES = 700
SAMPLED = ("pfd", "eci", "demo", "grenfell", "blood", "disorder", "upr", "questions", "govuk")


def test_every_label_names_obligations_that_are_on_record() -> None:
    known = {one.key for source in ("pfd", "upr", "eci") for one in on_record(source)}
    assert {key for case in cases() for key in case.right} <= known
    assert len({case.id for case in cases()}) == len(cases()) >= FEWEST_CASES


def test_what_rests_on_an_exact_key_is_always_right() -> None:
    counted = figures(outcomes())
    assert counted.exact_right == counted.exact > 150


def test_whatever_is_suggested_is_right() -> None:
    wrong = {one.case.id: key for one in outcomes() for key, _ in one.chosen if key not in one.case.right}
    assert wrong == {}


@pytest.mark.parametrize("held_out", [False, True])
def test_the_right_obligation_is_among_the_first_three_also_where_nobody_tuned(held_out: bool) -> None:
    counted = figures(one for one in outcomes() if one.case.held_out is held_out)
    assert counted.at_3 >= 0.97 * counted.with_right
    assert counted.at_1 >= 0.95 * counted.with_right


@pytest.mark.parametrize("source", SAMPLED)
def test_the_right_obligation_is_among_the_first_three_of_every_source(source: str) -> None:
    counted = figures(one for one in outcomes() if one.case.source.partition("/")[0] == source)
    assert counted.at_3 >= 0.95 * counted.with_right


def test_what_belongs_to_nobody_is_suggested_to_nobody() -> None:
    nobody = [one for one in outcomes() if not one.case.right]
    assert len(nobody) > 40
    assert [one.case.id for one in nobody if one.chosen] == []


def test_where_one_reply_names_several_numbers_or_bodies_each_obligation_is_suggested() -> None:
    several = {"several numbers", "several bodies"}
    incomplete = [
        one.case.id
        for one in outcomes()
        if one.case.kind in several and {key for key, _ in one.chosen} != one.case.right
    ]
    assert incomplete == []


def test_a_number_without_a_body_ties_all_addressees_and_chooses_none() -> None:
    (one,) = (one for one in outcomes() if one.case.kind == "one number and nobody named")
    assert one.tied and one.chosen == ()


def test_a_third_of_the_labels_is_held_out() -> None:
    held: list[Case] = [case for case in cases() if case.held_out]
    assert 0.28 < len(held) / len(cases()) < 0.39
