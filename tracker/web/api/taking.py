"""What the API takes: one table of fields for each object handed in, which reads it and describes it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from tracker.domain.dates import read_date
from tracker.domain.partial import PartialDate
from tracker.web.api import parameters
from tracker.web.api.parameters import LARGEST_ID, Refusal
from tracker.web.api.shapes import TEXT, TRUTH, WHOLE, Schema, many, maybe, words

MOST_IN_A_LIST = 500
LONGEST_DATE = 100
"""Characters."""
NOT_READABLE, NOT_DONE = 400, 422


class Unfit(ValueError):  # noqa: N818 - an answer, not an error of ours
    """What fits its schema and still means nothing: no schema can say which words are a date."""


@dataclass(frozen=True, slots=True)
class Taken:
    """One field of an object handed in; `read` raises ValueError with the rest of the sentence "name …"."""

    name: str
    about: str
    schema: Schema
    read: Callable[[Any], Any]
    required: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """An object handed in."""

    name: str
    about: str
    fields: tuple[Taken, ...]

    @property
    def ref(self) -> Schema:
        """How other schemas name it."""
        return {"$ref": f"#/components/schemas/{self.name}"}

    @property
    def schema(self) -> Schema:
        """Its JSON schema."""
        return {
            "type": "object",
            "description": self.about,
            "required": [field.name for field in self.fields if field.required],
            "additionalProperties": False,
            "properties": {field.name: _described(field) for field in self.fields},
        }

    @property
    def needed(self) -> bool:
        """Something has to be said."""
        return any(field.required for field in self.fields)

    def values(self, given: object, at: str = "") -> dict[str, Any]:
        """The fields that are given, read; Refusal names the first that cannot be."""
        if not isinstance(given, dict):
            raise Refusal(f"{at or 'The body'} must be a JSON object.", at)
        known = {field.name: field for field in self.fields}
        for name in given:
            if name not in known:
                allowed = f"use some of {', '.join(known)}" if known else "nothing has to be said"
                raise Refusal(
                    f"{_path(at, name)[:80]} is not a field here: {allowed}.",
                    _path(at, name)[:80],
                )
        return {name: value for field in self.fields for name, value in self._one(field, given, at)}

    def _one(self, field: Taken, given: Mapping[str, Any], at: str) -> list[tuple[str, Any]]:
        value, path = given.get(field.name), _path(at, field.name)
        if value is None:
            if field.required:
                raise Refusal(f"{path} is missing: {field.about[:1].lower()}{field.about[1:]}", path)
            return []
        try:
            return [(field.name, field.read(value))]
        except Refusal as refusal:
            inner = _path(path, refusal.parameter) if refusal.parameter else path
            raise Refusal(f"{path}: {refusal.message}", inner, refusal.status) from refusal
        except ValueError as error:
            raise Refusal(f"{path} {error}.", path, _status(error)) from error

    def read(self, given: object) -> dict[str, Any]:
        """The same, as the value of a field of another object."""
        return self.values(given)


def _described(field: Taken) -> Schema:
    """A field that may be left out may be null as well."""
    schema = field.schema if field.required else maybe(field.schema)
    return {**schema, "description": field.about}


def _status(error: ValueError) -> int:
    return NOT_DONE if isinstance(error, Unfit) else NOT_READABLE


def _path(at: str, name: str) -> str:
    return f"{at}.{name}" if at else name


def text(longest: int) -> Callable[[Any], str]:
    """Text of at most so many characters; no control characters but line ends and tabs."""

    def read(given: Any) -> str:
        if not isinstance(given, str):
            raise ValueError("must be text")
        if len(given) > longest:
            raise ValueError(f"is longer than {longest} characters: shorten it")
        if any((ord(c) < 32 and c not in "\n\r\t") or 0xD800 <= ord(c) <= 0xDFFF for c in given):
            raise ValueError("holds a control character: take it out")
        return given

    return read


def whole(least: int, most: int) -> Callable[[Any], int]:
    """A whole number between two others."""

    def read(given: Any) -> int:
        whole_ = isinstance(given, int) or (isinstance(given, float) and given.is_integer())
        if not whole_ or isinstance(given, bool) or not least <= given <= most:
            raise ValueError(f"must be a whole number from {least} to {most}")
        return int(given)

    return read


def truth(given: Any) -> bool:
    """Yes or no."""
    if not isinstance(given, bool):
        raise ValueError("must be true or false")
    return given


def a_day(given: Any) -> date:
    """A day, written in full."""
    if not isinstance(given, str):
        raise ValueError("must be a day as text, YYYY-MM-DD")
    return parameters.day(given)


def partial(given: Any) -> PartialDate:
    """A date as far as it is known, strictly read: never another date than the one written."""
    if not isinstance(given, str):
        raise ValueError("must be a date as text: YYYY-MM-DD, YYYY-MM, YYYY-Q3 or YYYY")
    found = read_date(given) if len(given) <= LONGEST_DATE else None
    if found is None:
        raise Unfit("is not a date: write YYYY-MM-DD, YYYY-MM, YYYY-Q3 or YYYY")
    return found


def word(kind: type[StrEnum]) -> Callable[[Any], StrEnum]:
    """One of the product's words."""

    def read(given: Any) -> StrEnum:
        if not isinstance(given, str):
            raise ValueError("must be text")
        return parameters.one_of(kind)(given)

    return read


def several(read_one: Callable[[Any], Any]) -> Callable[[Any], tuple[Any, ...]]:
    """A list; a complaint names the place in it."""

    def read(given: Any) -> tuple[Any, ...]:
        if not isinstance(given, list) or len(given) > MOST_IN_A_LIST:
            raise ValueError(f"must be a list of at most {MOST_IN_A_LIST}")
        return tuple(_numbered(read_one, value, number) for number, value in enumerate(given))

    return read


def _numbered(read_one: Callable[[Any], Any], value: Any, number: int) -> Any:
    try:
        return read_one(value)
    except Refusal as refusal:
        raise Refusal(refusal.message, _path(str(number), refusal.parameter), refusal.status) from refusal
    except ValueError as error:
        raise Refusal(f"the entry {number + 1} {error}.", str(number), _status(error)) from error


WRITTEN: Schema = {**TEXT, "pattern": r"^[^\x00-\x08\x0b\x0c\x0e-\x1f]*$"}
"""Text without control characters but line ends and tabs."""
DATE: Schema = {**TEXT, "examples": ["2026-05-04", "2026-09", "2026-Q3", "2026"]}
ID: Schema = {**WHOLE, "minimum": 1, "maximum": LARGEST_ID}
an_id = whole(1, LARGEST_ID)


def some(schema: Schema) -> Schema:
    """A list of things handed in."""
    return {**many(schema), "maxItems": MOST_IN_A_LIST}


def text_field(name: str, about: str, longest: int, *, required: bool = False) -> Taken:
    """A field of text."""
    return Taken(name, about, {**WRITTEN, "maxLength": longest}, text(longest), required)


def texts_field(name: str, about: str, longest: int, *, required: bool = False) -> Taken:
    """A field that holds several short texts."""
    return Taken(name, about, some({**WRITTEN, "maxLength": longest}), several(text(longest)), required)


def whole_field(name: str, about: str, least: int, most: int) -> Taken:
    """A field that holds a whole number between two others."""
    return Taken(name, about, {**WHOLE, "minimum": least, "maximum": most}, whole(least, most))


def word_field(name: str, about: str, kind: type[StrEnum], *, required: bool = False) -> Taken:
    """A field that holds one of the product's words."""
    return Taken(name, about, words(kind), word(kind), required)


def day_field(name: str, about: str, *, required: bool = False) -> Taken:
    """A field that holds a day."""
    return Taken(name, about, parameters.PLAIN_DAY, a_day, required)


def date_field(name: str, about: str) -> Taken:
    """A field that holds a date as far as it is known."""
    return Taken(name, about, DATE, partial)


def truth_field(name: str, about: str) -> Taken:
    """A field that holds yes or no; no unless said."""
    return Taken(name, about, {**TRUTH, "default": False}, truth)


def ids_field(name: str, about: str) -> Taken:
    """A field that holds ids of obligations."""
    return Taken(name, about, some(ID), several(an_id), required=True)
