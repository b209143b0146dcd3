"""A relay that misbehaves, with a journal of what it accepted: nothing is lost, and nothing sent after a no."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.hostile_relays import hostile as hostile
from tests.services.told import NOW, SECRET, Clock, Inbox, Telling, site
from tracker.channels.email import EmailChannel, Relay
from tracker.domain.link_tokens import Seal
from tracker.domain.post import MAX_ATTEMPTS
from tracker.domain.words import DeliveryState, Frequency
from tracker.services.deliver import Post
from tracker.storage import log
from tracker.storage.tables import Subscription

READERS = [f"reader{n}@example.org" for n in range(6)]
SENT, FAILED, DROPPED = DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.DROPPED


@pytest.fixture
def telling(sqlite_url: str, tmp_path: Path) -> Iterator[Telling]:
    """A site with six readers who confirmed."""
    made = Telling(site(sqlite_url, Clock(), 1, tmp_path), Clock(), Inbox())
    object.__setattr__(made.composed, "now", made.clock)
    made.enter(3)
    with made.composed.database.writing() as session:
        session.add_all([_reader(address, log.size(session)) for address in READERS])
    with closing(made.composed.database):
        yield made


def _reader(address: str, size: int) -> Subscription:
    return Subscription(
        channel="email",
        address=address,
        address_hash=Seal(SECRET).address_hash(address),
        list_name="overdue",
        filters={},
        frequency=Frequency.INSTANT,
        created_at=NOW,
        confirmed_at=NOW,
        queued_to_seq=size,
    )


def by(telling: Telling, server: Any, **changes: Any) -> None:
    """Mail goes by that relay from now on; it is not waited for long."""
    settings = {"starttls": False, "each_seconds": 0.4, "whole_seconds": 1.5, **changes}
    channel = EmailChannel(Relay("127.0.0.1", server.port, "alerts@example.org", **settings))
    post = telling.composed.post
    telling.composed.__dict__["post"] = Post({"email": channel}, post.words, post.seal)


def rounds(telling: Telling, number: int, every: timedelta = timedelta(hours=6)) -> None:
    for _ in range(number):
        telling.work()
        telling.clock.forward(every)


def journal(server: Any) -> dict[str, list[str]]:
    """By address, the Message-IDs that were accepted."""
    found: dict[str, list[str]] = defaultdict(list)
    for one in server.accepted:
        for address in one["to"]:
            found[address.strip("<>").partition(">")[0]].append(one["id"])
    return found


def sent(telling: Telling) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for row in telling.ledger():
        if row.state is SENT:
            found[row.subscription_id].append(row.message_id)
    return found


def agrees(telling: Telling, server: Any) -> None:
    """Who is in the journal has a row that says sent, under the very Message-ID, and the other way round."""
    accepted = journal(server)
    for row in telling.subscriptions():
        address = READERS[(row.id or 1) - 1]
        assert set(sent(telling)[row.id or 0]) == set(accepted.get(address, [])), address


@pytest.mark.parametrize(
    "mode",
    [
        "greet_421",
        "hang_greet",
        "drop_mail",
        "drop_rcpt",
        "drop_data",
        "hang_data",
        "450_always",
        "450_once",
        "452_every3",
        "421_after5",
        "long_reply",
        "bad_multiline",
        "no_starttls",
        "auth_fail",
        "slow",
    ],
)
def test_what_a_relay_did_not_take_goes_when_it_is_well_again(
    telling: Telling, hostile: Callable[..., Any], mode: str
) -> None:
    server = hostile(mode)
    login = {"username": "us", "password": "a word"} if mode == "auth_fail" else {}
    by(telling, server, starttls=mode == "no_starttls", **login)
    telling.happen()
    rounds(telling, 2)
    server.modes = {"ok"}
    by(telling, server)
    rounds(telling, 6)
    assert {address: len(ids) for address, ids in journal(server).items()} == dict.fromkeys(READERS, 1)
    agrees(telling, server)


def test_an_acceptance_nobody_heard_of_is_repeated_under_the_same_id(
    telling: Telling, hostile: Callable[..., Any]
) -> None:
    server = hostile("drop_after_data")
    by(telling, server)
    telling.happen()
    rounds(telling, 2)
    server.modes = {"ok"}
    telling.happen(which=1)
    rounds(telling, 6)
    for ids in journal(server).values():
        assert len(set(ids)) == 2, ids
    agrees(telling, server)


def test_who_is_refused_for_good_gets_nothing_more_and_the_others_all(
    telling: Telling, hostile: Callable[..., Any]
) -> None:
    server = hostile("550_odd")
    by(telling, server)
    telling.happen()
    rounds(telling, 2)
    odd = {address for address in READERS if address not in journal(server)}
    assert 0 < len(odd) < len(READERS)
    server.modes = {"ok"}
    for which in (1, 2):
        telling.happen(which=which)
        rounds(telling, 2)
    assert set(journal(server)) == set(READERS) - odd
    assert all(len(ids) == 3 for ids in journal(server).values())
    assert {row.ended_reason for row in telling.subscriptions() if not row.address} == {"bounced"}
    assert sum(not row.address for row in telling.subscriptions()) == len(odd)


def test_a_message_that_is_refused_is_not_repeated(telling: Telling, hostile: Callable[..., Any]) -> None:
    server = hostile("554_data")
    by(telling, server)
    telling.happen()
    rounds(telling, 3)
    server.modes = {"ok"}
    rounds(telling, 3)
    assert server.accepted == []
    assert set(telling.states()) == {FAILED}
    telling.happen(which=1)
    rounds(telling, 2)
    assert set(journal(server)) == set(READERS)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_faults_at_random_lose_nothing(telling: Telling, hostile: Callable[..., Any], seed: int) -> None:
    server = hostile("random", seed)
    by(telling, server)
    for which in range(3):
        telling.happen(which=which)
        rounds(telling, 3)
    server.modes = {"ok"}
    rounds(telling, MAX_ATTEMPTS)
    states = telling.states()
    assert set(states) <= {SENT, FAILED, DROPPED}
    refused = [row for row in telling.ledger() if row.state is FAILED]
    assert all(row.error.startswith("554") for row in refused)
    agrees(telling, server)


def test_one_address_that_is_always_put_off_holds_up_nobody(
    telling: Telling, hostile: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    server = hostile("ok")
    by(telling, server)
    channel: Any = telling.composed.post.channels["email"]
    real = channel.send

    def send(message: Any) -> Any:
        server.modes = {"450_always"} if message.to == READERS[0] else {"ok"}
        return real(message)

    monkeypatch.setattr(channel, "send", send)
    telling.happen()
    telling.work()
    assert set(journal(server)) == set(READERS[1:])
