"""The words of what can be found: one row for each item, body, process, document and response."""

from typing import Any

from sqlalchemy import BigInteger, Dialect, Index, Integer, Text, cast
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field, SQLModel

from tracker.domain.search_words import NO_WORD


class Words(TypeDecorator[list[str]]):
    """Normalised words in their order: with spaces for SQLite's index, with their places for PostgreSQL's."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> Any:
        """PostgreSQL is handed words and places: none of its own readers of text takes part."""
        return dialect.type_descriptor(TSVECTOR() if dialect.name == "postgresql" else Text())

    def bind_expression(self, bindvalue: Any) -> Any:
        """Words come as text on either database."""
        return cast(bindvalue, self)

    def process_bind_param(self, value: list[str] | None, dialect: Dialect) -> str | None:
        """Words as the database is told them."""
        if value is None or dialect.name != "postgresql":
            return None if value is None else " ".join(value)
        return " ".join(f"'{word}':{place}" for place, word in enumerate(value, 1) if word != NO_WORD)


class SearchText(SQLModel, table=True):
    """What of a thing is searched; kept with every change of it, and nothing that a page shows."""

    __tablename__ = "search_text"
    __table_args__ = tuple(
        Index(f"ix_search_text_{name}", name, postgresql_using="gin").ddl_if(dialect="postgresql")
        for name in ("head", "words")
    )

    id: int = Field(
        sa_type=BigInteger().with_variant(Integer(), "sqlite"),
        primary_key=True,
        sa_column_kwargs={"autoincrement": False},
    )
    """The kind's number and the thing's id (`tracker.storage.search_index`): the higher, the newer."""
    head: Any = Field(sa_type=Words, nullable=False)
    """Its title, number and names."""
    words: Any = Field(sa_type=Words, nullable=False)
    """All of it, the head first."""
    mark: str = Field(max_length=32)
    """A fingerprint of the words, to see whether they are still those of the thing."""
