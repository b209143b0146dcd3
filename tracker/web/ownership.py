"""The objects a request names: in its address, its form, or the object handed in."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlmodel import Session

from tracker.domain.permissions import Act, Acting, Owned, may_touch, sees
from tracker.storage.ownership import Key, owner

Named = tuple[str, Key]
SEGMENTS: Mapping[str, str] = {
    "processes": "process",
    "documents": "document",
    "items": "item",
    "drafts": "item",
    "obligations": "obligation",
    "responses": "response",
    "clock-entries": "clock-entry",
    "assessments": "assessment",
    "claims": "claim",
    "statements": "statement",
    "objections": "objection",
    "looks": "look",
    "endings": "ending",
    "sources": "source",
    "runs": "run",
    "review": "finding",
    "findings": "finding",
    "imports": "import",
    "evidence": "evidence",
}
"""What stands before a key in an address, and the kind of object the key is of."""
BY_NAME: Mapping[str, str] = {
    "process": "process",
    "document": "document",
    "item": "item",
    "obligation": "obligation",
    "obligations": "obligation",
    "parent": "item",
}
"""Parts of an address and fields of a form that name an object by themselves."""
SHOWN: Mapping[str, str] = {**BY_NAME, "repeats": "item", "sitting": "response", "response": "response"}
"""Fields that name an object to be shown or linked; what is there for somebody may be named so."""
_PART = re.compile(r"-[0-9]{1,9}\Z", re.ASCII)
"""At the end of a field that a form has several times."""
_NAMED = re.compile(r"[<{](?:[^<>{}]*:)?([a-z_0-9]+)[>}]", re.ASCII)
"""A part of an address that names something: `<key>`, `<int:id>`, `<any(csv, json):form>`, `{id}`."""
_NUMBERED = frozenset({"obligation"})
_DIGITS = 10


def in_address(rule: str, values: Mapping[str, Any]) -> Iterator[Named]:
    """The objects in an address: `/edit/items/<key:key>` names an item; ids are numbers, keys are text."""
    before = ""
    for part in rule.split("/"):
        for name in _NAMED.findall(part):
            kind = BY_NAME.get(name) or SEGMENTS.get(before) or str(values.get("kind", ""))
            if kind and name in values and name != "kind":
                yield kind, values[name]
            before = ""
        before = "" if _NAMED.search(part) else part


def in_fields(fields: Iterable[tuple[str, Any]], names: Mapping[str, str] = BY_NAME) -> Iterator[Named]:
    """The objects that fields name, each once; what cannot be a name is left to the view to complain about."""
    found: dict[Named, None] = {}
    for name, value in fields:
        for one in value if isinstance(value, list | tuple) else (value,):
            if isinstance(one, Mapping):
                found |= dict.fromkeys(in_fields(one.items(), names))
                continue
            kind = names.get(_PART.sub("", name), "")
            key = _key(kind, one) if kind else None
            if key is not None:
                found[kind, key] = None
    yield from found


def shown_by(fields: Iterable[tuple[str, Any]]) -> Iterator[Named]:
    """The objects that fields name to be shown or linked."""
    return in_fields(fields, SHOWN)


def _key(kind: str, given: object) -> Key | None:
    """A name as views understand it: without blanks around it, and out of a whole address too."""
    if isinstance(given, int):
        return given if kind in _NUMBERED else None
    named = given.strip().rstrip("/").rpartition("/")[2].strip() if isinstance(given, str) else ""
    if kind not in _NUMBERED:
        return named or None
    return int(named) if named.isascii() and named.isdigit() and len(named) <= _DIGITS else None


def refused(session: Session, who: Acting, act: Act, named: Iterable[Named]) -> int | None:
    """404 for an object somebody may not see, 403 for one they may not do this to, None where all may pass."""
    found = [thing for thing in (owner(session, *one) for one in named) if thing is not None]
    return next((code for code in (_code(who, act, thing) for thing in found) if code), None)


def _code(who: Acting, act: Act, thing: Owned) -> int | None:
    if not sees(who, thing):
        return 404
    return None if may_touch(who, act, thing) else 403
