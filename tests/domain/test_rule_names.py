"""What deadline rules are called in the languages of the interface."""

import re

import pytest

from tracker.domain.catalogue import called, catalogue, rule_name, who_owes
from tracker.domain.rule_reading import read_rules, read_words
from tracker.domain.rules import RuleError

RULE = '[k]\nname = "Report"\n'


@pytest.mark.parametrize("key", sorted(catalogue()))
def test_every_rule_has_a_name_in_each_of_the_three_languages(key: str) -> None:
    names = called(catalogue()[key])
    assert set(names) == {"en", "es", "fr"}
    assert len(set(names.values())) == 3
    assert [name for name in names.values() if name != name.strip()] == []


@pytest.mark.parametrize("language", ["en", "es", "fr"])
def test_no_two_rules_share_a_name(language: str) -> None:
    names = [called(rule)[language] for rule in catalogue().values()]
    assert len(names) == len(set(names))


def test_signs_in_french_names_are_set_off_by_a_blank_at_which_no_line_breaks() -> None:
    glued = re.compile("[^\u00a0\u202f][:;»]|«[^\u00a0]")
    assert [name for rule in catalogue().values() if glued.search(name := called(rule)["fr"])] == []


def test_a_rule_is_named_in_a_variety_of_a_language_and_else_in_english() -> None:
    said = "Iniciativa Ciudadana Europea: respuesta de la Comisión"
    english = catalogue()["eu-eci-art15"].name
    assert rule_name("eu-eci-art15", english, "es-MX") == (said, "es")
    assert rule_name("eu-eci-art15", "", "es") == (said, "es")
    assert rule_name("eu-eci-art15", english, "de") == (english, "en")


def test_a_name_kept_before_the_rule_was_called_otherwise_stays_as_it_was() -> None:
    assert rule_name("eu-eci-art15", "Reply of the Commission", "fr") == ("Reply of the Commission", "en")
    assert rule_name("gone", "A rule that was", "fr") == ("A rule that was", "en")
    assert rule_name("gone", "", "fr") == ("gone", "")


@pytest.mark.parametrize("key", sorted(catalogue()))
def test_who_owes_is_said_in_each_of_the_three_languages(key: str) -> None:
    said = [who_owes(catalogue()[key], language) for language in ("en", "es", "fr", "de")]
    assert [language for _, language in said] == ["en", "es", "fr", "en"]
    assert all(who and who == who.strip() for who, _ in said)


def test_names_in_other_languages_are_no_part_of_what_an_obligation_keeps() -> None:
    text = RULE + 'names = { es = "Informe", fr = "Rapport" }\ndebtors = { fr = "ministre" }\n'
    assert read_rules(text, "x.toml") == read_rules(RULE, "x.toml")
    assert read_words(text, "x.toml")["k"] == {
        "name": {"es": "Informe", "fr": "Rapport"},
        "who": {"fr": "ministre"},
    }


@pytest.mark.parametrize("written", ['"Informe"', '{ es = "" }', "{ es = 1 }"])
def test_a_name_that_is_none_is_told_with_the_way_to_mend_it(written: str) -> None:
    with pytest.raises(RuleError, match=r"x\.toml \[k\]: names holds words for each language; write"):
        read_words(f"{RULE}names = {written}\n", "x.toml")
