"""`/rules` and `/due`: the catalogue of deadline rules, and a date worked out by one of them."""

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from tracker.assets import translations
from tracker.domain.catalogue import catalogue
from tracker.domain.question import Question
from tracker.domain.words import DueSource
from tracker.rendering.reckoned import reckoned_data
from tracker.rendering.tongue import tongue
from tracker.services.answer_question import answer_question
from tracker.storage.engine import habits_of
from tracker.web.api.operations import Call, Operation, Rows, missing
from tracker.web.api.parameters import (
    LARGEST_ID,
    NEEDED,
    PAGING,
    PLAIN_DAY,
    Parameter,
    day,
    key_in_path,
    whole,
)
from tracker.web.api.rule_shape import RULE
from tracker.web.api.shapes import (
    ADDRESS,
    ANYTHING,
    DAY,
    TEXT,
    TRUTH,
    WHOLE,
    Field,
    Schema,
    Shape,
    many,
    maybe,
    words,
)

ENGLISH = tongue("en", translations())
"""The API speaks one language; pages speak the reader's."""


def _of(name: str) -> Callable[[Any], object]:
    return lambda row: row[name]


DUE = Shape(
    "Due",
    "A due day and how it came about.",
    tuple(
        Field(name, schema, about, _of(name))
        for name, schema, about in (
            ("rule", TEXT, "The rule's key or the phrase."),
            ("start_on", maybe(DAY), "The day of the event; of a period its last."),
            ("due_on", maybe(DAY), "The due day: stated, else computed; overdue begins the day after."),
            (
                "due_time",
                maybe(TEXT),
                "The hour the rule names, HH:MM where the debtor is; never changes the day.",
            ),
            ("steps", many(ANYTHING), "Step by step: code, day, values."),
            ("words", many(TEXT), "The same steps as sentences."),
            ("provisional", TRUTH, "The date may still move."),
            ("calendar_version", TEXT, "What the working days rest on; empty: no calendar was looked at."),
            ("problem", maybe(TEXT), "The code of what stands against the computed date."),
            ("due_source", words(DueSource), "Which date won."),
            ("computed_on", maybe(DAY), "What the rule gives."),
            ("stated_on", maybe(DAY), "What the document says; of a period its last day."),
            ("conflict", maybe(ANYTHING), "What stands against the stated date: code, values, words."),
            ("name", TEXT, "What the rule is called."),
            ("legal_basis", TEXT, "Act, section, rule or promise; empty for a period in words."),
            ("checked", TRUTH, "False: nobody has confirmed the rule in its source, its dates flag nobody."),
            ("warning", maybe(TEXT), "The same as a sentence."),
            ("url", ADDRESS, "The calculator for people, with the same question."),
        )
    ),
)


def _text(most: int) -> Callable[[str], str]:
    def read(given: str) -> str:
        if len(given) > most:
            raise ValueError(f"is longer than {most} characters: shorten it")
        return given

    return read


LONGEST = {"sittings": 60_000, "pause": 6_000}
"""Characters; a lone rule or day needs far fewer."""
UNITS: Schema = {**WHOLE, "minimum": -LARGEST_ID, "maximum": LARGEST_ID}
SITTINGS: Schema = {**TEXT, "pattern": r"^[0-9\s,-]*$"}
ABOUT_ASKED: Mapping[str, tuple[Schema, str]] = {
    "rule": (NEEDED, 'A rule\'s key, or a phrase such as "20 working days".'),
    "start": (
        TEXT,
        "The day, month or year of the event, as YYYY-MM-DD; a rule with a fixed date needs none.",
    ),
    "amount": (UNITS, "How many units, where the rule leaves it open."),
    "calendar": (TEXT, "Whose working days, such as GB-EAW; else the rule's own."),
    "pause": (TEXT, "A stopped clock FROM..TO, both included; may be given several times."),
    "extend": (UNITS, "An extension by so many units."),
    "extend_unit": (TEXT, "The extension's unit, where it is not the one the rule extends by."),
    "extended_to": (PLAIN_DAY, "An extension to a day."),
    "given": (PLAIN_DAY, "The day the extension was announced; else it was in time."),
    "restart": (PLAIN_DAY, "The day the period began afresh."),
    "sittings": (SITTINGS, "The days a House sits, as YYYY-MM-DD, apart by spaces or commas."),
    "stated": (TEXT, "The date the document itself states: it wins, and a conflict is said."),
}
_SAME_AS_TEXT: Mapping[str, Callable[[str], object]] = {
    "date": day,
    "integer": whole(-LARGEST_ID, LARGEST_ID),
}


def _reader(name: str, schema: Schema) -> Callable[[str], str]:
    """The calculator reads text; what must be a day or a number is seen to be one before."""
    kept = _text(LONGEST.get(name, 200))
    looked_at = _SAME_AS_TEXT.get(schema.get("format", schema["type"]))

    def read(given: str) -> str:
        if looked_at is not None:
            looked_at(given)
        return kept(given)

    return read


DUE_PARAMETERS = tuple(
    Parameter(
        name,
        about,
        schema if schema["type"] != "string" else {**schema, "maxLength": LONGEST.get(name, 200)},
        _reader(name, schema),
        required=name == "rule",
        repeats=name == "pause",
    )
    for name, (schema, about) in ABOUT_ASKED.items()
)


def due(call: Call) -> dict[str, object]:
    """A date, worked out."""
    asked = Question(**{**call.values, "pause": tuple(call.values.get("pause", ()))})
    found = answer_question(asked, habits_of(call.session))
    address = f"/due?{urlencode(call.values, doseq=True)}"
    return DUE.data(reckoned_data(found, ENGLISH) | {"url": call.address(address)})


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
