"""The marking on labelled replies: the figures that docs/marking.md states, kept from getting worse."""

import pytest

from tests.domain.marking_labels.figures import (
    HELD_BACK,
    KEPT,
    LANGUAGES,
    chosen,
    figure,
    first_look,
    opened,
    right_by_code,
    said,
)
from tracker.domain.marking.sureness import RIGHT, sureness

FLOORS = {
    "en": {"position": 0.95, "holding": 0.95, "kind": 0.9, "action": 0.85, "date": 0.8},
    "fr": {"position": 0.95, "holding": 0.9, "kind": 0.95, "action": 0.87, "date": 0.87},
    "es": {"position": 0.95, "holding": 0.95, "kind": 0.95, "action": 0.9, "date": 0.85},
}
KEPT_FLOORS = {"en": (0.85, 0.79), "fr": (1.0, 0.71), "es": (0.72, 0.59)}
"""Precision and recall of positions at the first look at the fifth set."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_sure_a_mark_is_said_to_be_is_what_the_first_look_gave(language: str) -> None:
    assert RIGHT[language] == first_look(language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_mark_is_said_to_be_surer_than_the_opened_labels_make_it(language: str) -> None:
    for code, (right, counted) in right_by_code(language).items():
        assert sureness(language, code) <= (right + 1) / (counted + 1), code


@pytest.mark.parametrize("language", LANGUAGES)
def test_precision_and_recall_stay_above_their_floors(language: str) -> None:
    for what, floor in FLOORS[language].items():
        counted = figure(opened(language), what)
        assert counted.precision >= floor, (what, counted)
        assert counted.recall >= floor, (what, counted)


@pytest.mark.parametrize("language", LANGUAGES)
def test_positions_of_the_fifth_set_stay_as_well_found_as_at_its_first_look(language: str) -> None:
    precision, recall = KEPT_FLOORS[language]
    counted = figure(chosen(language, half=KEPT), "position")
    assert counted.precision >= precision, counted
    assert counted.recall >= recall, counted


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_reply_on_the_substance_is_taken_for_a_holding_reply(language: str) -> None:
    hollow = [one.label.id for one in chosen(language) if said(one, "kind")[1] == "holding"]
    assert hollow == [
        one.label.id for one in chosen(language) if one.label.id in hollow and one.label.kind in HELD_BACK
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_labels_of_every_kind_in_each_language(language: str) -> None:
    kinds = {one.label.kind for one in chosen(language)}
    assert {"reply", "holding", "acknowledgement", "transfer", "interim"} <= kinds
    assert len({one.label.id for one in chosen(language)}) == len(chosen(language)) >= 60
