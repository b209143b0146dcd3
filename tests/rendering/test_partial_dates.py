"""Partial dates in the reader's language: a season and a half year by their months."""

from datetime import date

import pytest

from tracker.assets import translations
from tracker.domain.partial import PartialDate
from tracker.domain.words import Precision
from tracker.rendering.tongue import tongue

SUMMER = PartialDate(date(2025, 6, 1), Precision.SEASON)
WINTER = PartialDate(date(2025, 12, 1), Precision.SEASON)
SECOND_HALF = PartialDate(date(2026, 7, 1), Precision.HALF)


@pytest.mark.parametrize(
    ("code", "written", "said"),
    [
        ("en", SUMMER, "June – August 2025"),
        ("en", WINTER, "December 2025 – February 2026"),
        ("fr", SECOND_HALF, "juillet – décembre 2026"),
        ("es", SUMMER, "junio–agosto de 2025"),
    ],
)
def test_a_season_and_a_half_are_said_by_their_months(code: str, written: PartialDate, said: str) -> None:
    assert " ".join(tongue(code, translations()).partial(written).split()) == said


def test_a_season_and_a_half_end_with_their_last_month() -> None:
    assert [one.last for one in (SUMMER, WINTER, SECOND_HALF)] == [
        date(2025, 8, 31),
        date(2026, 2, 28),
        date(2026, 12, 31),
    ]
