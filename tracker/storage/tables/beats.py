"""What is known of the workers and of the clock they work by."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from tracker.storage.columns import data, instant


class WorkerBeat(SQLModel, table=True):
    """A worker and what each of its jobs did last; written again twice a minute while it lives."""

    __tablename__ = "worker_beat"

    worker: str = Field(primary_key=True, max_length=120)
    """The machine, the process and a number drawn at its start."""
    started_at: datetime = instant()
    seen_at: datetime = instant(index=True)
    stopped_at: datetime | None = instant(nullable=True)
    """When it was told to stop and did; empty for one that works or was killed."""
    jobs: dict[str, object] = data()
    """By name: `every` (seconds), `started_at`, `ended_at`, `done`, `error`, `failures` in a row."""


class ClockStep(SQLModel, table=True):
    """The clock of a worker's machine was set: it did not show what it would have, had it only gone on."""

    __tablename__ = "clock_step"

    id: int | None = Field(default=None, primary_key=True)
    worker: str = Field(max_length=120)
    from_at: datetime = instant()
    """What it would have shown."""
    to_at: datetime = instant(index=True)
    """What it showed."""


class EventRetimed(SQLModel, table=True):
    """An event that was announced while the clock was ahead: when it counts as announced since that was seen."""

    __tablename__ = "event_retimed"

    event_id: int = Field(primary_key=True, foreign_key="event.id", sa_column_kwargs={"autoincrement": False})
    announced_at: datetime = instant(index=True)
