"""What is withheld is in no post, preview, digest, alert, form or feed that names what it is narrowed to."""

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, select

from tests.whole.marked_site import BENEATH, LATER, MARKS, Place, marked
from tests.whole.outputs import LIST_FORMS, fetch
from tracker.assets import data, templates, translations
from tracker.domain.alerting import Topic
from tracker.domain.letter import ALERT
from tracker.domain.link_tokens import Purpose, Seal
from tracker.domain.listing import ListName, ListQuery
from tracker.domain.parcel import QUIET
from tracker.domain.past_digests import Rhythm
from tracker.domain.post import Fate, Message, Outcome
from tracker.domain.webhook import Posted, fingerprint, secret_of
from tracker.domain.words import Frequency, ObjectionKind, ObjectionState
from tracker.rendering.headlines import headline, sections
from tracker.rendering.mail import MailWriter, Publication
from tracker.rendering.tongue import tongues
from tracker.rendering.webhook import JSON, PostWriter
from tracker.rendering.webhook_chat import read_templates
from tracker.services import deliver, webhook_claim
from tracker.services.preview import preview
from tracker.services.tell_held import held
from tracker.services.webhook_settle import settle
from tracker.services.write_links import Subject, write
from tracker.storage import webhooks
from tracker.storage.alert_things import Look, things, titles
from tracker.storage.entries import id_of
from tracker.storage.tables import Delivery, Event, Objection, Obligation, Subscription, Webhook

SEAL = Seal("a secret of the tests, long enough for any check")
SITE = Publication("Answer Watch", "City Watch", "https://answers.example.org", "en")
TONGUES = tongues(["en"], translations())
POSTS = PostWriter(SITE, TONGUES, read_templates(data("webhook_templates")))
MAILS = MailWriter(SITE, TONGUES, templates())
HASH = "a" * 64


class Relay:
    """A way for mail that would take everything."""

    name, sender_domain = "email", "example.org"

    def send(self, message: Message) -> Outcome:
        return Outcome(Fate.ACCEPTED, "")


@pytest.fixture
def place(sqlite_url: str) -> Iterator[Place]:
    with marked(sqlite_url) as made:
        with made.site.database.writing() as session:
            _followed(session, made)
        yield made


def _followed(session: Session, place: Place) -> None:
    """Chats, a program and somebody with a mailbox follow everything and each narrowed list; all of it waits."""
    news = [id_of(one) for one in session.exec(select(Event)).all() if not one.backfill]
    for template in (JSON, *POSTS.templates):
        _wait(session, place, _hook(session, template), news)
    _wait(session, place, _follower(session, "email", "ada@example.org"), news)
    for kind in ("item", "body", "process", "document"):
        filters = {kind: place.keys[kind]}
        row = _follower(session, "email", f"{kind}@example.org", filters=filters, quiet_from_at=LATER)
        _wait(session, place, row, [None], letter=QUIET)
    owed = session.exec(select(Obligation)).one()
    session.add(
        Objection(
            obligation_id=id_of(owed),
            kind=ObjectionKind.WRONG_DATE,
            state=ObjectionState.OPEN,
            text="Not so.",
            number="O-1",
            recorded_at=LATER,
            recorded_by="body",
        )
    )


def _follower(session: Session, channel: str, address: str, **more: Any) -> int:
    row = Subscription(
        channel=channel,
        address=address,
        address_hash=HASH if channel == "webhook" or address.startswith("ada@") else address,
        list_name=ListName.ALL.value,
        frequency=Frequency.DAILY,
        created_at=LATER - timedelta(days=9),
        confirmed_at=LATER - timedelta(days=9),
        **more,
    )
    session.add(row)
    session.flush()
    return id_of(row)


def _hook(session: Session, template: str) -> int:
    number = _follower(session, "webhook", f"https://{template}.example/hook")
    made = fingerprint(secret_of(SEAL.secret, "nonce", 1))
    row = Webhook(
        subscription_id=number,
        owner="ada@example.org",
        owner_hash=HASH,
        host=f"{template}.example:443",
        template=template,
        nonce="nonce",
        fingerprint=made,
    )
    session.add(row)
    session.flush()
    return number


def _wait(session: Session, place: Place, number: int, news: list[Any], letter: str = "") -> None:
    now, row = place.site.now, session.get_one(Subscription, number)
    for id_ in news:
        session.add(
            Delivery(
                subscription_id=number,
                event_id=id_,
                channel=row.channel,
                queued_at=now,
                next_at=now,
                letter=letter,
            )
        )
    session.flush()


def _posts(place: Place) -> dict[str, str]:
    """What webhooks are posted now, each batch for the first time or again; every receiver says it back and fails."""
    found, now = {}, place.site.now
    while True:
        with place.site.database.writing() as session:
            claimed = webhook_claim.claim(session, SEAL, now)
        if claimed.posting is not None:
            said = POSTS.word(claimed.posting, now).text.decode()
            found[f"post {claimed.posting.hook.template}"] = said
            echo = Posted(Fate.UNCLEAR, "status 500", status=500, answer=said)
            with place.site.database.writing() as session:
                settle(session, claimed.posting, echo, SEAL, now)
        elif not claimed.worked:
            return found


def _mails(place: Place) -> dict[str, str]:
    """The digest and the messages about quiet days; the worker that claimed them is gone before they are sent."""
    post = deliver.Post({"email": Relay()}, {"email": MAILS.word}, SEAL)
    found = {}
    with place.site.database.writing() as session:
        parcels = deliver.claim(session, post, place.site.now).parcels
    for parcel in parcels:
        message = MAILS.word(parcel, place.site.now)
        found[f"mail {parcel.address}"] = f"{message.subject}\n{message.text}\n{message.html}"
    return found


def _shown(place: Place) -> dict[str, str]:
    """Previews, alerts, what is held about an address, and the logs of attempts."""
    now, english = place.site.now, TONGUES["en"]
    with place.site.database.writing() as session:
        rhythms = [Rhythm(one) for one in Frequency]
        all_ = ListQuery(ListName.ALL)
        past = [one.news for rhythm in rhythms for one in preview(session, all_, rhythm, now) if one.news]
        waits = [one for them in things(session, Look(now, 30), list(Topic)).values() for one in them]
        token = write(session, SEAL, Purpose.MANAGE, Subject("address", HASH), now)
        hooks = session.exec(select(Webhook)).all()
        attempts = [webhooks.attempts(session, hook.subscription_id, 30) for hook in hooks]
        return {
            "preview": str([(headline(news, english), sections(news, english)) for news in past]),
            ALERT: str((waits, titles(session, {str(one.says.get("item", "")) for one in waits}))),
            "held.json": json.dumps(held(session, token, now)),
            "attempts": str([one.answer for them in attempts for one in them]),
        }


def _narrowed(place: Place) -> dict[str, str]:
    """The pages, forms and feeds of lists that are narrowed to a thing by its key."""
    found: dict[str, str] = {}
    for kind in ("item", "body", "process", "document"):
        asked = f"{kind}={place.keys[kind]}"
        ends = [f"/events.{form}?{asked}" for form in LIST_FORMS if form != "ics"]
        ends += [f"/overdue{form}?{asked}" for form in ("", *(f".{form}" for form in LIST_FORMS))]
        ends += [f"/{page}?list=overdue&{asked}" for page in ("feeds", "subscribe", "subscribe/webhook")]
        found |= {one: fetch(place.site.client, one)[1].decode() for one in ends}
    return found


def sent(place: Place) -> dict[str, str]:
    return {**_posts(place), **_mails(place), **_narrowed(place), **_shown(place)}


def holding(kind: str, found: dict[str, str]) -> list[str]:
    return [name for name, said in found.items() if MARKS[kind] in said]


@pytest.mark.parametrize("kind", MARKS)
def test_a_withheld_thing_is_in_nothing_that_is_sent(place: Place, kind: str) -> None:
    before = sent(place)
    if kind in ("item", "body"):
        posted = {one for one in before if one.startswith("post ")}
        assert len(posted) == 1 + len(POSTS.templates)
        assert posted | {"preview", "mail ada@example.org"} <= set(holding(kind, before))
    if kind == "item":
        assert ALERT in holding(kind, before)
    if kind in ("item", "body", "process", "document"):
        assert f"mail {kind}@example.org" in holding(kind, before)
        assert [one for one in holding(kind, before) if one.startswith("/feeds?")]
    place.withhold(kind)
    place.site.now += timedelta(days=1)
    after = sent(place)
    assert {one: holding(one, after) for one in BENEATH[kind]} == {one: [] for one in BENEATH[kind]}
