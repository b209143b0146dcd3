"""Column kinds: UTC instants that refuse naive values, enumerations stored by value, partial dates."""

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from sqlalchemy import JSON, Boolean, Column, DateTime, Dialect, Enum, Text
from sqlalchemy.types import TypeDecorator
from sqlmodel import Field

from tracker.domain.partial import PartialDate
from tracker.domain.words import Precision

E_ = TypeVar("E_", bound=StrEnum)


class UtcDateTime(TypeDecorator[datetime]):
    """An instant in UTC; SQLite drops zones, so naive values are refused on the way in."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive instant (ValueError), turn any other into UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"the instant {value.isoformat()} has no time zone: give it one, e.g. UTC")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the instant its zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def instant(*, nullable: bool = False, index: bool = False) -> Any:
    """A column holding an instant (UTC)."""
    column = Field(sa_type=UtcDateTime, nullable=nullable, index=index)
    if nullable:
        column.default = None
    return column


def word(kind: type[E_], *, nullable: bool = False, index: bool = False, default: E_ | None = None) -> Any:
    """A column holding a word of the product by its value, not its Python name."""
    stored = Enum(
        kind,
        values_callable=lambda members: [member.value for member in members],
        native_enum=False,
        create_constraint=False,
        length=40,
    )
    return (
        Field(default=default, sa_column=Column(stored, nullable=nullable, index=index))
        if (nullable or default is not None)
        else Field(sa_column=Column(stored, nullable=False, index=index))
    )


def long_text(*, nullable: bool = False) -> Any:
    """A column for text of any length; empty unless nullable."""
    return Field(default=None if nullable else "", sa_type=Text, nullable=nullable)


def _nothing() -> dict[str, Any]:
    # A factory of our own: with `dict` itself every new row has its signature read from its documentation.
    return {}


def _none() -> list[Any]:
    return []


def data() -> Any:
    """A column for JSON."""
    return Field(default_factory=_nothing, sa_type=JSON, nullable=False)


def data_list() -> Any:
    """A column for a JSON list."""
    return Field(default_factory=_none, sa_type=JSON, nullable=False)


def flag() -> Any:
    """A yes-or-no column, no unless said."""
    return Field(default=False, sa_type=Boolean, nullable=False)


def partial_of(row: object, name: str) -> PartialDate | None:
    """The partial date a row keeps in `<name>_on`, `<name>_precision`, `<name>_as_written`."""
    value: date | None = getattr(row, f"{name}_on")
    if value is None:
        return None
    precision = getattr(row, f"{name}_precision") or Precision.DAY
    return PartialDate(value, precision, getattr(row, f"{name}_as_written") or "")


def partial_fields(name: str, value: PartialDate | None) -> dict[str, Any]:
    """The three column values that keep a partial date."""
    if value is None:
        return {f"{name}_on": None, f"{name}_precision": None, f"{name}_as_written": ""}
    return {
        f"{name}_on": value.value,
        f"{name}_precision": value.precision,
        f"{name}_as_written": value.as_written,
    }
