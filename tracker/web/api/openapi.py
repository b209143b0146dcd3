"""`openapi.json` (OpenAPI 3.1), made of the tables that validate parameters and shape answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tracker.web.api.operations import PREFIX, Operation
from tracker.web.api.parameters import Parameter
from tracker.web.api.repeating import KEY, REPLAYED
from tracker.web.api.shapes import ADDRESS, TEXT, WHOLE, Described
from tracker.web.problems import ABOUT_API, KINDS, MEDIA_TYPE

VERSION = "1"
ABOUT = (
    "Who owes the public an answer, since when, and whether what came back was one. Reading is open and takes "
    "no key; writing takes a token. Lists are paged by cursor: follow meta.next until it is null. Every date is "
    "a day where the debtor is; nothing is called overdue whose date does not bind."
)
PROBLEM: dict[str, Any] = {
    "type": "object",
    "description": "Problem details (RFC 9457): what is wrong, in a sentence that says how to mend it.",
    "required": ["type", "title", "status", "detail", "instance"],
    "properties": {
        "type": {**ADDRESS, "description": "Where this type of problem is explained."},
        "title": {**TEXT, "description": "The type in words; the same for every problem of the type."},
        "status": {**WHOLE, "description": "The status of the answer."},
        "detail": {**TEXT, "description": "What is wrong this time."},
        "instance": {**TEXT, "format": "uri-reference", "description": "The address that was asked."},
        "errors": {
            "type": "array",
            "description": "All that was found wrong, each with its place in the request.",
            "items": {
                "type": "object",
                "required": ["detail", "name", "in"],
                "additionalProperties": False,
                "properties": {
                    "detail": {**TEXT, "description": "What is wrong there."},
                    "name": {**TEXT, "description": "The parameter or field, its parts divided by dots."},
                    "in": {**TEXT, "enum": ["query", "path", "header", "body"], "description": "Of what."},
                    "pointer": {**TEXT, "description": "JSON pointer into the body (RFC 6901), after #."},
                },
            },
        },
    },
}
_LIMITS: Mapping[str, str] = {
    "RateLimit-Limit": "Requests that are answered in a minute; absent where there is no limit.",
    "RateLimit-Remaining": "How many of them are left.",
    "RateLimit-Reset": "Seconds until they are counted anew.",
}
_RETRY = {"Retry-After": {"description": "Seconds to wait.", "schema": WHOLE}}
READING_STATUSES = (400, 422, 429, 500, 503)
WRITING_STATUSES = (400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503)
_TOLD = {*READING_STATUSES, *WRITING_STATUSES}


@dataclass(frozen=True, slots=True)
class About:
    """Whose API is described."""

    name: str
    base: str
    """The site's public address, without a slash at the end."""
    licence: str
    licence_url: str
    contact: str = ""


def document(operations: Iterable[Operation], shapes: Iterable[Described], about: About) -> dict[str, Any]:
    """The whole description."""
    paths: dict[str, dict[str, Any]] = {}
    tags: dict[str, str] = {}
    for operation in operations:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _described(operation)
        tags.setdefault(operation.noun, operation.about)
        if operation.path == f"/{operation.noun}" and operation.takes is None:
            tags[operation.noun] = operation.about
    return {
        "openapi": "3.1.0",
        "info": _info(about),
        "servers": [{"url": f"{about.base}{PREFIX}"}],
        "externalDocs": {"url": f"{about.base}{ABOUT_API}", "description": "The same for people."},
        "tags": [{"name": tag, "description": said} for tag, said in tags.items()],
        "security": [],
        "paths": paths,
        "components": {
            "schemas": {**{shape.name: shape.schema for shape in shapes}, "Problem": PROBLEM},
            "responses": {_name(status): _problem(status) for status in KINDS if status in _TOLD},
            "headers": {
                name: {"description": said, "schema": {**WHOLE, "minimum": 0}}
                for name, said in _LIMITS.items()
            },
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _info(about: About) -> dict[str, Any]:
    licence = {"name": about.licence, "url": about.licence_url}
    contact = {"contact": {"email": about.contact}} if about.contact else {}
    title = f"{about.name}: who owes the public an answer"
    return {"title": title, "version": VERSION, "description": ABOUT, "license": licence} | contact


def _name(status: int) -> str:
    return "".join(part.capitalize() for part in KINDS[status].slug.split("-"))


def _problem(status: int) -> dict[str, Any]:
    kind = KINDS[status]
    found: dict[str, Any] = {
        "description": f"{kind.title}. {kind.mend}",
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    return found | ({"headers": _RETRY} if status in (429, 503) else {})


def _described(operation: Operation) -> dict[str, Any]:
    described: dict[str, Any] = {
        "operationId": operation.name,
        "tags": [operation.noun],
        "summary": operation.about,
        "parameters": [_parameter(parameter) for parameter in _taken(operation)],
        "responses": _answers(operation),
    }
    if operation.takes is not None:
        described["requestBody"] = {"required": operation.takes.needed, "content": _json(operation.takes.ref)}
        described["security"] = [{"token": [operation.scope.value]}]
        described["description"] = (
            f"Takes a token of the scope {operation.scope.value}, of somebody with the role "
            f"{operation.role.value} or a higher one, in the group that owns what is changed."
        )
    return described


def _taken(operation: Operation) -> tuple[Parameter, ...]:
    return operation.parameters if operation.takes is None else (*operation.parameters, KEY)


def _parameter(parameter: Parameter) -> dict[str, Any]:
    schema = {"type": "array", "items": parameter.schema} if parameter.repeats else parameter.schema
    return {
        "name": parameter.name,
        "in": "header" if parameter is KEY else parameter.where,
        "required": parameter.required or parameter.in_path,
        "description": parameter.about,
        "schema": schema,
    }


def _answers(operation: Operation) -> dict[str, Any]:
    reads = operation.takes is None
    codes = READING_STATUSES if reads else WRITING_STATUSES
    named = {*codes, 404} if "{" in operation.path else set(codes)
    good = {
        "description": operation.answers.about,
        "headers": _headers(reads),
        "content": _json(_answer_schema(operation)),
    }
    refused = {str(code): {"$ref": f"#/components/responses/{_name(code)}"} for code in sorted(named)}
    unchanged = (
        {"304": {"description": "Nothing of it changed since the ETag that was sent."}} if reads else {}
    )
    return {"200" if reads else "201": good} | unchanged | refused


def _headers(reads: bool) -> dict[str, Any]:
    limits = {name: {"$ref": f"#/components/headers/{name}"} for name in _LIMITS}
    name, said = (
        ("ETag", "Send it back as If-None-Match: 304 where nothing changed.")
        if reads
        else (REPLAYED, "true: it was done before, and not again.")
    )
    return limits | {name: {"description": said, "schema": TEXT}}


def _answer_schema(operation: Operation) -> Any:
    if not operation.is_list:
        return operation.answers.ref
    return {
        "type": "object",
        "required": ["data", "meta"],
        "additionalProperties": False,
        "properties": {
            "data": {"type": "array", "items": operation.answers.ref},
            "meta": {
                "type": "object",
                "required": ["total", "next"],
                "additionalProperties": False,
                "properties": {
                    "total": {
                        "type": "integer",
                        "description": "Rows of the whole list; of events, 2001 stands for more than 2000.",
                    },
                    "next": {
                        "type": ["string", "null"],
                        "format": "uri",
                        "description": "Address of the next page; null on the last.",
                    },
                },
            },
        },
    }


def _json(schema: Any) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}
