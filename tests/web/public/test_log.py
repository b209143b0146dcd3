"""What outsiders get of the log is enough to verify it, with the program they are given and by hand."""

import hashlib
import json
import subprocess
import sys
from base64 import b64decode, b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from sqlmodel import select

from tests.services.entered import GROUP
from tests.services.told import Clock, Inbox, Telling, site
from tests.shared import ROOT
from tracker.domain.words import EventKind, Visibility
from tracker.jobs import run_once
from tracker.services.record_event import record_event
from tracker.services.signing_key import signing_key
from tracker.services.verify import verify
from tracker.services.withhold import find_one, withhold
from tracker.storage.tables import Item
from tracker.web.public import log as pages

VERIFIER = ROOT / "static" / "verify_log.py"


@pytest.fixture
def telling(sqlite_url: str, tmp_path: Path) -> Iterator[Telling]:
    """A site whose letters nobody takes."""
    clock = Clock()
    composed = site(sqlite_url, clock, 9, tmp_path)
    yield Telling(composed, clock, Inbox())
    composed.cage.close()
    composed.database.close()


@pytest.fixture
def logged(telling: Telling, monkeypatch: pytest.MonkeyPatch) -> Telling:
    """A log of three items and four further changes, signed twice, in pages of two."""
    monkeypatch.setattr(pages, "PER_PAGE", 2)
    telling.enter(3)
    telling.happen()
    run_once("sequence", telling.composed)
    telling.happen(EventKind.ANSWERED_LATE)
    telling.happen(EventKind.BECAME_OVERDUE, which=1)
    telling.happen(EventKind.DUE_SOON, which=2)
    run_once("sequence", telling.composed)
    return telling


def mirror(telling: Telling, folder: Path) -> Path:
    """The public files as somebody who copies them has them."""
    client = telling.composed.app.test_client()
    waiting = ["key", "checkpoint", "entries", "heads"]
    (folder / "log").mkdir(parents=True)
    while waiting:
        name = waiting.pop()
        answer = client.get(f"/log/{name}")
        assert answer.status_code == 200, name
        (folder / "log" / name).write_bytes(answer.data)
        if answer.is_json and answer.json["meta"]["next"]:  # type: ignore[index]
            waiting.append(answer.json["meta"]["next"])  # type: ignore[index]
    return folder


def verified(folder: Path, *more: str) -> tuple[int, str]:
    """What the program for outsiders says."""
    done = subprocess.run(
        [sys.executable, "-I", str(VERIFIER), str(folder), *more], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout + done.stderr


def test_an_outsider_verifies_the_log_from_the_public_pages_alone(logged: Telling, tmp_path: Path) -> None:
    copy = mirror(logged, tmp_path / "site")
    code, said = verified(copy)
    assert code == 0, said
    assert "7 entries (0 withheld), 2 signed heads" in said
    noted = said.partition('--head "')[2].partition('"')[0]
    assert verified(copy, "--head", noted, "--key", (copy / "log" / "key").read_text().strip())[0] == 0
    assert verified(copy, "--head", f"6 {noted.split()[1]}") == (
        1,
        "The log is broken: entry 6 is not the one of the head you noted.\n",
    )


def test_a_text_altered_in_a_copy_is_named_by_its_place(logged: Telling, tmp_path: Path) -> None:
    copy = mirror(logged, tmp_path / "site")
    page = copy / "log" / "entries?from=4"
    page.write_text(page.read_text().replace("answered_late", "answered"))
    assert verified(copy) == (1, "The log is broken: entry 5 does not follow from the one before it.\n")


def test_an_end_cut_off_is_noticed_by_the_signed_head(logged: Telling, tmp_path: Path) -> None:
    copy = mirror(logged, tmp_path / "site")
    page = copy / "log" / "entries?from=4"
    kept = json.loads(page.read_text())
    kept["meta"]["next"] = None
    page.write_text(json.dumps(kept))
    code, said = verified(copy)
    assert (code, "entry 7 is missing" in said) == (1, True)


def test_heads_signed_with_another_key_are_refused_by_who_noted_the_first(
    logged: Telling, tmp_path: Path
) -> None:
    copy = mirror(logged, tmp_path / "site")
    raw = Ed25519PrivateKey.generate().public_key().public_bytes_raw()
    other = "answers.example.org+00000000+" + b64encode(b"\x01" + raw).decode()
    code, said = verified(copy, "--key", other)
    assert (code, "not signed by a known key" in said) == (1, True)


def test_a_withheld_items_entries_keep_their_hash_and_lose_their_text(
    logged: Telling, tmp_path: Path
) -> None:
    before = verified(mirror(logged, tmp_path / "before"))[1].partition("--head")[2]
    with logged.composed.database.writing() as session:
        item = session.exec(select(Item).order_by(Item.key)).first()
        assert item is not None
        item.visibility = Visibility.WITHHELD
        session.add(item)
        about = item.id
    copy = mirror(logged, tmp_path / "after")
    code, said = verified(copy)
    assert code == 0, said
    assert "(0 withheld)" not in said
    assert said.partition("--head")[2] == before
    texts = "".join(page.read_text() for page in (copy / "log").glob("entries*"))
    assert f'\\"item\\":{about},' not in texts


def test_the_checkpoint_is_a_signed_note(logged: Telling) -> None:
    """A second verification, by the rules of signed notes and with nothing of ours."""
    client = logged.composed.app.test_client()
    note, key = (
        client.get("/log/checkpoint").get_data(as_text=True),
        client.get("/log/key").get_data(as_text=True),
    )
    text, _, signatures = note.partition("\n\n")
    dash, name, signed = signatures.split()
    told_name, told_id, told_key = key.strip().split("+", 2)
    public = b64decode(told_key)
    assert (dash, name, public[:1]) == ("—", told_name, b"\x01")
    expected = hashlib.sha256(name.encode() + b"\n" + public).digest()[:4]
    assert b64decode(signed)[:4] == expected == bytes.fromhex(told_id)
    Ed25519PublicKey.from_public_bytes(public[1:]).verify(b64decode(signed)[4:], f"{text}\n".encode())
    assert text.splitlines()[:2] == ["answerby log", "7"]


def test_the_hashes_are_computed_by_hand(logged: Telling) -> None:
    client = logged.composed.app.test_client()
    before, address = bytes(32), "entries"
    while address:
        page = json.loads(client.get(f"/log/{address}").data)
        for entry in page["data"]:
            leaf = hashlib.sha256(b"\x00" + entry["text"].encode("utf-8")).digest()
            before = hashlib.sha256(b"\x01" + before + leaf).digest()
            assert before.hex() == entry["hash"]
        address = page["meta"]["next"]
    assert before.hex() in client.get("/log/checkpoint").get_data(as_text=True)


@pytest.mark.parametrize("given", ["x", "-1", "1.5", "9" * 20, ""])
def test_a_place_that_is_no_number_is_refused_in_a_sentence(logged: Telling, given: str) -> None:
    answer = logged.composed.app.test_client().get(f"/log/entries?from={given}")
    assert answer.status_code == 400


def test_a_log_without_a_signed_head_says_so(telling: Telling) -> None:
    client = telling.composed.app.test_client()
    assert client.get("/log/checkpoint").status_code == 404
    assert client.get("/log/key").get_data() == b""
    assert json.loads(client.get("/log/entries").data)["meta"] == {"total": 0, "next": None}


def test_a_log_that_names_what_went_out_of_sight_the_old_way_and_the_new_is_whole(
    logged: Telling, tmp_path: Path
) -> None:
    with logged.composed.database.writing() as session:
        first, second = session.exec(select(Item).order_by(Item.key)).all()[:2]
        old = {"what": "visibility", "of": "item", "key": first.key, "now": "withheld", "reason": "old"}
        record_event(
            session,
            EventKind.CORRECTED,
            now=logged.clock(),
            happened_on=logged.clock().date(),
            actor=GROUP,
            detail=old,
        )
        withhold(session, logged.clock(), find_one(session, second.key, "item"), "new", actor=GROUP)
    run_once("sequence", logged.composed)
    code, said = verified(mirror(logged, tmp_path / "site"))
    assert code == 0, said
    assert "9 entries" in said
    told = "".join(page.read_text() for page in (tmp_path / "site" / "log").glob("entries*"))
    assert '\\"key\\":' in told
    assert '\\"key_sha256\\":' in told
    with logged.composed.database.reading() as session:
        key = signing_key(logged.composed.config.logs.signing_key_file).public_key()
        assert verify(session, [key]).sentence.startswith("The log is whole: 9 entries")
