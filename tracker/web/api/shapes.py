"""What objects of the API look like: one table of fields each, from which answers, schemas and CSV columns are made."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import Enum, StrEnum
from typing import Any, Protocol

from tracker.domain.partial import PartialDate

Schema = Mapping[str, Any]

TEXT: Schema = {"type": "string"}
WHOLE: Schema = {"type": "integer"}
TRUTH: Schema = {"type": "boolean"}
DAY: Schema = {"type": "string", "format": "date"}
INSTANT: Schema = {"type": "string", "format": "date-time"}
ADDRESS: Schema = {"type": "string", "format": "uri"}
PARTIAL: Schema = {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?|-Q[1-4])?$"}
"""A date as far as it is known: 2026, 2026-Q3, 2026-09 or 2026-09-04."""
ANYTHING: Schema = {"type": "object", "additionalProperties": True}


def maybe(schema: Schema) -> Schema:
    """The same, or null."""
    if "enum" in schema:
        return {**schema, "type": ["string", "null"], "enum": [*schema["enum"], None]}
    if "$ref" in schema:
        return {"anyOf": [schema, {"type": "null"}]}
    return {**schema, "type": [schema["type"], "null"]}


def words(kind: type[StrEnum]) -> Schema:
    """One of the product's words."""
    return {"type": "string", "enum": [member.value for member in kind]}


def many(schema: Schema) -> Schema:
    """A list."""
    return {"type": "array", "items": schema}


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its name, what it means, its schema, and how it is read from a row."""

    name: str
    schema: Schema
    about: str
    get: Callable[[Any], object]


@dataclass(frozen=True, slots=True)
class Shape:
    """An object of the API."""

    name: str
    about: str
    fields: tuple[Field, ...]

    @property
    def ref(self) -> Schema:
        """How other schemas name it."""
        return {"$ref": f"#/components/schemas/{self.name}"}

    @property
    def schema(self) -> Schema:
        """Its JSON schema; every field is always there."""
        return {
            "type": "object",
            "description": self.about,
            "required": [field.name for field in self.fields],
            "additionalProperties": False,
            "properties": {field.name: {**field.schema, "description": field.about} for field in self.fields},
        }

    @property
    def flat(self) -> tuple[Field, ...]:
        """The fields that fit into a cell of a table."""
        return tuple(field for field in self.fields if "object" not in _deep_types(field.schema))

    def data(self, row: object) -> dict[str, object]:
        """The object of a row."""
        return {field.name: plain(field.get(row)) for field in self.fields}

    def cells(self, row: object) -> dict[str, object]:
        """The flat fields of a row."""
        return {field.name: plain(field.get(row)) for field in self.flat}

    def extended(self, name: str, about: str, *fields: Field) -> "Shape":
        """The same object with more fields."""
        return replace(self, name=name, about=about, fields=(*self.fields, *fields))


class Described(Protocol):
    """Whatever `openapi.json` describes: an object answered or handed in."""

    @property
    def name(self) -> str: ...
    @property
    def schema(self) -> Schema: ...


def plain(value: object) -> object:
    """A value as JSON holds it: days and instants as ISO text (UTC), words by value."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, PartialDate):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    return value


def _deep_types(schema: Schema) -> Iterable[str]:
    if "$ref" in schema or "anyOf" in schema:
        return ["object"]
    own = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    return [*own, *(_deep_types(schema["items"]) if "items" in schema else [])]
