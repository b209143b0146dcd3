"""How far the recomputation of open obligations has come after rules or calendars changed."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from tracker.storage.columns import instant


class Recomputation(SQLModel, table=True):
    """One pass over the open obligations under one state of rules and calendars; never taken up under another."""

    __tablename__ = "recomputation"

    id: int | None = Field(default=None, primary_key=True)
    fingerprint: str = Field(max_length=64)
    """What the rules and calendars said, in one hash."""
    scope: str = Field(default="", max_length=200)
    """Empty: all of them; else the rule and the calendar somebody asked for."""
    started_at: datetime = instant()
    finished_at: datetime | None = instant(nullable=True)
    last_id: int = 0
    """The last obligation that was looked at."""
    examined: int = 0
    renewed: int = 0
    """How many were given new terms."""
    moved: int = 0
    """How many of them have another due day."""
    failed: int = 0
    """How many could not be reckoned and keep what they had."""
