"""What is told and when: the last change of each obligation, digests by the subscriber's own clock."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.post import MAX_ATTEMPTS, batch_of, message_id, wait_after
from tracker.domain.telling import last_of_each, next_digest_at
from tracker.domain.words import EventKind, Frequency


@dataclass(frozen=True)
class Told:
    id: int
    kind: EventKind
    obligation_id: int | None


def told(*events: tuple[EventKind, int | None]) -> list[Told]:
    return [Told(number, kind, about) for number, (kind, about) in enumerate(events, 1)]


def test_of_several_changes_of_standing_only_the_last_is_told() -> None:
    events = told((EventKind.DUE_SOON, 1), (EventKind.BECAME_OVERDUE, 1), (EventKind.ANSWERED_LATE, 1))
    assert [event.kind for event in last_of_each(events)] == [EventKind.ANSWERED_LATE]


def test_other_obligations_keep_their_own_last_change() -> None:
    events = told((EventKind.DUE_SOON, 1), (EventKind.DUE_SOON, 2), (EventKind.BECAME_OVERDUE, 1))
    assert [(e.kind, e.obligation_id) for e in last_of_each(events)] == [
        (EventKind.DUE_SOON, 2),
        (EventKind.BECAME_OVERDUE, 1),
    ]


def test_a_correction_is_told_beside_the_change_of_standing() -> None:
    events = told((EventKind.BECAME_OVERDUE, 1), (EventKind.CORRECTED, 1), (EventKind.ANSWERED, 1))
    assert [e.kind for e in last_of_each(events)] == [EventKind.CORRECTED, EventKind.ANSWERED]


def test_events_about_no_obligation_are_all_told() -> None:
    events = told((EventKind.SOURCE_BROKEN, None), (EventKind.SOURCE_BROKEN, None))
    assert last_of_each(events) == events


def at(text: str, zone: str = "UTC") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.parametrize(
    ("frequency", "weekday", "zone", "now", "due"),
    [
        (Frequency.DAILY, 0, "UTC", at("2026-05-12T06:59"), at("2026-05-12T07:00")),
        (Frequency.DAILY, 0, "UTC", at("2026-05-12T07:00"), at("2026-05-13T07:00")),
        (
            Frequency.DAILY,
            0,
            "Europe/Madrid",
            at("2026-05-12T06:00"),
            at("2026-05-13T07:00", "Europe/Madrid"),
        ),
        # 12 May 2026 is a Tuesday.
        (Frequency.WEEKLY, 0, "UTC", at("2026-05-12T06:00"), at("2026-05-18T07:00")),
        (Frequency.WEEKLY, 1, "UTC", at("2026-05-12T06:00"), at("2026-05-12T07:00")),
        (Frequency.WEEKLY, 1, "UTC", at("2026-05-12T08:00"), at("2026-05-19T07:00")),
        # The day is the subscriber's: in Auckland it is Wednesday already.
        (
            Frequency.WEEKLY,
            2,
            "Pacific/Auckland",
            at("2026-05-12T18:00"),
            at("2026-05-13T07:00", "Pacific/Auckland"),
        ),
    ],
)
def test_a_digest_is_due_at_seven_in_the_subscribers_zone(
    frequency: Frequency, weekday: int, zone: str, now: datetime, due: datetime
) -> None:
    assert next_digest_at(frequency, weekday, zone, now) == due


def test_news_at_once_waits_for_no_digest() -> None:
    assert next_digest_at(Frequency.INSTANT, 0, "UTC", at("2026-05-12T08:00")) is None


@given(st.datetimes(datetime(2025, 1, 1), datetime(2028, 1, 1)), st.integers(0, 6))
def test_the_next_digest_is_ahead_and_never_skips_one(naive: datetime, weekday: int) -> None:
    now = naive.replace(tzinfo=UTC)
    for frequency, days in ((Frequency.DAILY, 1), (Frequency.WEEKLY, 7)):
        due = next_digest_at(frequency, weekday, "Europe/London", now)
        assert due is not None
        assert timedelta() < due - now <= timedelta(days=days, hours=1)


def test_both_hours_of_october_give_one_digest_a_day() -> None:
    first = next_digest_at(Frequency.DAILY, 0, "Europe/London", at("2026-10-24T12:00"))
    assert first == at("2026-10-25T07:00")
    assert next_digest_at(Frequency.DAILY, 0, "Europe/London", first) == at("2026-10-26T07:00")


def test_waits_grow_from_a_minute_to_a_day_and_stay_there() -> None:
    waits = [wait_after(attempts) for attempts in range(1, MAX_ATTEMPTS + 1)]
    assert waits[0] == timedelta(minutes=1)
    assert waits == sorted(waits)
    assert waits[-1] == timedelta(days=1)


def test_a_batch_has_the_same_name_whatever_order_its_rows_come_in() -> None:
    assert batch_of([3, 1, 2]) == batch_of([1, 2, 3]) != batch_of([12, 3])
    assert message_id(batch_of([1]), "example.org").endswith("@example.org>")
