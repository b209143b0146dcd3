"""A day is one certain day in the source's own order and zone, or unknown."""

from datetime import date

import pytest

from scrapers.days import Order, day_read, zone_named


@pytest.mark.parametrize(
    ("written", "order", "zone", "day"),
    [
        ("2025-01-16T05:00:00Z", None, "America/New_York", date(2025, 1, 16)),
        ("2025-01-16T04:59:59Z", None, "America/New_York", date(2025, 1, 15)),
        ("2025-01-16T05:00:00Z", None, None, date(2025, 1, 16)),
        ("2018-05-22T23:30:00.000Z", None, "Europe/London", date(2018, 5, 23)),
        ("2018-12-22T23:30:00.000Z", None, "Europe/London", date(2018, 12, 22)),
        ("2024-01-05T00:00:00", None, "America/New_York", date(2024, 1, 5)),
        ("2024-12-17T10:15:00", None, "Asia/Tokyo", date(2024, 12, 17)),
        ("January 16, 2025", None, None, date(2025, 1, 16)),
        ("16th January 2025", None, None, date(2025, 1, 16)),
        ("Thu 16 Jan 2025", None, None, date(2025, 1, 16)),
        ("Friday 16 January 2025", None, None, None),
        ("03/04/2024", None, None, None),
        ("03/04/2024", "dmy", None, date(2024, 4, 3)),
        ("03/04/2024", "mdy", None, date(2024, 3, 4)),
        ("13.4.2024", "dmy", None, date(2024, 4, 13)),
        ("13/04/2024", "mdy", None, None),
        ("03/04/24", "dmy", None, None),
        ("2024/3/4", None, None, date(2024, 3, 4)),
        ("31/02/2024", "dmy", None, None),
        ("2026-02-30", None, None, None),
        ("0000-00-00", None, None, None),
        ("99999-01-01", None, None, None),
        ("2216-12-16T16:00:00+01:00", None, "Europe/London", None),
        ("next week", None, None, None),
        ("", None, None, None),
    ],
)  # fmt: skip
def test_a_day_is_read_for_certain_or_not_at_all(
    written: str, order: Order | None, zone: str | None, day: date | None
) -> None:
    read = day_read(written, order, zone_named(zone) if zone else None)
    assert (read.value, read.as_written) == (day, written)


@pytest.mark.parametrize(
    ("written", "precision"), [("September 2024", "month"), ("2024-09", "month"), ("2024", "year")]
)
def test_a_period_stays_one(written: str, precision: str) -> None:
    assert day_read(written).precision == precision


@pytest.mark.parametrize("name", ["Europe/Nowhere", "../../etc/passwd", "", "Europe", "\x00"])
def test_a_zone_that_is_none_is_none(name: str) -> None:
    assert zone_named(name) is None
