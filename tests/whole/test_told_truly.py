"""Stories of one item, as those who follow it hear them: nothing false, nothing missed."""

import socket
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path

import feedparser
import pytest
from sqlmodel import Session, select

from tests.services.entered import GROUP, STATED
from tests.services.queued import finding, source
from tests.services.told import ADA, BOB, Clock, Inbox, Telling, relay
from tests.services.told import site as telling_site
from tests.whole.story import RIVERS, WATER, Story
from tracker.assets import translations
from tracker.domain.listing import ListName, ListQuery
from tracker.domain.partial import day
from tracker.domain.past_digests import Rhythm
from tracker.domain.words import ClockEntryKind, EventKind, Frequency, ResponseKind, Verdict
from tracker.rendering.headlines import headline
from tracker.rendering.tongue import tongue
from tracker.services.assess import countersign, withdraw_verdict
from tracker.services.merge_bodies import Merge, merge_bodies
from tracker.services.move_clock import MoveClock, move_clock
from tracker.services.note_body_change import Happened
from tracker.services.preview import preview
from tracker.services.review import reject
from tracker.services.settle import settle
from tracker.services.take_back import strike, withdraw_look
from tracker.services.withhold import find_one, let_out, withhold
from tracker.storage.tables import Assessment, Body, Check, Response

WHAT = "Ministry of Water – Publish the river data"
OVERDUE, K = f"Became overdue: {WHAT}", EventKind


@pytest.fixture
def story(sqlite_url: str, tmp_path: Path) -> Iterator[Story]:
    with closing(socket.create_server(("127.0.0.1", 0))) as found:
        port = int(found.getsockname()[1])
    clock, inbox = Clock(), Inbox()
    with relay(inbox, port):
        yield Story(Telling(telling_site(sqlite_url, clock, port, tmp_path), clock, inbox))


def flagged(story: Story) -> None:
    """Nothing came by 4 May; somebody looked on the 6th, and both who follow were told."""
    story.to(date(2026, 5, 6))
    story.work()
    story.looked()
    story.work()
    story.morning(date(2026, 5, 7))
    assert (story.subjects(ADA), story.subjects(BOB)) == ([OVERDUE], [OVERDUE])
    story.forget()


def told(story: Story, on: date) -> tuple[list[str], list[str]]:
    """What Ada and Bob have heard by a morning, and that is forgotten then."""
    story.work()
    story.morning(on)
    heard = story.subjects(ADA), story.subjects(BOB)
    story.forget()
    return heard


def extended(session: Session, story: Story) -> None:
    """Their letter gave a later day, from before the due day on."""
    letter = MoveClock(
        obligation=story.owed,
        kind=ClockEntryKind.EXTENSION,
        works_from_on=date(2026, 5, 1),
        new_due_on=date(2026, 6, 4),
        reason="Their letter of 1 May",
    )
    move_clock(session, story.now, letter, actor=GROUP)


def shown_to_bob(story: Story) -> list[str]:
    """What the form shows of the past weeks to somebody who wishes what Bob wishes, the newest first."""
    rhythm = Rhythm(Frequency.DAILY, 0, "Europe/London")
    with story.telling.composed.database.reading() as session:
        digests = preview(session, ListQuery(ListName.OVERDUE), rhythm, story.now)
    return [headline(one.news, tongue("en", translations())) for one in digests if one.news]


def test_a_proposed_answer_that_was_none_is_no_second_flag(story: Story) -> None:
    flagged(story.begin())
    story.to(date(2026, 6, 1))

    def proposed(session: Session) -> int:
        found = finding(session, source(session), "A reply", owed=story.owed, found_at=story.now)
        settle(session, [story.owed], story.now)
        return found

    made = story.write(proposed)
    assert told(story, date(2026, 6, 2)) == ([], [])
    reader = story.readers[0]
    story.write(
        lambda session: reject(session, story.now, made, actor=GROUP, user_id=reader, note="Not theirs")
    )
    assert told(story, date(2026, 6, 3)) == ([], [])
    assert [one for one in story.log() if one[0] is K.BECAME_OVERDUE and not one[2]] == [
        (K.BECAME_OVERDUE, date(2026, 5, 6), False)
    ]


def test_a_reply_that_is_struck_is_a_correction_and_no_second_flag(story: Story) -> None:
    flagged(story.begin())
    story.to(date(2026, 6, 1))
    reply = story.replied(date(2026, 5, 20))
    assert told(story, date(2026, 6, 2)) == ([f"Response found: {WHAT}"], [f"Response found: {WHAT}"])
    story.write(
        lambda session: strike(
            session, story.now, session.get_one(Response, reply), "not theirs", actor=GROUP
        )
    )
    assert told(story, date(2026, 6, 3)) == ([f"Corrected: {WHAT}"], [f"Corrected: {WHAT}"])


def test_a_flag_that_rested_on_a_wrong_look_can_be_raised_again(story: Story) -> None:
    flagged(story.begin())

    def undo(session: Session) -> None:
        withdraw_look(session, story.now, session.exec(select(Check)).one(), "another site", actor=GROUP)

    story.write(undo)
    assert told(story, date(2026, 5, 8))[1] == [f"Corrected: {WHAT}"]
    story.looked()
    assert told(story, date(2026, 5, 9)) == ([OVERDUE], [OVERDUE])


def test_a_digest_does_not_call_overdue_what_was_extended_before_it_went_out(story: Story) -> None:
    story.begin().to(date(2026, 5, 6))
    story.work()
    story.looked()  # at ten past six in London; the digest goes out at seven
    story.write(lambda session: extended(session, story))
    story.morning(date(2026, 5, 6), time(6, 30))
    [subject] = story.subjects(BOB)
    assert subject.startswith("1 correction and 1 due day moved")
    assert "Became overdue" not in story.texts(BOB)[0]
    assert shown_to_bob(story)[0] == subject


def test_the_preview_tells_a_flag_that_was_lifted_only_after_its_digest(story: Story) -> None:
    story.begin().to(date(2026, 5, 5), time(6, 30))
    story.work()
    story.looked()
    story.replied(date(2026, 5, 5), ResponseKind.HOLDING)
    story.morning(date(2026, 5, 6))
    story.write(lambda session: extended(session, story))
    story.morning(date(2026, 5, 7))
    heard = story.subjects(BOB)
    assert "newly overdue" in heard[0] and "newly overdue" not in heard[1]
    assert shown_to_bob(story)[:2] == heard[::-1]


def test_what_became_overdue_while_it_was_withheld_is_told_when_it_is_let_out(story: Story) -> None:
    story.begin().to(date(2026, 5, 2))
    story.write(
        lambda session: withhold(
            session, story.now, find_one(session, story.item, "item"), "a court order", actor=GROUP
        )
    )
    told(story, date(2026, 5, 3))
    story.to(date(2026, 5, 6))
    story.work()
    story.looked()
    assert told(story, date(2026, 5, 7)) == ([], [])
    assert K.BECAME_OVERDUE not in {kind for kind, _, _ in story.log()}
    story.write(
        lambda session: let_out(session, story.now, find_one(session, story.item, "item"), "", actor=GROUP)
    )
    everything, flags = told(story, date(2026, 5, 8))
    assert flags == [OVERDUE] and any("newly overdue" in one for one in everything)
    [entry] = feedparser.parse(story.site().get("/overdue.atom").data).entries
    assert "2 days when last looked, on 6 May 2026" in entry.title
    assert entry.updated.startswith("2026-05-07T")


def test_that_a_verdict_was_wrong_is_told_like_the_verdict(story: Story) -> None:
    flagged(story.begin())
    verdict = story.judged(story.replied(date(2026, 5, 7)), Verdict.NOT)

    def signed(session: Session) -> None:
        made = session.get_one(Assessment, verdict)
        countersign(session, story.now, made, actor=GROUP, user_id=story.readers[1])

    story.write(signed)
    assert "newly overdue without substance" in told(story, date(2026, 5, 8))[1][0]
    story.write(
        lambda session: withdraw_verdict(
            session, story.now, session.get_one(Assessment, verdict), "misread", actor=GROUP
        )
    )
    assert told(story, date(2026, 5, 9)) == ([f"Corrected: {WHAT}"], [f"Corrected: {WHAT}"])


def test_an_answer_of_the_due_day_that_is_judged_weeks_later_was_never_late(story: Story) -> None:
    story.begin().to(date(2026, 5, 4))
    reply = story.replied(date(2026, 5, 4))
    for after in range(1, 16):
        story.to(date(2026, 5, 4) + timedelta(days=after))
        story.work()
    story.judged(reply)
    everything, flags = told(story, date(2026, 5, 21))
    assert flags == []
    assert not any(word in subject for subject in everything for word in ("overdue", "late"))
    assert f"Answered: {WHAT}" in everything
    assert {K.BECAME_OVERDUE, K.ANSWERED_LATE}.isdisjoint(kind for kind, _, _ in story.log())


def test_due_soon_is_said_once_though_a_reply_without_substance_came_between(story: Story) -> None:
    story.begin().to(date(2026, 4, 22))
    assert told(story, date(2026, 4, 22))[0] == [f"Due soon: {WHAT}"]
    verdict = story.judged(story.replied(date(2026, 4, 21), ResponseKind.INTERIM), Verdict.NOT)

    def signed(session: Session) -> None:
        made = session.get_one(Assessment, verdict)
        countersign(session, story.now, made, actor=GROUP, user_id=story.readers[1])

    story.write(signed)
    assert told(story, date(2026, 4, 23))[0] == [f"Response found: {WHAT}"]


def test_a_day_in_doubt_flags_nobody(story: Story) -> None:
    before_it_starts = replace(STATED, stated=day(date(2026, 3, 1)))
    story.begin(deadline=before_it_starts)
    for after in range(0, 60, 5):
        story.to(date(2026, 4, 2) + timedelta(days=after))
        story.work()
        if after % 20 == 0:
            story.looked()
    assert told(story, date(2026, 6, 3)) == ([], [])
    assert {kind for kind, _, _ in story.log()} == {K.NOTED}


def test_the_day_ends_where_the_body_is(story: Story) -> None:
    story.begin(zone="Pacific/Kiritimati")
    story.to(date(2026, 5, 4), time(23), "Pacific/Kiritimati")
    story.work()
    story.looked(date(2026, 5, 4))
    story.work()
    assert OVERDUE not in story.subjects(ADA)
    story.to(date(2026, 5, 5), time(1), "Pacific/Kiritimati")
    assert story.now.date() == date(2026, 5, 4)  # still the due day in Greenwich
    story.looked(date(2026, 5, 5))
    story.work()
    assert story.subjects(ADA)[-1] == OVERDUE
    assert (K.BECAME_OVERDUE, date(2026, 5, 5), False) in story.log()


def test_who_follows_a_body_hears_of_it_after_it_became_part_of_another(story: Story) -> None:
    story.begin()
    story.telling.subscribe("cora@example.org", list="obligations", body=WATER, frequency="instant")
    happened = Happened(works_from_on=date(2026, 4, 1), reason="The order of 1 April")

    def merged(session: Session) -> None:
        water = session.exec(select(Body).where(Body.key == WATER)).one()
        merge_bodies(session, story.now, water, Merge(into=RIVERS, happened=happened), actor=GROUP)

    story.write(merged)
    story.to(date(2026, 5, 6))
    story.work()
    story.looked()
    story.work()
    assert OVERDUE in story.subjects("cora@example.org")
