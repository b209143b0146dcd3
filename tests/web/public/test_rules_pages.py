"""The pages of the deadline rules and calendars, and the rules as data."""

import csv
import io
import json
from dataclasses import fields

import pytest

from tests.shared import ROOT
from tests.web.pages import Reader
from tracker.domain.catalogue import called, catalogue, who_owes
from tracker.domain.rules import BASIS_OF_FORCE, START_MODES, Rule
from tracker.domain.units import units
from tracker.rendering.rule_words import COUNTING, FORCES, START, UNITS
from tracker.rendering.source_links import linked
from tracker.web.api.rule_shape import ABOUT


@pytest.mark.parametrize("key", list(catalogue()))
def test_every_rule_has_a_whole_page_with_its_law(demo: Reader, key: str) -> None:
    rule, text = catalogue()[key], demo.open(f"/rules/{key}").text
    for said in (rule.name, rule.who, rule.legal_basis, rule.on_silence, rule.notes, rule.no_date_because):
        assert " ".join(said.split()) in text
    if not rule.checked:
        assert "flag nobody" in text


@pytest.mark.parametrize("key", list(catalogue()))
def test_no_address_of_a_source_is_cut_short(key: str) -> None:
    parts = [part.strip() for part in catalogue()[key].source.split(";")]
    assert not [part for part in parts if "/.../" in part or part.startswith("...")]


def test_an_address_of_a_source_ends_before_the_words_about_it(demo: Reader) -> None:
    assert "https://docslib.org/doc/3024559" in demo.open("/rules/gb-eaw-coroner-pfd").links()
    said = "https://example.org/a_(b); (see http://example.org/x?y=1)."
    assert [address for _, address in linked(said) if address] == [
        "https://example.org/a_(b)",
        "http://example.org/x?y=1",
    ]


def test_the_time_a_rule_gives_names_both_of_its_clocks(demo: Reader) -> None:
    assert "3 months, or 6 months where that is later" in demo.open("/rules/au-joint").text
    assert (
        "20 school days, or 60 working days where that is earlier" in demo.open("/rules/gb-foi-schools").text
    )


def test_a_calendar_of_several_parts_says_which_of_them_a_holiday_is_of(demo: Reader) -> None:
    text = demo.open("/calendars/GB?year=2026").text
    assert "Battle of the Boyne (observed) (Northern Ireland)" in text
    assert "Good Friday (" not in text


def test_every_version_of_a_rule_stands_in_its_table_with_todays(demo: Reader) -> None:
    text = demo.open("/rules/us-gao-720").text
    assert "before the last of 61 days" in text
    assert "otherwise, as today before the last of 181 days" in text


def test_every_unit_and_way_of_counting_has_its_words() -> None:
    assert set(UNITS) == set(COUNTING) == set(units())
    assert set(START) == set(START_MODES)
    assert set(FORCES) == set(BASIS_OF_FORCE)


def test_the_page_links_what_follows_and_what_contradicts(demo: Reader) -> None:
    linked = next(rule for rule in catalogue().values() if rule.next_stages)
    assert f"/rules/{linked.next_stages[0]}" in demo.open(f"/rules/{linked.key}").links()
    opposed = next(rule for rule in catalogue().values() if rule.conflicts_with)
    assert f"/rules/{opposed.conflicts_with[0]}" in demo.open(f"/rules/{opposed.key}").links()


def test_earlier_versions_stand_in_a_table(demo: Reader) -> None:
    rule = next(rule for rule in catalogue().values() if rule.versions)
    assert "What it said before" in demo.open(f"/rules/{rule.key}").text


def test_a_rule_names_what_rests_on_it(demo: Reader) -> None:
    page = demo.open("/rules/gb-eaw-coroner-pfd")
    assert "obligations rest on this rule" in page.text
    assert any(link.startswith("/items/") for link in page.links())


def test_the_list_is_searched_without_a_script(demo: Reader) -> None:
    found = demo.open("/rules?q=prevent+deaths&jurisdiction=GB")
    assert "/rules/gb-eaw-coroner-pfd" in found.links()
    assert "/rules/us-gao-720" not in found.links()
    assert "No rule holds these words" in demo.open("/rules?q=unicorn").text


@pytest.mark.parametrize(
    ("address", "status", "sentence"),
    [
        ("/rules?jurisdiction=GBR", 400, "GB"),
        ("/rules?colour=red", 400, "colour is unknown here"),
        ("/rules.json?jurisdiction=ZZ", 400, "There are no rules"),
        ("/rules/gb-foi-s1O", 404, "gb-foi-s10"),
        ("/rules/gb-foi-s11.json", 404, "gb-foi-s10"),
        ("/calendars/GB-EWA", 404, "GB-EAW"),
        ("/calendars/GB?year=99999", 400, "is not a year"),
        ("/calendars/GB?year=-1", 400, "is not a year"),
    ],
)
def test_what_is_not_there_names_what_is(demo: Reader, address: str, status: int, sentence: str) -> None:
    if ".json" not in address:
        assert sentence in demo.open(address, status).text
        return
    answer = demo.client.get(address)
    assert answer.status_code == status
    assert sentence in json.loads(answer.data)["error"]["message"]


def test_the_rules_as_data_hold_every_field(demo: Reader) -> None:
    names = {one.name for one in fields(Rule)} | {"basis"}
    listed = json.loads(demo.client.get("/rules.json").data)
    assert [rule["key"] for rule in listed["data"]] == list(catalogue())
    assert all(set(rule) == names for rule in listed["data"])
    assert json.loads(demo.client.get("/rules/gb-foi-s10.json").data) in listed["data"]
    rows = list(csv.DictReader(io.StringIO(demo.client.get("/rules.csv").get_data(as_text=True))))
    assert (len(rows), set(rows[0])) == (len(catalogue()), names)
    gao = next(row for row in rows if row["key"] == "us-gao-720")
    assert json.loads(gao["versions"])[0]["amount"]


def test_the_data_is_narrowed_as_the_page_is(demo: Reader) -> None:
    found = json.loads(demo.client.get("/rules.json?q=coroner&jurisdiction=GB").data)
    assert {rule["jurisdiction"][:2] for rule in found["data"]} == {"GB"}
    assert found["meta"]["total"] == len(found["data"])


def test_every_field_of_a_rule_is_described_and_documented() -> None:
    assert set(ABOUT) == {one.name for one in fields(Rule)}
    documented = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    assert [name for name in ABOUT if f"`{name}`" not in documented] == []


def test_a_calendar_shows_its_days_their_source_and_how_far_it_is_known(demo: Reader) -> None:
    text = demo.open("/calendars/gb-sct?year=2026").text
    assert "Saturday 15 August" not in text
    assert "Monday 15 June 2026" in text
    assert "gov.uk/bank-holidays" in text
    assert "not all known yet" in demo.open("/calendars/GB?year=2040").text


def test_the_rules_awaiting_checking_are_asked_for_by_one_word(demo: Reader) -> None:
    waiting = [key for key, rule in catalogue().items() if not rule.checked]
    listed = json.loads(demo.client.get("/rules.json?checked=no").data)
    assert [rule["key"] for rule in listed["data"]] == waiting
    page = demo.open("/rules?checked=no")
    assert "/rules/gb-foi-s10" not in page.links()
    assert "awaiting checking" in page.text
    assert "use yes or no" in demo.open("/rules?checked=maybe", 400).text


def test_a_source_is_linked_where_its_address_follows_for_certain(demo: Reader) -> None:
    links = demo.open("/rules/gb-foi-s10").links()
    assert "https://www.legislation.gov.uk/ukpga/2000/36" in links
    assert any(
        link.startswith("https://github.com/mysociety/whatdotheyknow-theme/blob/354f180/lib")
        for link in links
    )
    assert linked("alaveteli/app/models/holiday.rb:15-20") == [("alaveteli/app/models/holiday.rb:15-20", "")]


def test_a_rule_of_which_a_part_is_general_knowledge_was_read_partly(demo: Reader) -> None:
    assert "Partly read in the source" in demo.open("/rules/au-foi-30d").text


def test_every_place_whose_working_days_are_known_is_listed_by_its_name(demo: Reader) -> None:
    page = demo.open("/calendars")
    assert {"/calendars/GB", "/calendars/EU", "/calendars/DE"} <= set(page.links())
    assert "Germany DE" in page.text
    germany = demo.open("/calendars/DE")
    assert "/calendars/DE-NW" in germany.links()
    assert "North Rhine-Westphalia" in germany.text
    assert "Germany (Bayern), 2026" in demo.open("/calendars/DE-BY?year=2026").text


def test_the_calendar_of_the_institutions_says_what_is_not_in_it(demo: Reader) -> None:
    text = demo.open("/calendars/EU?year=2026").text
    assert "Office closing days of the institutions" in text
    assert "reckoned by rule until 2100" in text


@pytest.mark.parametrize("key", ["eu-eci-art15", "gb-foi-s10", "no-date"])
@pytest.mark.parametrize("language", ["es", "fr"])
def test_a_rule_is_called_by_its_name_in_the_readers_language(demo: Reader, key: str, language: str) -> None:
    name = called(catalogue()[key])[language]
    page = demo.open(f"/{language}/rules/{key}")
    assert [(one.text, one.get("lang")) for one in page.all("h1")] == [(name, None)]
    who = who_owes(catalogue()[key], language)[0]
    assert [one.get("lang") for one in page.all("dd") if one.text == who] == [None]
    for address in (
        "/rules",
        f"/rules?q={name.split()[-1].strip('(),»')}",
        f"/due?rule={key}&start=2026-05-04",
    ):
        named = [one for one in demo.open(f"/{language}{address}").all("a") if one.text == name]
        assert [one.get("lang") for one in named] == [None], address


def test_a_rule_nobody_has_named_in_the_language_of_the_page_says_that_it_is_english(
    demo: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    spanish = {key: {"name": {"es": "Nombre"}, "who": {"es": "Quién"}} for key in catalogue()}
    monkeypatch.setattr("tracker.domain.catalogue._words", lambda: spanish)
    name = catalogue()["gb-foi-s10-fee-pause"].name
    found = [one for one in demo.open("/fr/rules?q=gb-foi-s10-fee-pause").all("a") if one.text == name]
    assert [one.get("lang") for one in found] == ["en"]


def test_data_of_rules_keeps_to_english_whatever_the_address(demo: Reader) -> None:
    for language in ("", "/es", "/fr"):
        data = demo.client.get(f"{language}/rules/eu-eci-art15.json").get_json()
        assert data["name"] == catalogue()["eu-eci-art15"].name
