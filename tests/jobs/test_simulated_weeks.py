"""Two workers through the days on which clocks change: each date turns at its midnight, each digest goes out once."""

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from socket import create_server
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import col, select

from tests.services.entered import STATED, item, owing
from tests.services.told import Clock, Inbox, Telling, frame, relay, site
from tracker.compose import Composed
from tracker.domain.partial import day
from tracker.domain.words import EventKind
from tracker.jobs import run_once
from tracker.storage.tables import Body, Event

ZONES = {
    "Europe/London": "gb",
    "Europe/Paris": "fr",
    "America/New_York": "us",
    "America/Sao_Paulo": "br",
    "Australia/Lord_Howe": "au",
    "Pacific/Kiritimati": "ki",
}
CHANGES = [date(2026, 3, 29), date(2026, 10, 25)]
HOUR = timedelta(hours=1)
JOBS = ("sweep", "sequence", "deliver")


@pytest.fixture
def telling(database_url: str, tmp_path: Path) -> Iterator[Telling]:
    with closing(create_server(("127.0.0.1", 0))) as found:
        port = int(found.getsockname()[1])
    inbox, clock = Inbox(), Clock()
    with relay(inbox, port):
        composed = site(database_url, clock, port, tmp_path)
        yield Telling(composed, clock, inbox)
        composed.database.close()


def another(telling: Telling, url: str, folder: Path) -> Composed:
    """A second worker on the same database, by the same clock."""
    return site(url, telling.clock, telling.composed.config.mail.port, folder)


def subscribed(telling: Telling, address: str, frequency: str, zone: str) -> None:
    telling.subscribe(address, list="obligations", frequency=frequency, zone=zone, weekday="6")


def hours(telling: Telling, begin: datetime, end: datetime) -> Iterator[datetime]:
    telling.clock.at = begin
    while telling.clock.at < end:
        yield telling.clock.at
        telling.clock.forward(HOUR)


@pytest.mark.parametrize("changed", CHANGES)
def test_each_digest_of_a_local_day_goes_out_once_though_two_work(
    telling: Telling, database_url: str, tmp_path: Path, changed: date
) -> None:
    begin = datetime.combine(changed - timedelta(days=1), datetime.min.time(), UTC)
    end = begin + timedelta(days=2)
    telling.clock.at = begin - timedelta(days=2)
    telling.enter()
    for zone, name in ZONES.items():
        subscribed(telling, f"{name}@example.org", "daily", zone)
    subscribed(telling, "weekly@example.org", "weekly", "Europe/London")
    second = another(telling, database_url, tmp_path)
    telling.happen(EventKind.RESPONSE_FOUND)
    telling.clock.at = begin - HOUR
    telling.work()
    got: dict[str, list[datetime]] = {}
    seen = len(telling.inbox.recipients)
    for number, now in enumerate(hours(telling, begin, end)):
        if number % 4 == 0:
            telling.happen(EventKind.RESPONSE_FOUND)  # there is news in every part of the day
        for worker in (telling.composed, second) if number % 2 else (second, telling.composed):
            run_once("deliver", worker)
        for who in telling.inbox.recipients[seen:]:
            got.setdefault(who, []).append(now)
        seen = len(telling.inbox.recipients)
    second.database.close()
    for zone, name in ZONES.items():
        expected = mornings(zone, begin, end)
        assert got[f"{name}@example.org"] == expected, zone
    assert [now.astimezone(ZoneInfo("Europe/London")).weekday() for now in got["weekly@example.org"]] == [6]


def mornings(zone: str, begin: datetime, end: datetime) -> list[datetime]:
    """The first full hour at which it is seven or later, of each local day that is seven o'clock within the time."""
    found: dict[date, datetime] = {}
    at = begin
    while at < end:
        local, before = at.astimezone(ZoneInfo(zone)), (at - HOUR).astimezone(ZoneInfo(zone))
        passed = local.hour >= 7 and (before.hour < 7 or before.date() != local.date())
        if passed:
            found.setdefault(local.date(), at)
        at += HOUR
    return list(found.values())


@pytest.mark.parametrize("changed", CHANGES)
def test_an_answer_is_due_soon_from_the_midnight_of_the_place_that_owes_it(
    telling: Telling, changed: date
) -> None:
    begin = datetime.combine(changed - timedelta(days=1), datetime.min.time(), UTC)
    telling.clock.at = begin - timedelta(days=30)
    owed = owed_everywhere(telling, changed + timedelta(days=14))
    for _ in hours(telling, begin, begin + timedelta(days=1, hours=8)):
        run_once("sweep", telling.composed)
    with telling.composed.database.reading() as session:
        events = session.exec(select(Event).where(col(Event.kind) == EventKind.DUE_SOON)).all()
        said = {owed[event.obligation_id or 0]: event.announced_at for event in events}
        assert Counter(event.obligation_id for event in events) == Counter(list(owed))
        assert {event.happened_on for event in events} == {changed}
    assert said == {zone: first_hour(zone, changed) for zone in ZONES}


def owed_everywhere(telling: Telling, due: date) -> dict[int, str]:
    """An item due on the same day in each of the zones: the obligations and their zones."""
    with telling.composed.database.writing() as session:
        document, found = frame(session), {}
        ministry = session.exec(select(Body).where(col(Body.key) == "ministry-of-water")).one()
        for zone in ZONES:
            ministry.zone = zone
            session.flush()
            dated = replace(STATED, stated=day(due), trigger_on=day(due - timedelta(days=60)))
            entered = item(session, document=document, title=zone, deadline=dated, now=telling.clock())
            found[owing(session, entered)[0]] = zone
    return found


def first_hour(zone: str, its: date) -> datetime:
    """The first full hour (UTC) that belongs to a local day."""
    at = datetime.combine(its - timedelta(days=2), datetime.min.time(), UTC)
    while at.astimezone(ZoneInfo(zone)).date() < its:
        at += HOUR
    return at


@pytest.mark.parametrize(("away", "messages"), [(HOUR, 1), (timedelta(days=3), 1), (timedelta(days=40), 1)])
def test_after_a_stop_the_backlog_goes_out_as_one_digest_and_nothing_twice(
    telling: Telling, away: timedelta, messages: int
) -> None:
    telling.clock.at = datetime(2026, 3, 20, 6, 30, tzinfo=UTC)
    telling.enter()
    subscribed(telling, "gb@example.org", "daily", "Europe/London")
    for job in JOBS:
        run_once(job, telling.composed)
    before = len(telling.inbox.messages)
    for _ in range(6):
        telling.happen(EventKind.RESPONSE_FOUND)
        telling.happen(EventKind.DUE_SOON)
        telling.clock.forward(away / 6)
    telling.clock.forward(timedelta(days=1))
    for _ in range(3):
        for job in JOBS[1:]:
            run_once(job, telling.composed)
        telling.clock.forward(timedelta(minutes=20))
    assert len(telling.inbox.messages) - before == messages
    with telling.composed.database.reading() as session:
        logged = session.exec(select(Event).where(col(Event.kind) == EventKind.DUE_SOON)).all()
    assert len(logged) == 6


def test_a_clock_two_hours_back_or_ahead_brings_no_digest_of_a_day_twice(telling: Telling) -> None:
    telling.clock.at = datetime(2026, 3, 20, 5, tzinfo=UTC)
    telling.enter()
    subscribed(telling, "gb@example.org", "daily", "Europe/London")
    before = len(telling.inbox.messages)
    start = datetime(2026, 3, 21, 7, 30, tzinfo=UTC)
    for step in (0, -2, 0, 2, 0, 1):
        telling.clock.at = start + timedelta(hours=step)
        telling.happen(EventKind.RESPONSE_FOUND)
        for job in JOBS[1:]:
            run_once(job, telling.composed)
    assert len(telling.inbox.messages) - before == 1
    telling.clock.at = start + timedelta(days=1)
    for job in JOBS[1:]:
        run_once(job, telling.composed)
    assert len(telling.inbox.messages) - before == 2
