"""The date where the debtor is, hour by hour around both clock changes; the changes are written down, not looked up."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from tracker.domain.zones import today_in

CHANGES = [  # zone, the instant of the change in UTC, hours ahead of UTC before and after
    ("Europe/London", "2025-03-30T01:00", 0, 1),
    ("Europe/London", "2025-10-26T01:00", 1, 0),
    ("Europe/Brussels", "2024-03-31T01:00", 1, 2),
    ("Europe/Brussels", "2024-10-27T01:00", 2, 1),
    ("America/New_York", "2025-03-09T07:00", -5, -4),
    ("America/New_York", "2025-11-02T06:00", -4, -5),
    ("America/Toronto", "2026-03-08T07:00", -5, -4),
    ("America/Toronto", "2026-11-01T06:00", -4, -5),
    ("Pacific/Auckland", "2025-09-27T14:00", 12, 13),
    ("Pacific/Auckland", "2026-04-04T14:00", 13, 12),
    ("Australia/Sydney", "2025-10-04T16:00", 10, 11),
    ("Australia/Sydney", "2026-04-04T16:00", 11, 10),
]


@pytest.mark.parametrize(("zone", "change", "before", "after"), CHANGES)
def test_every_hour_around_a_clock_change_has_the_date_of_the_place(
    zone: str, change: str, before: int, after: int
) -> None:
    moment = datetime.fromisoformat(change).replace(tzinfo=UTC)
    for hours in range(-48, 49):
        for second in (0, 3599):
            now = moment + timedelta(hours=hours, seconds=second)
            ahead = before if now < moment else after
            assert today_in(zone, now) == (now + timedelta(hours=ahead)).date(), now


@pytest.mark.parametrize(("zone", "change", "before", "after"), CHANGES)
def test_a_day_with_a_clock_change_begins_and_ends_once(
    zone: str, change: str, before: int, after: int
) -> None:
    moment = datetime.fromisoformat(change).replace(tzinfo=UTC)
    seen: list[date] = []
    for minutes in range(-60 * 48, 60 * 48, 15):
        today = today_in(zone, moment + timedelta(minutes=minutes))
        if not seen or seen[-1] != today:
            seen.append(today)
    assert seen == sorted(set(seen))
    lengths = {(later - earlier).days for earlier, later in pairwise(seen)}
    assert lengths == {1}
