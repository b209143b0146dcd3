"""A site's own days off count in the calendars that rest on the one they are given for."""

from datetime import date

import pytest

from tracker.domain.calendars import CalendarError
from tracker.domain.days_off import days_off_in, rests_on

DAY = date(2026, 5, 20)


@pytest.mark.parametrize(
    ("code", "where"),
    [
        ("GB", "GB"),
        ("gb", "GB"),
        ("GB", "GB-SCT"),  # a bank holiday anywhere in the kingdom
        ("GB-EAW", "GB-ENG"),  # one place by two names
        ("DE-NW", "DE"),
        ("NZ-OIA", "NZ"),
        ("CA-ON", "CA"),
        ("XX", "XX"),
        ("GB", "UK"),  # the same place by other codes
        ("UK", "GBR"),
        ("GB", "gb "),
        ("GB-SCT", "uk-sct"),
        ("EU+BE", "EU+BE"),
        ("eu be", "EU+BE"),
        ("EU+BE", "BE"),
    ],
)
def test_a_day_off_of_a_part_or_of_the_country_is_one(code: str, where: str) -> None:
    assert rests_on(code, where)


@pytest.mark.parametrize(
    ("code", "where"),
    [
        ("GB-EAW", "GB-SCT"),
        ("GB-SCT", "GB"),  # anywhere in the kingdom need not be Scotland
        ("DE", "DE-NW"),
        ("FR", "DE"),
        ("NZ-LGOIMA", "NZ-OIA"),
        ("XX", "GB"),
        ("GB-SCT", "UK"),
        ("BE", "EU+BE"),
        ("GB", "EU+BE"),
    ],
)
def test_a_day_off_elsewhere_is_none(code: str, where: str) -> None:
    assert not rests_on(code, where)


def test_days_off_are_told_by_day() -> None:
    given = (("GB-SCT", DAY, "Fair"), ("FR", DAY, "Fête"))
    assert days_off_in("GB", given) == {"2026-05-20": "Fair"}


def test_a_calendar_that_does_not_exist_is_refused() -> None:
    with pytest.raises(CalendarError):
        rests_on("GB", "GB-EWA")
