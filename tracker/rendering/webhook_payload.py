"""What a webhook posts to a program: events as the public log has them, as JSON. `docs/webhooks.md` is the contract."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from tracker.domain.webhook import Body, Change, Posting
from tracker.rendering.list_words import list_words
from tracker.rendering.mail import Publication
from tracker.rendering.news import event_id, title
from tracker.rendering.news import path as news_path
from tracker.rendering.tongue import Tongue

VERSION = 1
EVENTS, TEST = "events.announced", "webhook.test"
"""The types of a post."""


def payload(posting: Posting, publication: Publication, tongue: Tongue, now: datetime) -> Body:
    """A posting as JSON; its timestamp is the newest event's, so that a repeat says the same."""
    newest = max((one.announced_at for one in posting.news), default=now)
    data = {
        "version": VERSION,
        "site": publication.address("/", publication.default_language),
        "list": _list(posting, publication, tongue),
        "frequency": posting.hook.frequency.value,
        "events": [_event(one, publication, tongue) for one in posting.news],
    }
    said = {"type": EVENTS if posting.news else TEST, "timestamp": _instant(newest), "data": data}
    return Body("application/json", json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode())


def list_path(posting: Posting) -> str:
    """The page of the list a webhook follows."""
    query = posting.hook.query
    given = query.filters.given()
    return f"/{query.name.value}" + (f"?{urlencode(given)}" if given else "")


def _list(posting: Posting, publication: Publication, tongue: Tongue) -> dict[str, object]:
    query = posting.hook.query
    return {
        "name": query.name.value,
        "filters": query.filters.given(),
        "words": list_words(query, tongue, posting.names),
        "url": publication.address(list_path(posting), tongue.code),
    }


def _event(one: Change, publication: Publication, tongue: Tongue) -> dict[str, object]:
    detail = dict(one.detail)
    return {
        "id": event_id(one.key),
        "key": one.key,
        "cursor": one.id,
        "kind": one.kind.value,
        "happened_on": one.happened_on.isoformat(),
        "recorded_at": _instant(one.recorded_at),
        "announced_at": _instant(one.announced_at),
        "title": title(one, tongue),
        "url": publication.address(news_path(one), tongue.code),
        "obligation": one.obligation_id,
        "item": _named(one.item_key, title=one.item_title, ref=one.item_ref),
        "body": _named(one.body_key, name=one.body_name),
        "process": _named(one.process_key, name=one.process_name),
        "response": _named(one.response_key, title=one.response_title),
        "source": _named(one.source_key, name=one.source_name),
        "basis": one.basis.value if one.basis else None,
        "due_on": detail.get("due_on"),
        "standing": _standing(detail),
        "actor": one.actor,
        "detail": detail,
    }


def _named(key: str, **more: str) -> dict[str, str] | None:
    return {"key": key, **more} if key else None


def _standing(detail: Mapping[str, Any]) -> dict[str, object] | None:
    """Where the obligation stood before and stands after; None where the event says nothing of it."""
    if "standing" not in detail:
        return None
    return {"before": detail.get("before"), "after": detail["standing"]}


def _instant(value: datetime) -> str:
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
