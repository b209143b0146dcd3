"""Strict reading of dates and periods in text: the exact date, or nothing; never another date.

English, French and Spanish. Impossible, two-digit, ambiguous and vague dates ("03/04/2025", "early 2026") are None.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Literal

from tracker.domain.partial import PartialDate
from tracker.domain.words import Precision

Order = Literal["dmy", "mdy"]
Reading = tuple[date, Precision]

FIRST_YEAR, LAST_YEAR = 1800, 2199
"""Years outside are slips or placeholders such as 9999-12-31, not dates of documents."""

_MONTHS = (
    "january jan janvier janv enero ene|february feb février fevrier févr fevr febrero|march mar mars marzo"
    "|april apr avril avr abril abr|may mai mayo|june jun juin junio|july jul juillet juil julio"
    "|august aug août aout agosto ago|september sept sep septembre septiembre setiembre"
    "|october oct octobre octubre|november nov novembre noviembre|december dec décembre decembre déc diciembre dic"
)
_MONTH_OF = {word: number for number, words in enumerate(_MONTHS.split("|"), 1) for word in words.split()}
_WEEKDAYS = (
    "monday mon lundi lun lunes|tuesday tue tues mardi mar martes|wednesday wed mercredi mer miércoles miercoles mié"
    "|thursday thu thurs jeudi jeu jueves jue|friday fri vendredi ven viernes vie"
    "|saturday sat samedi sam sábado sabado sáb|sunday sun dimanche dim domingo dom"
)
_WEEKDAY_OF = {word: number for number, words in enumerate(_WEEKDAYS.split("|")) for word in words.split()}
_QUARTER_OF = {
    "first": 1,
    "second": 2,
    "third": 3,
    "fourth": 4,
    "1st": 1,
    "2nd": 2,
    "3rd": 3,
    "4th": 4,
    "last": 4,
}

_END = re.compile(
    r"(?:(?:before )?(?:the )?end[- ]of(?: the year)?|(?:avant la |à la )?fin(?: de)?|(?:a )?finales de) (.+)"
)
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th|er|º|°)?"
_YEAR = r"(?P<year>[0-9]{4})"
_WORD = r"(?P<month>[a-zà-ÿ]+)\.?"


def read_date(text: str, *, order: Order | None = None) -> PartialDate | None:
    """The date a text states, as far as it states one; None where it is impossible, ambiguous or vague.

    `order` settles 03/04/2025; without it such a date is None, while 30/03/2025 can only be read one way.
    """
    plain = " ".join(text.split())
    if not 0 < len(plain) <= 60:
        return None
    words = plain.lower().replace("’", "'").rstrip(",;").removeprefix("by ")
    ended = _END.fullmatch(words)
    found = _end_of(ended[1], order) if ended else _read(words, order)
    return PartialDate(found[0], found[1], plain) if found else None


def _end_of(words: str, order: Order | None) -> Reading | None:
    """ "End of 2026" is the period 2026, whose last day counts; the end of a day means nothing."""
    found = _read(words, order)
    return found if found and found[1] is not Precision.DAY else None


def _read(words: str, order: Order | None) -> Reading | None:
    for form, read in _FORMS:
        if match := form.fullmatch(words):
            return _plausible(read(match, order))
    return None


def _plausible(found: Reading | None) -> Reading | None:
    return found if found and FIRST_YEAR <= found[0].year <= LAST_YEAR else None


def _day(year: str, month: int | None, day: str) -> Reading | None:
    try:
        return (date(int(year), month, int(day)), Precision.DAY) if month else None
    except ValueError:
        return None


def _month(year: str, month: int | None) -> Reading | None:
    return (date(int(year), month, 1), Precision.MONTH) if month and 1 <= month <= 12 and int(year) else None


def _year(match: re.Match[str], order: Order | None) -> Reading | None:
    return (date(int(match["year"]), 1, 1), Precision.YEAR) if int(match["year"]) else None


def _quarter(match: re.Match[str], order: Order | None) -> Reading | None:
    name = match["quarter"]
    number = _QUARTER_OF.get(name) or int(name)
    return (date(int(match["year"]), 3 * number - 2, 1), Precision.QUARTER) if int(match["year"]) else None


def _half(match: re.Match[str], order: Order | None) -> Reading | None:
    return (
        (date(int(match["year"]), 6 * int(match["half"]) - 5, 1), Precision.HALF)
        if int(match["year"])
        else None
    )


def _season(match: re.Match[str], order: Order | None) -> Reading | None:
    """Three whole months that are no quarter: 2026-06/2026-08."""
    found = _month(match["year"], int(match["month"]))
    season = found and found[0].month % 3 == 0 and PartialDate(found[0], Precision.SEASON)
    return (season.value, Precision.SEASON) if season and f"{season.last:%Y-%m}" == match["until"] else None


def _year_first(match: re.Match[str], order: Order | None) -> Reading | None:
    return _day(match["year"], int(match["month"]), match["day"])


def _year_month(match: re.Match[str], order: Order | None) -> Reading | None:
    return _month(match["year"], int(match["month"]))


def _numbers(match: re.Match[str], order: Order | None) -> Reading | None:
    """Day and month in figures: read in the given order, or where both orders cannot differ."""
    first, second, year = match["first"], match["second"], match["year"]
    readings = {"dmy": _day(year, int(second), first), "mdy": _day(year, int(first), second)}
    if order:
        return readings[order]
    possible = {reading for reading in readings.values() if reading}
    return possible.pop() if len(possible) == 1 else None


def _named(match: re.Match[str], order: Order | None) -> Reading | None:
    """A day with the month's name; a weekday that does not fit makes it no date."""
    found = _day(match["year"], _MONTH_OF.get(match["month"]), match["day"])
    weekday = match["weekday"]
    if found and weekday and _WEEKDAY_OF.get(weekday) != found[0].weekday():
        return None
    return found


def _named_month(match: re.Match[str], order: Order | None) -> Reading | None:
    return _month(match["year"], _MONTH_OF.get(match["month"]))


_AHEAD = rf"(?:the |le |el )?(?:(?P<weekday>{'|'.join(_WEEKDAY_OF)})\.?,? )?(?:the |le |el )?"
_SEPARATE = r"(?: de | of | del |, | )"
_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Order | None], Reading | None]], ...] = (
    (
        re.compile(rf"{_YEAR}-(?P<month>[0-9]{{1,2}})-(?P<day>[0-9]{{1,2}})(?:[t ]00:00(?::00(?:\.0+)?)?)?"),
        _year_first,
    ),
    (re.compile(rf"{_YEAR}/(?P<month>[0-9]{{1,2}})/(?P<day>[0-9]{{1,2}})"), _year_first),
    (re.compile(rf"{_YEAR}-(?P<month>[0-9]{{2}})"), _year_month),
    (re.compile(_YEAR), _year),
    (re.compile(rf"{_YEAR}-h(?P<half>[12])"), _half),
    (re.compile(rf"{_YEAR}-(?P<month>03|06|09|12)/(?P<until>[0-9]{{4}}-[0-9]{{2}})"), _season),
    (re.compile(rf"{_YEAR}[- ]?q(?P<quarter>[1-4])"), _quarter),
    (re.compile(rf"[qt](?P<quarter>[1-4])[ -/]{_YEAR}"), _quarter),
    (
        re.compile(
            rf"(?:the )?(?P<quarter>first|second|third|fourth|last|1st|2nd|3rd|4th) quarter(?: of)? {_YEAR}"
        ),
        _quarter,
    ),
    (re.compile(rf"(?P<first>[0-9]{{1,2}})([./-])(?P<second>[0-9]{{1,2}})\2{_YEAR}"), _numbers),
    (re.compile(rf"{_AHEAD}{_DAY}{_SEPARATE}{_WORD}{_SEPARATE}{_YEAR}"), _named),
    (re.compile(rf"{_AHEAD}{_WORD} {_DAY},? {_YEAR}"), _named),
    (re.compile(rf"{_WORD}{_SEPARATE}{_YEAR}"), _named_month),
)
