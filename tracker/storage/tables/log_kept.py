"""What is kept about the log beside its entries: the keys that signed it, and what the last walk over it found."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from tracker.storage.columns import instant, long_text


class LogKey(SQLModel, table=True):
    """A public key that signed a head: outsiders check with it, and it is told when another one signs."""

    __tablename__ = "log_key"

    key_id: str = Field(primary_key=True, max_length=64)
    public_key: str = Field(max_length=64)
    """Its 32 bytes in base64."""
    first_used_at: datetime = instant()


class LogCheck(SQLModel, table=True):
    """The last walk over the whole log. One row: an earlier walk says nothing that a later one does not."""

    __tablename__ = "log_check"

    id: int = Field(default=1, primary_key=True)
    checked_at: datetime = instant()
    size: int = 0
    first_bad: int | None = None
    """The first place that is not what was written; while there is one, nothing is signed."""
    problem: str = long_text()
