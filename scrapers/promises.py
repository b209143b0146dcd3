"""Finds sentences in which a body says by when it will do something; a person decides whether it is a promise."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from scrapers.blocks import Block
from scrapers.dates import EARLIEST_YEAR, LATEST_YEAR, MONTH_NAMES, days_in_text, month_number
from scrapers.model import Json, Precision, WrittenDate

_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_DAY = rf"\d{{1,2}}\s+(?:{MONTH_NAMES})\s+\d{{4}}|\d{{1,2}}/\d{{1,2}}/\d{{4}}"
_QUARTER = (
    r"(?:the\s+)?(?:(?P<ordinal>first|second|third|fourth)\s+quarter\s+of\s+|Q(?P<q>[1-4])\s+(?:of\s+)?)"
    r"(?P<qyear>\d{4})"
)
_MONTH = rf"(?:the\s+)?(?:end\s+(?:of\s+)?)?(?P<month>{MONTH_NAMES})\s+(?P<myear>\d{{4}})"
_YEAR = r"(?:the\s+)?(?:end\s+(?:of\s+)?)?(?P<year>\d{4})"
_VAGUE = r"(?:the\s+)?(?P<vague>early|mid|late|spring|summer|autumn|winter|first half of|second half of)[\s-]*\d{4}"
_PERIOD = re.compile(
    r"\b(?:by|before|no later than|not later than|to be \w+ (?:in|by))\s+"
    rf"(?P<period>(?P<day>{_DAY})|{_QUARTER}|{_MONTH}|{_VAGUE}|{_YEAR})"
    r"(?![\d/%-])",
    re.IGNORECASE,
)
_COMMITS = re.compile(
    r"\b(?:will|shall|commit(?:s|ted|ment)?|intends?|intention|plan(?:s|ned)?|expect(?:s|ed)|envisage[sd]?|foresee[ns]?|pledge[sd]?"
    r"|scheduled|aims? to|announce[sd]?|to be \w+)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+(?=[A-Z“‘'\"(•●])")
LONGEST_SENTENCE = 1000


@dataclass(frozen=True, slots=True)
class Promise:
    """A sentence with a date ahead of it, as the body wrote it."""

    sentence: str
    due: WrittenDate
    section: str

    def to_dict(self) -> dict[str, Json]:
        """The same as plain JSON, for the `extra` of a finding."""
        return {"sentence": self.sentence, "section": self.section, **self.due.to_dict()}


def promises_in(section: str, blocks: Iterable[Block]) -> Iterator[Promise]:
    """Each sentence of a section that commits to something by a date; a list inherits what introduces it."""
    lead = ""
    for block in blocks:
        if block.text.endswith(":"):
            lead = block.text
        inherited = lead if block.tag == "li" else ""
        for sentence in _SENTENCE_END.split(block.text):
            for due in _dues(sentence, inherited):
                yield Promise(sentence[:LONGEST_SENTENCE], due, section)


def _dues(sentence: str, lead: str) -> Iterator[WrittenDate]:
    if not _COMMITS.search(f"{lead} {sentence}"):
        return
    for found in _PERIOD.finditer(sentence):
        yield _read(found)


def _read(found: re.Match[str]) -> WrittenDate:
    """The period as a date; vague ones ("early 2026") stay without a value for a person to decide."""
    parts, written = found.groupdict(), found["period"]
    if parts["day"]:
        return next((day for _, day in days_in_text(written)), WrittenDate(None, as_written=written))
    if parts["vague"]:
        return WrittenDate(None, "year", written)
    if parts["qyear"]:
        quarter = _QUARTERS[(parts["ordinal"] or parts["q"]).lower()]
        return _period(int(parts["qyear"]), quarter * 3 - 2, "quarter", written)
    if parts["month"]:
        return _period(int(parts["myear"]), month_number(parts["month"]) or 0, "month", written)
    return _period(int(parts["year"]), 1, "year", written)


def _period(year: int, month: int, precision: Precision, written: str) -> WrittenDate:
    real = EARLIEST_YEAR <= year <= LATEST_YEAR and 1 <= month <= 12
    return WrittenDate(date(year, month, 1) if real else None, precision, written)
