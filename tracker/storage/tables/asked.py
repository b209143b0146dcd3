"""What was asked or promised: processes, documents, items, their topics, addressees and happenings."""

from datetime import date

from sqlalchemy import Index
from sqlmodel import Field, SQLModel, UniqueConstraint

from tracker.domain.words import ItemKind, Precision, ProcessKind, Role, Visibility
from tracker.storage.columns import data_list, long_text, word
from tracker.storage.tables.fact import Fact


class Process(Fact, table=True):
    """What produces items: an assembly, an inquiry, an action plan."""

    __tablename__ = "process"

    key: str = Field(max_length=80, unique=True, index=True)
    kind: ProcessKind = word(ProcessKind, index=True)
    name: str = Field(max_length=500)
    organiser: str = Field(default="", max_length=500)
    jurisdiction: str = Field(default="", max_length=20, index=True)
    language: str = Field(default="en", max_length=12)
    started_on: date | None = None
    started_precision: Precision | None = word(Precision, nullable=True)
    started_as_written: str = Field(default="", max_length=100)
    ended_on: date | None = None
    ended_precision: Precision | None = word(Precision, nullable=True)
    ended_as_written: str = Field(default="", max_length=100)
    url: str = Field(default="", max_length=2000)
    url_seen: bool = False
    facts_source: str = Field(default="", max_length=2000)
    """What was read to enter this; shown beside the official address."""
    group_id: int | None = Field(default=None, foreign_key="user_group.id", index=True)
    visibility: Visibility = word(Visibility, default=Visibility.PUBLIC)


class Document(Fact, table=True):
    """The report, plan or text that carries items."""

    __tablename__ = "document"

    key: str = Field(max_length=80, unique=True, index=True)
    process_id: int = Field(foreign_key="process.id", index=True)
    title: str = Field(max_length=1000)
    published_on: date | None = None
    published_precision: Precision | None = word(Precision, nullable=True)
    published_as_written: str = Field(default="", max_length=100)
    url: str = Field(default="", max_length=2000)
    url_seen: bool = False
    facts_source: str = Field(default="", max_length=2000)
    visibility: Visibility = word(Visibility, default=Visibility.PUBLIC)


class Item(Fact, table=True):
    """A recommendation or a commitment."""

    __tablename__ = "item"
    __table_args__ = (
        UniqueConstraint("process_id", "number", name="uq_item_process_number"),
        Index("ix_item_in_plan", "process_id", "visibility", "number", "document_id", "parent_id", "id"),
    )

    key: str = Field(max_length=80, unique=True, index=True)
    process_id: int = Field(foreign_key="process.id", index=True)
    document_id: int = Field(foreign_key="document.id", index=True)
    number: int
    """Its place in the process, for the short address `/processes/<key>/<number>`."""
    kind: ItemKind = word(ItemKind)
    ref: str = Field(default="", max_length=200)
    title: str = Field(max_length=500)
    text: str = long_text()
    language: str = Field(default="", max_length=12)
    parent_id: int | None = Field(default=None, foreign_key="item.id", index=True)
    repeats_id: int | None = Field(default=None, foreign_key="item.id", index=True)
    arises_from_id: int | None = Field(default=None, foreign_key="response.id", index=True)
    tags: list[str] = data_list()
    facts_source: str = Field(default="", max_length=2000)
    unseen_fields: list[str] = data_list()
    """Columns of the source row nobody read in the source itself."""
    outcome_researched: bool = True
    """False: nobody looked for an answer yet; never read as "no answer"."""
    visibility: Visibility = word(Visibility, default=Visibility.PUBLIC)


class ItemTopic(SQLModel, table=True):
    """An item belongs to a top topic."""

    __tablename__ = "item_topic"

    item_id: int = Field(foreign_key="item.id", primary_key=True)
    topic: str = Field(max_length=60, primary_key=True, index=True)


class Addressee(Fact, table=True):
    """A body in the role of owing an answer to an item."""

    __tablename__ = "addressee"
    __table_args__ = (UniqueConstraint("item_id", "body_id"),)

    item_id: int = Field(foreign_key="item.id", index=True)
    body_id: int = Field(foreign_key="body.id", index=True)
    role: Role = word(Role, default=Role.LEAD)


class Happening(Fact, table=True):
    """A dated fact on an item's timeline that is not ours: a hearing, a vote, an election."""

    __tablename__ = "happening"

    item_id: int = Field(foreign_key="item.id", index=True)
    happened_on: date | None = None
    happened_precision: Precision | None = word(Precision, nullable=True)
    happened_as_written: str = Field(default="", max_length=100)
    text: str = long_text()
    url: str = Field(default="", max_length=2000)
    facts_source: str = Field(default="", max_length=2000)
    confirmed: bool = True
    """False: general knowledge, not read in a source."""
