"""`/dates`: the deadline a sentence states, read strictly."""

from collections.abc import Callable
from typing import Any

from tracker.assets import translations
from tracker.domain.sentence_question import MOST_LETTERS, SentenceQuestion, read_sentence
from tracker.rendering.reading_words import reading_data
from tracker.rendering.tongue import tongue
from tracker.web.api.operations import Call, Operation
from tracker.web.api.parameters import Parameter, short_text
from tracker.web.api.shapes import DAY, TEXT, Field, Shape, maybe

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


PARAMETERS = (
    Parameter("text", "The sentence whose deadline is to be read.", TEXT, _long_text, required=True),
    Parameter("language", "en, fr or es; else whichever fits.", TEXT, short_text),
    Parameter("order", "dmy or mdy: what 03/04/2026 means there.", TEXT, short_text),
    Parameter(
        "near", "A day near it, such as the report's own: it gives a year to dates without.", DAY, short_text
    ),
    Parameter("hemisphere", "north or south, for summers and winters.", TEXT, short_text),
    Parameter(
        "fiscal_year_ends",
        "The month fiscal years end with, 1 to 12: 3 where it is 31 March.",
        TEXT,
        short_text,
    ),
)


def read(call: Call) -> dict[str, object]:
    """What the sentence says."""
    return READING.data(reading_data(read_sentence(SentenceQuestion(**call.values)), ENGLISH))


SHAPES = (READING,)
OPERATIONS = (Operation("/dates", "Read the deadline in a sentence.", READING, read, PARAMETERS),)
