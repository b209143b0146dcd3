"""What was imported: each act with its counts, the keys its rows bear in their tables, what it changed, uploads."""

from datetime import datetime

from sqlalchemy import Column, LargeBinary
from sqlmodel import Field, SQLModel, UniqueConstraint

from tracker.storage.columns import data, instant, long_text


class ImportAct(SQLModel, table=True):
    """One table brought in at once; what it made bears its batch."""

    __tablename__ = "import_act"

    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(foreign_key="import_batch.id", unique=True)
    mapping: str = long_text()
    """As it was written (TOML)."""
    counts: dict[str, object] = data()
    problems: dict[str, object] = data()
    """How many of each weight, and the first of them."""
    actor: str = Field(default="", max_length=120)
    made_at: datetime = instant(index=True)
    undone_at: datetime | None = instant(nullable=True)
    undone_by: str = Field(default="", max_length=120)
    undo: dict[str, object] = data()
    """What was taken back and what was kept because somebody changed it since."""


class ImportKey(SQLModel, table=True):
    """What a row is called in its own table, within a process: by this it is found again."""

    __tablename__ = "import_key"
    __table_args__ = (UniqueConstraint("kind", "process_id", "external_key"),)

    id: int | None = Field(default=None, primary_key=True)
    kind: str = Field(max_length=20)
    """item, response or claim."""
    process_id: int = Field(foreign_key="process.id")
    external_key: str = Field(max_length=400)
    row_id: int = Field(index=True)
    batch_id: int = Field(foreign_key="import_batch.id", index=True)


class ImportChange(SQLModel, table=True):
    """A row that was there already and was changed by an import: as it was before and after."""

    __tablename__ = "import_change"

    id: int | None = Field(default=None, primary_key=True)
    act_id: int = Field(foreign_key="import_act.id", index=True)
    table_name: str = Field(max_length=60)
    row_id: int
    before: dict[str, object] = data()
    after: dict[str, object] = data()


class ImportUpload(SQLModel, table=True):
    """A file somebody uploaded and is still looking at; gone after some days."""

    __tablename__ = "import_upload"

    id: int | None = Field(default=None, primary_key=True)
    user_id: int | None = Field(default=None, foreign_key="user_account.id", index=True)
    file_name: str = Field(default="", max_length=300)
    file_sha256: str = Field(max_length=64)
    body: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    mapping: str = long_text()
    uploaded_at: datetime = instant(index=True)


class ImportOrder(SQLModel, table=True):
    """An uploaded table that the worker is to import; what was begun and not ended is begun again."""

    __tablename__ = "import_order"

    upload_id: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    user_id: int | None = Field(default=None, foreign_key="user_account.id")
    actor: str = Field(default="", max_length=120)
    owner_id: int | None = Field(default=None)
    """The group it is imported for; none may change every process."""
    ordered_at: datetime = instant()
    begun_at: datetime | None = instant(nullable=True)
    ended_at: datetime | None = instant(nullable=True, index=True)
    written: int = Field(default=0)
    """Items so far, of `items`."""
    items: int = Field(default=0)
    act_id: int | None = Field(default=None)
    refused: str = long_text()
    """Why nothing was imported."""
