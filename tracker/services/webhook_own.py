"""What the owner of webhooks may do by their link: look, make a new secret, and whatever `webhook_end` does."""

from datetime import datetime

from sqlmodel import Session

from tracker.domain.link_tokens import Purpose, Seal
from tracker.domain.webhook import fingerprint, secret_of
from tracker.services.webhook_ask import secret_text
from tracker.services.write_links import subject_of
from tracker.storage import webhooks
from tracker.storage.webhooks import Owned


def owned(session: Session, token: str, now: datetime) -> list[Owned] | None:
    """The owner's webhooks; None where the link leads nowhere."""
    subject = subject_of(session, Purpose.MANAGE, token, now)
    if subject is None or subject.kind != "address":
        return None
    return webhooks.live_of(session, subject.value)


def owned_one(session: Session, token: str, subscription_id: int, now: datetime) -> Owned | None:
    """One of the owner's webhooks; None where the link does not reach it."""
    rows = owned(session, token, now) or []
    return next((one for one in rows if one[0].subscription_id == subscription_id), None)


def new_secret(session: Session, found: Owned, seal: Seal, now: datetime) -> str:
    """Another signing secret, shown this once; the one before signs too for a day."""
    hook = found[0]
    hook.turn, hook.turned_at = hook.turn + 1, now
    hook.fingerprint = fingerprint(secret_of(seal.secret, hook.nonce, hook.turn))
    session.flush()
    return secret_text(hook, seal)
