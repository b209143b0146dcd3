"""Digests without news: silent, or a short message that says whether all sources were read."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlmodel import Session, col, select

from tests.services.told import ADA, Telling
from tracker.assets import translations
from tracker.domain.listing import ListName, ListQuery
from tracker.domain.past_digests import Rhythm
from tracker.domain.words import EventKind, Frequency
from tracker.rendering.headlines import headline
from tracker.rendering.tongue import tongue
from tracker.services.preview import preview
from tracker.services.read_wish import Changed
from tracker.services.subscribe import change, paused_until
from tracker.storage.tables import Obligation, Process, Source, Watch

WEEKLY = {"frequency": "weekly", "weekday": "0", "zone": "Europe/London"}
QUIET = {**WEEKLY, "quiet": "1"}


def text(telling: Telling, number: int = -1) -> str:
    body = telling.inbox.to(ADA)[number].get_body(("plain",))
    assert body is not None
    return " ".join(body.get_content().split())


def subjects(telling: Telling) -> list[str]:
    return [message["Subject"] for message in telling.inbox.to(ADA)][1:]


def source(telling: Telling, key: str = "water-gazette", **changes: Any) -> None:
    """A source whose process is that of the items."""
    with telling.composed.database.writing() as session:
        process = session.exec(select(Process)).first()
        fields = {
            "name": "Gazette of Water",
            "reader": "feed",
            "address": "https://gazette.example/feed",
            "process_id": process.id if process else None,
            "last_success_at": telling.clock() - timedelta(hours=2),
            **changes,
        }
        session.add(Source(key=key, **fields))


def week(telling: Telling, weeks: int = 1) -> None:
    telling.clock.forward(timedelta(weeks=weeks))
    telling.work()


def test_a_week_without_news_is_silent(telling: Telling) -> None:
    telling.enter()
    telling.subscribe(**WEEKLY)
    week(telling)
    assert subjects(telling) == []


def test_a_week_without_news_is_told_to_whoever_asked_for_that(telling: Telling) -> None:
    telling.enter()
    telling.subscribe(**QUIET)
    for _ in range(3):
        week(telling)
        telling.work()
    assert subjects(telling) == ["Nothing new: Overdue"] * 3
    assert "From 18 May 2026, 07:00 BST to 2 June 2026" not in text(telling)
    assert "From 25 May 2026, 07:00 BST" in text(telling)


def test_a_quiet_message_claims_no_reading_where_nothing_is_read(telling: Telling) -> None:
    telling.enter()
    telling.subscribe(**QUIET)
    week(telling)
    assert "No source is read for this by a program" in text(telling)
    assert "were read" not in text(telling)


def test_a_quiet_message_says_that_all_sources_were_read(telling: Telling) -> None:
    telling.enter()
    telling.subscribe(**QUIET)
    telling.clock.forward(timedelta(weeks=1))
    source(telling)
    source(telling, "second")
    telling.work()
    assert "All 2 sources that feed this were read, each of them since" in text(telling)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        (
            {"broken_since_days": 9},
            "Our reader for “Gazette of Water” is broken since 10 May 2026: answers there may be missing.",
        ),
        ({"last_success_at": None}, "“Gazette of Water” has not been read yet"),
        ({"read_days": 5}, "“Gazette of Water” was last read on 14 May 2026"),
    ],
)
def test_a_quiet_message_says_which_source_was_not_read(
    telling: Telling, changes: dict[str, Any], said: str
) -> None:
    telling.enter()
    telling.subscribe(**QUIET)
    telling.clock.forward(timedelta(weeks=1))
    days = {"broken_since_days": "broken_since_at", "read_days": "last_success_at"}
    source(
        telling,
        **{
            days.get(name, name): telling.clock() - timedelta(days=value) if name in days else value
            for name, value in changes.items()
        },
    )
    telling.work()
    assert subjects(telling) == ["Nothing new, but not all sources are read: Overdue"]
    assert said in text(telling)
    assert "https://answers.example.org/sources" in text(telling)


def test_several_quiet_lists_are_one_message(telling: Telling) -> None:
    telling.enter()
    telling.ask(**QUIET)
    telling.ask(list="waiting", **QUIET)
    telling.subscribe(list="calendar", **QUIET)
    week(telling)
    assert subjects(telling) == ["Nothing new: 3 lists"]
    assert all(
        name in text(telling) for name in ("1. Overdue", "2. Waiting, no date set", "3. What falls due")
    )


def test_a_quiet_list_is_named_in_the_digest_of_another(telling: Telling) -> None:
    telling.enter()
    telling.ask(**QUIET)
    telling.subscribe(list="waiting", **QUIET)
    telling.happen()
    week(telling)
    assert subjects(telling) == ["Became overdue: Ministry of Water – Recommendation 1"]
    assert "Nothing new in: Waiting, no date set" in text(telling)


def test_after_weeks_without_a_worker_one_message_says_since_when_nothing_came(telling: Telling) -> None:
    telling.enter()
    telling.subscribe(**QUIET)
    week(telling, 6)
    assert subjects(telling) == ["Nothing new: Overdue"]
    # Confirmed on 12 May; the first digest was due on the 18th.
    assert "From 12 May 2026, 10:00 BST to 23 June 2026, 12:00 BST nothing new" in text(telling)


def test_news_that_goes_out_at_once_has_no_quiet_days(telling: Telling) -> None:
    telling.enter()
    telling.subscribe(quiet="1")
    week(telling)
    assert subjects(telling) == []


def test_a_digest_says_in_one_line_which_of_its_sources_is_broken(telling: Telling) -> None:
    telling.enter()
    telling.subscribe(**WEEKLY)
    telling.happen()
    source(telling, broken_since_at=telling.clock() - timedelta(days=2))
    source(telling, "healthy", name="Healthy")
    source(telling, "elsewhere", name="Elsewhere", process_id=None, broken_since_at=telling.clock())
    with telling.composed.database.writing() as session:
        session.get(Source, 3).process_id = other_process(session)  # type: ignore[union-attr]
    telling.ask(body="ministry-of-water", **WEEKLY)
    week(telling)
    digest = text(telling)
    assert "Our reader for “Gazette of Water” is broken since 10 May 2026" in digest
    assert "Healthy" not in digest


def other_process(session: Session) -> int:
    first = session.exec(select(Process)).one()
    other = Process(**{**first.model_dump(exclude={"id"}), "key": "another-process", "name": "Another"})
    session.add(other)
    session.flush()
    return other.id or 0


def test_a_list_is_fed_by_the_sources_watched_for_what_is_in_it(telling: Telling) -> None:
    telling.enter()
    telling.subscribe(body="ministry-of-water", **WEEKLY)
    telling.happen()
    broken = telling.clock() - timedelta(days=1)
    source(telling, "watched", name="Watched page", broken_since_at=broken)
    source(telling, "unrelated", name="Unrelated page", broken_since_at=broken)
    with telling.composed.database.writing() as session:
        elsewhere = other_process(session)
        for row in session.exec(select(Source)).all():
            row.process_id = elsewhere
        watched = session.exec(select(Source).where(col(Source.key) == "watched")).one()
        owed = session.get(Obligation, telling.owed[0])
        assert owed is not None
        session.add(
            Watch(
                obligation_id=owed.id or 0,
                source_id=watched.id or 0,
                address="https://gazette.example/1",
                recorded_at=telling.clock(),
                recorded_by="group:tests",
            )
        )
    week(telling)
    assert "Watched page" in text(telling)
    assert "Unrelated page" not in text(telling)


def test_a_pause_ends_with_one_digest_of_what_came_meanwhile(telling: Telling) -> None:
    telling.enter(2)
    managing = telling.subscribe()
    with telling.composed.database.writing() as session:
        pause = Changed(Rhythm(Frequency.INSTANT, 0, "Europe/London"), "", False, date(2026, 6, 1))
        assert change(session, managing, 1, pause, telling.clock())
    assert paused_until(telling.subscriptions()[0], telling.clock()) is not None
    telling.happen()
    telling.work()
    telling.clock.forward(timedelta(days=3))
    telling.happen(which=1)
    telling.happen(EventKind.ANSWERED_LATE)
    telling.work()
    assert subjects(telling) == []
    telling.clock.forward(timedelta(weeks=3))
    telling.work()
    assert subjects(telling) == [
        "1 newly overdue and 1 answered late, among them Ministry of Water – Recommendation 2"
    ]
    assert paused_until(telling.subscriptions()[0], telling.clock()) is None
    telling.happen(EventKind.REOPENED)
    telling.work()
    assert len(subjects(telling)) == 2


WEEKS = [
    [EventKind.BECAME_OVERDUE],
    [EventKind.RESPONSE_FOUND, EventKind.ANSWERED_LATE],
    [],
    [EventKind.REOPENED, EventKind.BECAME_OVERDUE],
]


def test_the_preview_shows_what_was_then_mailed(telling: Telling) -> None:
    telling.enter()
    telling.subscribe(**WEEKLY)
    rhythm = Rhythm(Frequency.WEEKLY, 0, "Europe/London")
    for kinds in WEEKS:
        for kind in kinds:
            telling.clock.forward(timedelta(hours=1))
            telling.happen(kind)
        due = rhythm.next_at(telling.clock())
        assert due is not None
        telling.clock.at = due
        telling.work()
    with telling.composed.database.reading() as session:
        digests = preview(session, ListQuery(ListName.OVERDUE), rhythm, telling.clock())
    english = tongue("en", translations())
    shown = [headline(one.news, english) for one in reversed(digests) if one.news]
    assert subjects(telling) == shown
    assert len(shown) == 3
