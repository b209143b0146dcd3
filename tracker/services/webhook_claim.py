"""Claims what is due for a webhook: a batch under a lease, with what wording and signing it need."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from tracker.domain.link_tokens import Seal
from tracker.domain.listing import ListName, ListQuery
from tracker.domain.post import LEASE, MAX_ATTEMPTS, SENDING_TAKES, batch_of
from tracker.domain.webhook import (
    MOST_EVENTS,
    OLD_SECRET_SIGNS,
    WEBHOOK,
    Change,
    Hook,
    Posting,
    fingerprint,
    secret_of,
)
from tracker.domain.words import DeliveryState
from tracker.services.webhook_end import SECRET_CHANGED, switch_off
from tracker.services.worth_telling import lifted_of
from tracker.storage import subscriptions, webhook_batches, webhooks
from tracker.storage.events import events
from tracker.storage.filter_names import filter_names
from tracker.storage.tables import Delivery, Webhook
from tracker.storage.turns import take_turn
from tracker.storage.webhooks import Owned

WITHHELD = "no longer public"
NO_ANSWER = "every attempt ended without an answer"


@dataclass(frozen=True, slots=True)
class Claimed:
    """What came of looking: a batch to post, or none; `worked` says whether to look again."""

    posting: Posting | None = None
    worked: bool = False


def claim(session: Session, seal: Seal, now: datetime) -> Claimed:
    """Claim what is due for longest: a test, else a batch that was begun, else what was never posted."""
    take_turn(session, WEBHOOK)
    subscription_id = webhook_batches.due(session, now)
    found = None if subscription_id is None else webhooks.find(session, subscription_id)
    if found is None:
        return Claimed()
    if not _knows_its_secret(found[0], seal):
        switch_off(session, found, SECRET_CHANGED, seal, now)
        return Claimed(worked=True)
    batch = _batch(session, found[0], now)
    return Claimed(_posting(session, found, batch, seal, now) if batch else None, worked=True)


def _knows_its_secret(hook: Webhook, seal: Seal) -> bool:
    """Whether the site's own secret is the one that the signing secret was made from."""
    return fingerprint(secret_of(seal.secret, hook.nonce, hook.turn)) == hook.fingerprint


def _batch(session: Session, hook: Webhook, now: datetime) -> str | None:
    number = hook.subscription_id
    test = webhook_batches.next_test(session, number, now)
    begun = test.batch if test is not None else webhook_batches.begun(session, number, now)
    if begun:
        webhook_batches.reclaim(session, begun, now, now + LEASE)
        return begun
    rows = [test] if test is not None else webhook_batches.waiting(session, number, now, MOST_EVENTS)
    return _new_batch(session, rows, now) if rows else None


def _new_batch(session: Session, rows: list[Delivery], now: datetime) -> str:
    ids = [row.id for row in rows if row.id is not None]
    batch = batch_of(ids)
    webhook_batches.claim(session, ids, batch, now + LEASE)
    return batch


def _posting(session: Session, found: Owned, batch: str, seal: Seal, now: datetime) -> Posting | None:
    """What the claimed rows say now; None where nothing of it is public any more, or it was tried too often."""
    rows = webhook_batches.in_batch(session, batch)
    if not rows or rows[0].lease_until_at is None:
        return None
    first, until, test = rows[0], rows[0].lease_until_at, bool(rows[0].letter)
    news = [] if test else _news(session, rows)
    if first.attempts > MAX_ATTEMPTS or not (news or test):
        given_up = first.attempts > MAX_ATTEMPTS
        state = DeliveryState.FAILED if given_up else DeliveryState.DROPPED
        why = NO_ANSWER if given_up else WITHHELD
        webhook_batches.settle(session, batch, until, state=state, next_at=None, error=why)
        return None
    hook = hook_of(found, seal, now)
    names = filter_names(session, [hook.query])
    lifted = frozenset(lifted_of(session, {one.id: one for one in news}))
    return Posting(batch, until, len(rows), first.attempts, hook, news, names, lifted)


def _news(session: Session, rows: list[Delivery]) -> list[Change]:
    """The events of the rows that may be shown, in the order of the log."""
    ids = {row.event_id for row in rows if row.event_id is not None}
    return list(events(session, ListQuery(ListName.ALL), ids=ids, order="log"))


def hook_of(found: Owned, seal: Seal, now: datetime) -> Hook:
    """A webhook as wording and signing need it; for a day after a new secret, the old one signs too."""
    hook, subscription = found
    both = hook.turned_at is not None and now - hook.turned_at < OLD_SECRET_SIGNS
    turns = [hook.turn, hook.turn - 1] if both else [hook.turn]
    return Hook(
        subscription_id=hook.subscription_id,
        url=subscription.address,
        host=hook.host,
        template=hook.template,
        query=subscriptions.query_of(subscription),
        frequency=subscription.frequency,
        language=subscription.language,
        secrets=tuple(secret_of(seal.secret, hook.nonce, turn) for turn in turns),
    )


def still_wanted(session: Session, posting: Posting, now: datetime) -> bool:
    """Just before posting: the lease is ours and long enough, and nothing was ended or paused since the claim."""
    held = webhook_batches.rows_held(session, posting.batch, posting.lease_until_at)
    return held == posting.rows and posting.lease_until_at - now > SENDING_TAKES
