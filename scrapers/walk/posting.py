"""A post as its sender sees it: what was answered, or one sentence about why nothing was."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from scrapers.walk.errors import Backoff, WalkError
from scrapers.walk.gate import Gate
from scrapers.walk.statuses import retry_after_seconds

SECONDS = 10.0
"""From dialling to the last byte of the answer."""
_ASKS_FOR_PATIENCE = frozenset({429, 503})


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: no status where nothing answered, and then `error` says why."""

    status: int | None = None
    body: bytes = b""
    error: str = ""
    wait_seconds: float = 0.0
    """How long the other side asked to be left alone, between a minute and a day; 0 where it did not."""


def posted(
    gate: Gate,
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    now: datetime,
    *,
    deadline_seconds: float = SECONDS,
) -> Reply:
    """Post through the gate; never raises for what addresses, networks and servers do."""
    try:
        answer = gate.post(url, body, headers, deadline_seconds=deadline_seconds)
    except Backoff as error:
        return Reply(error=str(error), wait_seconds=error.retry_after_seconds)
    except WalkError as error:
        return Reply(error=str(error))
    asked = answer.headers.get("retry-after", "") if answer.status in _ASKS_FOR_PATIENCE else ""
    return Reply(answer.status, answer.body, "", retry_after_seconds(asked, now) if asked else 0.0)
