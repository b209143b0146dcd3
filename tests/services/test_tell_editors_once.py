"""Mails to people who edit when relays, addresses and workers fail: nothing is lost, nothing is told twice."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlmodel import Session, select

from tests.services.alerted import DAY, EDITOR, add, alert, findings, morning, subjects
from tests.services.told import SECRET, Telling
from tracker.domain.link_tokens import Seal
from tracker.domain.words import UserRole
from tracker.jobs import run_once
from tracker.services.alert_wishes import resume_alerts, stop_alerts
from tracker.services.people import disable, leave_group
from tracker.services.tell_editors import begin_alerts, tell_editors
from tracker.storage.people import group_by_key, user_by_email
from tracker.storage.tables import (
    AlertTold,
    AlertWish,
    Letter,
)


@pytest.fixture
def desk(telling: Telling) -> Telling:
    """A site with an editor, to whom nothing has been told."""
    add(telling, EDITOR, UserRole.EDITOR)
    alert(telling)
    return telling


@contextmanager
def counted() -> Iterator[list[str]]:
    said: list[str] = []

    def note(_conn: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        said.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def test_an_address_that_bounces_stops_the_mails_until_its_owner_resumes_them(desk: Telling) -> None:
    desk.inbox.refusals[EDITOR] = "550 5.1.1 no such user"
    findings(desk, "First")
    morning(desk)
    with desk.composed.database.reading() as session:
        wish = session.exec(select(AlertWish)).one()
        assert wish.stopped_at == desk.clock()
    desk.inbox.refusals.clear()
    morning(desk)
    assert desk.inbox.messages == []
    with desk.composed.database.writing() as session:
        resume_alerts(session, desk.clock(), wish.user_id)
    morning(desk)
    assert subjects(desk) == ["1 finding"]


def test_a_letter_that_was_never_sent_has_told_nothing(desk: Telling) -> None:
    desk.inbox.refusals[EDITOR] = "550 5.7.1 blocked"
    findings(desk, "First")
    morning(desk)
    assert desk.inbox.messages == []
    desk.inbox.refusals.clear()
    findings(desk, "Second")
    for _ in range(3):
        morning(desk)
    assert subjects(desk) == ["2 findings"]


def test_while_the_relay_is_down_one_letter_waits(desk: Telling) -> None:
    desk.inbox.refusals[EDITOR] = "451 later"
    for number in range(4):
        findings(desk, f"Finding {number}")
        morning(desk)
    with desk.composed.database.reading() as session:
        assert len(session.exec(select(Letter)).all()) == 1
    desk.inbox.refusals.clear()
    morning(desk, 3)
    morning(desk)
    assert subjects(desk) == ["1 finding", "3 findings"]


def test_a_closed_account_and_one_without_a_role_get_nothing(desk: Telling) -> None:
    add(desk, "second@example.org", UserRole.EDITOR)
    alert(desk)
    findings(desk, "First")
    desk.clock.forward(DAY)
    run_once("alerts", desk.composed)
    with desk.composed.database.writing() as session:
        first, second = user_by_email(session, EDITOR), user_by_email(session, "second@example.org")
        group = group_by_key(session, "city-watch")
        assert first is not None and second is not None and group is not None
        disable(session, desk.clock(), first)
        leave_group(session, desk.clock(), second, group)
    desk.work()
    findings(desk, "Second")
    morning(desk, 2)
    assert desk.inbox.messages == []


def test_without_a_relay_nothing_counts_as_told(desk: Telling) -> None:
    findings(desk, "First")
    desk.clock.forward(DAY)
    channels = desk.composed.post.channels
    kept = channels.pop("email")  # type: ignore[attr-defined]
    run_once("alerts", desk.composed)
    channels["email"] = kept  # type: ignore[index]
    alert(desk)
    assert subjects(desk) == ["1 finding"]


def test_two_workers_at_once_tell_each_account_once(telling_on_postgres: Telling) -> None:
    desk = telling_on_postgres
    for number in range(12):
        add(desk, f"editor-{number}@example.org", UserRole.EDITOR)
    findings(desk, "First", "Second")
    workers = [Thread(target=run_once, args=("alerts", desk.composed)) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    desk.clock.forward(DAY)
    workers = [Thread(target=run_once, args=("alerts", desk.composed)) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    with desk.composed.database.reading() as session:
        assert len(session.exec(select(AlertWish)).all()) == 12
        assert len(session.exec(select(Letter)).all()) == 12
        assert len(session.exec(select(AlertTold)).all()) == 24


def test_a_worker_that_dies_before_its_end_has_told_nothing(desk: Telling) -> None:
    findings(desk, "First")
    desk.clock.forward(DAY)

    def die(session: Session) -> None:
        tell_editors(session, desk.clock(), Seal(SECRET))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), desk.composed.database.writing() as session:
        die(session)
    alert(desk)
    alert(desk)
    assert subjects(desk) == ["1 finding"]


def test_the_number_of_queries_does_not_grow_with_accounts_and_things(telling: Telling) -> None:
    def planned(accounts: int, things: int, of: str) -> int:
        for number in range(accounts):
            add(telling, f"{of}-{number}@example.org", UserRole.EDITOR)
        with telling.composed.database.writing() as session:
            begin_alerts(session, telling.clock(), "en")
        findings(telling, *(f"{of} {number}" for number in range(things)))
        telling.clock.forward(DAY)
        with telling.composed.database.writing() as session, counted() as said:
            assert tell_editors(session, telling.clock(), Seal(SECRET)) >= accounts
        return len(said)

    few = planned(2, 2, "few")
    with telling.composed.database.writing() as session:
        for letter in session.exec(select(Letter)).all():
            letter.sent_at, letter.next_at = telling.clock(), None
    assert planned(20, 40, "many") <= few + 2


def test_stopping_an_address_twice_is_stopping_it_once(desk: Telling) -> None:
    with desk.composed.database.writing() as session:
        assert stop_alerts(session, EDITOR, "bounced", desk.clock())
        assert not stop_alerts(session, EDITOR, "bounced", desk.clock())
        assert not stop_alerts(session, "nobody@example.org", "bounced", desk.clock())
