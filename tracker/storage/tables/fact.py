"""What every fact row carries: when it was recorded, by whom, and when a later row took its place."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from tracker.storage.columns import UtcDateTime


class Fact(SQLModel):
    """A row that is never overwritten: corrected by a new row and `superseded_at` on the old one."""

    id: int | None = Field(default=None, primary_key=True)
    recorded_at: datetime = Field(sa_type=UtcDateTime, nullable=False, index=True)
    superseded_at: datetime | None = Field(default=None, sa_type=UtcDateTime, nullable=True)
    recorded_by: str = Field(default="", max_length=120)
    """`group:<key>`, `source:<key>` or `import:<id>`: never a person's name."""
    batch_id: int | None = Field(default=None, foreign_key="import_batch.id")
