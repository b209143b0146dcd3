"""Who asked to be told what, and the ledger of what was sent."""

from datetime import datetime

from sqlalchemy import Boolean, Column, Index, String, text
from sqlmodel import Field, SQLModel, UniqueConstraint

from tracker.domain.words import DeliveryState, Frequency
from tracker.storage.columns import data, instant, word
from tracker.storage.list_keys import key_of_row


def _partial(name: str, where: str, *columns: str) -> Index:
    """An index over the few rows that are still open: what is over is never looked for."""
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


_LIVE = "confirmed_at IS NOT NULL AND ended_at IS NULL"


class Subscription(SQLModel, table=True):
    """Somebody asked for a list, with its filters, by one channel."""

    __tablename__ = "subscription"
    __table_args__ = (
        _partial("ix_subscription_list", _LIVE, "list_key", "queued_to_seq"),
        _partial("ix_subscription_at_once", f"next_due_at IS NULL AND {_LIVE}", "queued_to_seq"),
        _partial("ix_subscription_pending", "confirmed_at IS NULL AND ended_at IS NULL", "created_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    channel: str = Field(max_length=20)
    """A file of `tracker/channels`: email, webhook."""
    address: str = Field(max_length=2000, index=True)
    """E-mail address or URL; emptied on leaving."""
    address_hash: str = Field(max_length=64, index=True)
    """Keyed hash: how we know somebody left, without keeping the address."""
    list_name: str = Field(max_length=60)
    filters: dict[str, object] = data()
    list_key: str | None = Field(default=None, sa_column=Column(String(64), default=key_of_row))
    """A hash of the list with its filters: subscriptions to the same list are planned together."""
    frequency: Frequency = word(Frequency, default=Frequency.INSTANT)
    weekday: int = 0
    zone: str = Field(default="UTC", max_length=60)
    language: str = Field(default="en", max_length=12)
    tells_quiet: bool = Field(default=False, sa_type=Boolean, nullable=True)
    """A digest day without news is told too, in a short message; unset where nobody could ask for that yet."""
    quiet_from_at: datetime | None = instant(nullable=True)
    """Where the time begins of which the last such message says that it brought nothing."""
    consent: str = Field(default="", max_length=300)
    """The text consented to and its version."""
    created_at: datetime = instant()
    confirmed_at: datetime | None = instant(nullable=True)
    ended_at: datetime | None = instant(nullable=True)
    ended_reason: str = Field(default="", max_length=60)
    queued_to_seq: int = 0
    """Events up to this place in the log have been looked at for it: places follow the order of commits, ids do not."""
    next_due_at: datetime | None = instant(nullable=True, index=True)


class Delivery(SQLModel, table=True):
    """One ledger row: unique per subscription, event and channel, or one letter; claimed before sending."""

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("subscription_id", "event_id", "channel"),
        _partial("ix_delivery_waiting", "state = 'queued' AND batch = ''", "channel", "next_at", "id"),
        _partial("ix_delivery_held", "state = 'queued' AND batch <> ''", "channel", "next_at"),
        _partial("ix_delivery_queued", "state = 'queued'", "subscription_id"),
        _partial("ix_delivery_leased", "state = 'sending'", "lease_until_at"),
        _partial("ix_delivery_in_batch", "batch <> ''", "batch"),
        _partial("ix_delivery_letter", "letter <> ''", "subscription_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    subscription_id: int = Field(foreign_key="subscription.id")
    event_id: int | None = Field(default=None, foreign_key="event.id")
    """None for a letter."""
    letter: str = Field(default="", max_length=20)
    """What is sent that is no news: `confirm`, `already`; empty for news."""
    channel: str = Field(max_length=20)
    state: DeliveryState = word(DeliveryState, default=DeliveryState.QUEUED)
    batch: str = Field(default="", max_length=40)
    """Rows that travel in one message share it; the Message-ID is made of it."""
    message_id: str = Field(default="", max_length=200)
    lease_until_at: datetime | None = instant(nullable=True)
    attempts: int = 0
    next_at: datetime | None = instant(nullable=True)
    queued_at: datetime = instant()
    sent_at: datetime | None = instant(nullable=True)
    error: str = Field(default="", max_length=500)
