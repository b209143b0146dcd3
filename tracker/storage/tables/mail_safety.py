"""What became of addresses without keeping them: stops, deferrals, reports taken in, and how much was asked for."""

from datetime import datetime

from sqlmodel import Field, SQLModel, UniqueConstraint

from tracker.storage.columns import instant


class MailStop(SQLModel, table=True):
    """An address is written to no more: its keyed hash, why and since when; never the address."""

    __tablename__ = "mail_stop"

    id: int | None = Field(default=None, primary_key=True)
    address_hash: str = Field(max_length=64, index=True)
    reason: str = Field(max_length=20, index=True)
    """A word of `domain.mail_reports.Reason`."""
    told_by: str = Field(max_length=20)
    """Who said so: the relay, a mail service's report, a message that came back."""
    at: datetime = instant()


class Deferred(SQLModel, table=True):
    """An address that takes no mail for the time being: since when, how often, when last."""

    __tablename__ = "deferred_address"

    id: int | None = Field(default=None, primary_key=True)
    address_hash: str = Field(max_length=64, unique=True, index=True)
    since_at: datetime = instant()
    last_at: datetime = instant(index=True)
    times: int = 1


class MailReport(SQLModel, table=True):
    """A mail service's report that was taken in: a second one of the same id does nothing."""

    __tablename__ = "mail_report"

    id: int | None = Field(default=None, primary_key=True)
    id_hash: str = Field(max_length=64, unique=True, index=True)
    received_at: datetime = instant(index=True)


class Tally(SQLModel, table=True):
    """How often something was asked for in an hour: by a mailbox, by a network, in all; keys are keyed hashes."""

    __tablename__ = "tally"
    __table_args__ = (UniqueConstraint("key", "hour_at"),)

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=64)
    hour_at: datetime = instant(index=True)
    times: int = 0
