"""Collecting: what a reading keeps, what it never does, and that it happens once."""

from collections.abc import Iterator
from typing import Any

import pytest
from sqlmodel import Session, col, select

from scrapers.cage import Cage
from tests.services.register import (
    ANSWERED,
    LISTING,
    NO_ANSWER_YET,
    VOICE,
    VOICE_ANSWER,
    Clock,
    Collecting,
    running_register,
    with_recordings,
)
from tests.shared import shared
from tracker.domain.words import EventKind, FindingState, RunState
from tracker.services.collect import UnknownSource, collect_one
from tracker.services.keep_sources import Kept, keep_sources
from tracker.services.note_health import wait_after
from tracker.storage.engine import Database
from tracker.storage.tables import (
    Check,
    Event,
    Finding,
    Item,
    Obligation,
    Page,
    Response,
    Run,
    Segment,
    Source,
)

FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>{}</channel></rss>"""
ENTRY = "<item><guid>{0}</guid><title>Entry {0}</title><link>https://news.example/{0}</link><pubDate>Mon, 05 Jan 2026 09:00:00 GMT</pubDate></item>"


@pytest.fixture
def collecting(database: Database, cage: Cage) -> Iterator[Collecting]:
    with running_register() as register:
        yield Collecting(database, with_recordings(register), cage, Clock())


def rows(database: Database, table: Any) -> list[Any]:
    with database.reading() as session:
        found = list(session.exec(select(table).order_by(*table.__table__.primary_key)))
        session.expunge_all()
        return found


def only(database: Database, table: Any) -> Any:
    (row,) = rows(database, table)
    return row


def events(session: Session) -> list[EventKind]:
    return [event.kind for event in session.exec(select(Event).order_by(col(Event.id)))]


def public(database: Database) -> list[list[Any]]:
    return [
        [row.model_dump() for row in rows(database, table)]
        for table in (Item, Obligation, Response, Check, Segment)
    ]


def feed(*ids: object) -> str:
    return FEED.format("".join(ENTRY.format(one) for one in ids))


def test_a_submitted_initiative_becomes_a_proposal_with_its_page_as_evidence(collecting: Collecting) -> None:
    collecting.source()
    assert collecting.collect()
    findings = [one for one in rows(collecting.database, Finding) if one.kind == "new_item"]
    assert [one.external_key for one in findings] == ["ECI(2024)000004"]
    (finding,) = findings
    assert finding.state is FindingState.OPEN
    assert finding.content["dates"]["submitted_on"]["value"] == "2025-09-01"
    with collecting.database.reading() as session:
        page = session.get(Page, finding.page_sha256)
        assert page is not None and page.address.endswith(VOICE) and b"My Voice" in page.body
    run, source = only(collecting.database, Run), only(collecting.database, Source)
    assert run.state is RunState.HEALTHY and run.ended_at == collecting.clock.at
    assert source.broken_since_at is None and source.last_success_at == collecting.clock.at
    assert source.claimed_until_at is None


def test_an_initiative_that_nobody_owes_an_answer_to_yet_is_no_proposal(collecting: Collecting) -> None:
    collecting.source()
    collecting.collect()
    assert "ECI(2025)000002" not in {one.external_key for one in rows(collecting.database, Finding)}
    assert only(collecting.database, Run).entries == 2


def test_the_same_is_proposed_once_however_often_it_is_read(collecting: Collecting) -> None:
    collecting.source()
    collecting.collect()
    before = [one.model_dump() for one in rows(collecting.database, Finding)]
    collecting.clock.forward(days=1)
    assert collecting.collect()
    after = rows(collecting.database, Finding)
    assert [one.id for one in after] == [one["id"] for one in before]
    assert len(rows(collecting.database, Run)) == 2


def test_an_unchanged_page_is_asked_for_conditionally_and_read_from_what_was_kept(
    collecting: Collecting,
) -> None:
    collecting.source()
    collecting.collect()
    collecting.register.hits.clear()
    collecting.clock.forward(days=1)
    collecting.collect()
    asked = dict(collecting.register.hits)
    assert asked[LISTING] and asked[VOICE] and asked[VOICE_ANSWER]
    assert rows(collecting.database, Run)[-1].entries == 2
    pages = {
        page.address.removeprefix(collecting.register.base): page for page in rows(collecting.database, Page)
    }
    assert pages[VOICE].last_seen_at == collecting.clock.at
    assert pages[VOICE].fetched_at < collecting.clock.at


def test_what_changed_is_proposed_anew_and_replaces_what_nobody_had_decided(collecting: Collecting) -> None:
    collecting.source(key="news", reader="feed", path="/news")
    collecting.register.put("/news", feed(1))
    collecting.collect()
    collecting.register.put("/news", feed(1).replace("Entry 1", "Another title"))
    collecting.clock.forward(days=1)
    collecting.collect()
    old, new = rows(collecting.database, Finding)
    assert old.state is FindingState.REJECTED and old.decided_by_id is None
    assert new.state is FindingState.OPEN and new.content["title"] == "Another title"
    collecting.register.put("/news", feed(1))
    collecting.clock.forward(days=1)
    collecting.collect()
    again = {one.content["title"]: one.state for one in rows(collecting.database, Finding)}
    assert again == {"Entry 1": FindingState.OPEN, "Another title": FindingState.REJECTED}


def test_a_source_that_is_not_due_is_left_alone_unless_somebody_asks(collecting: Collecting) -> None:
    collecting.source()
    assert collecting.collect() and not collecting.collect()
    assert collecting.collect(only="eci")
    with pytest.raises(UnknownSource):
        collecting.collect(only="nowhere")


BAD_PAGES = {
    "empty": ("", 200, RunState.QUARANTINED),
    "login": ("<html><title>Log in</title><body>Password</body></html>", 200, RunState.QUARANTINED),
    "maintenance": ("<html><body><h1>Down for maintenance</h1></body></html>", 200, RunState.QUARANTINED),
    "no entries": (FEED.format(""), 200, RunState.QUARANTINED),
    "mass drop": (feed(1), 200, RunState.QUARANTINED),
    "429": ("later", 429, RunState.FAILED),
    "gone": ("gone", 410, RunState.FAILED),
    "broken": ("broken", 500, RunState.FAILED),
}
PASSING = {"429", "broken"}
"""What may be over at the next try: our reader is only called broken when it happens again."""


def test_a_site_that_was_down_once_and_is_back_at_the_next_try_is_not_news(collecting: Collecting) -> None:
    collecting.source(key="news", reader="feed", path="/news")
    collecting.register.put("/news", "down", 503, Retry_After="120")
    collecting.collect()
    source = only(collecting.database, Source)
    assert source.failures == 1 and source.problem and source.broken_since_at is None
    assert (source.next_due_at - collecting.clock.at).total_seconds() == 120
    collecting.register.put("/news", feed(1, 2))
    collecting.clock.forward(minutes=2)
    assert collecting.collect()
    source = only(collecting.database, Source)
    assert source.failures == 0 and not source.problem and rows(collecting.database, Event) == []


@pytest.mark.parametrize("name", BAD_PAGES)
def test_a_bad_page_changes_nothing_but_the_run_and_the_health(collecting: Collecting, name: str) -> None:
    database = collecting.database
    collecting.source(key="news", reader="feed", path="/news")
    collecting.register.put("/news", feed(*range(12)))
    collecting.collect()
    findings = [one.model_dump() for one in rows(database, Finding)]
    before = public(database)
    body, status, ended = BAD_PAGES[name]
    collecting.register.put("/news", body, status)
    collecting.clock.forward(days=1)
    assert collecting.collect()
    assert public(database) == before
    assert [one.model_dump() for one in rows(database, Finding)] == findings
    source, run = only(database, Source), rows(database, Run)[-1]
    assert run.state is ended and run.problems
    assert source.problem.startswith("Our reader")
    assert source.entries_last == 12 and source.failures == 1
    if name in PASSING:
        assert source.broken_since_at is None and not rows(database, Event)
        collecting.clock.forward(days=1)
        assert collecting.collect()
        source = only(database, Source)
    assert source.broken_since_at == collecting.clock.at
    assert only(database, Event).kind is EventKind.SOURCE_BROKEN


def test_a_quarantined_run_opens_no_finding_and_a_healthy_one_afterwards_does(collecting: Collecting) -> None:
    database = collecting.database
    collecting.source(key="news", reader="feed", path="/news")
    collecting.register.put("/news", feed(*range(12)))
    collecting.collect()
    collecting.register.put("/news", feed("new"))
    collecting.clock.forward(days=1)
    collecting.collect()
    assert rows(database, Finding)[-1].state is FindingState.QUARANTINED
    collecting.register.put("/news", feed(*range(12), "new"))
    collecting.clock.forward(days=1)
    collecting.collect()
    found = rows(database, Finding)
    assert len(found) == 13 and {one.state for one in found} == {FindingState.OPEN}
    with database.reading() as session:
        assert events(session) == [EventKind.SOURCE_BROKEN, EventKind.SOURCE_MENDED]
    assert only(database, Source).problem == ""


def test_the_recorded_429_page_is_patience_asked_for_even_with_status_200(collecting: Collecting) -> None:
    collecting.source()
    collecting.collect()
    error = shared("data", "samples", "eci", "errors", "429_too_many_requests_error.html").read_bytes()
    collecting.register.put(LISTING, error)
    collecting.clock.forward(days=1)
    collecting.collect()
    assert rows(collecting.database, Run)[-1].state is RunState.QUARANTINED


def test_patience_asked_for_on_a_further_page_ends_the_whole_reading(collecting: Collecting) -> None:
    collecting.register.put(VOICE, "later", 429, Retry_After="7200")
    collecting.source(every_hours=1)
    collecting.collect()
    source = only(collecting.database, Source)
    assert rows(collecting.database, Finding) == []
    assert (source.next_due_at - collecting.clock.at).total_seconds() == 7200


def test_failures_wait_twice_as_long_each_time_up_to_a_day() -> None:
    hours = [wait_after(failures, 3600).total_seconds() / 3600 for failures in range(1, 8)]
    assert hours == [1, 2, 4, 8, 16, 24, 24]
    assert wait_after(90, 60).days == 1
    assert wait_after(1, 7 * 86400).days == 7
    assert wait_after(1, 3600, retry_after=9000).total_seconds() == 9000


def test_a_site_that_says_when_to_come_back_is_taken_at_its_word() -> None:
    assert wait_after(1, 6 * 3600, retry_after=120).total_seconds() == 120
    assert wait_after(4, 6 * 3600, retry_after=120).total_seconds() == 480
    assert wait_after(40, 6 * 3600, retry_after=120).total_seconds() == 6 * 3600


def test_one_broken_source_does_not_keep_the_others_from_being_read(collecting: Collecting) -> None:
    from tracker.config import SourceConfig

    base = collecting.register.base
    collecting.register.put("/good", feed(1, 2))
    wanted = [
        SourceConfig(key="bad", reader="feed", address=f"{base}/nowhere"),
        SourceConfig(key="good", reader="feed", address=f"{base}/good"),
    ]
    with collecting.database.writing() as session:
        assert keep_sources(session, wanted) == Kept(added=("bad", "good"))
    assert collecting.collect() and collecting.collect() and not collecting.collect()
    health = {one.key: one.broken_since_at for one in rows(collecting.database, Source)}
    assert health["bad"] is not None and health["good"] is None


def test_sources_follow_the_configuration_and_keep_their_schedule(collecting: Collecting) -> None:
    from tracker.config import SourceConfig

    one = SourceConfig(key="news", reader="feed", address="https://a.example/1")
    collecting.source(key="news", reader="feed", path="/news")
    collecting.collect()
    due = only(collecting.database, Source).next_due_at
    with collecting.database.writing() as session:
        assert keep_sources(session, [one]) == Kept(changed=("news",))
        assert keep_sources(session, [one]) == Kept()
        assert keep_sources(session, []) == Kept(disabled=("news",))
        assert keep_sources(session, [one]) == Kept(changed=("news",))
    row = only(collecting.database, Source)
    assert row.next_due_at == due and row.enabled and row.address == one.address


def test_an_entry_without_id_or_date_is_kept_and_a_script_in_it_stays_text(collecting: Collecting) -> None:
    entry = "<item><title>&lt;script&gt;alert(1)&lt;/script&gt;Reply</title><link>javascript:alert(2)</link></item>"
    collecting.source(key="news", reader="feed", path="/news")
    collecting.register.put("/news", FEED.format(entry))
    collecting.collect()
    finding = only(collecting.database, Finding)
    assert finding.state is FindingState.OPEN and finding.content["extra"]["inert"]
    assert "script" not in finding.content["title"].lower() or "<" not in finding.content["title"]
    assert finding.content["link"] == ""


def test_a_question_of_the_reader_goes_to_a_person_once(collecting: Collecting) -> None:
    changed = collecting.register.pages[VOICE].body.replace(b"Valid initiative", b"Splendid initiative")
    collecting.register.put(VOICE, changed)
    collecting.source()
    collecting.collect()
    asked = [one for one in rows(collecting.database, Finding) if one.kind == "question"]
    assert "Splendid initiative" in {one.content["summary"] for one in asked}
    collecting.clock.forward(days=1)
    collecting.collect()
    assert len([one for one in rows(collecting.database, Finding) if one.kind == "question"]) == len(asked)


def test_an_answer_on_a_page_the_listing_leads_to_is_a_proposal_too(collecting: Collecting) -> None:
    collecting.register.put(VOICE_ANSWER, ANSWERED)
    collecting.source()
    collecting.collect()
    (answer,) = [one for one in rows(collecting.database, Finding) if one.kind == "response"]
    assert answer.content["dates"]["answered_on"]["value"] == "2026-02-26"
    assert answer.content["extra"]["item"] == "ECI(2024)000004"
    assert NO_ANSWER_YET != ANSWERED


def test_who_was_overtaken_while_reading_keeps_nothing(collecting: Collecting) -> None:
    collecting.source()
    inner = collecting.gate()
    slept: list[bool] = []

    class Slow:
        """Stays away so long at the first page that somebody else takes over."""

        def get(self, url: str, **how: Any) -> Any:
            if not slept:
                slept.append(True)
                collecting.clock.forward(hours=1)
                assert collecting.collect()
            return inner.get(url, **how)

    assert collect_one(collecting.database, Slow(), collecting.cage, collecting.clock)
    first, second = rows(collecting.database, Run)
    assert (first.state, second.state) == (RunState.FAILED, RunState.HEALTHY)
    assert only(collecting.database, Source).claim == 2


def test_a_reading_that_was_stopped_is_taken_over_when_its_claim_has_passed(collecting: Collecting) -> None:
    collecting.source()

    class Killed(BaseException):
        """The process ends here."""

    class Dying:
        def get(self, url: str, **how: Any) -> Any:
            raise Killed

    with pytest.raises(Killed):
        collect_one(collecting.database, Dying(), collecting.cage, collecting.clock)
    assert not collecting.collect()
    collecting.clock.forward(hours=1)
    assert collecting.collect()
    assert [run.state for run in rows(collecting.database, Run)] == [RunState.FAILED, RunState.HEALTHY]


def test_what_upsets_the_keeping_lets_go_of_the_source_and_waits(collecting: Collecting) -> None:
    collecting.source()

    class Upset:
        def get(self, url: str, **how: Any) -> Any:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        collect_one(collecting.database, Upset(), collecting.cage, collecting.clock)
    source = only(collecting.database, Source)
    assert source.claimed_until_at is None and source.broken_since_at is not None
    assert not collecting.collect()


def test_a_dry_run_keeps_nothing_and_tells_what_it_read(collecting: Collecting) -> None:
    told: list[Any] = []
    collecting.source()
    assert collect_one(
        collecting.database,
        collecting.gate(),
        collecting.cage,
        collecting.clock,
        only="eci",
        dry_run=True,
        tell=told.append,
    )
    assert [finding.key for _, finding in told[0].findings()] == ["ECI(2024)000004", "ECI(2025)000002"]
    assert rows(collecting.database, Run) == [] and rows(collecting.database, Page) == []
