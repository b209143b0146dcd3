"""A deadline in words, such as "20 working days" or "six months", as a rule."""

import re
from typing import Any

from tracker.domain.calendars import calendar as calendar_of
from tracker.domain.nearest import nearest
from tracker.domain.rules import EXCLUSIVE, INCLUSIVE, MOST, Rule, RuleError

_UNITS = {
    "working_days": "working day|working days|business day|business days|workdays|working-days"
    "|jours ouvrés|jour ouvré|días hábiles|día hábil|dias habiles",
    "workable_days": "jours ouvrables|jour ouvrable|werktag|werktage|workable day|workable days",
    "days": "day|days|calendar day|calendar days|jour|jours|jours calendaires|día|días|dia|dias|días naturales",
    "clear_days": "clear day|clear days|jour franc|jours francs|jours pleins",
    "school_days": "school day|school days|jour de classe|jours de classe|día lectivo|días lectivos",
    "hours": "hour|hours|heure|heures|hora|horas",
    "half_months": "half month|half months|half-month|half-months|demi-mois",
    "weeks": "week|weeks|semaine|semaines|semana|semanas",
    "months": "month|months|calendar months|mois|mes|meses",
    "years": "year|years|an|ans|année|années|año|años",
    "sitting_days": "sitting day|sitting days|jour de séance|jours de séance",
}
_UNIT_OF = {word: unit for unit, words in _UNITS.items() for word in words.split("|")}
_NUMBERS = (
    "one a an un une uno una|two deux dos|three trois tres|four quatre cuatro|five cinq cinco|six seis|seven sept siete"
    "|eight huit ocho|nine neuf nueve|ten dix diez|eleven onze once|twelve douze doce|thirteen"
    "|fourteen quatorze catorce|fifteen quinze quince|sixteen|seventeen|eighteen|nineteen|twenty vingt veinte"
)
_NUMBER_OF = {word: place for place, words in enumerate(_NUMBERS.split("|"), 1) for word in words.split()}
_NUMBER_OF |= {"thirty": 30, "trente": 30, "treinta": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90}
_PHRASE = re.compile(
    r"(?:within |in |dans |sous |en )?(?P<number>[0-9]{1,6}|[a-z]+) (?P<unit>[a-zà-ÿ -]+?)"
    r"(?P<beginning>,? beginning (?:with|on)(?: (?:the|that) (?:day|date))?)?"
)
_BEFORE = re.compile(r"before the (?P<number>[0-9]{1,6})(?:st|nd|rd|th) (?P<unit>[a-z ]+?)(?: after)?")
"""`beginning with` counts the start day; `before the 181st day` leaves that day itself out."""


def parse_phrase(phrase: str, calendar: str = "XX") -> Rule:
    """The rule a phrase means, counted in the given calendar; nothing rolls.

    The start day is not counted, except after "beginning with"; "before the Nth day" ends the day before it.
    """
    plain = " ".join(phrase.lower().split())
    read = _BEFORE.fullmatch(plain) or _PHRASE.fullmatch(plain)
    number = _number(read["number"]) if read else None
    unit = _UNIT_OF.get(read["unit"]) if read else None
    if read is None or number is None or unit is None:
        raise RuleError(_complaint(phrase, read["unit"] if read and number else ""))
    if not 1 <= number <= MOST:
        raise RuleError(f'"{phrase[:60]}": the number must lie between 1 and {MOST}')
    code = calendar_of(calendar).code
    shape: dict[str, Any] = {"start_mode": INCLUSIVE} if read.groupdict().get("beginning") else {}
    shape |= {"end_bound": EXCLUSIVE} if read.re is _BEFORE else {}
    return Rule(
        "phrase",
        " ".join(phrase.split()),
        jurisdiction=code,
        amount=number,
        unit=unit,
        calendar=code,
        **shape,
    )


def _complaint(phrase: str, unit: str) -> str:
    hint = nearest(unit, _UNIT_OF) if unit else ""
    return f'"{phrase[:60]}" is neither a rule nor a period{hint}; write for example "20 working days" or "six months"'


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() else _NUMBER_OF.get(text)
