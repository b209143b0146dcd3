"""What the words around a date say it is: the deadline, the day before which, the start, or nothing."""

import re
from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.stated.cue_words import (
    AT_THE_LATEST,
    BEFORE,
    DEADLINE,
    END_OF,
    FILL,
    MOVED_TO,
    PART_OF,
    SOFT,
    START,
    WEEK,
)

REACH = 90
"""So many characters before a date are looked at for a cue; the words that govern a date stand close to it."""


class Role(StrEnum):
    """What a date is in its sentence."""

    MOVED_TO = "moved_to"
    DEADLINE = "deadline"
    BEFORE = "before"
    SOFT = "soft"
    NEUTRAL = "neutral"
    START = "start"
    WEEK = "week"


@dataclass(frozen=True, slots=True)
class Cue:
    """The role, where the words that give it begin, whether a part of the period was named, and a time of day."""

    role: Role
    begins: int
    part: str | None = None
    time: str | None = None


_BETWEEN = rf"[ ,:;(\[\"'“«»-]*(?:(?:{FILL})\b[ ,:;(\[\"'“«-]*){{0,4}}$"


def _before(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{words}){_BETWEEN}")


_TIME = (
    r"(?:(?P<clock>[0-9]{1,2}(?:[:.][0-9]{2})? ?(?:[ap]\.?m\b\.?)|"
    r"[0-9]{4} ?(?:hours|hrs)\b|[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?: ?h(?:oras|eures|rs)?\b)?"
    r"|[0-9]{1,2} ?h(?:eures|oras|rs)?\b(?: ?[0-9]{2}\b)?)"
    r"|(?P<noon>(?:12 )?noon|midday|midi|mediodia)|(?P<other>midnight|minuit|medianoche|"
    r"close of business|close of play"
    r"|cob|end of (?:the )?day))"
)
_TIME_AHEAD = re.compile(
    rf"(?P<all>(?<![\w]){_TIME})(?: (?:gmt|bst|utc|cet|est))?[ ,]*(?:on|le|el|du|del|dia|de|"
    rf",)?(?: (?:the|dia))?[ ,]*$"
)
_TIME_AFTER = re.compile(
    rf"(?:[ ,(]{{0,2}}(?:at|by|before|a|a las|avant|antes de las|no later than)? ?|[ ,]?t){_TIME}"
)
_PART = re.compile(
    rf"(?<!\w)(?:(?P<end>{END_OF})|{PART_OF})[ -]*"
    r"(?:(?:of|in|de|du|del|d'|the|la|le|l'|el|mois|mes|ano|annee|calendar|year|month)\b ?'?){0,4}[ ,-]*$"
)
_RULES = (
    (Role.WEEK, _before(WEEK)),
    (Role.START, _before(START)),
    (Role.MOVED_TO, _before(MOVED_TO)),
    (Role.DEADLINE, _before(AT_THE_LATEST)),
    (Role.BEFORE, _before(BEFORE)),
    (Role.DEADLINE, _before(DEADLINE)),
    (Role.SOFT, _before(SOFT)),
)
"""In the order they are tried: a cue that begins with another's words comes first."""
_INCLUSIVE = re.compile(r"[ ,(]{0,3}(?:inclus|inclusive|inclusivement|inclusivo|included|au plus tard)\b")
_AFTER = (
    (
        Role.START,
        re.compile(
            r"[ ,]{0,2}(?:onwards?|and (?:after|beyond)|to (?:present|date)|at the earliest|"
            r"au plus tot|como pronto|a ce jour|a la fecha|en adelante|et (?:apres|au-dela)|"
            r"y siguientes)\b"
        ),
    ),
    (
        Role.DEADLINE,
        re.compile(
            r"[ ,(]{0,3}(?:at the (?:very )?latest|or (?:before|earlier|sooner)|au plus tard|"
            r"a mas tardar|como (?:maximo|tarde)|inclus|inclusive|deadline|"
            r"(?:comme |como )?(?:la )?(?:date|fecha) limite)\b"
        ),
    ),
)


def cue(folded: str, start: int, end: int, after_previous: int) -> Cue:
    """What is said of the date that stands at start..end; words before the previous date belong to that one."""
    low = max(after_previous, start - REACH)
    context, time = folded[low:start], None
    if found := _TIME_AHEAD.search(context):
        time, context = clock_of(found), context[: found.start()]
    if time is None and (later := _TIME_AFTER.match(folded[end : end + 40])):
        time = clock_of(later)
    part, context = _part(context)
    role, at = _role(context)
    if role is Role.BEFORE and _INCLUSIVE.match(folded[end : end + 40]):
        role = Role.DEADLINE
    if role in (Role.NEUTRAL, Role.SOFT):
        role = next((r for r, form in _AFTER if form.match(folded[end : end + 40])), role)
    begins = low + (at if at is not None else len(context))
    return Cue(role, begins if role is not Role.NEUTRAL or part else start, part, time)


def _part(context: str) -> tuple[str | None, str]:
    found = _PART.search(context)
    return ("end" if found["end"] else "vague", context[: found.start()]) if found else (None, context)


def _role(context: str) -> tuple[Role, int | None]:
    for role, form in _RULES:
        if found := form.search(context):
            return role, found.start()
    return Role.NEUTRAL, None


def clock_of(match: re.Match[str]) -> str | None:
    """A time of day as HH:MM; None where it is only named (close of business) or is no time."""
    if match["noon"]:
        return "12:00"
    if not match["clock"]:
        return None
    figures = [int(number) for number in re.findall(r"[0-9]+", match["clock"])]
    if figures[0] > 99:
        figures = [figures[0] // 100, figures[0] % 100]
    hour, minute = figures[0], figures[1] if len(figures) > 1 else 0
    if re.search(r"[ap]\.?m", match["clock"]):
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if "p" in match["clock"] else 0)
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else None
