"""Whoever subscribes to a list is told exactly what the feed of the same list shows, whatever narrows it."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from tests.services.entered import GROUP, STATED
from tests.services.told import NOW, Clock, Inbox, Telling, site
from tracker.domain.listing import Filters, ListName
from tracker.domain.partial import day
from tracker.domain.words import BodyKind, EventKind, Frequency, ProcessKind
from tracker.services.enter import EnterItem, OwedBy, enter_item
from tracker.services.enter_process import (
    EnterBody,
    EnterDocument,
    EnterProcess,
    enter_body,
    enter_document,
    enter_process,
)
from tracker.services.queue_news import QUIET, queue_news
from tracker.services.sequence import sequence
from tracker.storage import log
from tracker.storage.entries import id_of, owed_for_item
from tracker.storage.events import by_key
from tracker.storage.tables import Event, Subscription
from tracker.web.app import create_app
from tracker.web.site import Site

VALUES = {
    "body": ["ministry-of-water", "ministry-of-health"],
    "process": ["assembly-of-scotland", "coroner-of-england"],
    "document": [],
    "item": [],
    "topic": ["health", "transport"],
    "jurisdiction": ["GB", "GB-SCT", "ES"],
    "kind": ["citizens-assembly", "coroner"],
    "group": [],
    "standing": ["overdue", "answered_late"],
    "basis": ["convention", "request"],
    "q": ["water", "publish health"],
}
FRAMES = [
    ("Assembly of Scotland", ProcessKind.CITIZENS_ASSEMBLY, "GB-SCT"),
    ("Coroner of England", ProcessKind.CORONER, "GB-ENG"),
    ("Asamblea de Madrid", ProcessKind.CITIZENS_ASSEMBLY, "ES"),
]
KINDS = [
    EventKind.BECAME_OVERDUE,
    EventKind.DUE_SOON,
    EventKind.RESPONSE_FOUND,
    EventKind.ANSWERED_LATE,
    EventKind.REOPENED,
    EventKind.DATE_MOVED,
    EventKind.OBJECTED,
]


@pytest.fixture
def telling(sqlite_url: str, tmp_path: Path) -> Iterator[Telling]:
    """Three processes, two bodies, items of two topics; nothing mailed."""
    clock = Clock()
    told = Telling(site(sqlite_url, clock, 1, tmp_path), clock, Inbox())
    with told.composed.database.writing() as session:
        for name in ("Ministry of Water", "Ministry of Health"):
            enter_body(
                session, NOW, EnterBody(name=name, kind=BodyKind.GOVERNMENT, jurisdiction="GB"), actor=GROUP
            )
        for name, kind, jurisdiction in FRAMES:
            process = enter_process(
                session, NOW, EnterProcess(name=name, kind=kind, jurisdiction=jurisdiction), actor=GROUP
            )
            report = EnterDocument(
                process=process.key, title=f"Report: {name}", published=day(date(2026, 3, 9))
            )
            document = enter_document(session, NOW, report, actor=GROUP)
            for topic, body in (("health", "ministry-of-health"), ("transport", "ministry-of-water")):
                wanted = EnterItem(
                    document=document.key,
                    title=f"Publish what {topic} needs",
                    addressees=(OwedBy(body=body),),
                    deadline=STATED,
                    topics=(topic,),
                )
                entered = enter_item(session, NOW, wanted, actor=GROUP)
                told.owed += [one.id for one in owed_for_item(session, id_of(entered))]
    yield told
    told.composed.database.close()


def wishes(number: int) -> list[tuple[ListName, Filters]]:
    """Lists with none to three filters, the same ones every time."""
    dice = Random(6)
    named = [name for name, values in VALUES.items() if values]
    return [
        (
            dice.choice(list(ListName)),
            Filters(**{name: dice.choice(VALUES[name]) for name in dice.sample(named, dice.randint(0, 3))}),
        )
        for _ in range(number)
    ]


def test_what_is_planned_for_a_subscription_is_what_the_feed_of_its_list_shows(telling: Telling) -> None:
    composed, asked = telling.composed, wishes(120)
    with composed.database.writing() as session:
        sequence(session, telling.clock())
        for name, filters in asked:
            session.add(
                Subscription(
                    channel="email",
                    address="ada@example.org",
                    address_hash="ada",
                    list_name=name.value,
                    filters=dict(filters.given()),
                    frequency=Frequency.INSTANT,
                    created_at=telling.clock(),
                    confirmed_at=telling.clock(),
                    queued_to_seq=log.size(session),
                )
            )
    telling.clock.forward(timedelta(hours=1))
    for number, kind in enumerate(KINDS * 6):
        telling.happen(kind, which=number % len(telling.owed))
    with composed.database.writing() as session:
        sequence(session, telling.clock())
    queue_news(composed.database, composed.now)
    client = create_app(Site(composed.config, composed.database, composed.now), testing=True).test_client()
    told = planned(telling)
    shown = [feed(telling, client, name, filters) for name, filters in asked]
    for number, entries in enumerate(shown):
        assert told.get(number + 1, set()) == entries, asked[number]
    assert sum(map(bool, shown)) > 40


def planned(telling: Telling) -> dict[int, set[str]]:
    with telling.composed.database.reading() as session:
        found: dict[int, set[str]] = {}
        for row in telling.ledger():
            event = session.get(Event, row.event_id)
            assert event is not None
            found.setdefault(row.subscription_id, set()).add(event.key)
        return found


def feed(telling: Telling, client, name: ListName, filters: Filters) -> set[str]:  # type: ignore[no-untyped-def]
    """The keys of a feed's entries since the subscription, without the notes that nobody is alerted of."""
    answer = client.get(f"/{name.value}.json", query_string=filters.given())
    assert answer.status_code == 200, answer.get_data(as_text=True)
    keys = {entry["id"].removeprefix("urn:answerby:event:") for entry in answer.get_json()["items"]}
    with telling.composed.database.reading() as session:
        events = [by_key(session, key) for key in keys]
    return {
        event.key
        for event in events
        if event is not None
        and event.recorded_at > NOW
        and not event.backfill
        and event.detail.get("what") not in QUIET
    }
