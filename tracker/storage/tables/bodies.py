"""Bodies: who owes answers, under which names, within which other bodies, and who came after them."""

from datetime import date

from sqlmodel import Field, SQLModel, UniqueConstraint

from tracker.domain.words import BodyKind, Visibility
from tracker.storage.columns import word
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


class BodyMember(SQLModel, table=True):
    """A body that belongs to a group of bodies."""

    __tablename__ = "body_member"

    group_id: int = Field(foreign_key="body.id", primary_key=True)
    member_id: int = Field(foreign_key="body.id", primary_key=True)


class BodySuccession(Fact, table=True):
    """From a day on, another body owes what this one owed."""

    __tablename__ = "body_succession"
    __table_args__ = (UniqueConstraint("body_id", "successor_id", "works_from_on"),)

    body_id: int = Field(foreign_key="body.id", index=True)
    successor_id: int = Field(foreign_key="body.id", index=True)
    works_from_on: date
    reason: str = Field(default="", max_length=1000)
    source_url: str = Field(default="", max_length=2000)
