"""The days of a report, read strictly: a blank, an impossible day or two different days are no day."""

import re
from collections.abc import Iterator
from datetime import date

from scrapers.dates import EARLIEST_YEAR, LATEST_YEAR, MONTH_NAMES, month_number
from scrapers.model import WrittenDate

_DAY = r"\d{1,2}(?:\s?(?:st|nd|rd|th))?"
DATE = (
    rf"(?:{_DAY}(?:\s+day)?(?:\s+of)?[\s-]+(?:{MONTH_NAMES})[.,]?[\s-]+\d{{2,4}}"
    rf"|(?:{MONTH_NAMES})\.?\s+{_DAY},?\s+\d{{2,4}}"
    r"|20\d{2}-\d{2}-\d{2}|\d{1,2}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{2,4})(?![\d/])"
)
_WEEKDAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+(?:the\s+)?)?"
_DAY_FIRST = re.compile(rf"({_DAY})(?:\s+day)?(?:\s+of)?[\s-]+({MONTH_NAMES})[.,]?[\s-]+(\d{{4}}|\d\d)", re.I)
_MONTH_FIRST = re.compile(rf"({MONTH_NAMES})\.?\s+({_DAY}),?\s+(\d{{4}}|\d\d)", re.I)
_NUMBERS = re.compile(r"(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4}|\d\d)")
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_DUTY = re.compile(
    r"(?:You are under a duty to respond[^.]{0,60}?|within )\d+ days (?:of|from) the date of this re\s?port"
    r"|\bnamely (?=by|on|before|\d)|\brespond to this report (?=by|no later than)|\byour response is due\b"
    r"|\bextended (?:this|the) period to\b",
    re.I,
)
_END = re.compile(r"\bI,? (?:the|[A-Z])|\bYour response must|\bmay extend|\bI have sent", re.I)
_WRITTEN = re.compile(rf"(?<![\d/.-]){DATE}", re.I)
_SIGNED = re.compile(
    rf"(?:9\.?\s+)?(?:Date(?:d)?(?: of report)?(?:\s+this)?\s*[:.]?\s*)?(?:the\s+)?{_WEEKDAY}(?P<day>{DATE})(?=\W|$)",
    re.I,
)
_LABELLED = re.compile(rf"\bDate of report\s*[:.]?\s*{_WEEKDAY}(?P<day>{DATE})", re.I)
_SECTION = re.compile(r"\bYOUR RESPONSE\b(?P<text>.{0,1500}?)(?:\bCOPIES\b|$)", re.S)
_LIMIT = re.compile(
    rf"\b(?:by|before|no(?:t)? later than|on or before|namely)\s+(?:the\s+)?{_WEEKDAY}(?:the\s+)?(?P<day>{DATE})",
    re.I,
)
LONGEST_SENTENCE = 300
WITHIN = 130
"""Characters after which a day has nothing to do with the duty to answer any more."""
CENTURY = 2000
"""Of a year in two digits: these reports began in 2013."""


def read_day(written: str) -> WrittenDate:
    """A day as coroners write it, day before month in numbers; anything else has no value."""
    shown = " ".join(written.split())
    for form, order in (
        (_YEAR_FIRST, (0, 1, 2)),
        (_DAY_FIRST, (2, 1, 0)),
        (_MONTH_FIRST, (2, 0, 1)),
        (_NUMBERS, (2, 1, 0)),
    ):
        found = form.fullmatch(shown)
        if found:
            year, month, day = (found.groups()[at] for at in order)
            return WrittenDate(_real(_full(year), _month(month), int(re.sub(r"\D", "", day))), "day", shown)
    return WrittenDate(None, "day", shown)


def _full(year: str) -> int:
    return int(year) if len(year) == 4 else CENTURY + int(year)


def _month(written: str) -> int:
    return int(written) if written.isdigit() else month_number(written) or 0


def _real(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if EARLIEST_YEAR <= year <= LATEST_YEAR else None
    except ValueError:
        return None


def stated_days(text: str) -> Iterator[tuple[WrittenDate, str]]:
    """Each day by which the coroner asks for the answer, with the words up to it: what follows may hold a name.

    Where no usual form of words names one, the days that the section on the answer sets with `by` or the like.
    """
    usual = list(_usual_days(text))
    yield from usual or _days_of_section(text)


def _days_of_section(text: str) -> Iterator[tuple[WrittenDate, str]]:
    for section in _SECTION.finditer(text):
        for limit in _LIMIT.finditer(section["text"]):
            yield read_day(limit["day"]), " ".join(limit.group().split())


def _usual_days(text: str) -> Iterator[tuple[WrittenDate, str]]:
    past = 0
    for duty in _DUTY.finditer(text):
        after = text[duty.end() : duty.end() + WITHIN]
        end = _END.search(after)
        day = _WRITTEN.search(after[: end.start()] if end else after)
        if day and duty.end() + day.end() > past:
            past = duty.end() + day.end()
            yield read_day(day.group()), _sentence(text, duty.start(), past)


def _sentence(text: str, named_at: int, end: int) -> str:
    """The text from where the duty is named: what stands before may hold a name."""
    start = text.lower().rfind("you are under a duty", max(0, end - LONGEST_SENTENCE), end)
    return " ".join(text[start if start >= 0 else named_at : end].split())


def signed_days(lines: list[str]) -> Iterator[WrittenDate]:
    """The days at the foot of a report, one a line: what stands beside the signature."""
    for line in lines:
        found = _SIGNED.match(line)
        if found:
            yield read_day(found["day"])


def labelled_day(text: str) -> WrittenDate | None:
    """The day after `Date of report:`."""
    found = _LABELLED.search(text)
    return read_day(found["day"]) if found else None
