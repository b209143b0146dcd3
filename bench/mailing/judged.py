"""What a town's people were told, beside what happened: nothing lost, nothing twice but by a kill."""

import json
import subprocess
import sys
from collections import Counter, defaultdict
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from tracker.domain.link_tokens import Seal
from tracker.domain.words import DeliveryState, EventKind
from tracker.storage.tables import Delivery, Event, Item, LogEntry, Subscription

VERIFIER = Path(__file__).parents[2] / "static" / "verify_log.py"
ON_ITS_WAY = timedelta(seconds=3)
"""A message that was begun when its reader left."""
KILLED_WITHIN = timedelta(seconds=20)
TOLD = frozenset({EventKind.BECAME_OVERDUE, EventKind.ANSWERED_LATE, EventKind.DUE_SOON, EventKind.REOPENED})


def judge(town: Any, composed: Any) -> bool:
    """Print what was found; whether all is as it should be."""
    with composed.database.reading() as session:
        events = {one.id: one for one in session.execute(select(Event)).scalars()}
        entries = session.execute(select(col(LogEntry.event_id))).scalars().all()
        titles = dict(session.execute(select(col(Item.id), col(Item.title))).all())
        subscriptions = list(session.execute(select(Subscription)).scalars())
        rows = list(session.execute(select(Delivery)).scalars())
        session.expunge_all()
    seal = Seal(composed.config.web.secret_key)
    found = {
        "not in the log once": [one for one, n in Counter(entries).items() if n != 1]
        + sorted(set(events) - set(entries)),
        "the chain from outside": _verified(town.ports[0]),
        "open rows": [
            (one.id, one.state.value)
            for one in rows
            if one.state in (DeliveryState.SENDING, DeliveryState.QUEUED)
        ],
        "failed rows": [(one.id, one.error) for one in rows if one.state is DeliveryState.FAILED],
        "lost": _lost(events, subscriptions, rows),
        "superseded by nothing": _superseded(events, subscriptions, rows),
        "said sent, not in the journal": _not_taken(town, seal, events, titles, subscriptions, rows),
        "not in the ledger": _unknown(town, rows),
        "twice without a kill": _doubles(town),
        "after leaving": _after_leaving(town),
        "webhooks": _posts(town, events, subscriptions),
        "tracebacks": _tracebacks(town),
        "went wrong": town.failed
        + [name for name in town.answers if name.endswith(("500", "502", "503", "429"))],
    }
    states = Counter(one.state.value for one in rows)
    confirmed = sum(one.confirmed_at is not None for one in subscriptions)
    print(f"{len(events)} events, {confirmed} confirmed, {len(town.left)} left, {len(town.kills)} kills")
    print(f"ledger {dict(states)}, {len(town.inboxes.taken)} mails, {len(town.receiver.posts)} posts")
    print(f"answers {town.answers}")
    for name, wrong in found.items():
        print(f"{name}: {len(wrong)} {wrong[:5]}")
    return not any(found.values())


def _verified(port: int) -> list[str]:
    command = [sys.executable, str(VERIFIER), f"http://127.0.0.1:{port}"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return [] if done.returncode == 0 else [done.stdout + done.stderr]


def _lost(events: Any, subscriptions: Any, rows: Any) -> list[tuple[int, int]]:
    known = {(one.subscription_id, one.event_id) for one in rows}
    return [
        (sub.id, id_)
        for sub in subscriptions
        if sub.confirmed_at is not None and sub.ended_at is None
        for id_, event in events.items()
        if event.kind in TOLD and not event.backfill and event.recorded_at > sub.confirmed_at
        if (sub.id, id_) not in known
    ]


def _superseded(events: Any, subscriptions: Any, rows: Any) -> list[int]:
    """Rows dropped because of a later one, where none was sent."""
    whose = {sub.id: sub.address_hash for sub in subscriptions if sub.ended_at is None}
    sent: dict[Any, int] = defaultdict(int)
    for one in rows:
        if one.state is DeliveryState.SENT and one.event_id and one.subscription_id in whose:
            about = (whose[one.subscription_id], events[one.event_id].obligation_id)
            sent[about] = max(sent[about], one.event_id)
    return [
        one.id
        for one in rows
        if one.state is DeliveryState.DROPPED and one.event_id and one.subscription_id in whose
        if sent[whose[one.subscription_id], events[one.event_id].obligation_id] < one.event_id
    ]


def _not_taken(town: Any, seal: Seal, events: Any, titles: Any, subscriptions: Any, rows: Any) -> list[Any]:
    """Rows that say sent whose message did not arrive there, or does not name the item."""
    texts = {(seal.address_hash(to), id_): " ".join(text.split()) for _, to, id_, text in town.inboxes.taken}
    whose = {sub.id: sub.address_hash for sub in subscriptions}
    wrong: list[Any] = []
    for one in rows:
        if one.channel != "email" or one.state is not DeliveryState.SENT or not one.event_id:
            continue
        title = titles.get(events[one.event_id].item_id, "")
        text = texts.get((whose[one.subscription_id], one.message_id))
        if text is None or (title not in text and "more changes stand on the site" not in text):
            wrong.append((one.id, title, text and len(text)))
    return wrong


def _unknown(town: Any, rows: Any) -> list[str]:
    known = {one.message_id for one in rows}
    return [id_ for _, _, id_, _ in town.inboxes.taken if id_ not in known and not id_.startswith("<letter-")]


def _doubles(town: Any) -> list[str]:
    """Messages that came again although no worker was ended around the first time."""
    times: dict[str, list[Any]] = defaultdict(list)
    for at, _, id_, _ in town.inboxes.taken:
        times[id_].append(at)
    twice = {id_: sorted(at) for id_, at in times.items() if len(at) > 1}
    print(f"{len(twice)} messages came twice under the same id")
    return [
        id_ for id_, at in twice.items() if not any(abs(kill - at[0]) < KILLED_WITHIN for kill in town.kills)
    ]


def _after_leaving(town: Any) -> list[str]:
    return [to for at, to, _, _ in town.inboxes.taken if to in town.left and at > town.left[to] + ON_ITS_WAY]


def _posts(town: Any, events: Any, subscriptions: Any) -> list[Any]:
    """What a webhook was not told, or told under two ids."""
    told: dict[tuple[str, str], set[str]] = defaultdict(set)
    for post in town.receiver.posts:
        for event in json.loads(post.body)["data"].get("events", ()):
            told[post.path, event["id"].rpartition(":")[2]].add(post.headers["webhook-id"])
    wrong: list[Any] = [(*one, ids) for one, ids in told.items() if len(ids) != 1]
    for sub in subscriptions:
        if sub.channel == "webhook" and sub.confirmed_at is not None:
            path = sub.address.removeprefix(town.receiver.url)
            wanted = [e for e in events.values() if e.kind in TOLD and e.recorded_at > sub.confirmed_at]
            wrong += [
                (path, e.id)
                for e in wanted
                if not ({str(e.id), e.key} & {id_ for p, id_ in told if p == path})
            ]
    return wrong


def _tracebacks(town: Any) -> list[str]:
    return [
        f"{log.name}: {line}"
        for log in sorted(town.folder.glob("*.log"))
        for line in log.read_text(errors="replace").splitlines()
        if "Traceback" in line or "failed;" in line
    ]
