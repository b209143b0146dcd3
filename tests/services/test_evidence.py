"""Evidence: every reading on record, bytes kept once, given up only where nothing rests on them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlmodel import Session

from scrapers.cage import Cage
from tests.services.entered import GROUP
from tests.services.register import (
    ANSWERED,
    LISTING,
    NO_ANSWER_YET,
    VOICE_ANSWER,
    Clock,
    Collecting,
    running_register,
    with_recordings,
)
from tests.services.reviewed import accept_item, drafted, rows, waiting
from tracker.domain.words import EventKind, Visibility
from tracker.services.make_room import retain
from tracker.services.review import accept_response
from tracker.storage import evidence, pages
from tracker.storage.engine import HABITS, Database, habits_of
from tracker.storage.tables import Event, Finding, Page, PageVisit, Source


def allowing(session: Session, *, evidence_days: int = 0, evidence_bytes: int = 0) -> None:
    """The site's limits on evidence from now on, for this session."""
    session.info[HABITS] = replace(
        habits_of(session), evidence_days=evidence_days, evidence_bytes=evidence_bytes
    )


def kept(collecting: Collecting, path: str) -> list[Page]:
    return [one for one in rows(collecting.database, Page) if one.address.endswith(path)]


def visits(collecting: Collecting, path: str) -> list[PageVisit]:
    return [one for one in rows(collecting.database, PageVisit) if one.address.endswith(path)]


def test_an_unchanged_page_costs_no_bytes_and_each_reading_is_on_record(collecting: Collecting) -> None:
    for _ in range(3):
        collecting.clock.forward(days=1)
        collecting.collect()
    [page] = kept(collecting, LISTING)
    readings = visits(collecting, LISTING)
    assert [one.unchanged for one in readings] == [False, True, True, True]
    assert {one.page_sha256 for one in readings} == {page.sha256}
    assert len({one.run_id for one in readings}) == 4 and readings[-1].fetched_at == page.last_seen_at
    assert readings[0].headers and not readings[1].headers


def test_old_readings_that_found_the_same_are_told_by_the_first_and_the_last(collecting: Collecting) -> None:
    for _ in range(4):
        collecting.clock.forward(days=1)
        collecting.collect()
    every = visits(collecting, LISTING)
    with collecting.database.writing() as session:
        retain(session, collecting.clock())
    assert len(visits(collecting, LISTING)) == len(every) == 5
    with collecting.database.writing() as session:
        retain(session, collecting.clock() + timedelta(days=100))
    assert [one.id for one in visits(collecting, LISTING)] == [every[0].id, every[-1].id]
    with collecting.database.reading() as session:
        then = pages.stood_on(session, every[0].address, every[2].fetched_at)
    assert then is not None and then.page_sha256 == every[2].page_sha256


def test_what_stood_there_on_a_day_can_be_shown(collecting: Collecting) -> None:
    [before] = kept(collecting, VOICE_ANSWER)
    collecting.register.put(VOICE_ANSWER, ANSWERED)
    collecting.clock.forward(days=5)
    collecting.collect()
    address = collecting.register.base + VOICE_ANSWER
    with collecting.database.reading() as session:
        then = pages.stood_on(session, address, collecting.clock() - timedelta(days=1))
        now = pages.stood_on(session, address, collecting.clock())
        never = pages.stood_on(session, address, collecting.clock() - timedelta(days=50))
    assert then is not None and then.page_sha256 == before.sha256
    assert now is not None and now.page_sha256 != before.sha256 and never is None


def test_a_page_that_could_not_be_had_is_on_record_too(collecting: Collecting) -> None:
    collecting.register.put(VOICE_ANSWER, "trouble", 502)
    collecting.clock.forward(days=1)
    collecting.collect()
    last = visits(collecting, VOICE_ANSWER)[-1]
    assert (last.page_sha256, last.status) == (None, 502) and last.failure


def test_the_last_good_page_is_the_one_a_good_reading_last_found(collecting: Collecting) -> None:
    """The bytes came first in a good reading, then others in a bad one, then the first again in a good one."""
    address = collecting.register.base + LISTING
    good = collecting.register.pages[LISTING]
    collecting.register.put(
        LISTING, "<html><body><h1>Find initiatives</h1><p>Current status: Registered</p></body></html>"
    )
    collecting.clock.forward(days=1)
    collecting.collect()
    with collecting.database.reading() as session:
        bad, known = pages.latest(session, address), pages.last_good(session, address)
        assert bad is not None and known is not None and bad.sha256 != known.sha256
    collecting.register.pages[LISTING] = good
    collecting.clock.forward(days=2)
    collecting.collect()
    with collecting.database.reading() as session:
        again = pages.last_good(session, address)
        assert again is not None and again.sha256 == known.sha256


def changed(collecting: Collecting, number: int) -> None:
    """The page of the answer says something else, which is no answer."""
    collecting.register.put(VOICE_ANSWER, NO_ANSWER_YET.replace("My Voice", f"Our Voice {number}"))
    collecting.clock.forward(days=1)
    collecting.collect()


def test_only_pages_on_which_nothing_rests_give_up_their_bytes_oldest_first(collecting: Collecting) -> None:
    accept_item(collecting)
    for number in range(3):
        changed(collecting, number)
    oldest, *_ = kept(collecting, VOICE_ANSWER)
    needed = {one.page_sha256 for one in rows(collecting.database, Finding)}
    with collecting.database.writing() as session:
        full = evidence.fill(session).bytes
        allowing(session, evidence_bytes=full - 1)
        done = retain(session, collecting.clock())
    dropped = [one for one in rows(collecting.database, Page) if one.dropped_at]
    assert done.dropped == 1 and [one.sha256 for one in dropped] == [oldest.sha256]
    assert dropped[0].body == b"" and dropped[0].size == oldest.size and dropped[0].address == oldest.address
    with collecting.database.writing() as session:
        allowing(session, evidence_bytes=1)
        retain(session, collecting.clock())
    left = {one.sha256 for one in rows(collecting.database, Page) if not one.dropped_at}
    assert needed <= left and len(visits(collecting, VOICE_ANSWER)) == 4


def test_pages_are_given_up_after_their_days_unless_something_rests_on_them(collecting: Collecting) -> None:
    accept_item(collecting)
    changed(collecting, 1)
    with collecting.database.writing() as session:
        allowing(session, evidence_days=30)
        assert retain(session, collecting.clock()).dropped == 0
        assert retain(session, collecting.clock() + timedelta(days=60)).dropped >= 1
    assert all(
        page.dropped_at is None
        for page in rows(collecting.database, Page)
        if page.sha256 in {one.page_sha256 for one in rows(collecting.database, Finding)}
    )


def test_bytes_that_come_again_are_kept_again(collecting: Collecting) -> None:
    changed(collecting, 1)
    collecting.clock.forward(days=30)
    [first, _second] = kept(collecting, VOICE_ANSWER)
    with collecting.database.writing() as session:
        evidence.drop(session, first.sha256, collecting.clock())
    collecting.register.put(VOICE_ANSWER, NO_ANSWER_YET)
    collecting.collect()
    [again, _] = kept(collecting, VOICE_ANSWER)
    assert (again.sha256, again.dropped_at, again.body) == (first.sha256, None, first.body)


def test_where_everything_is_needed_reading_stops_with_a_sentence(
    collecting: Collecting, database: Database
) -> None:
    with collecting.database.reading() as session:
        full = evidence.fill(session).bytes
    narrow = Database(database.url, replace(database.habits, evidence_bytes=full))
    collecting.register.put(LISTING, collecting.register.pages[LISTING].body + b"<!-- longer -->" * 50)
    before = len(rows(collecting.database, Page))
    collecting.clock.forward(days=1)
    replace(collecting, database=narrow).collect()
    narrow.close()
    [source] = rows(collecting.database, Source)
    assert "no room for evidence" in source.problem and source.broken_since_at is not None
    assert len(rows(collecting.database, Page)) == before
    assert [one.kind for one in rows(collecting.database, Event)][-1] is EventKind.SOURCE_BROKEN
    collecting.clock.forward(days=2)
    collecting.collect()
    assert rows(collecting.database, Source)[0].broken_since_at is None


def test_a_source_whose_operator_says_that_it_names_persons_is_withheld(
    database: Database, cage: Cage
) -> None:
    with running_register() as register:
        made = Collecting(database, with_recordings(register), cage, Clock())
        made.source(options={"private_names": True})
        made.collect()
        assert {one.visibility for one in rows(database, Page)} == {Visibility.WITHHELD}


def test_evidence_of_an_answer_starts_as_link_only(collecting: Collecting) -> None:
    accept_item(collecting)
    collecting.register.put(VOICE_ANSWER, ANSWERED)
    collecting.clock.at = datetime(2026, 2, 27, 9, tzinfo=UTC)
    collecting.collect()
    finding = waiting(collecting, "response")
    with collecting.database.writing() as session:
        accept_response(session, collecting.clock(), finding, drafted(collecting, finding), actor=GROUP)
    row = next(one for one in rows(collecting.database, Finding) if one.id == finding)
    [page] = [one for one in rows(collecting.database, Page) if one.sha256 == row.page_sha256]
    assert page.visibility is Visibility.LINK_ONLY
    with collecting.database.reading() as session:
        assert page.sha256 not in {digest for digest, _ in evidence.not_needed(session, collecting.clock())}
