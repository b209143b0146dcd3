"""Whoever follows a calendar sees every day move, by whichever path, and what became of it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import feedparser
import pytest
from sqlalchemy import event as sql_events
from sqlmodel import select

from tests.rendering.rfc5545 import Component, read
from tests.services import entered, moving
from tests.services.entered import GROUP, STATED
from tests.web.open_site import BASE, Opened, answer_late
from tracker.domain.partial import day
from tracker.domain.words import ClockEntryKind
from tracker.services.correct import correct_terms, deadline_of
from tracker.services.move_clock import MoveClock, move_clock, undo_entry
from tracker.services.sweep import next_to_sweep, sweep
from tracker.storage.engine import Database
from tracker.storage.entries import owed
from tracker.storage.tables import ClockEntry, Document
from tracker.web.feeds import due_calendar as calendars

START = datetime(2026, 4, 1, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
Day = tuple[str, str, str]
"""Of an entry: its day, sequence number and status."""


@pytest.fixture
def one(database_url: str) -> Iterator[Opened]:
    """A ministry owes an answer by 4 May; it is 1 April."""
    site = Opened(Database(database_url), START)
    with site.write() as session:
        document = entered.report(session)
        item = entered.item(session, "ministry-of-water", now=START, document=document)
        [site.ids["water"]] = entered.owing(session, item)
    yield site
    site.database.close()


def events(site: Opened, address: str = "/calendar.ics") -> list[Component]:
    return [one for one in read(site.get(address).data).inside if one.name == "VEVENT"]


def shown(site: Opened, address: str = "/calendar.ics") -> Day:
    [event] = events(site, address)
    return event.raw("DTSTART"), event.raw("SEQUENCE"), event.raw("STATUS")


def move(site: Opened, kind: ClockEntryKind, works_from_on: date | None = None, **more: object) -> None:
    site.now += HOUR
    with site.write() as session:
        said = MoveClock(
            obligation=site.ids["water"],
            kind=kind,
            works_from_on=works_from_on or site.now.date(),
            reason="Order 7",
            **more,  # type: ignore[arg-type]
        )
        move_clock(session, site.now, said, actor=GROUP)


def test_the_number_rises_by_one_with_every_move_and_never_without_one(one: Opened) -> None:
    assert shown(one) == ("20260504", "0", "CONFIRMED")
    move(one, ClockEntryKind.EXTENSION, new_due_on=date(2026, 6, 4))
    assert shown(one) == ("20260604", "1", "CONFIRMED")
    _undo(one)
    assert shown(one) == ("20260504", "2", "CONFIRMED")  # back to where it was: a move too
    _corrected(one, date(2026, 4, 20))
    assert shown(one) == ("20260420", "3", "CONFIRMED")
    one.now = datetime(2026, 4, 19, 9, tzinfo=UTC)  # due soon: the day is the same
    assert shown(one) == ("20260420", "3", "CONFIRMED")
    move(one, ClockEntryKind.VOID)
    assert shown(one) == ("20260420", "4", "CANCELLED")


def _undo(site: Opened) -> None:
    site.now += HOUR
    with site.write() as session:
        [entry] = session.exec(select(ClockEntry)).all()
        undo_entry(session, site.now, entry, "Not an extension", actor=GROUP)


def _corrected(site: Opened, due_on: date) -> None:
    site.now += HOUR
    with site.write() as session:
        [before] = owed(session, [site.ids["water"]])
        said = replace(deadline_of(before), stated=day(due_on))
        correct_terms(session, site.now, before.id, said, "Misread", actor=GROUP)


def test_a_stopped_clock_is_tentative_and_firm_again_when_it_runs(one: Opened) -> None:
    move(one, ClockEntryKind.PAUSE, cures=True)
    stopped = shown(one)
    assert stopped[1:] == ("1", "TENTATIVE")
    one.now += timedelta(days=6)
    move(one, ClockEntryKind.RESTART)
    assert shown(one) == ("20260511", "2", "TENTATIVE")  # the day it runs again is still one of the stop
    one.now += timedelta(days=1)
    assert shown(one) == ("20260511", "3", "CONFIRMED")


def test_a_duty_that_passes_on_is_called_off_there_and_due_here(one: Opened) -> None:
    move(one, ClockEntryKind.TRANSFER, to_body="ministry-of-rivers")
    found = {event.text("SUMMARY").partition(" — ")[0]: event for event in events(one)}
    assert len({event.raw("UID") for event in found.values()}) == 2
    here = found["Answer due: Ministry of Rivers"]
    [there] = [event for said, event in found.items() if "Ministry of Water" in said]
    assert (here.raw("STATUS"), there.raw("STATUS")) == ("CONFIRMED", "CANCELLED")
    assert int(there.raw("SEQUENCE")) == 1


def test_a_day_off_that_is_heard_of_late_moves_the_day_and_raises_the_number(sqlite_url: str) -> None:
    site = Opened(Database(sqlite_url), moving.NOW)
    with site.write() as session:
        site.ids["water"] = moving.asked(session)
    assert shown(site) == ("20260603", "0", "CONFIRMED")
    site.now += HOUR
    moving.recomputed(site.database, site.now)
    assert shown(site) == ("20260603", "0", "CONFIRMED")
    with moving.told_of(sqlite_url, moving.FUNERAL) as database:
        moving.recomputed(database, site.now)
    assert shown(site) == ("20260604", "1", "CONFIRMED")
    site.database.close()


def test_a_day_that_has_passed_stays_with_what_came_of_it(site: Opened) -> None:
    answer_late(site)
    said = {event.text("UID").partition("@")[0]: event for event in events(site)}
    answered, overdue = (said[f"obligation-{site.ids[name]}"] for name in ("water", "rivers"))
    assert answered.text("SUMMARY").startswith("Answered late: Ministry of Water — ")
    assert overdue.text("SUMMARY").startswith("Overdue: Ministry of Rivers — ")
    assert answered.raw("DTSTART") == "20260504"
    site.now += calendars.KEPT + timedelta(days=30)
    assert not [event for event in events(site) if event.raw("UID") == answered.raw("UID")]
    everything = events(site, "/obligations.ics")
    assert [event for event in everything if event.raw("UID") == answered.raw("UID")]


def test_what_lapsed_stays_called_off_for_a_year_and_then_leaves(one: Opened) -> None:
    move(one, ClockEntryKind.VOID)
    one.now += calendars.KEPT - timedelta(days=2)
    assert shown(one)[2] == "CANCELLED"
    one.now += timedelta(days=5)
    assert events(one) == []


def test_the_calendar_of_five_thousand_days_asks_as_little_as_that_of_a_few(
    small_site: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = _asked(small_site)
    with small_site.write() as session:
        document = session.exec(select(Document)).one().key
        for n in range(60):
            entered.item(session, title=f"Item {n}", document=document, now=small_site.now, deadline=STATED)
    assert _asked(small_site) == asked
    monkeypatch.setattr(calendars, "MOST_DAYS", 20)
    small_site.now += timedelta(minutes=1)  # so that the calendar kept from the question before is not sent
    whole = read(small_site.get("/obligations.ics").data)
    assert len(whole.inside) == 20
    assert "Only the 20 latest days are here; 43 earlier ones are on the page." in whole.text("X-WR-CALDESC")


def test_a_calendar_that_is_had_is_sent_again_only_when_a_day_or_a_word_changed(one: Opened) -> None:
    tag = one.get("/calendar.ics").headers["ETag"]
    one.now += HOUR
    assert one.get("/calendar.ics", 304, If_None_Match=tag).data == b""
    one.now += timedelta(days=3)
    one.get("/calendar.ics", 304, If_None_Match=tag)
    move(one, ClockEntryKind.EXTENSION, new_due_on=date(2026, 6, 4))
    assert b"20260604" in one.get("/calendar.ics", 200, If_None_Match=tag).data


def _asked(site: Opened) -> int:
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        statements.append(statement)

    engine = site.database.engine
    sql_events.listen(engine, "before_cursor_execute", note)
    site.get("/obligations.ics")
    sql_events.remove(engine, "before_cursor_execute", note)
    return len(statements)


def test_an_old_item_that_turns_overdue_stands_at_the_top_the_day_the_sweep_says_so(one: Opened) -> None:
    one.now = datetime(2026, 4, 28, 9, tzinfo=UTC)
    with one.write() as session:
        document, later = (
            session.exec(select(Document)).one().key,
            replace(STATED, stated=day(date(2027, 1, 4))),
        )
        newer = entered.item(
            session, title="Entered since", now=one.now, document=document, deadline=later
        ).key
    one.now = datetime(2026, 4, 29, 9, tzinfo=UTC)
    with one.write() as session:
        after = 0
        while (found := next_to_sweep(session, one.now, after)) is not None:
            sweep(session, found, one.now)
            after = found
    [top, second, *_rest] = feedparser.parse(one.get("/obligations.atom").data).entries
    assert top.title.startswith("Due soon: Ministry of Water — Publish the river data")
    assert top.updated_parsed[:4] == one.now.timetuple()[:4]
    assert newer in second.link


def test_a_calendar_can_be_taken_up_by_a_program_from_the_page_of_all_ways(still_site: Opened) -> None:
    page = still_site.get("/feeds?list=calendar&body=ministry-of-water").text
    address = f"{BASE.partition(':')[2]}/calendar.ics?body=ministry-of-water"
    assert f'href="webcal:{address}"' in page and f'href="https:{address}"' in page
    assert "webcals" not in page
    still_site.get("/feeds?list=nothing", 400)
    still_site.get("/feeds?lists=calendar", 400)
    still_site.get("/feeds?list=calendar&body=nobody", 400)
