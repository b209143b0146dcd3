"""Every row of the fact base of rules held against the catalogue, column by column."""

import csv
import re
from collections.abc import Mapping

import pytest

from tests.shared import shared
from tracker.domain.catalogue import catalogue
from tracker.domain.rules import Rule
from tracker.domain.words import Trigger

Row = Mapping[str, str]

START_WORDS: Mapping[str, set[Trigger]] = {
    r"^date of the (report|recommendation|order|document|transmittal)|date of transmittal": {Trigger.DATED},
    r"fees notice is given|date of the order": {Trigger.DATED},
    r"publication|issuance": {Trigger.PUBLISHED},
    r"^receipt|is received|^day after( the date of)? receipt|receives|receiving|notified|date of receipt|day of receipt": {
        Trigger.RECEIVED
    },
    r"tabling|laid|presentation (of the report|in the House)|^presentation$": {Trigger.LAID},
    r"presentation of recommendations": {Trigger.SUBMITTED},
    r"adoption|judgment final|concluding": {Trigger.ADOPTED},
    r"threshold": {Trigger.THRESHOLD},
    r"submission|transmission|filing|delivery|forwarding|sending|^petition$|^request$|date sent|placing on notice": {
        Trigger.SUBMITTED
    },
}
WIDER_WORDS = {  # the catalogue's own, finer or clearer word for a force of the table
    "executive": "executive order",
    "superseded": "statutory",
    "software": "benchmark",
}
ROLLS = r"next (weekday|working)|next day|following working|1182/71|s\.26|BGB 193|termijnenwet|first day following|following State"
FROM_HOLIDAYS_ALONE = r"Interpretation Act s\.26|^s\.26$"
READ_ELSEWHERE = {  # the table of demo items names a page where each was read
    "eu-aia-art6-guidelines": "freevacy.com",
    "seoul-frontier-commitments": "montrealethics.ai",
}


def _rows() -> list[Row]:
    with shared("data", "deadlines", "rules.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


ROWS = _rows()
every_row = pytest.mark.parametrize("row", ROWS, ids=[row["id"] for row in ROWS])


def _rule(row: Row) -> Rule:
    return catalogue()[row["id"]]


@every_row
def test_the_place_and_the_parties_are_those_of_the_table(row: Row) -> None:
    rule = _rule(row)
    assert rule.jurisdiction == row["jurisdiction"]
    assert rule.name
    assert rule.who


@every_row
def test_the_amount_is_that_of_the_table(row: Row) -> None:
    rule, amount = _rule(row), int(row["amount"])
    if rule.unit == "fixed_date":
        assert not amount or all(day.endswith(f"-{amount}") for day in rule.fixed_on)
        return
    last_good = rule.amount - (rule.end_bound == "exclusive")
    assert last_good == amount


@every_row
def test_the_unit_is_that_of_the_table(row: Row) -> None:
    rule, named = _rule(row), row["unit"]
    if named == "other":
        assert rule.unit in ("fixed_date", "none", "school_days") or rule.amount == 0
    elif (row["jurisdiction"], named) == ("IE", "weeks"):
        assert rule.unit == "working_weeks"  # five week-days, FOI Act 2014 s.2
    else:
        assert rule.unit == named


@every_row
def test_the_start_is_that_of_the_table(row: Row) -> None:
    rule, words = _rule(row), row["clock_starts_on"]
    beginning = re.search(r"beginning with", words, re.IGNORECASE)
    assert (rule.start_mode == "inclusive") == bool(beginning)
    if rule.start_event is None or rule.unit == "fixed_date" or words.startswith("as "):
        return
    allowed: set[Trigger] = set().union(
        *(triggers for pattern, triggers in START_WORDS.items() if re.search(pattern, words))
    )
    assert rule.start_event in allowed or (beginning and rule.start_event is Trigger.RECEIVED), words


@every_row
def test_a_rule_without_one_of_our_events_tells_its_start_in_words(row: Row) -> None:
    rule = _rule(row)
    dateless = rule.unit in ("fixed_date", "none") or rule.force == "meta-rule"
    assert rule.start_event or rule.start_detail or dateless


@every_row
def test_the_roll_is_that_of_the_table(row: Row) -> None:
    rule, words = _rule(row), row["end_roll_rule"]
    if rule.unit == "working_days":
        assert rule.roll == "none"  # such a count cannot end on another day
        return
    assert (rule.roll == "next") == bool(re.search(ROLLS, words)), words
    assert (rule.roll_from == ("holiday",)) == bool(re.search(FROM_HOLIDAYS_ALONE, words)), words


@every_row
def test_the_extension_is_that_of_the_table(row: Row) -> None:
    terms, words = _rule(row).extension, row["extension"]
    most = re.search(r"\+(\d+)", words)
    if most:
        assert terms
        assert terms.amount == int(most[1])
        assert terms.by
    elif re.search(r"may extend|as is reasonable|by agreement|on request|if agreed|personally", words):
        assert terms
        assert terms.amount == 0
        assert terms.by
    elif words in ("none", "n/a", ""):
        assert terms is None or terms.built_in


@every_row
def test_what_stops_or_restarts_the_clock_is_named(row: Row) -> None:
    rule, words = _rule(row), row["pauses"]
    if re.search(
        r"fees notice|deposit|fee issue|fee period|third-party proc|identity|incomplete|charges", words
    ):
        assert rule.pause.events
    if re.search(r"clarification (restarts|\(s\.|within)|^as OIA", words):
        assert rule.restarts
    if re.search(r"prorogation", words):
        assert rule.on_prorogation
    if re.search(r"dissolution", words):
        assert rule.on_dissolution
    if re.search(r"revoked", words):
        assert rule.revoked_on


@every_row
def test_the_force_is_that_of_the_table(row: Row) -> None:
    assert _rule(row).force == WIDER_WORDS.get(row["force"], row["force"])
    if row["force"] == "superseded":
        assert _rule(row).valid_to


@every_row
def test_the_legal_basis_names_every_number_of_the_table(row: Row) -> None:
    rule, words = _rule(row), row["legal_basis"]
    numbers = set(re.findall(r"\d+", words)) if words != "as above" else set()
    assert rule.legal_basis
    assert rule.source
    assert numbers <= set(re.findall(r"\d+", f"{rule.legal_basis} {rule.notes}"))


@every_row
def test_the_confidence_is_that_of_the_table_and_general_knowledge_does_not_flag(row: Row) -> None:
    rule, word = _rule(row), row["confidence"].removesuffix(" (unverified)")
    if rule.key in READ_ELSEWHERE:
        assert READ_ELSEWHERE[rule.key] in rule.source
        return
    assert rule.confidence == word
    assert rule.checked == (word != "general knowledge")


def test_a_rule_without_a_number_says_why() -> None:
    silent = [rule.key for rule in catalogue().values() if not _numbered(rule) and not rule.no_date_because]
    assert silent == []


def _numbered(rule: Rule) -> bool:
    return bool(rule.amount or rule.fixed_on)


def test_a_chain_of_stages_ends() -> None:
    for rule in catalogue().values():
        assert rule.key not in _after(rule, set()), rule.key


def _after(rule: Rule, seen: set[str]) -> set[str]:
    for key in rule.next_stages:
        if key not in seen:
            seen.add(key)
            _after(catalogue()[key], seen)
    return seen


def test_contradicting_rules_name_each_other_or_the_one_that_holds_both() -> None:
    for rule in catalogue().values():
        for key in rule.conflicts_with:
            assert rule.key in catalogue()[key].conflicts_with or rule.other, rule.key
