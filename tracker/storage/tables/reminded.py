"""Reminders to bodies: which stage of which due day went in which letter, and the mailboxes that get none."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel, UniqueConstraint

from tracker.storage.columns import instant


class ReminderRound(SQLModel, table=True):
    """All that a body is reminded of on one day: one letter, and what became of it."""

    __tablename__ = "reminder_round"
    __table_args__ = (UniqueConstraint("body_id", "on_day"),)

    id: int | None = Field(default=None, primary_key=True)
    body_id: int = Field(foreign_key="body.id", index=True)
    """Who is reminded: whoever owes on that day."""
    reach_id: int = Field(foreign_key="body_reach.id")
    """The mailbox it goes to."""
    on_day: date = Field(index=True)
    """The day where the body is."""
    letter_id: int = Field(foreign_key="letter.id", unique=True)
    queued_at: datetime = instant()
    fate: str = Field(default="", max_length=20)
    """A word of `domain.post.Fate` once it is settled; empty: on its way."""
    settled_at: datetime | None = instant(nullable=True)


class Reminder(SQLModel, table=True):
    """One stage of one due day: in a letter, or held back with a reason; never twice."""

    __tablename__ = "reminder"
    __table_args__ = (UniqueConstraint("obligation_id", "due_on", "stage"),)

    id: int | None = Field(default=None, primary_key=True)
    obligation_id: int = Field(foreign_key="obligation.id", index=True)
    due_on: date
    stage: int
    """Days from the due day; negative before it."""
    round_id: int | None = Field(default=None, foreign_key="reminder_round.id", index=True)
    """None: held back."""
    recorded_at: datetime = instant(index=True)
    recorded_by: str = Field(default="", max_length=120)
    held_reason: str = Field(default="", max_length=1000)
    dropped_at: datetime | None = instant(nullable=True)
    """Taken out of the letter before it left: answered, withheld or moved meanwhile."""


class ReminderStop(SQLModel, table=True):
    """A mailbox that gets no reminders: it asked for that."""

    __tablename__ = "reminder_stop"

    id: int | None = Field(default=None, primary_key=True)
    reach_id: int = Field(foreign_key="body_reach.id", index=True)
    recorded_at: datetime = instant()
    lifted_at: datetime | None = instant(nullable=True)
    lifted_by: str = Field(default="", max_length=120)
