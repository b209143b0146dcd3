"""Switching webhooks off, resting, waking and ending them; the owner is told of what they did not do themselves."""

from datetime import datetime

from sqlmodel import Session

from tracker.domain.letter import WEBHOOK_OFF
from tracker.domain.link_tokens import Purpose, Seal
from tracker.domain.telling import next_digest_at
from tracker.domain.webhook import NEVER
from tracker.services.unsubscribe import end
from tracker.services.write_letter import write_letter
from tracker.services.write_links import Subject, write
from tracker.storage import log, webhook_batches
from tracker.storage.webhooks import Owned

GONE, FAILED_FOR_LONG, GIVEN_UP, SECRET_CHANGED = "gone", "failing", "given-up", "secret-changed"
"""Why a webhook is switched off; `rendering.webhook_letters` has the words."""


def switch_off(session: Session, found: Owned, why: str, seal: Seal, now: datetime, said: str = "") -> None:
    """Nothing more is posted until the owner switches it on again; the owner is told once. `said`: the last error."""
    hook, subscription = found
    if hook.disabled_at is not None or subscription.ended_at is not None:
        return
    hook.disabled_at, hook.disabled_why = now, why
    _rest(session, found)
    token = write(session, seal, Purpose.MANAGE, Subject("address", hook.owner_hash), now)
    write_letter(
        session,
        now,
        WEBHOOK_OFF,
        hook.owner,
        seal=seal,
        language=subscription.language,
        link=f"/webhooks/{token}/{hook.subscription_id}",
        said={"why": why, "said": said, "host": shown_host(hook.host)},
    )


def shown_host(host: str) -> str:
    """Host and port as people write them: the usual port goes without saying."""
    return host.removesuffix(":443")


def pause(session: Session, found: Owned, now: datetime) -> None:
    """Nothing is posted until it is resumed."""
    hook, _ = found
    if hook.paused_at is None:
        hook.paused_at = now
        _rest(session, found)


def _rest(session: Session, found: Owned) -> None:
    """Nothing is queued, and what waits stays where it is."""
    hook, subscription = found
    subscription.next_due_at = NEVER
    session.flush()
    webhook_batches.move_waiting(session, hook.subscription_id, NEVER)


def resume(session: Session, found: Owned, now: datetime, *, catch_up: bool) -> None:
    """Posts go out again: from now on, or with all that came up meanwhile."""
    hook, subscription = found
    if hook.paused_at is None and hook.disabled_at is None:
        return
    hook.paused_at, hook.disabled_at, hook.disabled_why = None, None, ""
    hook.failing_since_at, hook.failures, hook.again_at = None, 0, None
    if catch_up:
        webhook_batches.move_waiting(session, hook.subscription_id, now)
    else:
        webhook_batches.drop_waiting(session, hook.subscription_id, "not wanted when it was resumed")
        subscription.queued_to_seq = log.size(session)
    subscription.next_due_at = next_digest_at(
        subscription.frequency, subscription.weekday, subscription.zone, now
    )
    session.flush()


def remove(session: Session, found: Owned, now: datetime) -> None:
    """End it: its address and its owner's are erased."""
    end(session, [found[1]], "left", now)


def ask_test(session: Session, found: Owned, now: datetime) -> bool:
    """Queue a test, also for one that is paused or switched off; False where one is under way."""
    number = found[0].subscription_id
    if webhook_batches.tests_waiting(session, number):
        return False
    webhook_batches.queue_test(session, number, now)
    return True
