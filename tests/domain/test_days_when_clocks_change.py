"""Digests and days over the changes of the clocks, beside a reckoning that only walks from minute to minute."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from tracker.domain.segments import day_begins_at
from tracker.domain.telling import next_digest_at
from tracker.domain.words import Frequency
from tracker.domain.zones import today_in

MINUTE = timedelta(minutes=1)
CHANGES = {
    "Europe/London": (date(2026, 3, 29), date(2026, 10, 25)),
    "Europe/Paris": (date(2026, 3, 29), date(2026, 10, 25)),
    "America/New_York": (date(2026, 3, 8), date(2026, 11, 1)),
    "America/Sao_Paulo": (date(2018, 11, 4), date(2019, 2, 17), date(2026, 3, 29)),
    "Australia/Lord_Howe": (date(2026, 4, 5), date(2026, 10, 4)),
    "Pacific/Apia": (date(2011, 12, 30), date(2026, 3, 29)),
    "Asia/Kathmandu": (date(2026, 3, 29), date(2026, 10, 25)),
    "America/Havana": (date(2026, 3, 8), date(2026, 11, 1)),
}
"""Half an hour in Lord Howe; at midnight in Sao Paulo and Havana; a whole day left out in Apia; none in Kathmandu."""
CASES = [(zone, changed) for zone, days in CHANGES.items() for changed in days]
TIMES = [time(0), time(0, 30), time(1, 30), time(2, 15), time(2, 30), time(7), time(23, 45)]
AROUND = timedelta(days=3)


def minutes(changed: date, before: timedelta, after: timedelta) -> Iterator[datetime]:
    at = datetime.combine(changed, time(12), UTC) - before
    while at < datetime.combine(changed, time(12), UTC) + after:
        yield at
        at += MINUTE


def walked(zone: str, changed: date, before: timedelta, after: timedelta) -> dict[date, list[datetime]]:
    """Every minute of each local day, by the day."""
    days: dict[date, list[datetime]] = {}
    for at in minutes(changed, before, after):
        days.setdefault(at.astimezone(ZoneInfo(zone)).date(), []).append(at)
    return dict(list(days.items())[1:-1])  # the first and the last are not whole


def shown(zone: str, at: datetime) -> time:
    return at.astimezone(ZoneInfo(zone)).time()


def dues(
    frequency: Frequency, weekday: int, zone: str, begin: datetime, end: datetime, at: time
) -> list[datetime]:
    """What a worker that looks every ten minutes sends, planning the next one each time."""
    sent, now = [], begin - timedelta(minutes=1)
    due = next_digest_at(frequency, weekday, zone, now, at)
    while now < end:
        if due is not None and due <= now:
            sent.append(due)
            due = next_digest_at(frequency, weekday, zone, now, at)
        now += timedelta(minutes=10)
    return [one for one in sent if begin <= one < end]


@pytest.mark.parametrize(("zone", "changed"), CASES)
def test_a_day_begins_at_its_first_minute(zone: str, changed: date) -> None:
    for day, its in walked(zone, changed, AROUND, AROUND).items():
        assert day_begins_at(day, zone) == its[0]
        assert {today_in(zone, its[0]), today_in(zone, its[-1])} == {day}
        assert today_in(zone, its[0] - MINUTE) < day


@pytest.mark.parametrize("at", TIMES)
@pytest.mark.parametrize(("zone", "changed"), CASES)
def test_a_daily_digest_goes_out_once_on_every_local_day(zone: str, changed: date, at: time) -> None:
    days = walked(zone, changed, AROUND, AROUND)
    first, last = next(iter(days.values()))[0], list(days.values())[-1][-1] + MINUTE
    sent = dues(Frequency.DAILY, 0, zone, first, last, at)
    assert Counter(one.astimezone(ZoneInfo(zone)).date() for one in sent) == Counter(list(days))
    for (_, its), one in zip(days.items(), sent, strict=True):
        showing = [minute for minute in its if shown(zone, minute) == at]
        if showing:
            assert one == showing[0]
        else:  # passed over: within the hour after the clocks were put on
            later = next(minute for minute in its if shown(zone, minute) > at)
            assert later <= one < later + timedelta(hours=1)


@pytest.mark.parametrize("weekday", [0, 5, 6])
@pytest.mark.parametrize(("zone", "changed"), CASES)
def test_a_weekly_digest_goes_out_once_a_week_on_its_day(zone: str, changed: date, weekday: int) -> None:
    begin = datetime.combine(changed, time(0), UTC) - timedelta(days=14)
    sent = dues(Frequency.WEEKLY, weekday, zone, begin, begin + timedelta(days=28), time(7))
    days = [one.astimezone(ZoneInfo(zone)).date() for one in sent]
    assert len(days) == 4 and {day.weekday() for day in days} == {weekday}
    assert {later - earlier for earlier, later in pairwise(days)} == {timedelta(days=7)}
    assert {shown(zone, one) for one in sent} == {time(7)}


@pytest.mark.parametrize(("zone", "changed"), CASES)
def test_whoever_changes_the_rhythm_gets_no_local_day_twice_and_waits_no_longer_than_its_period(
    zone: str, changed: date
) -> None:
    """Another rhythm every 31 hours, whatever the hour: planned anew from then on, as the page to manage does."""
    rhythms = [(Frequency.DAILY, 0), (Frequency.WEEKLY, 2), (Frequency.DAILY, 0), (Frequency.WEEKLY, 6)]
    now = datetime.combine(changed, time(0), UTC) - timedelta(days=14)
    sent: list[datetime] = []
    for number in range(24):
        frequency, weekday = rhythms[number % len(rhythms)]
        due, until = next_digest_at(frequency, weekday, zone, now), now + timedelta(hours=31)
        period = timedelta(days=7 if frequency is Frequency.WEEKLY else 1, hours=25)
        assert due is not None and due - now <= period
        while due is not None and due <= until:
            sent.append(due)
            due = next_digest_at(frequency, weekday, zone, due)
        now = until
    days = Counter(one.astimezone(ZoneInfo(zone)).date() for one in sent)
    assert set(days.values()) == {1}
