"""What an editor's mail says at the moment it leaves: what was settled or withheld since it was queued is not in it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session

from tracker.domain.alerting import FIRST_SHOWN, STAYS_ON, Often, Topic, how_often
from tracker.services.tell_editors import concerns
from tracker.storage import alerts
from tracker.storage.alert_things import MENDED, Look, Thing, owners, things, titles
from tracker.storage.engine import habits_of
from tracker.storage.tables import Letter

COUNTED_BY = frozenset({Topic.FINDINGS})
"""Told with how many each source brought."""


def alert_said_now(session: Session, letter: Letter, now: datetime) -> Mapping[str, Any] | None:
    """Its parts, topic by topic; None: the account is closed, wants no more mail, or nothing of it waits any more."""
    user_id = int(str(letter.said.get("user", 0)))
    wish, reader = alerts.wish(session, user_id), alerts.readers(session, [user_id]).get(user_id)
    if wish is None or reader is None or wish.stopped_at is not None:
        return None
    names = alerts.in_letter(session, letter.id or 0)
    often = how_often(reader, wish.chosen)
    topics = [one for one in Topic if one.value in names and often.get(one, Often.OFF) is not Often.OFF]
    groups = owners(session)
    found = things(session, Look(now, habits_of(session).recheck_days), topics)
    still = {
        topic: [one for one in them if _holds(one, names[topic.value]) and concerns(reader, one, groups)]
        for topic, them in found.items()
    }
    kept = {topic: them for topic, them in still.items() if them}
    if not kept:
        return None
    return {
        "first": bool(letter.said.get("first")),
        "leaves": bool(set(kept) - STAYS_ON),
        "parts": _parts(session, kept),
        "from": min(one.since_on for them in kept.values() for one in them),
        "to": now.date(),
    }


def _holds(one: Thing, names: set[str]) -> bool:
    """Whether it still waits under a name it was told by; a source read well, whether its mending was to be told."""
    if one.names:
        return bool(names & set(one.names))
    return any(name.startswith(f"{one.row_id} {MENDED} ") for name in names)


def _parts(session: Session, kept: Mapping[Topic, Sequence[Thing]]) -> list[dict[str, Any]]:
    shown = {topic: them[:FIRST_SHOWN] for topic, them in kept.items()}
    items = {str(one.says["item"]) for them in shown.values() for one in them if one.says.get("item")}
    called = titles(session, items)
    return [
        {
            "topic": topic.value,
            "count": len(them),
            "since": min(one.since_on for one in them),
            "by": _by_source(them) if topic in COUNTED_BY else [],
            "lines": [
                {**one.says, "since": one.since_on, "title": called.get(str(one.says.get("item")), "")}
                for one in shown[topic]
            ],
        }
        for topic, them in kept.items()
    ]


def _by_source(them: Sequence[Thing]) -> list[tuple[str, int]]:
    counted = Counter(str(one.says["name"]) for one in them)
    return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
