"""How bodies and tellers are reached: what is on record of a body, verified contacts, letters, tips."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from tracker.domain.own_domain import ReachKind
from tracker.storage.columns import data, instant, word
from tracker.storage.tables.fact import Fact


class BodyReach(Fact, table=True):
    """A mail domain that is a body's own, or its functional mailbox: never a person's."""

    __tablename__ = "body_reach"

    body_id: int = Field(foreign_key="body.id", index=True)
    kind: ReachKind = word(ReachKind)
    value: str = Field(max_length=254)
    source_url: str | None = Field(default=None, max_length=2000)
    """Where the body publishes it; without one a mailbox gets no reminders."""
    bounced_at: datetime | None = instant(nullable=True)
    """Since when letters to this mailbox come back: none is sent until somebody puts it on record again."""


class BodyContact(SQLModel, table=True):
    """Somebody who showed by mail that they write from a body's own domain; the address goes when it is not needed."""

    __tablename__ = "body_contact"

    id: int | None = Field(default=None, primary_key=True)
    body_id: int = Field(foreign_key="body.id", index=True)
    address: str = Field(default="", max_length=254)
    address_hash: str = Field(max_length=64, index=True)
    language: str = Field(default="en", max_length=12)
    asked_at: datetime = instant()
    verified_at: datetime | None = instant(nullable=True)
    ended_at: datetime | None = instant(nullable=True)
    bounced_at: datetime | None = instant(nullable=True)
    """Since when letters to this address come back."""


class Letter(SQLModel, table=True):
    """One letter to one address that is no news: queued with the change it tells of, forgotten once sent."""

    __tablename__ = "letter"

    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(max_length=30)
    """A folder of `templates/mail`."""
    address: str = Field(default="", max_length=254)
    """Emptied when it was sent or given up."""
    address_hash: str = Field(default="", max_length=64, index=True)
    language: str = Field(default="en", max_length=12)
    subject: str = Field(default="", max_length=120)
    """What its link acts on, e.g. `contact:12`; empty where it has none."""
    said: dict[str, object] = data()
    """What its template says: names, numbers and days."""
    queued_at: datetime = instant()
    next_at: datetime | None = instant(nullable=True, index=True)
    """When it is tried next; None: never again."""
    attempts: int = 0
    sent_at: datetime | None = instant(nullable=True)
    error: str = Field(default="", max_length=500)


class Tip(SQLModel, table=True):
    """An answer somebody says they have seen: who wants to hear of it; the address goes when they were told."""

    __tablename__ = "tip"

    id: int | None = Field(default=None, primary_key=True)
    finding_id: int = Field(foreign_key="finding.id", index=True)
    address: str = Field(default="", max_length=254)
    language: str = Field(default="en", max_length=12)
    told_at: datetime = instant()
    """When the tip came."""
    ended_at: datetime | None = instant(nullable=True)
