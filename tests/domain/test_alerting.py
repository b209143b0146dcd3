"""What each role is told of where it chose nothing, and when daily and weekly mails go out."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tracker.domain.alerting import Often, Reader, Topic, all_off, how_often, next_daily_at, next_weekly_at
from tracker.domain.permissions import Acting
from tracker.domain.words import UserRole

ZONES = (
    "Europe/Madrid",
    "America/New_York",
    "Australia/Sydney",
    "America/Santiago",
    "Asia/Kolkata",
    "Pacific/Auckland",
)


def reader(*roles: UserRole) -> Reader:
    return Reader(1, tuple(Acting(role, group) for group, role in enumerate(roles, 1)))


def told(*roles: UserRole, **chosen: str) -> set[Topic]:
    return {topic for topic, how in how_often(reader(*roles), dict(chosen)).items() if how is not Often.OFF}


def test_each_role_is_told_what_the_ones_before_it_are_and_more() -> None:
    before: set[Topic] = set()
    for role in UserRole:
        assert before < told(role)
        before = told(role)


def test_the_highest_role_in_any_group_counts() -> None:
    assert told(UserRole.CONTRIBUTOR, UserRole.REVIEWER) == told(UserRole.REVIEWER)


def test_what_was_chosen_counts_and_nonsense_does_not() -> None:
    assert told(UserRole.EDITOR, findings="off", looks="weekly") == {
        Topic.OBJECTIONS,
        Topic.TIPS,
        Topic.LOOKS,
        Topic.IMPORTS,
    }
    assert told(UserRole.EDITOR, findings="hourly") == told(UserRole.EDITOR)
    assert told(UserRole.EDITOR, log="at_once") == told(UserRole.EDITOR)


def test_only_the_broken_log_stays_on_after_leaving() -> None:
    assert set(how_often(reader(UserRole.ADMIN), all_off()).items()) >= {(Topic.LOG, Often.AT_ONCE)}
    assert told(UserRole.ADMIN, **{name: str(how) for name, how in all_off().items()}) == {Topic.LOG}


def test_nobody_hears_of_another_groups_process_except_as_second_reader() -> None:
    editor = reader(UserRole.REVIEWER)
    assert editor.may_hear(Topic.FINDINGS, 1) and editor.may_hear(Topic.FINDINGS, None)
    assert not editor.may_hear(Topic.FINDINGS, 2)
    assert editor.may_hear(Topic.SECOND_READER, 2)
    assert not Reader(1, ()).may_hear(Topic.FINDINGS, None)


@pytest.mark.parametrize("zone", ZONES)
def test_a_year_of_daily_mails_is_one_each_working_day_at_seven(zone: str) -> None:
    at, ended, days = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC), []
    while (at := next_daily_at(zone, at, workdays=True)) < ended:
        here = at.astimezone(ZoneInfo(zone))
        assert (here.hour, here.minute) == (7, 0)
        days.append(here.date())
    assert len(days) == len(set(days))
    first, last = min(days), max(days)
    between = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    assert days == [day for day in between if day.weekday() < 5]


@pytest.mark.parametrize("zone", ZONES)
def test_weekly_mails_are_a_week_apart_on_their_day(zone: str) -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    for _ in range(60):
        later = next_weekly_at(zone, at, 6)
        assert later.astimezone(ZoneInfo(zone)).weekday() == 6
        assert later > at
        at = later
    assert (at - datetime(2026, 1, 1, tzinfo=UTC)).days in range(59 * 7 - 1, 61 * 7)
