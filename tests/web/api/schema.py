"""Checks a value against the schemas of `openapi.json`: as much of JSON Schema as that document uses."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

_TYPES: Mapping[str, Any] = {
    "string": str,
    "integer": int,
    "boolean": bool,
    "array": list,
    "object": dict,
    "null": type(None),
}
_FORMATS: Mapping[str, Any] = {
    "date": date.fromisoformat,
    "date-time": lambda text: datetime.fromisoformat(text.replace("Z", "+00:00")),
    "uri-reference": lambda text: re.fullmatch(r"\S+", text) or _no("no address"),
    "uri": lambda text: re.fullmatch(r"https?://\S+", text) or _no("no address"),
}
_KNOWN = {
    "type", "format", "pattern", "enum", "items", "properties", "required", "additionalProperties", "description",
    "$ref", "anyOf", "minimum", "maximum", "maxLength", "maxItems", "default", "examples",
}  # fmt: skip


def _no(what: str) -> bool:
    raise ValueError(what)


def faults(
    value: Any, schema: Mapping[str, Any], document: Mapping[str, Any], at: str = "$"
) -> Iterator[str]:
    """What in a value does not agree with a schema."""
    assert set(schema) <= _KNOWN, set(schema) - _KNOWN
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[1]
        yield from faults(value, document["components"]["schemas"][name], document, at)
        return
    if "anyOf" in schema:
        if all(list(faults(value, one, document, at)) for one in schema["anyOf"]):
            yield f"{at}: none of the kinds allowed"
        return
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    if not any(
        isinstance(value, _TYPES[kind]) and (kind == "boolean") == isinstance(value, bool) for kind in kinds
    ):
        yield f"{at}: {value!r} is not {kinds}"
        return
    yield from _plain_faults(value, schema, at)
    if isinstance(value, list):
        for number, inner in enumerate(value):
            yield from faults(inner, schema["items"], document, f"{at}[{number}]")
    if isinstance(value, dict):
        yield from _object_faults(value, schema, document, at)


def _plain_faults(value: Any, schema: Mapping[str, Any], at: str) -> Iterator[str]:
    if "enum" in schema and value not in schema["enum"]:
        yield f"{at}: {value!r} is not one of {schema['enum']}"
    if isinstance(value, str) and "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"{at}: {value!r} does not look like {schema['pattern']}"
    if isinstance(value, str) and "format" in schema:
        try:
            _FORMATS[schema["format"]](value)
        except ValueError:
            yield f"{at}: {value!r} is no {schema['format']}"


def _object_faults(
    value: Mapping[str, Any], schema: Mapping[str, Any], document: Mapping[str, Any], at: str
) -> Iterator[str]:
    properties = schema.get("properties", {})
    yield from (f"{at}: {name} is missing" for name in schema.get("required", ()) if name not in value)
    for name, inner in value.items():
        if name in properties:
            yield from faults(inner, properties[name], document, f"{at}.{name}")
        elif schema.get("additionalProperties") is False:
            yield f"{at}: {name} is not described"
