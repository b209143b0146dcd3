"""The order of the queue, what is put off, who is reading, and what hangs on a finding."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlmodel import Session

from tests.services.entered import DUE, GROUP, NOW, item, owing, people, report, standing
from tests.services.queued import finding, looked, source
from tracker.domain.partial import day
from tracker.domain.refusals import NotAccepted
from tracker.domain.words import Basis, ResponseKind, Role, Standing, Trigger
from tracker.services.claim_finding import READ_FOR, claim_finding
from tracker.services.draft_decision import draft_response
from tracker.services.entry import OwedBy
from tracker.services.foresee_finding import DISMISSED, consequences
from tracker.services.put_off import put_off
from tracker.services.reckon import Deadline
from tracker.services.review import accept_response, reject
from tracker.services.settle import settle
from tracker.storage import findings, review_queue, suspense
from tracker.storage.engine import Database
from tracker.storage.review_queue import Narrow

AHEAD = Deadline(
    basis=Basis.CONVENTION,
    stated=day(date(2026, 9, 1)),
    trigger=Trigger.PUBLISHED,
    trigger_on=day(date(2026, 3, 9)),
)
EARLIER = NOW - timedelta(days=3)
ALL = Narrow()


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    opened = Database(database_url)
    yield opened
    opened.close()


def titles(session: Session, narrow: Narrow = ALL, now: datetime = NOW) -> list[str]:
    places = review_queue.order(session, now, narrow)
    return [str(one.finding.content["title"]) for one in findings.several(session, [p.id for p in places])]


def test_what_a_flag_hangs_on_comes_first_and_news_last_and_in_each_the_oldest(database: Database) -> None:
    with database.writing() as session:
        document = report(session)
        late = item(session, document=document)
        (past,) = owing(session, late)
        (ahead,) = owing(session, item(session, document=document, title="Plant trees", deadline=AHEAD))
        here = source(session)
        finding(session, here, "news", kind="update", found_at=EARLIER - timedelta(days=9))
        finding(session, here, "new item", kind="new_item", found_at=EARLIER)
        finding(session, here, "question", kind="question")
        finding(session, here, "answer in time", owed=ahead, found_at=EARLIER)
        finding(session, here, "news of the late item", kind="update", item=late.key)
        finding(session, here, "answer to the flag", owed=past, found_at=NOW)
        finding(session, here, "older answer to the flag", owed=past, found_at=EARLIER)
        settle(session, [past, ahead], NOW)
        assert titles(session) == [
            "older answer to the flag",
            "answer to the flag",
            "news of the late item",
            "answer in time",
            "question",
            "new item",
            "news",
        ]


def test_nobody_is_flagged_for_supporting_so_nothing_hangs_on_it(database: Database) -> None:
    with database.writing() as session:
        (helping,) = owing(
            session,
            item(session, addressees=(OwedBy(body="ministry-of-rivers", role=Role.SUPPORTING),)),
        )
        here = source(session)
        finding(session, here, "of a helper", owed=helping)
        settle(session, [helping], NOW)
        ranks = [place.rank for place in review_queue.order(session, NOW, Narrow())]
        assert ranks == [review_queue.RESPONSE]


def test_news_that_an_answer_is_no_longer_shown_moves_no_flag(database: Database) -> None:
    with database.writing() as session:
        late = item(session)
        (past,) = owing(session, late)
        here = source(session)
        finding(session, here, "no longer shown", kind="update", item=late.key, found_at=EARLIER)
        suspense.hold(session, {b"no longer shown".hex()[:64].rjust(64, "0"): {past}})
        finding(session, here, "answer", owed=past)
        settle(session, [past], NOW)
        ranks = [place.rank for place in review_queue.order(session, NOW, Narrow())]
        assert titles(session) == ["answer", "no longer shown"]
        assert ranks == [review_queue.FLAG, review_queue.ITS_ITEM]


def test_the_queue_is_narrowed_by_source_kind_and_process(database: Database) -> None:
    with database.writing() as session:
        asked = item(session)
        one = source(session, "one", asked.process_id)
        other = source(session, "other")
        finding(session, one, "by its source", kind="update")
        finding(session, other, "by its item", kind="update", item=asked.key)
        finding(session, other, "neither", kind="new_item")
        assert titles(session, Narrow(source="one")) == ["by its source"]
        assert titles(session, Narrow(kind="new_item")) == ["neither"]
        assert titles(session, Narrow(process="citizens-assembly-on-water")) == [
            "by its item",
            "by its source",
        ]
        assert review_queue.counts(session, NOW)[("one", "update", "citizens-assembly-on-water")] == 1


def test_what_is_put_off_comes_back_on_its_day_and_not_before(database: Database) -> None:
    with database.writing() as session:
        reviewer, _ = people(session)
        kept = finding(session, source(session), "later", kind="update")
        put_off(session, NOW, kept, NOW.date() + timedelta(days=7), actor=GROUP, user_id=reviewer)
        assert titles(session) == [] and titles(session, Narrow(put_off=True)) == ["later"]
        assert review_queue.count(session, NOW, put_off=True) == 1
        back = NOW + timedelta(days=7)
        assert titles(session, now=back) == ["later"]
        assert review_queue.count(session, back) == 1 and review_queue.count(session, back, put_off=True) == 0


@pytest.mark.parametrize("days", [-1, 0, 400])
def test_a_day_that_is_no_later_is_refused(database: Database, days: int) -> None:
    with database.writing() as session:
        waits = finding(session, source(session), "later", kind="update")
    with pytest.raises(NotAccepted, match="after 2026-05-12"), database.writing() as session:
        put_off(session, NOW, waits, NOW.date() + timedelta(days=days), actor=GROUP, user_id=None)
    with database.reading() as session:
        assert titles(session) == ["later"]


def test_what_is_decided_cannot_be_put_off(database: Database) -> None:
    with database.writing() as session:
        waits = finding(session, source(session), "decided", kind="update")
        reject(session, NOW, waits, "No.", actor=GROUP)
    with pytest.raises(NotAccepted, match="rejected"), database.writing() as session:
        put_off(session, NOW, waits, date(2026, 6, 1), actor=GROUP, user_id=None)


def test_the_second_reader_sees_who_reads_until_that_one_has_been_silent(database: Database) -> None:
    with database.writing() as session:
        first, second = people(session)
        waits = finding(session, source(session), "read", kind="update")
    with database.writing() as session:
        assert claim_finding(session, NOW, waits, first) is None
        reader = claim_finding(session, NOW + timedelta(minutes=1), waits, second)
        assert reader is not None and (reader.name, reader.since) == ("first@example.org", NOW)
    with database.writing() as session:
        assert claim_finding(session, NOW + timedelta(minutes=2), waits, first) is None
        silent = NOW + timedelta(minutes=3) + READ_FOR
        assert claim_finding(session, silent, waits, second) is None


def test_the_page_says_which_flag_an_answer_would_clear_and_what_comes_without_it(database: Database) -> None:
    with database.writing() as session:
        (owed,) = owing(session, item(session))
        here = source(session)
        waits = finding(session, here, "an answer", owed=owed)
        looked(session, owed, here[1], date(2026, 5, 12))
        settle(session, [owed], NOW)
        assert standing(session, owed) is Standing.AWAITING_ASSESSMENT
    with database.reading() as session:
        one = findings.one(session, waits)
        assert one is not None
        (hangs,) = consequences(session, NOW, one)
        stands = {outcome.decision: outcome.stand.standing for outcome in hangs.outcomes}
        assert stands == {
            ResponseKind.REPLY.value: Standing.AWAITING_ASSESSMENT,
            ResponseKind.HOLDING.value: Standing.OVERDUE_UNSUBSTANTIVE,
            DISMISSED: Standing.OVERDUE,
        }
        assert hangs.clears is not None and hangs.clears.stand.days_overdue == (date(2026, 5, 12) - DUE).days


@pytest.mark.parametrize("decision", ["dismissed", "reply", "holding"])
def test_what_is_foreseen_is_what_comes(database: Database, decision: str) -> None:
    with database.writing() as session:
        (owed,) = owing(session, item(session))
        here = source(session)
        waits = finding(session, here, "an answer", owed=owed)
        looked(session, owed, here[1], date(2026, 5, 12))
        settle(session, [owed], NOW)
        one = findings.one(session, waits)
        assert one is not None
        (hangs,) = consequences(session, NOW, one)
        foreseen = {outcome.decision: outcome.stand.standing for outcome in hangs.outcomes}[decision]
        if decision == DISMISSED:
            reject(session, NOW, waits, "", reason="no_answer", actor=GROUP)
        else:
            said = draft_response(session, one)
            lines = tuple(replace(line, kind=ResponseKind(decision)) for line in said.lines)
            accept_response(session, NOW, waits, replace(said, lines=lines), actor=GROUP)
        assert standing(session, owed) is foreseen
