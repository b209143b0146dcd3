"""Bodies: who owes answers, under which names, within which other bodies, and who came after them."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel

from tracker.domain.succession import BodyChangeKind, Passing
from tracker.domain.words import BodyKind, Visibility
from tracker.storage.columns import data, instant, word
from tracker.storage.tables.fact import Fact


class Body(Fact, table=True):
    """A department, regulator, parliament, company, association, international organisation or group."""

    __tablename__ = "body"

    key: str = Field(max_length=80, unique=True, index=True)
    name: str = Field(max_length=300)
    kind: BodyKind = word(BodyKind)
    jurisdiction: str = Field(default="", max_length=20, index=True)
    zone: str | None = Field(default=None, max_length=60)
    website: str = Field(default="", max_length=2000)
    part_of_id: int | None = Field(default=None, foreign_key="body.id", index=True)
    source_url: str = Field(default="", max_length=2000)
    visibility: Visibility = word(Visibility, default=Visibility.PUBLIC)


class BodyAlias(Fact, table=True):
    """Another name of a body, as it stands in somebody's documents."""

    __tablename__ = "body_alias"

    body_id: int = Field(foreign_key="body.id", index=True)
    name: str = Field(max_length=300, index=True)
    until_on: date | None = None
    """Since then it is called otherwise; None: another name, not a former one."""


class BodyMember(SQLModel, table=True):
    """A body that belongs to a group of bodies."""

    __tablename__ = "body_member"

    group_id: int = Field(foreign_key="body.id", primary_key=True)
    member_id: int = Field(foreign_key="body.id", primary_key=True)


class BodySuccession(Fact, table=True):
    """From a day on, another body owes what this one owed: all of it, or one obligation."""

    __tablename__ = "body_succession"

    body_id: int = Field(foreign_key="body.id", index=True)
    successor_id: int = Field(foreign_key="body.id", index=True)
    works_from_on: date
    reason: str = Field(default="", max_length=1000)
    source_url: str = Field(default="", max_length=2000)
    passing: Passing | None = word(Passing, nullable=True)
    """None: the duties passed, the body may go on."""
    obligation_id: int | None = Field(default=None, foreign_key="obligation.id", index=True)
    change_id: int | None = Field(default=None, foreign_key="body_change.id", index=True)


class BodyChange(Fact, table=True):
    """What happened to a body on a day: renamed, merged, split and so on; superseded where it was undone."""

    __tablename__ = "body_change"

    body_id: int = Field(foreign_key="body.id", index=True)
    kind: BodyChangeKind = word(BodyChangeKind)
    works_from_on: date
    reason: str = Field(default="", max_length=1000)
    source_url: str = Field(default="", max_length=2000)
    detail: dict[str, object] = data()
    """What stood before and what stands since: enough to undo it."""


class BodyKey(SQLModel, table=True):
    """A key a body had: its old addresses lead on."""

    __tablename__ = "body_key"

    key: str = Field(max_length=80, primary_key=True)
    body_id: int = Field(foreign_key="body.id", index=True)
    recorded_at: datetime = instant()
