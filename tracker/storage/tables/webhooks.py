"""What a webhook has besides its subscription: whose it is, how it is worded and signed, and how its posts went."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from tracker.storage.columns import instant


class Webhook(SQLModel, table=True):
    """A subscription whose channel is `webhook`; its address (the URL) is the subscription's."""

    __tablename__ = "webhook"

    subscription_id: int = Field(
        primary_key=True, foreign_key="subscription.id", sa_column_kwargs={"autoincrement": False}
    )
    owner: str = Field(max_length=254)
    """The e-mail address that confirmed it, told when it is switched off; emptied when it ends."""
    owner_hash: str = Field(max_length=64, index=True)
    """Keyed hash of the owner's address: what the link to manage leads to."""
    host: str = Field(max_length=300)
    """Host and port of the address: one post at a time to each."""
    template: str = Field(max_length=40)
    nonce: str = Field(max_length=32)
    """Not secret: with the site's own secret and `turn` it yields the signing secret, which is kept nowhere."""
    turn: int = 1
    """Counts the signing secrets it has had."""
    turned_at: datetime | None = instant(nullable=True)
    """When the last one replaced the one before, which signs too for another day."""
    fingerprint: str = Field(default="", max_length=64)
    """Of the signing secret: shows that the site's own secret was changed since."""
    failing_since_at: datetime | None = instant(nullable=True)
    failures: int = 0
    """Posts that failed since it last went well."""
    again_at: datetime | None = instant(nullable=True)
    """Nothing is posted before."""
    paused_at: datetime | None = instant(nullable=True)
    disabled_at: datetime | None = instant(nullable=True)
    disabled_why: str = Field(default="", max_length=400)


class WebhookAttempt(SQLModel, table=True):
    """One post as the owner of a webhook sees it; kept for a month."""

    __tablename__ = "webhook_attempt"

    id: int | None = Field(default=None, primary_key=True)
    subscription_id: int = Field(foreign_key="subscription.id", index=True)
    at: datetime = instant(index=True)
    post_id: str = Field(max_length=60)
    """The `webhook-id` it went out under."""
    events: int = 0
    """0 for a test."""
    status: int | None = None
    """None where nothing answered."""
    taken: bool = False
    answer: str = Field(default="", max_length=200)
    error: str = Field(default="", max_length=400)
    next_at: datetime | None = instant(nullable=True)
    """When it is tried again."""
