"""Forms in which a month, quarter, season, half, year or span of years is written."""

import re
from dataclasses import replace

from tracker.domain.stated.days import START, Match
from tracker.domain.stated.mention import Found, Told, a_period, full_year, trouble
from tracker.domain.stated.names import (
    LAST,
    MONTHS,
    ORDINALS,
    SEASONS,
    SPANISH_SEASONS,
    WINTERS,
    either,
)
from tracker.domain.words import Precision

_OF = r"[ ,./-]{0,3}(?:(?:of|de|del|d'|en) ?)?(?:(?:the )?(?:calendar )?year |l'an(?:nee)? |(?:el )?ano )?"
_YEAR = r"'?(?P<year>[0-9]{4})(?![0-9]|[/-][0-9]|\.[0-9]{2}\b)"
_ORDINAL = rf"(?P<ordinal>{either([*ORDINALS, *LAST])})"
_NAME = rf"(?P<month>{either(MONTHS)})(?![a-z])\.?"
_JOIN = r"(?: ?[/-] ?| (?:and|to|et|y|e|au?|al|through|until|hasta) )"
_SEASON = rf"(?P<season>{either(SEASONS)})"
_FISCAL = (
    r"(?:fiscal(?: year)?|(?:financial|budget|budgetary|tax|accounting) year|fy|"
    r"exercice(?: financier| budgetaire| fiscal| comptable)?|annee (?:financiere|budgetaire|fiscale)"
    r"|ejercicio(?: fiscal| presupuestari[oa]| economico| contable| financiero)?"
    r"|ano (?:fiscal|presupuestari[oa]|financiero))"
)
_SCHOOL = (
    r"(?:(?:school|academic) year|annee (?:scolaire|universitaire|academique)|ano (?:escolar|academico)|"
    r"curso(?: escolar| academico)?)"
)
_FISCAL_BEHIND = r",? ?\(?(?:financial|fiscal|budget|budgetary|tax|accounting) year|,? ?\(?fy\b"
_SPAN = r"(?P<year>[0-9]{4}) ?(?P<join>[/-]) ?(?P<until>[0-9]{4}|[0-9]{2})(?![0-9]|[./-][0-9])"
_COUNT = (
    r"(?:twenty|thirty|vingt|trente|veinte|treinta)(?:[ -](?:\w{2,8}|et[ -]un|y \w{2,6}))?|uno?|dos|"
    r"tres|cuatro|cinco|seis|siete"
    r"|ocho|nueve|diez|once|doce|trece|catorce|quince|dieci\w{4,6}|veinti\w{3,6}|deux|trois|quatre|"
    r"cinq|six|sept|huit|neuf|dix"
    r"|onze|douze|treize|quatorze|quinze|seize|one|two|three|four|five|seven|eight|nine|ten|eleven|"
    r"twelve|\w{3,5}teen"
)
_ORDINAL_BEFORE = re.compile(
    rf"(?:\b(?:{either(ORDINALS)}|last|{_COUNT}|[a-z]{{2,12}}(?:teenth|tieth)|[0-9il]{{1,3}}(?: ?(?:st|nd|"
    rf"rd|th|er|o|º))?|lst)"
    r"[ ,.-]{0,2}(?:(?:de|of|d')? ?)(?:(?:this|the|ce|este) )?)$"
)


def _number(match: Match, parts: int) -> int:
    """Which part of the year: by ordinal, by figure, or the last of so many."""
    groups = match.groupdict()
    word = groups.get("ordinal")
    return int(groups["number"]) if word is None else ORDINALS.get(word, parts)


def _quarter(match: Match, told: Told) -> Found:
    number = _number(match, 4)
    return (
        a_period(int(match["year"]), 3 * number - 2, Precision.QUARTER)
        if number <= 4
        else trouble("malformed")
    )


def _half(match: Match, told: Told) -> Found:
    number = _number(match, 2)
    return (
        a_period(int(match["year"]), 6 * number - 5, Precision.HALF) if number <= 2 else trouble("malformed")
    )


def _four_months(match: Match, told: Told) -> Found:
    """A Spanish cuatrimestre is a third of a year; its last month carries its last day."""
    number = _number(match, 3)
    return a_period(int(match["year"]), 4 * number, Precision.MONTH) if number <= 3 else trouble("malformed")


def _two_months(match: Match, told: Told) -> Found:
    """A bimestre is a sixth of a year; the fifth and sixth are left to an editor."""
    number = _number(match, 6)
    return a_period(int(match["year"]), 2 * number, Precision.MONTH)


def _fiscal_quarter(match: Match, told: Told) -> Found:
    """A quarter of a fiscal year is unclear until told in which month that year ends."""
    if told.fiscal_year_ends is None:
        return trouble("fiscal_year")
    ends = _span_end(match) * 12 + told.fiscal_year_ends - 1 - 3 * (4 - _number(match, 4))
    return a_period(ends // 12, ends % 12 + 1, Precision.MONTH)


def _fiscal(match: Match, told: Told) -> Found:
    """A fiscal year ends in a month that differs from place to place: unclear until it is told."""
    if match["until"] and _span_end(match) % 100 == int(match["year"]) % 100:
        return trouble("malformed")
    if told.fiscal_year_ends is None:
        return trouble("fiscal_year")
    return a_period(_span_end(match), told.fiscal_year_ends, Precision.MONTH)


def _school(match: Match, told: Told) -> Found:
    """A school year over two calendar years ends in the second; one named by a single year may end in either."""
    return a_period(_span_end(match), 1, Precision.YEAR) if match["until"] else trouble("fiscal_year")


def _span_end(match: Match) -> int:
    until = match.groupdict().get("until") or match["year"]
    century = match["year"][:2] if len(match["year"]) == 4 else "20"
    return int(until) if len(until) == 4 else int(century + until)


def _span(match: Match, told: Told) -> Found:
    """2026-27, 2025-2028: ends in the later year; 2026-09 is a month; 2010-11 may be either."""
    year, until, last = int(match["year"]), match["until"], _span_end(match)
    if len(until) == 2 and 1 <= int(until) <= 12:
        either_way = last == year + 1
        return trouble("order") if either_way else a_period(year, int(until), Precision.MONTH)
    if not year < last <= year + 30:
        return trouble("malformed", weak=True)
    if told.fiscal_year_ends and last == year + 1:
        return a_period(last, told.fiscal_year_ends, Precision.MONTH)
    return a_period(last, 1, Precision.YEAR, weak=True)


def _season(match: Match, told: Told) -> Found:
    """Seasons are the northern ones of three whole months; Spanish and southern texts must say where they are."""
    name, until = match["season"], match.groupdict().get("until")
    if name in SPANISH_SEASONS and told.hemisphere is None:
        return trouble("hemisphere")
    winter = (name in WINTERS) != (told.hemisphere == "south" and name in _SWAPPED)
    return _seasons_months(name, int(match["year"]), until, told, winter)


_SWAPPED = WINTERS | {"summer", "ete", "verano"}
_NORTHERN = frozenset({"fall"})
"""Names of seasons that only one half of the world uses."""


def _iso_season(match: Match, told: Told) -> Found | None:
    """2026-06/2026-08 as this product writes a season; other intervals are ranges."""
    year, month = int(match["year"]), int(match["month"])
    last = year * 12 + month + 1
    until = int(match["until"]) * 12 + int(match["last"]) - 1
    return a_period(year, month, Precision.SEASON) if month % 3 == 0 and last == until else None


def _seasons_months(name: str, year: int, until: str | None, told: Told, over_new_year: bool) -> Found:
    south = told.hemisphere == "south" and name not in _NORTHERN
    month = (SEASONS[name] + 6 - 1) % 12 + 1 if south else SEASONS[name]
    if over_new_year and until is None:
        return trouble("winter")
    if until is not None and (not over_new_year or int(until) % 100 != (year + 1) % 100):
        return trouble("malformed")
    assumed = told.hemisphere is None and until is None and name not in _NORTHERN
    return replace(a_period(year, month, Precision.SEASON), assumed="north" if assumed else None)


def _month(match: Match, told: Told) -> Found | None:
    """A month and a year; not the rest of a day that could not be read ("l5 March 2024", "thirtieth of May 2026")."""
    ahead = match.string[max(0, match.start() - 24) : match.start()]
    if _ORDINAL_BEFORE.search(ahead) or _foreign_figure(ahead):
        return trouble("malformed")
    year = full_year(match["year"], told)
    return a_period(year, MONTHS[match["month"]], Precision.MONTH) if year else trouble("century")


def _foreign_figure(ahead: str) -> bool:
    """A raised or non-Latin figure directly ahead: a day that cannot be read."""
    last = ahead.rstrip(" .,-")[-1:]
    return last.isnumeric() and not last.isascii()


def _month_figures(match: Match, told: Told) -> Found:
    return a_period(int(match["year"]), int(match["number"]), Precision.MONTH)


def _day_or_year(match: Match, told: Told) -> Found:
    """ "Dec-26" is a month of 2026 or the 26th of one."""
    return trouble("malformed")


def _no_month(match: Match, told: Told) -> Found:
    """ "28 Aprxl 2025": a day of no month there is."""
    return trouble("month", weak=True)


_PARTS = (
    r"q|qtr|quarters?|quart|trim|trimestres?|trimester|tri|cuatrim\w*|bimest\w*|sem|semest\w*|half|halves|fy|fiscal|"
    r"ejercicio|exercice|t|s|h"
)
_PART_AHEAD = re.compile(
    rf"(?:^|[^\w])(?:(?:{_PARTS})[0-9ivx]{{0,4}}|[0-9]{{1,2}}(?:{_PARTS}|[a-z]{{0,2}}[º°ª]?)|(?:i{{1,3}}|iv)(?:er?|o|i?eme|ro|do|to)?"
    rf"|(?:week|semaine|semana|period|periode|periodo) [0-9]{{1,2}})"
    r"[ .,:/()-]{0,3}(?:(?:of|de|del|d'|the year|ano|annee) ?)?$"
)
_PART_BEHIND = re.compile(
    rf"[ .,:/(-]{{0,3}}(?:(?:{_PARTS})[ .]?[0-9ivx]{{1,3}}(?!\w)|[0-9]{{1,2}}(?:{_PARTS})(?!\w)|(?:i{{1,3}}|iv) )"
)
_HYPHENED = re.compile(r"(?:[0-9]|[a-z])[ ]?[-—/]$")
_PART_HYPHENED = re.compile(r"(?:mid|early|late|end|mi|debut|fin|by|pre)-$")


def _year(match: Match, told: Told) -> Found:
    """A bare year, not the tail of something else that was hyphened to it ("30-Mrz-2026")."""
    ahead, behind = (
        match.string[max(0, match.start() - 6) : match.start()],
        match.string[match.end() : match.end() + 3],
    )
    if _PART_AHEAD.search(match.string[max(0, match.start() - 20) : match.start()]) or _PART_BEHIND.match(
        match.string, match.end()
    ):
        return trouble("malformed", weak=True)
    if (_HYPHENED.search(ahead) and not _PART_HYPHENED.search(ahead)) or re.match(
        r" ?[— -] ?[0-9]|[-—/][a-z]", behind
    ):
        return trouble("malformed", weak=True)
    return a_period(int(match["year"]), 1, Precision.YEAR, weak=True)


def _whole(pattern: str) -> re.Pattern[str]:
    return re.compile(START + pattern)


_QUARTER_WORD = r"(?:quarters?|qtr\.?|trimestres?|trim\.?)"
_HALF_WORD = r"(?:half(?:[- ]year)?|semesters?|semestres?|sem\.?|moitie|mitad|halves)"
_UNTIL = r"(?:(?: ?[/-] ?| to )(?P<until>[0-9]{4}|[0-9]{2})(?![0-9]))?"
_NAMED_BY = rf"[ ,(:]{{0,2}}(?:of |de |del )?(?P<year>[0-9]{{4}}|[0-9]{{2}})(?![0-9]){_UNTIL}"
PERIODS = (
    (
        _whole(
            r"(?P<year>[0-9]{4})-(?P<month>03|06|09|12)/(?P<until>[0-9]{4})-(?P<last>[01][0-9])(?![0-9/-])"
        ),
        _iso_season,
    ),
    (
        _whole(
            rf"(?:[qt](?P<number>[1-4])|{_ORDINAL}[ -]{_QUARTER_WORD})(?: of| de| del|,)? ?"
            rf"(?:(?:the |l'|el )?{_FISCAL} ?(?:of |de )?(?P<year>[0-9]{{4}}|"
            rf"[0-9]{{2}})(?:[/-](?P<until>[0-9]{{4}}|[0-9]{{2}}))?)(?![0-9])"
        ),
        _fiscal_quarter,
    ),
    (_whole(rf"(?:[qt](?P<number>[1-4])|{_ORDINAL}[ -]{_QUARTER_WORD}){_OF}{_SPAN}"), _fiscal_quarter),
    (
        _whole(
            rf"(?:[qt](?P<number>[1-4])|{_ORDINAL}[ -]{_QUARTER_WORD})(?: of| in|,)? ?(?:the )?"
            rf"(?P<year>[0-9]{{4}}){_UNTIL}(?:{_FISCAL_BEHIND})"
        ),
        _fiscal_quarter,
    ),
    (_whole(rf"(?:[qt][1-4]{_JOIN})?[qt](?P<number>[1-4]){_OF}{_YEAR}"), _quarter),
    (_whole(rf"[qt][ -]?(?P<ordinal>i{{1,3}}|iv){_OF}{_YEAR}"), _quarter),
    (_whole(rf"{_SPAN}[ ,(/-]{{1,2}}[qt](?P<number>[1-4])(?!\w)"), _fiscal_quarter),
    (_whole(r"(?P<year>[0-9]{4})[ ,(/-]{0,2}[qt](?P<number>[1-4])(?!\w)"), _quarter),
    (_whole(rf"{_ORDINAL}[ -]{_QUARTER_WORD}{_OF}{_YEAR}"), _quarter),
    (_whole(rf"{_QUARTER_WORD} (?P<number>[1-4]){_OF}{_YEAR}"), _quarter),
    (_whole(rf"(?:[hs](?P<number>[12])|{_ORDINAL}[ -]{_HALF_WORD}){_OF}{_YEAR}"), _half),
    (_whole(rf"(?P<number>[12])[hs]{_OF}{_YEAR}"), _half),
    (_whole(rf"(?P<number>[1-4])[qt]{_OF}{_YEAR}"), _quarter),
    (_whole(r"(?P<year>[0-9]{4})[ /-]?[hs](?P<number>[12])(?!\w)"), _half),
    (_whole(rf"{_ORDINAL} cuatrimestre{_OF}{_YEAR}"), _four_months),
    (_whole(rf"{_ORDINAL} bimestre{_OF}{_YEAR}"), _two_months),
    (_whole(rf"(?:{either(SEASONS)}){_JOIN}{_SEASON}{_OF}{_YEAR}"), _season),
    (
        re.compile(
            rf"(?<!\w){_SEASON}{_OF}(?P<year>[0-9]{{4}})(?:[/-](?P<until>[0-9]{{4}}|[0-9]{{2}}))?(?![0-9]|"
            rf"[/-][0-9])"
        ),
        _season,
    ),
    (_whole(rf"{_FISCAL}{_NAMED_BY}"), _fiscal),
    (_whole(rf"(?P<year>[0-9]{{4}}){_UNTIL}(?:{_FISCAL_BEHIND})"), _fiscal),
    (_whole(rf"{_SCHOOL}{_NAMED_BY}"), _school),
    (re.compile(rf"(?<!\w)(?:(?:{either(MONTHS)})\.?{_JOIN})?{_NAME}{_OF}{_YEAR}"), _month),
    (_whole(rf"{_NAME}-[0-9]{{2}}(?![0-9-])"), _day_or_year),
    (_whole(rf"{_NAME}[ -]?'(?P<year>[0-9]{{2}})(?![0-9])"), _month),
    (_whole(r"(?P<number>[0-9]{1,2})[/.-](?P<year>[0-9]{4})(?![0-9]|[./-][0-9])"), _month_figures),
    (
        _whole(
            r"[0-9]{1,2}(?: ?(?:st|nd|rd|th|er))? (?:of |de |d')?[a-z]{3,12}\.?,? (?:de |del |"
            r"of )?[0-9]{4}(?![0-9])"
        ),
        _no_month,
    ),
    (_whole(_SPAN), _span),
    (_whole(r"(?P<year>[12][0-9]{3})(?! ?(?:hours|hrs)\b)(?![\w]|[./-][0-9]|[.,][0-9])"), _year),
)
"""Patterns in the order they are tried, each with its reader; a bare year is a date only where a cue says so."""
