"""All dates of a text, each where it stands; what an earlier form has taken no later form reads again."""

import re

from tracker.domain.stated.days import DAYS
from tracker.domain.stated.mention import Found, Mention, Told, a_period, trouble
from tracker.domain.stated.names import MONTHS, ORDINALS, either
from tracker.domain.stated.periods import PERIODS
from tracker.domain.words import Precision

_MALFORMED = re.compile(
    r"(?<![\w.])/?[0-9]{1,4}(?:[./-][0-9]{1,4}){2,3}(?!\w)|/[0-9]{3,4}/[0-9]{4}|"
    r"(?<!\w)[0-9]{3,4}/[0-9]{4}(?!\w)|(?<!\w)(?:19|20)[0-9]{6}(?!\w)"
    r"|(?<!\w)[0-9]{1,2} ?[./-] ?[0-9]{1,2}[ ,./-]{1,3}(?:[0-9]{4}|[0-9]{2})(?![\w/])|"
    r"(?<!\w)[0-9]{5,7}/[0-9]{2,4}(?!\w)|"
    r"(?<!\w)[0-9]{1,2}(?P<mark>[:,_./-])[0-9]{1,2}(?P=mark)[0-9a-z]{2,4}(?!\w)|(?<!\w)[0-9]{8}(?!\w)|"
    r"^-?[0-9][0-9. -]{0,40}$"
    rf"|(?<![\w/])[0-9]{{1,2}}[a-z]{{0,2}} (?:of )?(?:{either(MONTHS)})(?![a-z])|"
    rf"(?<!\w)(?:{either(MONTHS)}) [0-9]{{1,5}}"
)
_MONTH_ALONE = re.compile(
    rf"(?<![\w-])(?:(?:by|before|until|end of|d'ici(?: a)?|avant|fin|fin de|para|antes de|hasta|"
    rf"finales de|a mas tardar en) (?:the end of |la fin de |el mes de |fin )?|^)"
    rf"(?P<month>{either(MONTHS)})(?![a-z])\.?(?! ?[0-9'])"
)
_PART_ALONE = re.compile(
    rf"(?:(?<=by )|(?<=le )|(?<=el )|^)[0-9]{{1,2}}/[0-9]{{1,2}}(?![\w/])|(?<!\w)(?:[qt][1-4]|"
    rf"(?:{either(ORDINALS)}) (?:quarter|trimestre|semestre|semester|half)|"
    rf"last quarter|(?:dernier|ultimo) (?:trimestre|semestre))(?!\w)"
)


def mentions(folded: str, told: Told) -> list[Mention]:
    """The dates of a folded text in their order, unreadable ones among them with their problem."""
    taken = bytearray(len(folded))
    found: list[Mention] = []
    for form, read in (*DAYS, *PERIODS):
        for match in form.finditer(folded):
            if any(taken[match.start() : match.end()]):
                continue
            if (said := read(match, told)) is not None:
                found.append(_taken(match, said, taken))
    found += [_taken(match, trouble("malformed"), taken) for match in _untaken(_MALFORMED, folded, taken)]
    found += [
        _taken(match, trouble("year_missing", weak=True), taken)
        for match in _untaken(_PART_ALONE, folded, taken)
    ]
    found += [
        _taken(match, _month_alone(match, told), taken, "month")
        for match in _untaken(_MONTH_ALONE, folded, taken)
    ]
    return sorted(found, key=lambda mention: mention.start)


def _untaken(form: re.Pattern[str], folded: str, taken: bytearray) -> list[re.Match[str]]:
    return [match for match in form.finditer(folded) if not any(taken[match.start() : match.end()])]


def _taken(match: re.Match[str], found: Found, taken: bytearray, group: str | int = 0) -> Mention:
    start, end = match.span(group)
    taken[start:end] = b"\1" * (end - start)
    return Mention(start, end, found)


def _month_alone(match: re.Match[str], told: Told) -> Found:
    """ "By March" without a year: the first March not over on the text's own date."""
    if told.near is None:
        return trouble("year_missing", weak=True)
    month = MONTHS[match["month"]]
    year = told.near.year + (month < told.near.month)
    return a_period(year, month, Precision.MONTH, weak=True)
