"""Somebody has letters sent to others: caps hold for a mailbox, a network and the site, whoever counts."""

from datetime import timedelta

import pytest
from sqlmodel import select

from tests.services.told import ADA, SECRET
from tests.web.public.test_subscribe_pages import Reader, reader
from tracker.domain.link_tokens import Seal
from tracker.services import ask_limits
from tracker.services.ask_limits import OF_MAILBOX, OF_NETWORK, Crowd, crowded, forget_counts, may_write
from tracker.storage.tables import Delivery, Tally

__all__ = ["reader"]
SEAL = Seal(SECRET)
AN_HOUR = timedelta(hours=1)


def ask(reader: Reader, address: str, network: str = "192.0.2.1", **fields: str) -> int:
    """Without what the process itself remembers: as if another one answered each time."""
    reader.app.extensions["limiter"] = set()
    answer = reader.app.test_client(use_cookies=False).post(
        "/subscribe", data={"email": address, **fields}, environ_overrides={"REMOTE_ADDR": network}
    )
    return answer.status_code


def letters(reader: Reader) -> int:
    with reader.telling.composed.database.reading() as session:
        return len([row for row in session.exec(select(Delivery)).all() if row.letter])


def test_one_address_from_many_networks_gets_one_letter_an_hour(reader: Reader) -> None:
    assert {ask(reader, ADA, f"192.0.2.{n}", list=("overdue", "waiting")[n % 2]) for n in range(60)} == {200}
    assert letters(reader) == 1


def test_tags_behind_a_plus_sign_are_readers_of_their_own_but_share_a_mailbox(reader: Reader) -> None:
    hourly = dict(OF_MAILBOX)[AN_HOUR]
    assert {ask(reader, f"ada+{n}@example.org", f"192.0.2.{n}") for n in range(30)} == {200}
    assert letters(reader) == hourly
    assert len({row.address_hash for row in reader.telling.subscriptions()}) == 30


def test_a_mailbox_has_its_share_of_a_day_too(reader: Reader) -> None:
    for n in range(24):
        ask(reader, f"ada+{n}@example.org", f"192.0.2.{n}")
        reader.telling.clock.forward(AN_HOUR)
    assert letters(reader) <= dict(OF_MAILBOX)[timedelta(days=1)] + 1


def test_one_network_has_its_share_in_all_processes_together_and_is_told(reader: Reader) -> None:
    most = dict(OF_NETWORK)[AN_HOUR]
    seen = [ask(reader, f"reader{n}@example.org") for n in range(most + 5)]
    assert seen == [200] * most + [429] * 5
    assert letters(reader) == most
    assert ask(reader, "somebody@example.org", "198.51.100.7") == 200
    reader.telling.clock.forward(2 * AN_HOUR)
    assert ask(reader, "late@example.org") == 200


def test_addresses_of_one_household_count_together(reader: Reader) -> None:
    most = dict(OF_NETWORK)[AN_HOUR]
    seen = [ask(reader, f"reader{n}@example.org", f"2001:db8:1:2::{n:x}") for n in range(most + 1)]
    assert seen[-2:] == [200, 429]


def test_the_whole_site_has_its_share_and_says_so(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ask_limits, "OF_SITE", ((AN_HOUR, 5),))
    assert [ask(reader, f"r{n}@example.org", f"192.0.2.{n}") for n in range(7)] == [200] * 5 + [503] * 2
    assert letters(reader) == 5


def test_a_program_that_fills_in_what_nobody_sees_gets_the_same_page_and_nothing_happens(
    reader: Reader,
) -> None:
    person = reader.post("/subscribe", email=ADA).get_data(as_text=True)
    program = reader.post("/subscribe", email="b@example.org", homepage="https://spam.example").get_data(
        as_text=True
    )
    assert program.replace("b@example.org", ADA) == person
    assert letters(reader) == 1
    assert 'name="homepage"' in reader.open("/subscribe").get_data(as_text=True)


def test_counts_name_nobody_and_are_forgotten(reader: Reader) -> None:
    ask(reader, ADA, "192.0.2.77")
    database, clock = reader.telling.composed.database, reader.telling.clock
    with database.writing() as session:
        kept = str([row.model_dump() for row in session.exec(select(Tally)).all()])
        assert "192.0.2" not in kept and "ada" not in kept
        clock.forward(timedelta(days=3))
        assert forget_counts(session, clock()) == 3
        assert session.exec(select(Tally)).all() == []


def test_what_is_refused_is_not_counted(reader: Reader) -> None:
    now = reader.telling.clock()
    with reader.telling.composed.database.writing() as session:
        most = dict(OF_NETWORK)[AN_HOUR]
        seen = [crowded(session, SEAL, "192.0.2.9", now) for _ in range(most + 9)]
        assert seen.count(Crowd.NETWORK) == 9
        assert crowded(session, SEAL, "192.0.2.9", now + 2 * AN_HOUR) is None
        assert may_write(session, SEAL, ADA, now)
