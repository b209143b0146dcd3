"""Six hundred tamperings of six kinds, each found at its place; ten thousand entries without a false alarm."""

from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import insert, text
from sqlmodel import Session, col, select

from tests.services.test_sequence import tamper
from tests.services.told import NOW, Clock, Inbox, Telling, site
from tracker.domain.ledger import GENESIS, chained, entry, head_text
from tracker.domain.words import EventKind
from tracker.jobs import run_once
from tracker.services import sequence as sequencing
from tracker.services.sequence import BrokenChain, keep_look, looked_over, sequence, sign
from tracker.services.signing_key import key_id, signing_key
from tracker.services.verify import verify
from tracker.storage import log
from tracker.storage.tables import Event, LogEntry, LogHead

PLACES = range(1, 101)
LENGTH = 101
"""One more than the places: the last entry can be put in the place before it."""
OTHER = Ed25519PrivateKey.generate()


@pytest.fixture(scope="module")
def watched(migrated_sqlite: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Telling]:
    """A log in which every entry was signed when it came."""
    folder = tmp_path_factory.mktemp("watched")
    file = folder / "watched.db"
    file.write_bytes(Path(migrated_sqlite).read_bytes())
    composed = site(f"sqlite:///{file}", Clock(), 9, folder)
    telling = Telling(composed, Clock(), Inbox())
    key = signing_key(composed.config.logs.signing_key_file)
    for n in range(LENGTH):
        with composed.database.writing() as session:
            written(session, n, 1)
            sequence(session, NOW)
            sign(session, verify(session, since=log.last_head(session)), key, NOW)
    tamper(composed.database)
    yield telling
    composed.cage.close()
    composed.database.close()


def written(session: Session, first: int, many: int) -> None:
    """Events that speak of nothing but themselves."""
    rows = [
        {
            "key": f"{n:032x}",
            "kind": EventKind.NOTED,
            "happened_on": date(2026, 5, 12),
            "recorded_at": NOW + timedelta(seconds=n),
            "announced_at": NOW + timedelta(seconds=n),
            "backfill": False,
            "actor": "group:watch",
            "detail": {"what": "note", "text": f"note {n}"},
        }
        for n in range(first, first + many)
    ]
    session.execute(insert(Event), rows)


def _alter(session: Session, place: int) -> None:
    """A row behind everybody's back; every second time the text that is hashed too."""
    session.execute(
        text(
            "UPDATE event SET actor = 'group:other' WHERE id = (SELECT event_id FROM log_entry WHERE seq = :n)"
        ),
        {"n": place},
    )
    if place % 2:
        session.execute(
            text("UPDATE log_entry SET entry = replace(entry, 'group:watch', 'group:other') WHERE seq = :n"),
            {"n": place},
        )


def _delete(session: Session, place: int) -> None:
    session.execute(text("DELETE FROM log_entry WHERE seq = :n"), {"n": place})


def _reorder(session: Session, place: int) -> None:
    for old, new in ((place, 100000), (place + 1, place), (100000, place + 1)):
        session.execute(text("UPDATE log_entry SET seq = :new WHERE seq = :old"), {"old": old, "new": new})


def _truncate(session: Session, place: int) -> None:
    session.execute(text("DELETE FROM log_entry WHERE seq >= :n"), {"n": place})


def _fork(session: Session, place: int) -> None:
    """Everything from a place on written anew, in a chain that closes."""
    session.execute(
        text("UPDATE event SET actor = 'x' WHERE id = (SELECT event_id FROM log_entry WHERE seq = :n)"),
        {"n": place},
    )
    before = log.hash_at(session, place - 1) or GENESIS
    for row in log.entries(session, place - 1):
        facts = {name: getattr(row, name) for name in ("kind", "happened_on", "recorded_at", "announced_at")}
        links = dict.fromkeys(("obligation", "item", "body", "process", "response", "source"))
        said = entry(
            row.seq,
            {
                **facts,
                **links,
                "event": row.key,
                "backfill": row.backfill,
                "actor": row.actor,
                "detail": row.detail,
            },
        )
        hashed = chained(before, said)
        session.execute(
            text("UPDATE log_entry SET entry = :e, previous_hash = :p, hash = :h WHERE seq = :n"),
            {"e": said, "p": before, "h": hashed, "n": row.seq},
        )
        before = hashed


def _swap_key(session: Session, place: int) -> None:
    """The heads from a place on signed by somebody else, every second time under our key's name."""
    for head in log.heads_after(session, place - 1, LENGTH):
        signature = b64encode(OTHER.sign(head_text(head.size, head.hash, head.signed_at))).decode()
        named = head.key_id if place % 2 else key_id(OTHER.public_key())
        session.execute(
            text("UPDATE log_head SET signature = :s, key_id = :k WHERE size = :n"),
            {"s": signature, "k": named, "n": head.size},
        )


KINDS: Mapping[str, Callable[[Session, int], None]] = {
    "alter": _alter,
    "delete": _delete,
    "reorder": _reorder,
    "truncate": _truncate,
    "fork": _fork,
    "swap key": _swap_key,
}


@pytest.mark.parametrize("kind", KINDS)
def test_a_tampering_at_any_of_a_hundred_places_is_named_by_its_place(watched: Telling, kind: str) -> None:
    public = signing_key(watched.composed.config.logs.signing_key_file).public_key()
    found = []
    for place in PLACES:
        with watched.composed.database.reading() as session:
            KINDS[kind](session, place)
            session.flush()
            seen = looked_over(session, public, NOW)
            assert seen is not None
            found.append(seen[0].first_bad)
    assert found == list(PLACES)


def test_the_untouched_log_is_whole(watched: Telling) -> None:
    public = signing_key(watched.composed.config.logs.signing_key_file).public_key()
    with watched.composed.database.reading() as session:
        assert (verify(session, [public]).whole, verify(session, [public]).heads) == (True, LENGTH)


def test_ten_thousand_entries_raise_no_alarm_and_a_long_log_is_not_walked_again_at_each_signing(
    telling: Telling, monkeypatch: pytest.MonkeyPatch
) -> None:
    database, key = telling.composed.database, signing_key(telling.composed.config.logs.signing_key_file)
    monkeypatch.setattr(sequencing, "AT_ONCE", 1000)
    walks: list[bool] = []
    for n in range(10):
        with database.writing() as session:
            written(session, n * 1000, 1000)
            sequence(session, NOW)
            seen = looked_over(session, key.public_key(), NOW)
            assert seen is not None
            assert not seen[0].problem
            walks.append(seen[1])
            keep_look(session, *seen, NOW)
            sign(session, seen[0], key, NOW)
    assert walks == [True, True, *[False] * 8]
    with database.reading() as session:
        whole = verify(session, [key.public_key()])
    assert (whole.size, whole.heads, whole.problem) == (10_000, 10, "")


def test_what_was_altered_before_the_signed_head_is_found_within_a_day_and_nothing_is_signed_from_then_on(
    telling: Telling, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sequencing, "WHOLE_UP_TO", 0)
    database = telling.composed.database
    telling.enter(2)
    run_once("sequence", telling.composed)
    tamper(database, "UPDATE event SET actor = 'x' WHERE id = (SELECT event_id FROM log_entry WHERE seq = 1)")
    telling.happen()
    run_once("sequence", telling.composed)
    telling.clock.forward(timedelta(days=1))
    for _again in range(2):
        with pytest.raises(BrokenChain, match="broken at entry 1"):
            run_once("sequence", telling.composed)
    telling.happen(EventKind.ANSWERED_LATE)
    with pytest.raises(BrokenChain, match="broken at entry 1"):
        run_once("sequence", telling.composed)
    with database.reading() as session:
        check = log.last_check(session)
        assert check is not None
        assert (check.first_bad, "is not what its event says" in check.problem) == (1, True)
        sizes = session.exec(select(LogHead.size).order_by(col(LogHead.size))).all()
        assert (list(sizes), session.exec(select(LogEntry)).all()[-1].seq) == ([2, 3], 4)


def test_once_the_log_is_whole_again_it_is_signed_again(telling: Telling) -> None:
    database = telling.composed.database
    telling.enter(2)
    run_once("sequence", telling.composed)
    change = "UPDATE event SET actor = '{}' WHERE id = (SELECT event_id FROM log_entry WHERE seq = 1)"
    with database.reading() as session:
        before = session.exec(select(Event.actor).order_by(col(Event.id))).first()
    tamper(database, change.format("x"))
    telling.happen()
    with pytest.raises(BrokenChain):
        run_once("sequence", telling.composed)
    with database.writing() as session:
        session.execute(text(change.format(before)))
    run_once("sequence", telling.composed)
    with database.reading() as session:
        check, head = log.last_check(session), log.last_head(session)
    assert check is not None
    assert head is not None
    assert (check.problem, head.size) == ("", 3)
