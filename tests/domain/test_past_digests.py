"""What a wish would have brought: digests of four weeks, by the clock of the subscriber's zone."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from tracker.domain.past_digests import Rhythm, begins_at, past_digests
from tracker.domain.words import EventKind, Frequency

NOW = datetime(2026, 5, 12, 9, tzinfo=UTC)
WEEKLY = Rhythm(Frequency.WEEKLY, 0, "Europe/Madrid")


@dataclass(frozen=True)
class Event:
    id: int
    announced_at: datetime
    kind: EventKind = EventKind.BECAME_OVERDUE
    obligation_id: int | None = None


def at(days: float) -> datetime:
    return NOW - timedelta(days=days)


def test_four_weeks_are_four_weekly_digests_the_newest_first() -> None:
    digests = past_digests([], WEEKLY, NOW)
    assert [one.due_at for one in digests] == [
        datetime(2026, 5, 11, 5, tzinfo=UTC) - timedelta(weeks=number) for number in range(4)
    ]
    assert begins_at(WEEKLY, NOW) == datetime(2026, 4, 13, 5, tzinfo=UTC)


def test_every_event_is_in_the_digest_that_covers_it_and_in_no_other() -> None:
    events = [Event(number, at(number / 2)) for number in range(60)]
    digests = past_digests(events, WEEKLY, NOW)
    told = [event.id for one in digests for event in one.news]
    assert sorted(told) == [
        event.id for event in events if digests[-1].since_at < event.announced_at <= digests[0].due_at
    ]
    assert all(one.since_at < event.announced_at <= one.due_at for one in digests for event in one.news)


def test_of_several_changes_of_one_obligation_a_digest_tells_the_last() -> None:
    events = [
        Event(1, at(4), EventKind.BECAME_OVERDUE, 7),
        Event(2, at(3), EventKind.ANSWERED_LATE, 7),
        Event(3, at(20), EventKind.DUE_SOON, 7),
    ]
    digests = past_digests(events, WEEKLY, NOW)
    assert [[event.id for event in one.news] for one in digests] == [[2], [], [3], []]


def test_what_goes_out_at_once_is_a_message_for_each_instant() -> None:
    rhythm = Rhythm(Frequency.INSTANT)
    digests = past_digests([Event(1, at(3)), Event(2, at(3)), Event(3, at(1))], rhythm, NOW)
    assert [[event.id for event in one.news] for one in digests] == [[3], [1, 2]]
    assert begins_at(rhythm, NOW) == at(28)


@pytest.mark.parametrize("zone", ["Europe/Madrid", "America/Santiago", "Australia/Lord_Howe", "Asia/Kolkata"])
@pytest.mark.parametrize("now", [datetime(2026, 4, 10, tzinfo=UTC), datetime(2026, 11, 3, 12, tzinfo=UTC)])
def test_days_follow_each_other_without_gap_across_clock_changes(zone: str, now: datetime) -> None:
    digests = past_digests([], Rhythm(Frequency.DAILY, 0, zone), now)[::-1]
    assert len(digests) == 28
    assert all(one.due_at == after.since_at for one, after in pairwise(digests))


def test_a_pause_ends_with_the_first_digest_of_its_day_or_after() -> None:
    assert WEEKLY.after(date(2026, 6, 1)) == datetime(2026, 6, 1, 5, tzinfo=UTC)
    assert WEEKLY.after(date(2026, 6, 2)) == datetime(2026, 6, 8, 5, tzinfo=UTC)
    assert Rhythm(Frequency.INSTANT).after(date(2026, 6, 2)) == datetime(2026, 6, 2, 7, tzinfo=UTC)
