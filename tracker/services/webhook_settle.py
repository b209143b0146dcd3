"""Writes down what became of a post: in the ledger, in the log its owner sees, and on the webhook itself."""

import json
from datetime import datetime

from sqlmodel import Session

from tracker.domain.link_tokens import Seal
from tracker.domain.webhook import Posted, Posting, again_at, lasts
from tracker.domain.words import DeliveryState
from tracker.services.webhook_end import FAILED_FOR_LONG, GIVEN_UP, GONE, switch_off
from tracker.storage import webhook_batches, webhooks
from tracker.storage.tables import WebhookAttempt
from tracker.storage.webhooks import Owned

SHORTEST_NAME = 4
TELLING = 12
"""Letters of a name by which it is known again: an answer may be cut anywhere behind them."""


def put_back(session: Session, posting: Posting, now: datetime) -> None:
    """A batch that was not posted waits again; no attempt is counted."""
    _again(session, posting, now, "", attempts=posting.attempts - 1)


def settle(session: Session, posting: Posting, posted: Posted, seal: Seal, now: datetime) -> None:
    """Write down what became of a batch; a test is never tried again, and switches nothing off."""
    found = webhooks.find(session, posting.hook.subscription_id)
    next_at = None if posted.accepted or not posting.news else again_at(posting.attempts, posted.wait, now)
    if posted.accepted:
        sent = {"state": DeliveryState.SENT, "sent_at": now, "next_at": None, "error": ""}
        held = webhook_batches.settle(session, posting.batch, posting.lease_until_at, **sent)
    elif next_at is not None and not posted.gone:
        held = _again(session, posting, next_at, posted.error)
    else:
        failed = {"state": DeliveryState.FAILED, "next_at": None, "error": posted.error[:500]}
        held = webhook_batches.settle(session, posting.batch, posting.lease_until_at, **failed)
    if found is None or found[1].ended_at is not None or not held:
        return
    gives_up = next_at is None or posted.gone
    _keep(session, posting, posted, None if posted.accepted or gives_up else next_at, now)
    if posting.news:
        _note(session, found, posted, next_at, seal, now)


def _again(
    session: Session, posting: Posting, next_at: datetime, error: str, attempts: int | None = None
) -> int:
    """The same batch again, under the same id."""
    counted = {} if attempts is None else {"attempts": attempts}
    values = {"state": DeliveryState.QUEUED, "next_at": next_at, "error": error[:500], **counted}
    return webhook_batches.settle(session, posting.batch, posting.lease_until_at, **values)


def _keep(
    session: Session, posting: Posting, posted: Posted, next_at: datetime | None, now: datetime
) -> None:
    attempt = WebhookAttempt(
        subscription_id=posting.hook.subscription_id,
        at=now,
        post_id=posting.id,
        events=len(posting.news),
        status=posted.status,
        taken=posted.accepted,
        answer="" if _repeats(posted.answer, posting) else posted.answer[:200],
        error=posted.error[:400],
        next_at=next_at,
    )
    webhooks.keep_attempt(session, attempt)


def _repeats(answer: str, posting: Posting) -> bool:
    """Whether it says back what was posted: what is withheld later must not stay in the log of attempts."""
    said = _bare(answer)
    return any(
        begin in said
        for one in posting.news
        for name in (one.item_title, one.body_name, one.process_name, one.response_title, one.source_name)
        if len(name) >= SHORTEST_NAME
        for begin in (_bare(name)[:TELLING], _bare(json.dumps(name))[:TELLING])
        if begin
    )


def _bare(text: str) -> str:
    """Letters and digits only: chats and JSON write the signs between them in several ways."""
    return "".join(filter(str.isalnum, text)).casefold()


def _note(
    session: Session, found: Owned, posted: Posted, next_at: datetime | None, seal: Seal, now: datetime
) -> None:
    """How long it has failed, when it is tried again, and whether it is switched off."""
    hook = found[0]
    if posted.accepted:
        hook.failing_since_at, hook.failures, hook.again_at = None, 0, None
        session.flush()
        return
    hook.failing_since_at = hook.failing_since_at or now
    hook.failures, hook.again_at = hook.failures + 1, next_at
    session.flush()
    lasting = lasts(hook.failing_since_at, hook.failures, now)
    why = GONE if posted.gone else FAILED_FOR_LONG if lasting else GIVEN_UP if next_at is None else ""
    if why:
        switch_off(session, found, why, seal, now, posted.error)
