"""`openapi.json` (OpenAPI 3.1), made of the tables that validate parameters and shape answers."""

from collections.abc import Iterable
from typing import Any

from tracker.web.api.operations import PREFIX, Operation
from tracker.web.api.parameters import Parameter
from tracker.web.api.shapes import Described

VERSION = "1"
ERROR: dict[str, Any] = {
    "type": "object",
    "description": "What could not be read or done, in a sentence that says how to mend it.",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["message"],
            "properties": {
                "message": {"type": "string"},
                "parameter": {"type": "string"},
                "refusals": {
                    "type": "array",
                    "description": "All that was found wrong with an object handed in.",
                    "items": {
                        "type": "object",
                        "properties": {"parameter": {"type": "string"}, "message": {"type": "string"}},
                    },
                },
            },
        }
    },
}


def document(
    operations: Iterable[Operation], shapes: Iterable[Described], name: str, base: str
) -> dict[str, Any]:
    """The whole description."""
    paths: dict[str, dict[str, Any]] = {}
    for operation in operations:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _described(operation)
    return {
        "openapi": "3.1.0",
        "info": {"title": f"{name}: who owes the public an answer", "version": VERSION},
        "servers": [{"url": f"{base}{PREFIX}"}],
        "paths": paths,
        "components": {
            "schemas": {**{shape.name: shape.schema for shape in shapes}, "Error": ERROR},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _described(operation: Operation) -> dict[str, Any]:
    described: dict[str, Any] = {
        "operationId": operation.name,
        "summary": operation.about,
        "parameters": [_parameter(parameter) for parameter in operation.parameters],
        "responses": _answers(operation),
    }
    if operation.takes is not None:
        described["requestBody"] = {"required": True, "content": _json(operation.takes.ref)}
        described["security"] = [{"token": [operation.scope.value]}]
        described["description"] = (
            f"Takes a token of the scope {operation.scope.value}, of somebody with the role "
            f"{operation.role.value} or a higher one, in the group that owns what is changed."
        )
    return described


def _parameter(parameter: Parameter) -> dict[str, Any]:
    schema = {"type": "array", "items": parameter.schema} if parameter.repeats else parameter.schema
    return {
        "name": parameter.name,
        "in": "path" if parameter.in_path else "query",
        "required": parameter.required or parameter.in_path,
        "description": parameter.about,
        "schema": schema,
    }


def _answers(operation: Operation) -> dict[str, Any]:
    good = {"description": operation.answers.about, "content": _json(_answer_schema(operation))}
    codes = ["400", *(["404"] if "{" in operation.path else [])]
    codes += ["401", "403"] if operation.takes is not None else []
    refused = {"description": "A sentence.", "content": _json({"$ref": "#/components/schemas/Error"})}
    return {"201" if operation.takes is not None else "200": good, **dict.fromkeys(codes, refused)}


def _answer_schema(operation: Operation) -> Any:
    if not operation.is_list:
        return operation.answers.ref
    return {
        "type": "object",
        "required": ["data", "meta"],
        "properties": {
            "data": {"type": "array", "items": operation.answers.ref},
            "meta": {
                "type": "object",
                "required": ["total", "next"],
                "properties": {
                    "total": {"type": "integer", "description": "Rows of the whole list."},
                    "next": {"type": ["string", "null"], "description": "Address of the next page."},
                },
            },
        },
    }


def _json(schema: Any) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}
