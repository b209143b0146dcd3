"""The one log of public changes, its hash chain, and what was there before an edit."""

from datetime import date, datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel, UniqueConstraint

from tracker.domain.words import EventKind, Visibility
from tracker.storage.columns import data, flag, instant, long_text, word


class Event(SQLModel, table=True):
    """A public change; the database itself refuses to alter or delete one."""

    __tablename__ = "event"
    __table_args__ = (
        Index("ix_event_of_obligation", "obligation_id", "id"),
        Index("ix_event_of_body", "body_id", "announced_at", "id"),
        Index("ix_event_of_process", "process_id", "announced_at", "id"),
        Index(
            "ix_event_backfill",
            "announced_at",
            "id",
            sqlite_where=text("backfill IS 1"),
            postgresql_where=text("backfill IS true"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(max_length=40, unique=True, index=True)
    """Its permanent public id, the id of every feed entry made of it."""
    kind: EventKind = word(EventKind, index=True)
    happened_on: date
    recorded_at: datetime = instant()
    announced_at: datetime = instant(index=True)
    backfill: bool = flag()
    obligation_id: int | None = Field(default=None, foreign_key="obligation.id")
    item_id: int | None = Field(default=None, foreign_key="item.id", index=True)
    body_id: int | None = Field(default=None, foreign_key="body.id")
    process_id: int | None = Field(default=None, foreign_key="process.id")
    response_id: int | None = Field(default=None, foreign_key="response.id")
    source_id: int | None = Field(default=None, foreign_key="source.id")
    actor: str = Field(default="", max_length=120)
    """`group:<key>`, `source:<key>`, `clock`: never a person's name."""
    detail: dict[str, object] = data()
    """Codes and dates the rim words: old, new, due_on, days, reason."""


class LogEntry(SQLModel, table=True):
    """An event's place in the hash chain, given by the sequencer."""

    __tablename__ = "log_entry"

    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    event_id: int = Field(foreign_key="event.id", unique=True)
    entry: str = long_text()
    """The canonical JSON that is hashed."""
    previous_hash: str = Field(max_length=64)
    hash: str = Field(max_length=64)
    sequenced_at: datetime = instant()


class LogHead(SQLModel, table=True):
    """A signed head of the log."""

    __tablename__ = "log_head"
    __table_args__ = (UniqueConstraint("size"),)

    id: int | None = Field(default=None, primary_key=True)
    size: int
    hash: str = Field(max_length=64)
    signed_at: datetime = instant()
    key_id: str = Field(max_length=64)
    signature: str = Field(max_length=200)


class Revision(SQLModel, table=True):
    """What a row held before it was changed: nothing is lost."""

    __tablename__ = "revision"

    id: int | None = Field(default=None, primary_key=True)
    table_name: str = Field(max_length=60, index=True)
    row_id: int = Field(index=True)
    before: dict[str, object] = data()
    recorded_at: datetime = instant()
    user_id: int | None = Field(default=None, foreign_key="user_account.id")
    reason: str = Field(default="", max_length=1000)


class Withheld(SQLModel, table=True):
    """An object or evidence page that is link only or withheld, with its tombstone."""

    __tablename__ = "withheld"
    __table_args__ = (UniqueConstraint("object_kind", "object_key"),)

    id: int | None = Field(default=None, primary_key=True)
    object_kind: str = Field(max_length=40)
    object_key: str = Field(max_length=80)
    visibility: Visibility = word(Visibility)
    sha256: str = Field(default="", max_length=64)
    reason: str = Field(default="", max_length=1000)
    recorded_at: datetime = instant()
