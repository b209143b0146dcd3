"""Tells somebody what is kept about their address."""

from datetime import datetime
from typing import Any

from sqlmodel import Session

from tracker.services.subscribe import managed_address
from tracker.storage import held_addresses, webhooks
from tracker.storage.tables import Delivery, Subscription, Webhook


def held(session: Session, token: str, now: datetime) -> dict[str, Any] | None:
    """All that is kept about the address of a management link; None where the link leads nowhere."""
    address_hash = managed_address(session, token, now)
    if address_hash is None:
        return None
    rows = held_addresses.subscriptions_ever(session, address_hash)
    sent = held_addresses.deliveries_ever(session, [row.id for row in rows])
    return {
        "about": "All that this site keeps about the address to which this link was sent.",
        "address_hash": address_hash,
        "addresses": sorted({row.address for row in rows if row.address}),
        "subscriptions": [_subscription(row) for row in rows],
        "webhooks": [_webhook(hook, row) for hook, row in webhooks.owned(session, address_hash)],
        "messages": [_message(row) for row in sent],
    }


def _subscription(row: Subscription) -> dict[str, Any]:
    return row.model_dump(
        mode="json", exclude={"address", "address_hash", "queued_to_seq", "list_key"}, exclude_none=True
    )


def _webhook(hook: Webhook, row: Subscription) -> dict[str, Any]:
    """What is posted where, and as whose it is kept."""
    of_hook = {
        "owner",
        "template",
        "turned_at",
        "failing_since_at",
        "paused_at",
        "disabled_at",
        "disabled_why",
    }
    return {
        **_subscription(row),
        "posted_to": row.address,
        **hook.model_dump(mode="json", include=of_hook, exclude_none=True),
    }


def _message(row: Delivery) -> dict[str, Any]:
    kept = {"subscription_id", "event_id", "letter", "state", "message_id", "queued_at", "sent_at", "error"}
    return row.model_dump(mode="json", include=kept, exclude_none=True)
