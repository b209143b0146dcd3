"""Addresses that take no mail, and people who call ours spam: at once, for every kind of letter, by a hash only."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import col, select

from tests.services.receiving import hooking_site
from tests.services.scripted import scripted
from tests.services.told import ADA, BOB, SECRET, Telling
from tracker.domain.link_tokens import Seal
from tracker.domain.mail_reports import Report, ReportKind, ToldBy
from tracker.domain.mail_status import DEFERRED_DAYS, Reason
from tracker.domain.own_domain import ReachKind
from tracker.domain.post import Fate, Outcome
from tracker.services.mail_health import mail_health
from tracker.services.stop_address import forget_reports, take_report
from tracker.services.write_letter import claim_letter, settle_letter, write_letter
from tracker.storage import contacts
from tracker.storage.tables import Body, BodyContact, BodyReach, Deferred, Letter, MailStop

SEAL = Seal(SECRET)
FULL = "452 4.2.2 mailbox full"


def ended(telling: Telling) -> list[str]:
    return [row.ended_reason for row in telling.subscriptions()]


def report(telling: Telling, kind: ReportKind, address: str = ADA) -> bool:
    with telling.composed.database.writing() as session:
        return take_report(session, Report(kind, address), ToldBy.SERVICE, SEAL, telling.clock())


def test_a_complaint_stops_everything_an_address_gets(telling: Telling) -> None:
    telling.enter(2)
    telling.subscribe(list="overdue")
    telling.subscribe(list="waiting")
    telling.happen()
    assert report(telling, ReportKind.COMPLAINT, ADA.upper())
    telling.work()
    assert telling.inbox.to(ADA)[2:] == []
    assert ended(telling) == ["complained", "complained"]
    assert [row.address for row in telling.subscriptions()] == ["", ""]


def test_whoever_complained_comes_back_only_by_a_letter_of_their_own_and_not_within_a_week(
    telling: Telling,
) -> None:
    telling.subscribe()
    report(telling, ReportKind.COMPLAINT)
    telling.clock.forward(timedelta(days=6))
    telling.ask()
    telling.work()
    assert len(telling.inbox.messages) == 1
    telling.clock.forward(timedelta(days=2))
    telling.ask()
    telling.work()
    assert [m["Subject"] for m in telling.inbox.messages[1:]] == ["Please confirm: news from Answer Watch"]
    telling.confirm()
    assert [row.ended_at is None for row in telling.subscriptions()].count(True) == 1


def test_a_report_about_somebody_we_never_wrote_to_leaves_no_trace(telling: Telling) -> None:
    telling.subscribe(ADA)
    assert not report(telling, ReportKind.BOUNCE, BOB)
    assert not report(telling, ReportKind.SOFT, BOB)
    with telling.composed.database.reading() as session:
        assert session.exec(select(MailStop)).all() == []
        assert session.exec(select(Deferred)).all() == []
    assert ended(telling) == [""]


@pytest.mark.parametrize("kind", [ReportKind.BOUNCE, ReportKind.COMPLAINT])
def test_webhooks_end_with_their_owners_address(database_url: str, tmp_path: Path, kind: ReportKind) -> None:
    with hooking_site(database_url, tmp_path) as hooking:
        number, _, _ = hooking.hook()
        hooking.ask("/never-confirmed")
        assert report(hooking.telling, kind)
        hooking.telling.happen()
        hooking.work()
        assert hooking.receiver.posts == []
        assert [hooking.row(one).owner for one in (number, number + 1)] == ["", ""]
        assert {(row.address, row.ended_at) for row in hooking.telling.subscriptions()} == {
            ("", hooking.clock())
        }


def test_a_letter_to_the_owner_of_a_webhook_that_bounces_ends_it(database_url: str, tmp_path: Path) -> None:
    with hooking_site(database_url, tmp_path) as hooking:
        number, _, _ = hooking.hook()
        hooking.receiver.says(410)
        hooking.telling.happen()
        hooking.work()
        hooking.telling.inbox.refusals[ADA] = "550 5.1.1 no such user"
        hooking.telling.work()
        assert hooking.row(number).owner == ""
        assert [row.ended_reason for row in hooking.telling.subscriptions()] == ["bounced"]


def test_an_address_that_puts_us_off_for_ten_days_is_given_up(telling: Telling) -> None:
    telling.enter()
    telling.subscribe()
    telling.inbox.refusals[ADA] = FULL
    days = 0
    while not any(ended(telling)) and days < 30:
        telling.happen()
        for _ in range(3):
            telling.work()
            telling.clock.forward(timedelta(hours=8))
        days += 1
    assert ended(telling) == ["took no mail for ten days"]
    assert DEFERRED_DAYS.days <= days <= DEFERRED_DAYS.days + 2
    assert telling.subscriptions()[0].address == ""


def test_a_box_that_was_full_for_a_while_and_takes_mail_again_is_kept(telling: Telling) -> None:
    telling.enter()
    telling.subscribe()
    for day in range(24):
        telling.inbox.refusals = {} if day % 6 == 5 else {ADA: FULL}
        telling.happen()
        for _ in range(3):
            telling.work()
            telling.clock.forward(timedelta(hours=8))
    assert ended(telling) == [""]


def test_being_greylisted_for_weeks_is_no_fault_of_the_address(telling: Telling) -> None:
    telling.enter()
    telling.subscribe()
    telling.inbox.refusals[ADA] = "450 4.7.1 greylisted"
    for _ in range(20):
        telling.happen()
        telling.work()
        telling.clock.forward(timedelta(days=1))
    assert ended(telling) == [""]


def test_put_offs_that_a_service_reports_add_up_too(telling: Telling) -> None:
    telling.subscribe()
    for _ in range(11):
        report(telling, ReportKind.SOFT)
        telling.clock.forward(timedelta(days=1))
    assert ended(telling) == ["took no mail for ten days"]


def test_the_ledger_does_not_keep_the_address_that_relays_repeat(telling: Telling) -> None:
    telling.enter()
    telling.subscribe()
    telling.inbox.refusals[ADA] = "550 5.1.1 <Ada@Example.org>: user ada unknown"
    telling.happen()
    telling.work()
    (row,) = telling.ledger()
    assert "5.1.1" in row.error
    assert "ada" not in row.error.lower()


def _body(telling: Telling, address: str) -> int:
    with telling.composed.database.writing() as session:
        body = session.exec(select(Body).where(col(Body.key) == "ministry-of-water")).one()
        session.add(
            BodyReach(
                body_id=body.id or 0,
                kind=ReachKind.MAILBOX,
                value=address,
                recorded_at=telling.clock(),
                recorded_by="x",
            )
        )
        session.add(
            BodyContact(
                body_id=body.id or 0,
                address=address,
                address_hash=SEAL.address_hash(address),
                asked_at=telling.clock(),
                verified_at=telling.clock(),
            )
        )
        return body.id or 0


@pytest.mark.parametrize("known_by_hash", [True, False])
def test_a_letter_to_a_body_that_bounces_marks_its_mailbox_and_nothing_more_is_sent(
    telling: Telling, known_by_hash: bool
) -> None:
    telling.enter()
    body_id, box = _body(telling, "Office@Water.Example.org"), "office@water.example.org"
    with telling.composed.database.writing() as session:
        seal = SEAL if known_by_hash else None
        letter = write_letter(session, telling.clock(), "objected", box, seal=seal)
        write_letter(session, telling.clock() + timedelta(days=1), "objected", box, seal=seal)
        claimed = claim_letter(session, SEAL, telling.clock(), "example.org")
        assert claimed is not None and claimed.id == letter.id
        settle_letter(session, claimed, Outcome(Fate.BOUNCED, f"550 5.1.1 {box} gone", True), telling.clock())
    with telling.composed.database.reading() as session:
        assert contacts.mailbox(session, body_id) == ""
        assert mail_health(session, telling.clock()).bodies == ["Ministry of Water"]
        assert [row.next_at for row in session.exec(select(Letter)).all()] == [None, None]
        assert box not in str([row.model_dump() for row in session.exec(select(Letter)).all()])


def test_numbers_say_how_mail_fared_and_name_nobody(telling: Telling) -> None:
    telling.subscribe(ADA)
    telling.subscribe(BOB)
    report(telling, ReportKind.BOUNCE, ADA)
    report(telling, ReportKind.BOUNCE, ADA)
    report(telling, ReportKind.COMPLAINT, BOB)
    with telling.composed.database.reading() as session:
        health = mail_health(session, telling.clock())
    assert health.stopped == {Reason.BOUNCED: 1, Reason.COMPLAINED: 1, Reason.DEFERRED: 0}
    telling.clock.forward(timedelta(days=40))
    with telling.composed.database.writing() as session:
        forget_reports(session, telling.clock())
        assert sum(mail_health(session, telling.clock()).stopped.values()) == 0


def test_other_addresses_go_on_while_one_bounces(telling: Telling) -> None:
    telling.enter()
    telling.subscribe(ADA)
    telling.subscribe(BOB)
    channel = scripted(telling, Fate.BOUNCED)
    telling.happen()
    telling.work()
    assert len(channel.handed) == 2
    assert sorted(ended(telling)) == ["", "bounced"]
