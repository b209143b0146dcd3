"""The keys of the log: a lost one is replaced in public; logs of older versions stay whole and go on."""

import json
import runpy
from base64 import b64encode
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import text
from sqlmodel import Session, select

from tests.services.test_sequence import tamper
from tests.services.told import NOW, Telling
from tests.shared import ROOT
from tracker.domain.ledger import GENESIS, chained, entry, head_text
from tracker.jobs import run_once
from tracker.services.new_key import new_key
from tracker.services.publish_log import checkpoint, entry_data, head_data, verifier_key
from tracker.services.retired_keys import Retired, retire, retired_file, retired_keys
from tracker.services.sequence import BrokenChain
from tracker.services.signing_key import key_id, signing_key
from tracker.services.verify import Chain, facts_of, verify
from tracker.storage import log
from tracker.storage.tables import Event, LogEntry, LogHead, LogKey

OUTSIDE = runpy.run_path(str(ROOT / "static" / "verify_log.py"))


@pytest.fixture
def signed(telling: Telling) -> Iterator[Telling]:
    """A site whose log is signed."""
    telling.enter(1)
    telling.happen()
    run_once("sequence", telling.composed)
    yield telling


def path_of(telling: Telling) -> Path:
    return telling.composed.config.logs.signing_key_file


def walked(telling: Telling) -> Chain:
    path = path_of(telling)
    with telling.composed.database.reading() as session:
        return verify(session, [signing_key(path).public_key()], retired=retired_keys(path))


def begun(telling: Telling) -> str:
    with telling.composed.database.writing() as session:
        return new_key(session, NOW, path_of(telling))


def test_a_lost_key_is_replaced_and_the_log_says_so(signed: Telling) -> None:
    old = key_id(signing_key(path_of(signed)).public_key())
    path_of(signed).unlink()
    signed.happen()
    with pytest.raises(BrokenChain, match="--new-key"):
        run_once("sequence", signed.composed)
    made = begun(signed)
    run_once("sequence", signed.composed)
    found = walked(signed)
    assert found.whole and found.heads == 2
    with signed.composed.database.reading() as session:
        last = log.last_head(session)
        assert last is not None and last.key_id == made != old
        assert {row.key_id for row in log.keys(session)} == {old, made}
        [event] = [one for one in session.exec(select(Event)).all() if one.detail.get("what") == "new_key"]
        assert (event.detail["key"], event.detail["before"], event.detail["size"]) == (
            made,
            [old],
            last.size - 2,
        )


def test_a_key_that_is_not_trusted_any_more_signs_nothing_after_the_change(signed: Telling) -> None:
    old = signing_key(path_of(signed))
    begun(signed)
    run_once("sequence", signed.composed)
    assert walked(signed).whole and list(path_of(signed).parent.glob("signing.key.until-*"))
    [one] = retired_keys(path_of(signed))
    assert one.key_id == key_id(old.public_key())
    retired_file(path_of(signed)).unlink()
    assert not walked(signed).whole, "the database alone does not say whose key it was"
    retire(path_of(signed), [Retired(one.key, (one.up_to or 0) - 1)])
    assert not walked(signed).whole, "it signed more than it may have"


def test_no_new_key_hides_a_log_that_is_not_what_was_signed(signed: Telling) -> None:
    tamper(signed.composed.database, "UPDATE log_head SET signature = 'AAAA'")
    before = path_of(signed).read_bytes()
    with pytest.raises(BrokenChain, match="No new key"):
        begun(signed)
    assert path_of(signed).read_bytes() == before and not retired_file(path_of(signed)).exists()


def _as_first_version(session: Session) -> None:
    """The log as versions before 0012 wrote it: entries of version 1, and no key kept."""
    before = GENESIS
    for row in session.exec(select(LogEntry).order_by(text("seq"))).all():
        said = entry(row.seq, facts_of(session.get_one(Event, row.event_id)), 1)
        row.entry, row.previous_hash, row.hash = said, before, chained(before, said)
        before = row.hash
        session.add(row)
    for head in session.exec(select(LogHead)).all():
        session.delete(head)
    for key in session.exec(select(LogKey)).all():
        session.delete(key)


def test_a_log_of_the_first_version_is_whole_and_goes_on(signed: Telling) -> None:
    tamper(signed.composed.database)
    with signed.composed.database.writing() as session:
        _as_first_version(session)
        session.flush()
        size, hash_ = log.size(session), log.hash_at(session, log.size(session)) or ""
        key: Ed25519PrivateKey = signing_key(path_of(signed))
        made = b64encode(key.sign(head_text(size, hash_, NOW))).decode()
        head = LogHead(size=size, hash=hash_, signed_at=NOW, key_id=key_id(key.public_key()), signature=made)
        session.add(head)
        session.execute(text("DELETE FROM log_check"))
    run_once("sequence", signed.composed)
    with signed.composed.database.reading() as session:
        assert [row.key_id for row in log.keys(session)] == [key_id(key.public_key())], "outsiders need it"
    signed.clock.forward(timedelta(days=2))
    signed.happen()
    run_once("sequence", signed.composed)
    found = walked(signed)
    assert found.whole and (found.size, found.heads) == (size + 1, 2)


def test_a_log_of_a_later_version_is_called_that_and_not_altered(signed: Telling) -> None:
    tamper(
        signed.composed.database, """UPDATE log_entry SET entry = replace(entry, '"v"\\:2}', '"v"\\:3}')"""
    )
    assert "written by a later version" in walked(signed).sentence


def test_the_programme_for_outsiders_takes_both_keys(signed: Telling, tmp_path: Path) -> None:
    begun(signed)
    run_once("sequence", signed.composed)
    (tmp_path / "log").mkdir()
    with signed.composed.database.reading() as session:
        keys = {one.key_id: one for one in log.keys(session)}
        lines = [verifier_key(one, "answers.example.org") for one in log.keys(session)]
        last = log.last_head(session)
        assert last is not None
        pages = {
            "entries": [entry_data(one) for one in log.public_entries(session, 0, 500)],
            "heads": [head_data(one) for one in log.heads(session)],
        }
        (tmp_path / "log" / "checkpoint").write_text(
            checkpoint(last, keys[last.key_id], "answers.example.org"), encoding="utf-8"
        )
    (tmp_path / "log" / "key").write_text("\n".join(lines), encoding="utf-8")
    for name, data in pages.items():
        page = json.dumps({"data": data, "meta": {"next": None}})
        (tmp_path / "log" / name).write_text(page, encoding="utf-8")
    assert "whole" in OUTSIDE["verify"](str(tmp_path))
    assert "whole" in OUTSIDE["verify"](str(tmp_path), lines)
    with pytest.raises(OUTSIDE["Broken"], match="not signed by a known key"):
        OUTSIDE["verify"](str(tmp_path), lines[1:])
