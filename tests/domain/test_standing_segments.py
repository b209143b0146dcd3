"""Segments: the few changes ahead, in the debtor's zone, equal to the function on every day."""

from datetime import UTC, datetime

import pytest

from tests.domain.obligations import holding, judged, look, on, owed, pause, reply, void
from tracker.domain.segments import day_begins_at, segments
from tracker.domain.words import Standing


def course(*args: object, **fields: object) -> list[tuple[str, Standing]]:
    found = segments(owed(*args, **fields), on("03-01"))  # type: ignore[arg-type]
    return [(f"{segment.from_on:%m-%d}", segment.standing) for segment in found]


def test_a_clock_nobody_looks_at() -> None:
    assert course() == [
        ("03-01", Standing.NOT_STARTED),
        ("03-09", Standing.RUNNING),
        ("04-20", Standing.DUE_SOON),
        ("05-05", Standing.UNCHECKED),
    ]


def test_a_look_turns_unchecked_into_overdue_and_age_makes_it_stale() -> None:
    found = segments(owed(look("05-12")), on("05-06"))
    assert [(s.from_on, s.standing, s.stand.stale) for s in found] == [
        (on("05-06"), Standing.UNCHECKED, False),
        (on("05-12"), Standing.OVERDUE, False),
        (on("08-11"), Standing.OVERDUE, True),
    ]


def test_a_pause_and_its_end_are_foreseen() -> None:
    assert course(pause("04-01", "04-10", "05-14"))[1:] == [
        ("03-09", Standing.RUNNING),
        ("04-01", Standing.PAUSED),
        ("04-11", Standing.RUNNING),
        ("04-30", Standing.DUE_SOON),
        ("05-15", Standing.UNCHECKED),
    ]


def test_an_announced_end_is_foreseen() -> None:
    assert course(void("06-01"))[-1] == ("06-01", Standing.VOID)


def test_an_answered_obligation_has_one_open_segment() -> None:
    (only,) = segments(owed(reply("05-02"), judged("substantive")), on("05-03"))
    assert (only.standing, only.until_on, only.until_at) == (Standing.ANSWERED, None, None)


def test_segments_meet_without_gaps() -> None:
    found = segments(owed(holding("04-01"), look("05-12"), zone="Europe/London"), on("03-01"))
    assert [s.until_on for s in found[:-1]] == [s.from_on for s in found[1:]]
    assert [s.until_at for s in found[:-1]] == [s.from_at for s in found[1:]]


def test_nothing_begins_after_the_horizon() -> None:
    found = segments(owed(), on("03-10"), horizon=on("04-20"))
    assert [s.standing for s in found] == [Standing.RUNNING, Standing.DUE_SOON]
    assert found[-1].until_on is None


@pytest.mark.parametrize(
    ("zone", "begins"),
    [
        ("Pacific/Kiritimati", datetime(2026, 5, 4, 10, tzinfo=UTC)),
        ("Europe/London", datetime(2026, 5, 4, 23, tzinfo=UTC)),
        ("America/Los_Angeles", datetime(2026, 5, 5, 7, tzinfo=UTC)),
        (None, datetime(2026, 5, 5, 12, tzinfo=UTC)),
        ("Nowhere/Unknown", datetime(2026, 5, 5, 12, tzinfo=UTC)),
        ("../etc/passwd", datetime(2026, 5, 5, 12, tzinfo=UTC)),
    ],
)
def test_overdue_begins_the_day_after_in_the_debtors_zone(zone: str | None, begins: datetime) -> None:
    late = segments(owed(look("05-05"), zone=zone), on("05-04"))[1]
    assert (late.standing, late.from_at) == (Standing.OVERDUE, begins)


def test_a_day_begins_where_midnight_was_skipped() -> None:
    """In Cairo the clocks went from 00:00 to 01:00 on 24 April 2026: the day began at that instant."""
    assert day_begins_at(on("04-24"), "Africa/Cairo") == datetime(2026, 4, 23, 22, tzinfo=UTC)


def test_a_day_begins_once_where_midnight_comes_twice() -> None:
    """In Havana 1 November 2026 has midnight to one o'clock twice: it began with the first."""
    assert day_begins_at(on("11-01"), "America/Havana") == datetime(2026, 11, 1, 4, tzinfo=UTC)


def test_days_at_the_end_of_the_calendar_are_held_inside_it() -> None:
    found = segments(owed(due="9999-12-31"), on("04-01"))
    assert found[0].standing is Standing.RUNNING
    assert found[-1].standing is Standing.DUE_SOON
