"""Calendars against official lists and the texts of law."""

import csv
import json
import re
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.shared import shared
from tracker.domain.calendar_days import read_definitions
from tracker.domain.calendars import CalendarError, calendar, calendar_codes, today_in, zone_of

GOV_UK = {"GB-EAW": "england-and-wales", "GB-SCT": "scotland", "GB-NIR": "northern-ireland"}


def _weekdays(first: date, last: date) -> list[date]:
    days = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return [day for day in days if day.weekday() < 5]


def _days_between(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


PROCLAIMED_LATER = {"scotland": {date(2026, 6, 15)}}
"""One-off bank holidays made after the official list was recorded."""


def _official(division: str) -> set[date]:
    text = shared("data", "samples", "holidays", "govuk-bank-holidays.json").read_text(encoding="utf-8")
    listed = {date.fromisoformat(event["date"]) for event in json.loads(text)[division]["events"]}
    return listed | PROCLAIMED_LATER.get(division, set())


@pytest.mark.parametrize(("code", "division"), GOV_UK.items())
def test_every_weekday_agrees_with_the_official_list_of_bank_holidays(code: str, division: str) -> None:
    official, place = _official(division), calendar(code)
    for day in _weekdays(date(2012, 1, 1), date(2028, 12, 31)):
        assert place.is_working(day) == (day not in official), day


def test_a_bank_holiday_anywhere_in_the_kingdom_is_no_working_day_of_the_union() -> None:
    union = calendar("GB")
    official = {day for division in GOV_UK.values() for day in _official(division)}
    for day in _weekdays(date(2012, 1, 1), date(2028, 12, 31)):
        assert union.is_working(day) == (day not in official), day


def _french(zone: str) -> set[date]:
    with shared("data", "samples", "holidays", "fr_jours_feries.csv").open(encoding="utf-8") as file:
        return {
            date.fromisoformat(row["date"]) for row in csv.DictReader(file) if zone in row["zones"].split("|")
        }


def _french_calendar_file(name: str) -> set[date]:
    text = shared("data", "samples", "holidays", name).read_text(encoding="utf-8")
    return {date.fromisoformat(day) for day in re.findall(r"DTSTART;VALUE=DATE:([0-9]{8})", text)}


@pytest.mark.parametrize(
    ("code", "zone"),
    [
        ("FR", "Métropole"),
        ("FR-57", "Alsace-Moselle"),
        ("FR-6AE", "Alsace-Moselle"),
        ("FR-973", "Guyane"),
        ("FR-974", "La Réunion"),
        ("FR-976", "Mayotte"),
    ],
)
def test_every_day_agrees_with_the_official_list_of_france_in_all_its_years(code: str, zone: str) -> None:
    official = _french(zone)
    for day in _days_between(min(official), max(official)):
        assert calendar(code).is_holiday(day) == (day in official), day


def test_every_day_agrees_with_the_other_official_files_of_france() -> None:
    text = shared("data", "samples", "holidays", "fr_metropole.json").read_text(encoding="utf-8")
    files = {
        "FR": [
            set(map(date.fromisoformat, json.loads(text))),
            _french_calendar_file("fr_jours_feries_metropole.ics"),
        ],
        "FR-57": [_french_calendar_file("fr_jours_feries_alsace-moselle.ics")],
    }
    for code, official in ((code, official) for code, lists in files.items() for official in lists):
        for day in _days_between(min(official), max(official)):
            assert calendar(code).is_holiday(day) == (day in official), (code, day)


@pytest.mark.parametrize(
    ("day", "holiday"),
    [
        ("2024-06-30", True),  # a Sunday
        ("2024-03-09", False),  # a Saturday
        ("2024-12-26", False),  # Boxing Day
        ("2025-04-21", True),  # Easter Monday
        ("2024-05-20", True),  # Victoria Day
        ("2026-05-18", True),  # Victoria Day where 25 May is itself a Monday
        ("2018-07-02", True),  # Canada Day kept on the Monday
        ("2020-09-30", False),
        ("2021-09-30", True),
        ("2023-10-09", True),
        ("2024-11-11", True),
    ],
)
def test_the_canadian_interpretation_act_has_its_own_list(day: str, holiday: bool) -> None:
    assert calendar("CA").is_holiday(date.fromisoformat(day)) is holiday


def test_a_saturday_is_no_holiday_in_canada_and_no_working_day_either() -> None:
    assert not calendar("CA").is_working(date(2024, 3, 9))


@pytest.mark.parametrize(
    ("code", "day", "working"),
    [
        ("NZ-OIA", "2025-01-15", False),
        ("NZ-OIA", "2025-01-16", True),
        ("NZ-OIA", "2024-12-24", True),
        ("NZ-LGOIMA", "2024-12-20", False),
        ("NZ-LGOIMA", "2025-01-13", True),
        ("EU", "2018-05-09", False),
        ("EU", "2025-05-29", False),
        ("EU", "2025-06-09", False),
        ("IE", "2025-04-18", True),
        ("IE", "2023-02-06", False),
        ("GB-SCT", "2024-04-01", True),
        ("GB-SCT", "2026-06-15", False),
        ("US", "2021-06-18", False),
        ("US", "2020-06-19", True),
        ("US", "2025-01-09", True),
        ("DE-NW", "2025-06-19", False),
        ("DE", "2025-06-19", True),
        ("AU-ACT", "2025-03-10", False),
        ("XX", "2025-12-25", True),
        ("XX", "2025-12-27", False),
    ],
)
def test_each_place_has_its_own_working_days(code: str, day: str, working: bool) -> None:
    assert calendar(code).is_working(date.fromisoformat(day)) is working


def test_a_site_can_add_a_closure_and_take_a_holiday_away() -> None:
    own = calendar("EU", {"2026-12-28..2026-12-31": "Office closure", "2026-05-09": None, "2026-05-01": None})
    assert own.holiday_name(date(2026, 12, 30)) == "Office closure"
    assert own.is_working(date(2026, 5, 1))
    assert own.version != calendar("EU").version


def test_a_calendar_says_what_it_rests_on() -> None:
    assert calendar("gb").version.startswith("GB holidays-")
    assert calendar("GB").horizon == 2028
    assert calendar("GB-SCT").holiday_name(date(2024, 12, 2)) == "Saint Andrew's Day (observed)"


@pytest.mark.parametrize("code", ["", "ZZ", "GB-XYZ", "nowhere", "DE-NW-1"])
def test_an_unknown_calendar_is_refused_with_a_sentence(code: str) -> None:
    with pytest.raises(CalendarError, match="use XX"):
        calendar(code)


@pytest.mark.parametrize(
    ("slip", "meant"), [("GB-EWA", "GB-EAW"), ("NZ-OAI", "NZ-OIA"), ("DE-NX", "DE-NW"), ("GB-", "GB")]
)
def test_a_slip_in_a_calendars_code_names_the_nearest_codes(slip: str, meant: str) -> None:
    with pytest.raises(CalendarError, match=rf"did you mean .*{meant}"):
        calendar(slip)


@pytest.mark.parametrize(
    ("other", "code"), [("GBR", "GB"), ("uk", "GB"), ("UK-SCT", "GB-SCT"), ("CAN", "CA"), ("USA", "US")]
)
def test_another_code_of_the_same_place_has_the_same_corrections(other: str, code: str) -> None:
    assert calendar(other) is calendar(code)


def test_too_many_places_or_an_unknown_one_among_them_are_refused() -> None:
    with pytest.raises(CalendarError, match="more than 5"):
        calendar("+".join(["GB", "FR", "DE", "US", "IE", "NL"]))
    with pytest.raises(CalendarError, match="no calendar 'MARS'"):
        calendar("EU+MARS")
    with pytest.raises(CalendarError, match="use XX"):
        calendar("EU+")


def test_what_is_corrected_for_a_country_holds_in_its_parts() -> None:
    assert calendar("FR-974").is_holiday(date(2006, 6, 5))
    assert calendar("FR-974").horizon == calendar("FR").horizon == 2031


def test_a_calendar_of_a_site_is_worked_out_once() -> None:
    days = {"2026-12-28": "Closed", "2026-05-01": None}
    assert calendar("EU", days) is calendar("eu", dict(reversed(days.items())))


@pytest.mark.parametrize("key", ["2026-13-01", "soon", "2026-12-31..2026-12-01", "2020-01-01..2026-01-01"])
def test_an_impossible_closure_is_refused_with_a_sentence(key: str) -> None:
    with pytest.raises(CalendarError, match="span"):
        calendar("XX", {key: "Closed"})


def test_a_calendar_file_written_wrongly_names_the_file() -> None:
    with pytest.raises(CalendarError, match=r"mine\.toml.*unknown key 'colour'"):
        read_definitions('[A]\nname = "A"\ncolour = 1', "mine.toml")


def test_every_calendar_of_ours_has_a_name_and_a_source() -> None:
    for code in calendar_codes():
        place = calendar(code)
        assert place.name
        assert all(part.source for part in place.parts)


NOON = datetime(2026, 5, 5, 11, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("Pacific/Auckland", date(2026, 5, 5)),
        ("Europe/London", date(2026, 5, 5)),
        (None, date(2026, 5, 4)),
        ("Mars/Olympus", date(2026, 5, 4)),
        ("../etc/passwd", date(2026, 5, 4)),
    ],
)
def test_today_is_the_date_in_the_debtors_zone_and_the_last_on_earth_where_unknown(
    zone: str | None, day: date
) -> None:
    assert today_in(zone, NOON) == day


def test_an_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        today_in("Europe/London", datetime(2026, 5, 5))


@pytest.mark.parametrize(
    ("jurisdiction", "zone"),
    [
        ("GB-SCT", "Europe/London"),
        ("EU", "Europe/Brussels"),
        ("US", "America/New_York"),
        ("US-CA", "America/Los_Angeles"),
        ("US-QQ", None),
        ("NZ", "Pacific/Auckland"),
        ("UN", None),
        ("intl", None),
        ("DE-NW", "Europe/Berlin"),
        ("FR-75C", "Europe/Paris"),
    ],
)
def test_a_jurisdiction_has_a_zone_or_none_that_is_certain(jurisdiction: str, zone: str | None) -> None:
    assert zone_of(jurisdiction) == zone


def test_only_codes_that_lie_near_are_suggested() -> None:
    with pytest.raises(CalendarError) as wrong:
        calendar("NOPE")
    assert "did you mean" not in str(wrong.value)
    with pytest.raises(CalendarError, match="did you mean GB-EAW"):
        calendar("GB-EWA")
