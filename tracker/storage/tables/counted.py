"""How many obligations stand where, kept by the database itself as they are written."""

from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field, SQLModel

from tracker.domain.words import Basis, ObligationKind, Standing
from tracker.storage.columns import flag, instant, word

_STANDS = ("standing", "basis", "flagged", "stale", "dated")
_AHEAD = "standing IN ('running', 'due_soon', 'paused')"


class StandingShift(SQLModel, table=True):
    """From an instant on, so many obligations more (or fewer) of a scope stand alike."""

    __tablename__ = "standing_shift"
    __table_args__ = (
        Index("ix_standing_shift_of_one", "scope", "scope_id", "topic", "at"),
        Index("ix_standing_shift_by_time", "scope", "at", "scope_id", *_STANDS, "n"),
        # What accuses and what lies ahead is a small part of all; lists of either are added up by body and process.
        Index(
            "ix_standing_shift_flagged",
            *("scope", "scope_id", "topic", "stale", "at", "standing", "basis", "n"),
            sqlite_where=text("flagged IS 1"),
            postgresql_where=text("flagged IS true"),
        ),
        Index(
            "ix_standing_shift_ahead",
            *("scope", "at", "scope_id", "topic", "dated", "basis", "n"),
            sqlite_where=text(_AHEAD),
            postgresql_where=text(_AHEAD),
        ),
        Index(
            "ix_standing_shift_folded",
            "at",
            sqlite_where=text("folded IS 1"),
            postgresql_where=text("folded IS true"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    scope: str = Field(max_length=10)
    """`all`, `process`, `body`, `topic`, `due` or `card`."""
    scope_id: int
    """Of the process or body, or the day it is due as a number (20261231); 0 where there is none."""
    topic: str = Field(default="", max_length=60)
    at: datetime = instant()
    standing: Standing = word(Standing)
    basis: Basis = word(Basis)
    flagged: bool = flag()
    stale: bool = flag()
    dated: bool = flag()
    """It has a due day."""
    n: int
    """Negative where so many fewer."""
    folded: bool = flag()
    """Sums up all that lay before its instant."""
    duty: ObligationKind | None = word(ObligationKind, nullable=True)
    """On a card alone, as what follows: there supporting roles are left out."""
    certain: bool | None = None
    """It is known whether an answer came in time."""
    late_days: int | None = None
