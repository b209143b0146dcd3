"""Forms in which a whole day is written, in figures or with the month's name."""

import re
from dataclasses import replace

from tracker.domain.stated.mention import Found, Told, a_day, full_year, trouble
from tracker.domain.stated.names import MONTHS, WEEKDAYS, either, month_meant

Match = re.Match[str]

START = r"(?<![\w/])(?<![0-9][.,:])"
"""Where a figure may begin: not inside a number, a word or a path."""
_WEEKDAY = rf"(?:(?P<weekday>{either(WEEKDAYS)})\b\.?,? ?(?:the |le |el |dia ){{0,2}})?"
_DAY = (
    r"(?P<day>[0-9]{1,2})(?: ?(?:st|nd|rd|th|ere|er|eme|[eoaº°ª])(?![a-z])|\.?[º°]|\.er|\.o)?"
    r"(?P<glued>st|nd|rd|th)?"
)
_NAME = rf"(?P<month>{either(MONTHS)})(?![a-z])\.?"
_OF = r"[ .,/-]{0,3}(?:day of |of (?:this )?|(?:dias? |jours? )?(?:du mois de |del mes de )|del |de |d')?(?:the )?"
_THEN = r"[ .,/-]{0,3}(?:(?:of|del|de|en) )?(?:(?:the year|l'annee|l'an|ano) )?"
_YEAR4 = r"(?P<year>[0-9]{4})(?![0-9]|[/-][0-9])"
_YEAR2 = (
    r"'?(?:(?<=[-/.'])|(?=[0-9]{2} ?(?:$|[.,;:()])))(?P<year>[0-9]{2})"
    r"(?![0-9:/-]|[.,][0-9]| ?(?:[ap]\.?m\b|h\b))"
)
_NO_YEAR = r"(?![a-z]|[ .,/-]{0,3}'?[0-9])"


def _weekday_fits(match: Match, found: Found) -> Found:
    """A weekday that does not belong to the day makes one of the two wrong, and nobody can say which."""
    weekday = match.groupdict().get("weekday")
    wrong = weekday and found.value and WEEKDAYS[weekday] != found.value.weekday()
    return trouble("weekday") if wrong else found


def _named(match: Match, told: Told) -> Found:
    year = full_year(match["year"], told)
    if year is None:
        return trouble("century")
    return _weekday_fits(match, a_day(year, MONTHS[match["month"]], int(match["day"])))


def _first(match: Match, told: Told) -> Found:
    """ "Le premier juillet 2026"."""
    return _weekday_fits(match, a_day(int(match["year"]), MONTHS[match["month"]], 1))


def _misspelt(match: Match, told: Told) -> Found | None:
    """ "28th Apri 2025": read only where one month alone is a slip away."""
    month = month_meant(match["month"])
    if month is None:
        return None
    return _weekday_fits(match, a_day(int(match["year"]), month, int(match["day"])))


def _yearless(match: Match, told: Told) -> Found:
    """A day without its year: the first such day on or after the text's own date."""
    if told.near is None:
        return trouble("year_missing", weak=True)
    month, day = MONTHS[match["month"]], int(match["day"])
    this = a_day(told.near.year, month, day)
    later = a_day(told.near.year + 1, month, day)
    found = _weekday_fits(match, this if this.value and this.value >= told.near else later)
    return replace(found, weak=True)


def _iso(match: Match, told: Told) -> Found:
    found = a_day(int(match["year"]), int(match["month"]), int(match["day"]))
    clock = match["clock"]
    if clock and found.value and re.search(r"[0-9] ?(?:z|utc|gmt|[+-][0-9])", clock):
        return trouble("instant")
    return found


def _figures(match: Match, told: Told) -> Found:
    """03/04/2025: the order told, or the weekday, or the only order possible; otherwise unclear."""
    year = full_year(match["year"], told)
    if year is None:
        return trouble("century")
    first, second = int(match["first"]), int(match["second"])
    readings = {"dmy": a_day(year, second, first), "mdy": a_day(year, first, second)}
    if order := told.order or ("dmy" if told.language in ("fr", "es") else None):
        return _weekday_fits(match, readings[order])
    return _only_one(match, readings)


def _only_one(match: Match, readings: dict[str, Found]) -> Found:
    possible = {found.value: found for found in readings.values() if found.value}
    if not possible:
        return readings["dmy"]
    fitting = [found for found in possible.values() if _weekday_fits(match, found).value]
    if len(possible) == 1 or len(fitting) == 1:
        return fitting[0] if fitting else trouble("weekday")
    return trouble("order")


def _whole(pattern: str) -> re.Pattern[str]:
    return re.compile(START + pattern)


DAYS = (
    (
        _whole(
            r"(?P<year>[0-9]{4})(?P<sep>[-/.])(?P<month>[0-9]{1,2})(?P=sep)(?P<day>[0-9]{1,2})(?![0-9-])"
            r"(?P<clock>(?:t| )[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?(?: ?(?:z|utc|gmt|"
            r"[+-][0-9]{2}:?[0-9]{2})\b)?)?"
        ),
        _iso,
    ),
    (
        _whole(
            _WEEKDAY + r"(?P<first>[0-9]{1,2}) ?(?P<sep>[./-]) ?(?P<second>[0-9]{1,2}) ?(?P=sep) ?"
            r"(?P<year>[0-9]{4}|[0-9]{2})(?![0-9]|[./-][0-9])"
        ),
        _figures,
    ),
    (_whole(_WEEKDAY + _DAY + _OF + _NAME + _THEN + _YEAR4), _named),
    (_whole(_WEEKDAY + rf"{_NAME} (?:the )?{_DAY}{_THEN}{_YEAR4}"), _named),
    (
        _whole(
            r"(?<!-)"
            + _WEEKDAY
            + rf"(?:first|premier|primero|1ro)(?: day)? (?:of |de )?{_NAME}{_THEN}{_YEAR4}"
        ),
        _first,
    ),
    (_whole(_WEEKDAY + _DAY + _OF + _NAME + _THEN + _YEAR2), _named),
    (_whole(_WEEKDAY + _DAY + _OF + r"(?P<month>[a-z]{4,11})\.?" + _THEN + _YEAR4), _misspelt),
    (_whole(_WEEKDAY + r"(?P<month>[a-z]{4,11})\.? (?:the )?" + _DAY + _THEN + _YEAR4), _misspelt),
    (_whole(_WEEKDAY + _DAY + _OF + _NAME + _NO_YEAR), _yearless),
    (_whole(_WEEKDAY + rf"{_NAME} (?:the )?{_DAY}{_NO_YEAR}"), _yearless),
)
"""Patterns in the order they are tried, each with its reader; no later form reads what an earlier one has taken."""
