"""What people who edit want to hear of by mail, and what each of them was told."""

from datetime import datetime

from sqlmodel import Field, SQLModel, UniqueConstraint

from tracker.storage.columns import data, instant


class AlertWish(SQLModel, table=True):
    """How one account is told of what waits for it, and when it is looked at next."""

    __tablename__ = "alert_wish"

    user_id: int = Field(foreign_key="user_account.id", primary_key=True)
    chosen: dict[str, object] = data()
    """By topic how often, as the person chose; what is not in it is as the role's default."""
    weekday: int = 0
    """The day of weekly mails, Monday = 0."""
    workdays: bool = True
    """Daily mails go out from Monday to Friday only."""
    zone: str = Field(default="UTC", max_length=60)
    language: str = Field(default="en", max_length=12)
    created_at: datetime = instant()
    next_at: datetime = instant(index=True)
    """When the account is looked at next: the first of the three below that it has a use for."""
    soon_at: datetime = instant()
    daily_at: datetime = instant()
    weekly_at: datetime = instant()
    letter_id: int | None = None
    """The letter last queued: while it waits for a relay no other one is."""
    told_at: datetime | None = instant(nullable=True)
    """When that was; None: never."""
    stopped_at: datetime | None = instant(nullable=True)
    """Since then nothing is sent: the address takes no mail."""
    stopped_why: str = Field(default="", max_length=300)


class AlertTold(SQLModel, table=True):
    """One thing that one account was told of by one channel: written with the letter, so never twice."""

    __tablename__ = "alert_told"
    __table_args__ = (UniqueConstraint("user_id", "topic", "thing", "channel"),)

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="user_account.id")
    topic: str = Field(max_length=20)
    thing: str = Field(max_length=120)
    """Which one, e.g. `12`, or `3 broken 2026-05-04T10:00:00+00:00` of a source."""
    row_id: int = Field(default=0)
    """The row it is about."""
    channel: str = Field(max_length=20)
    told_at: datetime = instant()
    letter_id: int | None = Field(default=None, index=True)
