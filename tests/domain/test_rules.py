"""Rules as data: the catalogue, its errors, and snapshots."""

import json

import pytest

from tests.shared import shared
from tracker.domain.calendars import calendar
from tracker.domain.catalogue import catalogue, find_rule
from tracker.domain.rule_reading import read_rules
from tracker.domain.rules import Rule, RuleError
from tracker.domain.words import Basis

GOOD = '[k]\nname = "N"\namount = 2\nunit = "months"\n'


@pytest.mark.parametrize("key", sorted(catalogue()))
def test_a_snapshot_travels_through_json_and_back(key: str) -> None:
    rule = catalogue()[key]
    assert Rule.from_snapshot(json.loads(json.dumps(rule.snapshot()))) == rule


@pytest.mark.parametrize("key", sorted(catalogue()))
def test_every_rule_names_its_legal_basis_its_source_and_a_calendar_that_exists(key: str) -> None:
    rule = catalogue()[key]
    assert rule.name and rule.who and rule.legal_basis and rule.source and rule.confidence
    assert calendar(rule.calendar).version


def test_a_rule_from_general_knowledge_alone_does_not_flag() -> None:
    for rule in catalogue().values():
        assert rule.checked is not rule.confidence.startswith("general knowledge"), rule.key


def test_the_fact_base_is_in_the_catalogue() -> None:
    text = shared("data", "deadlines", "rules.csv").read_text(encoding="utf-8")
    keys = {line.split(",")[0] for line in text.splitlines()[1:]}
    assert keys <= set(catalogue())


@pytest.mark.parametrize(
    ("key", "basis"),
    [
        ("gb-eaw-coroner-pfd", Basis.STATUTE),
        ("gb-commons-select-committee", Basis.CONVENTION),
        ("seoul-frontier-commitments", Basis.PROMISE),
        ("oversight-board-60", Basis.PROMISE),
        ("gb-pac-six-months", Basis.REQUEST),
        ("benchmark-90-days", Basis.BENCHMARK),
    ],
)
def test_the_basis_follows_from_the_force(key: str, basis: Basis) -> None:
    assert catalogue()[key].basis is basis


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[k]\nname = "N"\nunit = "fortnights"\n', "unit = 'fortnights' is not known; use one of"),
        (GOOD + 'roll = "up"\n', "roll = 'up' is not known"),
        (GOOD + 'force = "magic"\n', "force = 'magic' is not known"),
        (GOOD + 'roll_from = ["friday"]\n', "roll_from = 'friday' is not known"),
        (GOOD + 'roll_from = "sunday"\n', "write a list of texts"),
        (GOOD + 'start_event = "sneezed"\n', "use one of published"),
        (GOOD + 'colour = "red"\n', "unknown key 'colour'"),
        (GOOD + 'extension = { colour = "red" }\n', "unknown key 'colour'"),
        (GOOD + "extension = 3\n", "write a table"),
        (GOOD + 'versions = [{ valid_to = "2019-02-31" }]\n', "2019-02-31"),
        (GOOD + 'other = { amount = 1, unit = "aeons" }\n', "unit one of"),
        ('[k]\nname = "N"\namount = "two"\nunit = "days"\n', "write a whole number"),
        ('[k]\nname = "N"\namount = true\nunit = "days"\n', "write a whole number"),
        ('[k]\nname = "N"\namount = -1\nunit = "days"\n', "must lie between"),
        ('[k]\nname = "N"\nunit = "fixed_date"\n', "needs fixed_on"),
        ('[k]\nname = "N"\nunit = "fixed_date"\nfixed_on = ["2026-02-30"]\n', "is no day"),
        ('[k]\nname = "N"\nunit = "fixed_date"\nfixed_on = ["02-29"]\n', "is no day"),
        ("[k]\namount = 1\n", "key and name are required"),
        ("k = 1\n", "stands outside a rule"),
        ("[k\n", "this is not TOML"),
    ],
)
def test_a_rule_written_wrongly_is_told_by_file_key_and_mend(text: str, words: str) -> None:
    with pytest.raises(RuleError) as error:
        read_rules(text, "mine.toml")
    assert str(error.value).startswith("mine.toml")
    assert words in str(error.value)


def test_a_rule_is_found_by_its_key_in_any_case_of_letters_or_by_a_phrase() -> None:
    assert find_rule("US-FOIA-a6a") is catalogue()["us-foia-a6A"]
    assert find_rule("20 working days", "GB").unit == "working_days"


def test_an_unknown_rule_names_the_nearest_keys() -> None:
    with pytest.raises(RuleError, match=r"did you mean .*gb-foi-s10"):
        find_rule("gb-foi-s11")
    with pytest.raises(RuleError) as nothing_near:
        find_rule("~~~")
    assert "answerby" not in str(nothing_near.value), "a page has no commands"
