"""`/rules` and `/due`: the catalogue of deadline rules, and a date worked out by one of them."""

from datetime import date
from typing import Any

from tracker.domain.calendars import Calendar, CalendarError
from tracker.domain.catalogue import catalogue
from tracker.domain.deadlines import Due, Extension, Pause, compute
from tracker.domain.phrases import parse_phrase
from tracker.domain.rules import MOST, Rule, RuleError
from tracker.domain.words import Basis, Trigger
from tracker.services.reckon import working_calendar
from tracker.web.api.operations import Call, Operation, Rows, missing
from tracker.web.api.parameters import PAGING, Parameter, Refusal, day, key_in_path, short_text, whole
from tracker.web.api.shapes import (
    ADDRESS,
    ANYTHING,
    DAY,
    TEXT,
    TRUTH,
    WHOLE,
    Field,
    Shape,
    many,
    maybe,
    words,
)

RULE = Shape(
    "Rule",
    "How a due date follows from an event.",
    (
        Field("key", TEXT, "Its permanent key.", lambda r: r.key),
        Field("name", TEXT, "Its name.", lambda r: r.name),
        Field("who", TEXT, "Who owes by it.", lambda r: r.who),
        Field("jurisdiction", TEXT, "Where it applies.", lambda r: r.jurisdiction),
        Field("basis", words(Basis), "Why its dates bind.", lambda r: r.basis),
        Field("amount", WHOLE, "How many units; 0: the instrument names the number.", lambda r: r.amount),
        Field("unit", TEXT, "What is counted.", lambda r: r.unit),
        Field("start_event", maybe(words(Trigger)), "The event it runs from.", lambda r: r.start_event),
        Field("calendar", TEXT, "Whose working days.", lambda r: r.calendar),
        Field("legal_basis", TEXT, "Act, section, rule or promise.", lambda r: r.legal_basis),
        Field("source", TEXT, "Where that can be read.", lambda r: r.source),
        Field(
            "checked",
            TRUTH,
            "False: computes and shows, and flags nobody until confirmed.",
            lambda r: r.checked,
        ),
        Field(
            "snapshot",
            ANYTHING,
            "The whole rule, as it is kept with each obligation.",
            lambda r: r.snapshot(),
        ),
    ),
)
DUE = Shape(
    "Due",
    "A due day and how it came about.",
    (
        Field("rule", TEXT, "The rule's key or the phrase.", lambda r: r["rule"]),
        Field("start_on", maybe(DAY), "The day of the event.", lambda r: r["start_on"]),
        Field("due_on", maybe(DAY), "The due day; overdue begins the day after.", lambda r: r["due"].due_on),
        Field(
            "steps",
            many(ANYTHING),
            "Step by step: code, day, values.",
            lambda r: [s.as_data() for s in r["due"].steps],
        ),
        Field("provisional", TRUTH, "The date may still move.", lambda r: r["due"].provisional),
        Field("problem", maybe(TEXT), "The code of what stands against it.", lambda r: r["due"].problem),
        Field(
            "calendar_version", TEXT, "What the working days rest on.", lambda r: r["due"].calendar_version
        ),
        Field("url", ADDRESS, "The calculator for people.", lambda r: r["url"]),
    ),
)


def _pause(given: str) -> Pause:
    first, dots, last = given.partition("..")
    if not dots:
        raise ValueError("is not a pause: write FROM..TO, such as 2026-05-04..2026-05-20")
    return day(first), day(last) if last else None


DUE_PARAMETERS = (
    Parameter(
        "rule", 'A rule\'s key, or a phrase such as "20 working days".', TEXT, short_text, required=True
    ),
    Parameter("start", "The day of the event; a rule with a fixed date needs none.", DAY, day),
    Parameter("amount", "How many units, where the rule leaves it open.", WHOLE, whole(1, MOST)),
    Parameter("calendar", "Whose working days, such as GB-EAW; else the rule's own.", TEXT, short_text),
    Parameter(
        "pause",
        "A stopped clock FROM..TO, both included; may be given several times.",
        TEXT,
        _pause,
        repeats=True,
    ),
    Parameter("extend", "An extension by so many units, given in time.", WHOLE, whole(1, MOST)),
)


def due(call: Call) -> dict[str, object]:
    """A date, worked out."""
    rule, calendar = _rule_and_calendar(call)
    start = call.values.get("start")
    if start is None and not rule.fixed_on and rule.unit != "none":
        raise Refusal("start is missing: the day of the event, as YYYY-MM-DD.", "start")
    row = {"rule": call.values["rule"], "start_on": start, "due": _computed(call, rule, calendar, start)}
    return DUE.data(row | {"url": call.address("/due")})


def _rule_and_calendar(call: Call) -> tuple[Rule, Calendar]:
    named, code = call.values["rule"], call.values.get("calendar", "")
    try:
        rule = catalogue().get(named) or parse_phrase(named, code or "XX")
        return rule, working_calendar(call.session, code or rule.calendar)
    except RuleError as error:
        raise Refusal(f"rule={named[:60]}: {error}.", "rule") from error
    except CalendarError as error:
        raise Refusal(f"calendar={code[:60]}: {error}.", "calendar") from error


def _computed(call: Call, rule: Rule, calendar: Calendar, start: date | None) -> Due:
    extend = call.values.get("extend")
    try:
        return compute(
            rule,
            start,
            amount=call.values.get("amount"),
            calendar=calendar,
            pauses=call.values.get("pause", ()),
            extensions=(Extension(extend),) if extend else (),
        )
    except RuleError as error:
        raise Refusal(f"{error}.", "pause") from error


def listed(call: Call) -> Rows:
    """A page of the catalogue, in the order of the keys; the cursor is the place in it."""
    rules: list[Any] = list(catalogue().values())
    begin, end = call.cursor, call.cursor + call.per_page
    return Rows([RULE.data(rule) for rule in rules[begin:end]], len(rules), end if end < len(rules) else None)


def one(call: Call) -> dict[str, object]:
    """One rule."""
    found = catalogue().get(call.values["key"])
    if found is None:
        raise missing("rule", call.values["key"])
    return RULE.data(found)


SHAPES = (RULE, DUE)
OPERATIONS = (
    Operation("/rules", "The catalogue of deadline rules.", RULE, listed, PAGING, is_list=True),
    Operation("/rules/{key}", "One rule.", RULE, one, (key_in_path("Its key."),)),
    Operation("/due", "Work out a due date.", DUE, due, DUE_PARAMETERS),
)
