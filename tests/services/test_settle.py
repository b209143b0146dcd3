"""Settling: facts become standings ahead; what changed is announced once, by whoever comes first."""

from datetime import UTC, date, datetime, timedelta
from threading import Event as Signal
from threading import Thread

from sqlmodel import Session, col, select

from tests.services.entered import DUE, GROUP, NOW, item, owing, standing
from tracker.domain.listing import ListName, ListQuery
from tracker.domain.words import ClockEntryKind, EventKind, Standing
from tracker.services.settle import settle
from tracker.services.sweep import sweep
from tracker.storage import segments
from tracker.storage.engine import Database
from tracker.storage.lines import Line, lines, moment
from tracker.storage.tables import Check, CheckObligation, ClockEntry, Event, Segment

EARLY = datetime(2026, 3, 20, 9, tzinfo=UTC)
"""Six weeks before the due day."""


def look(session: Session, obligation_id: int, day: date, now: datetime) -> None:
    """Somebody looked and found nothing."""
    made = Check(recorded_at=now, recorded_by=GROUP, looked_on=day, places=["https://example.org/replies"])
    session.add(made)
    session.flush()
    session.add(CheckObligation(check_id=made.id, obligation_id=obligation_id))
    settle(session, [obligation_id], now, actor=GROUP)


def news(session: Session, obligation_id: int) -> list[tuple[EventKind, bool]]:
    """What the log says of an obligation, and whether it is only for the record."""
    wanted = select(Event).where(col(Event.obligation_id) == obligation_id).order_by(col(Event.id))
    return [(event.kind, event.backfill) for event in session.exec(wanted).all()]


def listed(
    session: Session, now: datetime, as_of: date | None = None, *, hindsight: bool = False
) -> list[Line]:
    """The list of everything overdue, as it stands or stood."""
    return lines(session, ListQuery(ListName.OVERDUE), moment(now, as_of, hindsight=hindsight))


def test_a_standing_changes_with_the_day_although_nobody_writes(database: Database) -> None:
    with database.writing() as session:
        (owed,) = owing(session, item(session, now=EARLY))
    with database.reading() as session:
        assert standing(session, owed, EARLY) is Standing.RUNNING
        assert standing(session, owed, datetime(2026, 5, 1, 9, tzinfo=UTC)) is Standing.DUE_SOON
        assert standing(session, owed, datetime(2026, 5, 5, 9, tzinfo=UTC)) is Standing.UNCHECKED


def test_the_flag_begins_when_somebody_looked_and_is_news_once(database: Database) -> None:
    with database.writing() as session:
        (owed,) = owing(session, item(session, now=EARLY))
        look(session, owed, date(2026, 5, 12), NOW)
        settle(session, [owed], NOW)
        assert not sweep(session, owed, NOW)
        assert standing(session, owed) is Standing.OVERDUE
        assert news(session, owed)[-1] == (EventKind.BECAME_OVERDUE, False)
        assert [kind for kind, _ in news(session, owed)].count(EventKind.BECAME_OVERDUE) == 1


def test_entering_a_late_item_is_no_news_but_finding_it_unanswered_is(database: Database) -> None:
    with database.writing() as session:
        (owed,) = owing(session, item(session, now=NOW))
        assert [kind for kind, late in news(session, owed) if not late] in ([], [EventKind.LOGGED])
        look(session, owed, date(2026, 5, 12), NOW + timedelta(hours=1))
        assert news(session, owed)[-1] == (EventKind.BECAME_OVERDUE, False)


def test_after_weeks_of_downtime_every_change_is_logged_and_only_the_last_is_news(database: Database) -> None:
    with database.writing() as session:
        (owed,) = owing(session, item(session, now=EARLY))
        look(session, owed, date(2026, 5, 12), NOW)
        told = [(kind, late) for kind, late in news(session, owed) if kind is not EventKind.LOGGED]
    assert told == [(EventKind.DUE_SOON, True), (EventKind.BECAME_OVERDUE, False)]


def test_an_unchanged_standing_writes_nothing(database: Database) -> None:
    with database.writing() as session:
        (owed,) = owing(session, item(session, now=EARLY))
        before = len(session.exec(select(Segment)).all())
        settle(session, [owed], NOW)
        assert len(session.exec(select(Segment)).all()) == before


def test_a_page_as_of_a_day_shows_what_was_known_then_and_hindsight_what_is_known_now(
    database: Database,
) -> None:
    with database.writing() as session:
        (owed,) = owing(session, item(session, now=EARLY))
        look(session, owed, date(2026, 5, 6), NOW)
    with database.reading() as session:
        assert [line.id for line in listed(session, NOW)] == [owed]
        assert not listed(session, NOW, date(2026, 5, 8))
        assert [line.id for line in listed(session, NOW, date(2026, 5, 8), hindsight=True)] == [owed]
        assert not listed(session, NOW, DUE, hindsight=True)
        assert [line.id for line in listed(session, NOW, date(2026, 5, 12))] == [owed]


def test_what_was_shown_stays_on_record_when_it_changes(database: Database) -> None:
    with database.writing() as session:
        (owed,) = owing(session, item(session, now=EARLY))
        look(session, owed, date(2026, 5, 6), NOW)
        kept = session.exec(select(Segment).where(col(Segment.superseded_at).is_not(None))).all()
        assert kept
        assert all(segment.superseded_at == NOW for segment in kept)
        assert segments.current(session, owed)


def test_two_writers_at_once_leave_the_standing_of_both_their_facts(postgres_url: str) -> None:
    """On PostgreSQL writers overlap: whoever settles last must see what the other recorded."""
    database = Database(postgres_url)
    with database.writing() as session:
        (owed,) = owing(session, item(session, now=EARLY))
    looked, ended = Signal(), Signal()

    def second() -> None:
        with database.writing() as other:
            entered_void(other, owed)
            looked.wait(10)
            settle(other, [owed], NOW)
        ended.set()

    thread = Thread(target=second)
    with database.writing() as session:
        thread.start()
        look(session, owed, date(2026, 5, 12), NOW)
        looked.set()
    thread.join(30)
    with database.reading() as session:
        assert ended.is_set()
        assert standing(session, owed, NOW + timedelta(days=2)) is Standing.VOID
        assert segments.current(session, owed)[-1].checked_on == date(2026, 5, 12)
    database.close()


def entered_void(session: Session, obligation_id: int) -> None:
    """The duty ended on the day before."""
    ended = ClockEntry(
        recorded_at=NOW,
        obligation_id=obligation_id,
        kind=ClockEntryKind.VOID,
        works_from_on=date(2026, 5, 13),
        reason="The order was revoked.",
    )
    session.add(ended)
    session.flush()


def test_a_draft_has_no_standing_and_makes_no_event_even_when_settled(database: Database) -> None:
    with database.writing() as session:
        entered = item(session, now=EARLY, draft=True)
        ids = owing(session, entered)
        settle(session, ids, NOW)
        assert not segments.current(session, ids[0])
        assert not news(session, ids[0])
