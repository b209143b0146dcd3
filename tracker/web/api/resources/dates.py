"""`/dates`: the deadline a sentence states, read strictly."""

from collections.abc import Callable
from typing import Any

from tracker.assets import translations
from tracker.domain.sentence_question import MOST_LETTERS, SentenceQuestion, read_sentence
from tracker.rendering.reading_words import reading_data
from tracker.rendering.tongue import tongue
from tracker.web.api.operations import Call, Operation
from tracker.web.api.parameters import NEEDED, PLAIN_DAY, Parameter, among, day, whole
from tracker.web.api.shapes import DAY, TEXT, WHOLE, Field, Schema, Shape, maybe

ENGLISH = tongue("en", translations())


def _of(name: str) -> Callable[[Any], object]:
    return lambda row: row[name]


READING = Shape(
    "Reading",
    "The deadline a sentence states; never a guess.",
    tuple(
        Field(name, schema, about, _of(name))
        for name, schema, about in (
            (
                "kind",
                TEXT,
                "day, period, none (it states no date) or unclear (it cannot be read for certain).",
            ),
            ("date", maybe(TEXT), "As far as it is known: 2026, 2026-H2, 2026-Q3, 2026-09 or 2026-09-04."),
            ("precision", maybe(TEXT), "How much of it is known."),
            ("due_on", maybe(DAY), "The day it is due: of a period its last."),
            ("time", maybe(TEXT), "The hour it names, where it names one."),
            ("passage", TEXT, "The words that say so."),
            ("problem", maybe(TEXT), "The code of what is in the way."),
            (
                "assumed",
                maybe(TEXT),
                "north, where a season was read as a northern one because nothing was told.",
            ),
            ("words", TEXT, "What was read, in a sentence."),
        )
    ),
)


def _long_text(given: str) -> str:
    if len(given) > MOST_LETTERS:
        raise ValueError(f"is longer than {MOST_LETTERS} characters: shorten it")
    return given


def a_day(given: str) -> str:
    """A day, still as text."""
    return day(given).isoformat()


def a_month(given: str) -> str:
    """The number of a month, still as text."""
    return str(whole(1, 12)(given))


SENTENCE: Schema = {**NEEDED, "maxLength": MOST_LETTERS}
PARAMETERS = (
    Parameter("text", "The sentence whose deadline is to be read.", SENTENCE, _long_text, required=True),
    among("language", "en, fr or es; else whichever fits.", "en", "fr", "es"),
    among("order", "What 03/04/2026 means there.", "dmy", "mdy"),
    Parameter(
        "near",
        "A day near it, such as the report's own: it gives a year to dates without.",
        PLAIN_DAY,
        a_day,
    ),
    among("hemisphere", "For summers and winters.", "north", "south"),
    Parameter(
        "fiscal_year_ends",
        "The month fiscal years end with, 1 to 12: 3 where it is 31 March.",
        {**WHOLE, "minimum": 1, "maximum": 12},
        a_month,
    ),
)


def read(call: Call) -> dict[str, object]:
    """What the sentence says."""
    return READING.data(reading_data(read_sentence(SentenceQuestion(**call.values)), ENGLISH))


SHAPES = (READING,)
OPERATIONS = (Operation("/dates", "Read the deadline in a sentence.", READING, read, PARAMETERS),)
