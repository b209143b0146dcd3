"""How the rows of a source are to be understood: its options, checked, as one frozen plan."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import get_args
from zoneinfo import ZoneInfo

from scrapers.days import ORDERS, Order, zone_named
from scrapers.feeds.decoding import Unreadable
from scrapers.model import FindingKind, Json, Source

KINDS: tuple[FindingKind, ...] = get_args(FindingKind)
RESPONSE_KINDS = (
    "acknowledgement",
    "holding",
    "transfer",
    "interim",
    "reply",
    "supplement",
    "completion_report",
)
TRIGGERS = ("published", "laid", "received", "adopted", "threshold", "submitted", "dated")
IGNORE = "ignore"
MEANINGS = (*KINDS, *RESPONSE_KINDS, IGNORE)
"""What a status word can be said to mean."""
VOCABULARY = {
    "response_kind": {word: word for word in RESPONSE_KINDS},
    "trigger": {word: word for word in TRIGGERS},
}
ROW_OPTIONS: Mapping[str, str] = {
    "fields": "what stands where in a row: title, link, status, summary, body_name, item, published_on, …",
    "key": "the field or fields that name a row from run to run; else its link, else its title",
    "kind": "what a row is: new_item, response or update",
    "needs": "the field or fields without which a row tells us nothing: it is counted and left, such as a reply",
    "statuses": "what each status word means: new_item, response, update, a kind of response, or ignore",
    "date_order": "dmy, mdy or ymd for dates in numbers; without it such a date is unknown",
    "zone": "the time zone in which the source's instants are days, such as Europe/London",
    "body_name": "the owing body, where the rows do not name it",
    "trigger": "the event that starts the clock of a new item, such as published",
}
"""Options of every reader of rows."""
Check = Callable[[Json], str]


@dataclass(frozen=True, slots=True)
class Plan:
    """How rows are to be understood."""

    fields: Mapping[str, str]
    key: tuple[str, ...] = ()
    kind: FindingKind = "update"
    statuses: Mapping[str, str] = field(default_factory=dict)
    order: Order | None = None
    zone: ZoneInfo | None = None
    body_name: str = ""
    trigger: str = ""
    needs: tuple[str, ...] = ()


def plan_of(source: Source, default_fields: Mapping[str, str] | None = None) -> Plan:
    """The plan of a source; raises Unreadable where its options are wrong."""
    options = {**({"fields": default_fields} if default_fields else {}), **source.options}
    wrong = next(row_complaints(options), "")
    if wrong:
        raise Unreadable("bad_option", wrong)
    fields = {str(name): str(where) for name, where in options["fields"].items()}
    key = _names(options.get("key", ()))
    strange = [name for name in key if name not in fields]
    return Plan(
        fields=fields | {name: name for name in strange},
        key=key,
        kind=options.get("kind", "update"),
        statuses=dict(options.get("statuses", {})),
        order=options.get("date_order"),
        zone=zone_named(str(options["zone"])) if options.get("zone") else None,
        body_name=str(options.get("body_name", "")),
        trigger=str(options.get("trigger", "")),
        needs=_names(options.get("needs", ())),
    )


def row_complaints(options: Mapping[str, Json]) -> Iterator[str]:
    """What is wrong with the options of a reader of rows, each as a sentence."""
    if "fields" not in options:
        yield 'Option fields is missing: say where a row has its title, such as fields = {title = "…"}.'
    for name, check in _CHECKS.items():
        if name in options:
            wrong = check(options[name])
            if wrong:
                yield f"Option {name} {wrong}"
    yield from _not_among_fields(options)


def _not_among_fields(options: Mapping[str, Json]) -> Iterator[str]:
    fields = options.get("fields")
    strange = [name for name in _names(options.get("needs", ())) if name not in (fields or ())]
    if strange and isinstance(fields, dict):
        yield f"Option needs names {strange[0]!r}, which is no field; there are: {', '.join(fields)}."


def one_of(*allowed: str) -> Check:
    """A check that a value is one of some words."""
    return lambda value: "" if value in allowed else f"is {value!r}; it may be {', '.join(allowed)}."


def _fields(value: Json) -> str:
    if not isinstance(value, dict) or not value:
        return 'is not a table of names, such as {title = "…", link = "…"}.'
    wrong = next((name for name, where in value.items() if not isinstance(where, str) or not where), "")
    return f"says of {wrong!r} no place in the row as text." if wrong else ""


def _statuses(value: Json) -> str:
    if not isinstance(value, dict):
        return 'is not a table of words, such as {"Awaiting reply" = "new_item"}.'
    wrong = next((word for word, meaning in value.items() if meaning not in MEANINGS), None)
    allowed = ", ".join(MEANINGS)
    return f"gives {wrong!r} the meaning {value[wrong]!r}; it may be {allowed}." if wrong is not None else ""


def _key(value: Json) -> str:
    return "" if _names(value) else "is neither the name of a field nor a list of names."


def _names(value: Json) -> tuple[str, ...]:
    names = [value] if isinstance(value, str) else value
    fine = isinstance(names, list | tuple) and all(isinstance(name, str) and name for name in names)
    return tuple(names) if fine else ()


def _zone(value: Json) -> str:
    return "" if zone_named(str(value)) else f"is {value!r}, which is no time zone such as Europe/London."


_CHECKS: Mapping[str, Check] = {
    "fields": _fields,
    "key": _key,
    "needs": _key,
    "kind": one_of(*KINDS),
    "statuses": _statuses,
    "date_order": one_of(*ORDERS),
    "zone": _zone,
    "trigger": one_of(*TRIGGERS),
}
