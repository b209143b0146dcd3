"""What is withheld is in no message that waits, no page kept as evidence, no archive, and no list of objections."""

import gzip
from collections.abc import Iterator
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from sqlmodel import Session, col, select

from scrapers.model import page_of
from tests.services.entered import GROUP
from tests.whole.marked_site import LATER, MARKS, Place, mark, marked
from tests.whole.outputs import fetch
from tracker.domain.letter import CONTACT, TIP
from tracker.domain.link_tokens import Seal
from tracker.domain.listing import ListName
from tracker.domain.post import Fate, Message, Outcome
from tracker.domain.words import (
    EventKind,
    Frequency,
    ObjectionKind,
    ObjectionState,
    RunState,
    Visibility,
)
from tracker.services import deliver
from tracker.services.export_warc import export_warc
from tracker.services.keep_evidence import page_row, visit_of
from tracker.services.object_end import end_objection
from tracker.services.record_event import record_event
from tracker.services.write_letter import claim_letter, write_letter
from tracker.storage import objections, pages
from tracker.storage.archive import Chosen
from tracker.storage.letters import may_be_told
from tracker.storage.tables import (
    Body,
    Delivery,
    Letter,
    Objection,
    Obligation,
    Response,
    Run,
    Source,
    Subscription,
)

SEAL = Seal("a secret of the tests, long enough for any check")
BYTES = mark("response", "bytes").encode()
DIGEST = sha256(BYTES).hexdigest()
TAKES_IT_ALONG = ("response", "item", "document", "process", "body")
"""What a reply's page goes out of sight with."""


@pytest.fixture
def place(database_url: str) -> Iterator[Place]:
    with marked(database_url) as made:
        with made.site.database.writing() as session:
            _kept(session)
            _objected(session)
        yield made


def _kept(session: Session) -> None:
    """The response rests on a page that was read, and that anybody may take away."""
    source = Source(key="answers", reader="page", address="https://body.example/")
    session.add(source)
    session.flush()
    run = Run(source_id=source.id or 0, state=RunState.HEALTHY, started_at=LATER)
    session.add(run)
    session.flush()
    read = page_of(BYTES, address="https://body.example/a", fetched_at=LATER, content_type="text/plain")
    pages.keep_once(session, page_row(read, run, Visibility.PUBLIC))
    pages.keep_visits(session, [visit_of(read, run)])
    session.exec(select(Response)).one().page_sha256 = DIGEST


def _objected(session: Session) -> None:
    """An objection to the entry that was ended, with words that name it."""
    owed = session.exec(select(Obligation)).one()
    row = Objection(
        obligation_id=owed.id or 0,
        kind=ObjectionKind.WRONG_DATE,
        state=ObjectionState.OPEN,
        text=mark("item", "objected"),
        number="O-1",
        recorded_at=LATER,
        recorded_by="body",
    )
    session.add(row)
    session.flush()
    outcome = mark("item", "outcome")
    end_objection(session, LATER, "O-1", ObjectionState.CORRECTED, outcome, actor=GROUP)


def _taken_away(place: Place, folder: Path, *, link_only: bool) -> bytes:
    """The archive as it is given out."""
    file = folder / f"all-{link_only}-{len(list(folder.iterdir()))}.warc"
    with place.site.database.reading() as session:
        chosen = Chosen(link_only=link_only)
        export_warc(session, file, chosen, place.site.now, publisher="City Watch", user_agent="Answerby")
    return file.read_bytes()


@pytest.mark.parametrize("kind", TAKES_IT_ALONG)
def test_the_page_of_a_reply_goes_with_all_that_it_answers(place: Place, kind: str, tmp_path: Path) -> None:
    addresses = (f"/evidence/{DIGEST}", f"/evidence/{DIGEST}/bytes")
    assert all(BYTES in fetch(place.site.client, one)[1] for one in addresses)

    def payloads() -> bytes:
        raw = [_taken_away(place, tmp_path, link_only=one) for one in (True, False)]
        return b"".join(gzip.decompress(one) if one[:2] == b"\x1f\x8b" else one for one in raw)

    assert payloads().count(BYTES) == 2
    place.withhold(kind)
    assert [place.site.client.get(one).status_code for one in addresses] == [410, 410]
    assert not any(BYTES in fetch(place.site.client, one)[1] for one in addresses)
    assert BYTES not in payloads()


@pytest.mark.parametrize("kind", ["item", "document", "process", "body"])
def test_an_objection_to_what_is_withheld_is_on_no_page(place: Place, kind: str) -> None:
    body = _body(place)
    assert mark("item", "outcome").encode() in fetch(place.site.client, "/corrections")[1]
    with place.site.database.reading() as session:
        assert objections.of_body(session, body)
    place.withhold(kind)
    said = fetch(place.site.client, "/corrections")[1]
    assert not [one for one in (mark("item", "outcome"), MARKS[kind]) if one.encode() in said]
    with place.site.database.reading() as session:
        assert not objections.of_body(session, body)


def _body(place: Place) -> int:
    with place.site.database.reading() as session:
        return session.exec(select(Body.id).where(Body.key == place.keys["body"])).one() or 0


@pytest.mark.parametrize("kind", ["item", "document", "process", "body"])
def test_a_letter_that_waits_is_not_sent_once_what_it_names_is_withheld(place: Place, kind: str) -> None:
    about = {name: place.keys[name] for name in ("item", "body")}
    now = place.site.now
    with place.site.database.writing() as session:
        assert may_be_told(session, about)
        said = {"title": mark("item", "title"), "accepted": True}
        write_letter(session, now, TIP, "ada@example.org", seal=SEAL, said=said, about=about)
        other = {"body": "another"}
        write_letter(session, now, CONTACT, "bob@example.org", seal=SEAL, said=other)
    place.withhold(kind)
    with place.site.database.writing() as session:
        claimed = claim_letter(session, SEAL, now, "example.org")
        assert claimed is not None
        assert claimed.address == "bob@example.org"
        dropped = session.exec(select(Letter).order_by(col(Letter.id))).first()
        assert dropped is not None
        assert (dropped.address, dropped.said, dropped.next_at) == ("", {}, None)


class Relay:
    """A way for mail that would take everything."""

    name, sender_domain = "email", "example.org"

    def send(self, message: Message) -> Outcome:
        return Outcome(Fate.ACCEPTED, "")


def _post() -> deliver.Post:
    def word(*_said: object) -> Message:
        raise AssertionError("nothing is worded here")

    return deliver.Post({"email": Relay()}, {"email": word}, SEAL)


def _waiting(place: Place, frequency: Frequency) -> None:
    """News of the obligation, queued for a subscriber."""
    now = place.site.now
    with place.site.database.writing() as session:
        owed = session.exec(select(Obligation)).one()
        detail = {"basis": "convention", "days_overdue": 8, "checked_on": now.date().isoformat()}
        event = record_event(
            session,
            EventKind.BECAME_OVERDUE,
            now=now,
            happened_on=now.date(),
            obligation=owed,
            actor=GROUP,
            detail=detail,
        )
        reader = Subscription(
            channel="email",
            address="ada@example.org",
            address_hash="a" * 64,
            list_name=ListName.ALL.value,
            frequency=frequency,
            created_at=LATER,
            confirmed_at=LATER,
        )
        session.add(reader)
        session.flush()
        session.add(
            Delivery(
                subscription_id=reader.id or 0, event_id=event.id, channel="email", queued_at=now, next_at=now
            )
        )


@pytest.mark.parametrize("frequency", [Frequency.INSTANT, Frequency.DAILY])
@pytest.mark.parametrize("kind", ["item", "document", "process", "body"])
def test_news_that_waits_or_was_claimed_is_not_sent_once_its_matter_is_withheld(
    place: Place, kind: str, frequency: Frequency
) -> None:
    _waiting(place, frequency)
    with place.site.database.writing() as session:
        (claimed,) = deliver.claim(session, _post(), place.site.now).parcels
        assert [one.item_title for one in claimed.news] == [mark("item", "title")]
    place.withhold(kind)
    later = place.site.now + timedelta(days=1)
    with place.site.database.writing() as session:
        # The worker that claimed it is gone: the next one takes the batch up again.
        assert deliver.claim(session, _post(), later).parcels == []
        assert deliver.claim(session, _post(), later).worked is False
