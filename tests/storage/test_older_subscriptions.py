"""A database of before webhooks and quiet digests: who asked for what, and what is on its way, stays as it was."""

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from shutil import copyfile
from socket import create_server
from typing import Any

import pytest
from sqlalchemy import TableClause, column, insert, inspect, select, table, text
from sqlmodel import SQLModel, col

from tests.services.told import ADA, BOB, NOW, Clock, Inbox, Telling, relay, site
from tracker.domain.words import DeliveryState, EventKind
from tracker.storage.engine import Database, open_engine
from tracker.storage.list_keys import list_key
from tracker.storage.migrate import migrate
from tracker.storage.tables import Delivery, Event, Subscription

OLD = "0016"
STATES = (*DeliveryState, DeliveryState.QUEUED)
LEFT = "leaver@example.org"


@pytest.fixture
def port() -> int:
    with closing(create_server(("127.0.0.1", 0))) as found:
        return int(found.getsockname()[1])


@pytest.fixture
def older(
    migrated_sqlite: Path, empty_database_url: str, tmp_path: Path, port: int
) -> Iterator[tuple[str, Clock]]:
    """A database of the older release, with subscriptions of all sorts and a ledger row in each state."""
    migrate(empty_database_url, OLD)
    current = f"sqlite:///{copyfile(migrated_sqlite, tmp_path / 'current.db')}"
    clock, inbox = Clock(), Inbox()
    with relay(inbox, port):
        telling = Telling(site(current, clock, port, tmp_path), clock, inbox)
        told(telling)
        telling.composed.database.close()
        copy(current, empty_database_url)
    yield empty_database_url, clock


def told(telling: Telling) -> None:
    """Ada follows everything at once, Bob a body by day, one has not confirmed, and one has left."""
    telling.enter(len(STATES))
    telling.subscribe(ADA, list="obligations", frequency="instant")
    telling.subscribe(BOB, list="obligations", body="ministry-of-water", frequency="daily")
    telling.ask("pending@example.org", list="overdue", q="l’eau é")
    telling.subscribe(LEFT, list="overdue")
    for which, _ in enumerate(STATES):
        telling.happen(EventKind.RESPONSE_FOUND, which)
    with telling.composed.database.writing() as session:
        rows = {row.address: row for row in session.execute(select(Subscription)).scalars()}
        rows[LEFT].ended_at, rows[LEFT].address, rows[LEFT].ended_reason = telling.clock(), "", "left"
    telling.clock.forward(timedelta(days=1))
    with telling.composed.database.writing() as session:
        events = session.execute(select(col(Event.id)).order_by(col(Event.id).desc())).scalars().all()
        for number, state in enumerate(STATES):
            session.add(row_in(state, rows[ADA].id or 0, events[number] or 0))


def row_in(state: DeliveryState, subscription: int, event: int) -> Delivery:
    sending = state is DeliveryState.SENDING
    return Delivery(
        subscription_id=subscription,
        event_id=event,
        channel="email",
        state=state,
        batch="a-batch" if sending else "",
        message_id="<a-batch@example.org>" if sending else "",
        lease_until_at=NOW if sending else None,
        attempts=int(state is not DeliveryState.QUEUED),
        queued_at=NOW,
        next_at=NOW if state is DeliveryState.QUEUED else None,
    )


def tables_of(url: str) -> list[TableClause]:
    """The tables of a database with the columns it has, in an order in which they can be filled."""
    engine = open_engine(url)
    looked = inspect(engine)
    there = {name: {one["name"] for one in looked.get_columns(name)} for name in looked.get_table_names()}
    engine.dispose()
    return [
        table(one.name, *(column(it.name, it.type) for it in one.columns if it.name in there[one.name]))
        for one in SQLModel.metadata.sorted_tables
        if one.name in there
    ]


def rows_of(url: str, tables: list[TableClause]) -> dict[str, list[dict[str, Any]]]:
    engine = open_engine(url)
    with engine.connect() as connection:
        found = {
            one.name: [dict(row) for row in connection.execute(select(one)).mappings()] for one in tables
        }
    engine.dispose()
    return {name: sorted(rows, key=repr) for name, rows in found.items()}


def copy(current: str, older: str) -> None:
    """Write all rows into a database of the older release, as far as it has their columns."""
    tables = tables_of(older)
    engine = open_engine(older)
    with engine.execution_options(answerby_writing=True).begin() as connection:
        for one in tables:
            rows = rows_of(current, [one])[one.name]
            if rows:
                connection.execute(insert(one), rows)
            if rows and "id" in one.columns and connection.dialect.name == "postgresql":
                said = f"SELECT setval(pg_get_serial_sequence('{one.name}', 'id'), (SELECT max(id) FROM {one.name}))"
                connection.execute(text(said))
    engine.dispose()


def test_nothing_of_subscriptions_and_ledger_is_lost(older: tuple[str, Clock]) -> None:
    url, _ = older
    tables = tables_of(url)
    before = rows_of(url, tables)
    assert len(before["subscription"]) == 4 and len(before["delivery"]) > len(STATES)
    migrate(url)
    assert rows_of(url, tables) == before
    database = Database(url)
    with database.reading() as session:
        for row in session.execute(select(Subscription)).scalars():
            assert row.list_key == list_key(row.list_name, row.filters)
    database.close()


def test_after_the_upgrade_what_waited_goes_out_once(
    older: tuple[str, Clock], port: int, tmp_path: Path
) -> None:
    url, clock = older
    migrate(url)
    inbox = Inbox()
    with relay(inbox, port):
        telling = Telling(site(url, clock, port, tmp_path), clock, inbox)
        for _ in range(3):
            telling.work()
            clock.forward(timedelta(days=1))
        mine = {row.id for row in telling.subscriptions() if row.address == ADA}
        states = [row.state for row in telling.ledger() if row.subscription_id in mine]
        telling.composed.database.close()
    assert states.count(DeliveryState.FAILED) == states.count(DeliveryState.DROPPED) == 1
    assert states.count(DeliveryState.SENT) == len(STATES) - 2
    assert len(inbox.to(ADA)) == 2  # the repeat of what was on its way, and what waited
    assert len(inbox.to(BOB)) == 1
    assert inbox.to(LEFT) == []
