"""Which of a sentence's dates is the deadline: the one said to be it, if it is one alone."""

import re
from dataclasses import replace
from datetime import date, timedelta

from tracker.domain.partial import PartialDate
from tracker.domain.stated.cues import Role
from tracker.domain.stated.mention import Found, trouble
from tracker.domain.stated.prose import doubtful, governed, sentence
from tracker.domain.stated.said import SURE, WORDS_AHEAD, Said
from tracker.domain.stated.without import open_ended
from tracker.domain.words import Precision

_UNREAD = re.compile(
    r"(?<!\w)(?:by|before|until|no later than|d'ici|avant|au plus tard|antes del?|hasta|"
    r"a mas tardar)(?: [a-z'-]{1,15}){1,3}[ -]$"
)
_REST_OF_A_ROW = re.compile(r"[ .|]{0,4}(?:\([^()]{0,60}\))?[ .|]{0,4}")
_FOR = re.compile(r"(?:para|pour|for)(?!\w)")
_OTHERWISE = re.compile(r"(?<!\w)(?:and|or|et|ou|y|o|e)(?!\w)")
_FIELD, _LONGEST_REST = 24, 60


def chosen(folded: str, all_said: list[Said]) -> Said | str | None:
    """The deadline; or the problem that keeps it from being known; None where no date could be one."""
    bare = _without(folded, all_said)
    doubted = [one for one in all_said if one.role in SURE and _doubtful(folded, one, bare)]
    for role in ((Role.MOVED_TO,), SURE):
        if group := [one for one in all_said if one.role in role and one not in doubted]:
            return _agreed(group + _rivals(folded, all_said, group) if role is SURE else group)
    group = [one for one in all_said if one.role in (Role.NEUTRAL, Role.SOFT, Role.WEEK)]
    group = [one for one in group if not _idle(folded, one)]
    if bare <= _FIELD and group and _titled(folded, all_said):
        return "not_a_deadline"
    prose = [one for one in group if bare > _FIELD and not _in_a_cell(folded, one)]
    group = [
        one
        for one in group
        if one not in prose or governed(folded, one.cue.begins, one.mention.end, weak=one.found.weak)
    ]
    readable = [one for one in group if not one.found.problem]
    group = (
        group
        if len(readable) != 1 or any(not one.found.weak for one in group if one.found.problem)
        else readable
    )
    if not group:
        return "not_a_deadline" if prose or doubted else _half_said(folded, all_said, bare)
    if (open_end := open_ended(folded)) and open_end.start() == 0:
        return "not_a_deadline"
    return _agreed(group)


def _doubtful(folded: str, one: Said, bare: int) -> bool:
    """A "by" in a fact or a forecast; "for 2022" and the end of a span of years need a duty in their sentence."""
    if bare <= _FIELD or _in_a_cell(folded, one):
        return False
    fuzzy = one.found.precision is not Precision.DAY and _FOR.match(folded, one.cue.begins)
    return doubtful(
        folded,
        one.mention.start,
        one.mention.end,
        needs_duty=bool(fuzzy or one.ranged),
        years=one.ranged and one.found.weak,
    )


def _titled(folded: str, all_said: list[Said]) -> bool:
    """Dates that end a heading's words ("Fostering in England 2014") or begin a clause, and fill no field."""
    first, behind = all_said[0], folded[all_said[-1].mention.end :]
    if (spare := open_ended(behind)) is not None:
        behind = behind[: spare.start()]
    neutral = first.role is Role.NEUTRAL and not first.cue.part
    heading = neutral and bool(WORDS_AHEAD.search(folded[: first.mention.start]))
    return heading or len(re.findall(r"[a-z]{2,}", behind)) > 2


def _in_a_cell(folded: str, one: Said) -> bool:
    """A date, or span of dates, that is all there is in the last cell of a row of a table, but for a bracket."""
    cell = folded.rfind("|", 0, one.mention.start)
    ahead = folded[cell + 1 : one.mention.start]
    return cell >= 0 and len(ahead) <= _FIELD and bool(_REST_OF_A_ROW.fullmatch(folded, one.mention.end))


def _rivals(folded: str, all_said: list[Said], group: list[Said]) -> list[Said]:
    """Dates that answer as much as the one after the cue: a first sentence of its own, "... and ... in 2035"."""
    last = group[-1]
    _, behind = sentence(folded, last.mention.start, last.mention.end)
    reach = last.mention.end + len(behind)
    found = _opening(folded, all_said)
    for one in all_said:
        gap = folded[last.mention.end : one.cue.begins]
        open_ = one.role is Role.SOFT or (one.role is Role.NEUTRAL and not one.weak)
        if open_ and last.mention.end <= one.mention.start < reach and _OTHERWISE.search(gap):
            found.append(one)
    return found


def _idle(folded: str, one: Said) -> bool:
    """A bare year in a sentence is not a deadline; alone in its field it is."""
    return one.weak and one.role is not Role.SOFT and not _alone(folded, one) and not _in_a_cell(folded, one)


def _alone(folded: str, one: Said) -> bool:
    """Nothing but this date, or this date and "ongoing"."""
    rest = folded[: one.mention.start] + folded[one.mention.end :]
    if len(rest) > _LONGEST_REST:
        return False
    spare = open_ended(rest)
    rest = rest[: spare.start()] + rest[spare.end() :] if spare else rest
    return not re.search(r"[0-9]", rest) and len(re.findall(r"[a-z]", rest)) <= 4


def _opening(folded: str, all_said: list[Said]) -> list[Said]:
    """A date that is a sentence of its own at the very beginning answers the question as much as a later cue."""
    first = all_said[0]
    alone = first.mention.start == 0 and folded[first.mention.end :].startswith((".", ";"))
    return [first] if alone and first.role is Role.NEUTRAL and not first.weak else []


def _half_said(folded: str, all_said: list[Said], bare: int) -> str | None:
    """Figures of a field that could not be read, or a bare year that closes a cue's words: "by Christmas 2025"."""
    left = [one for one in all_said if one.role is not Role.START]
    broken = [one.found.problem for one in left if one.found.problem and bare <= _FIELD]
    unread = (left and bare <= _FIELD) or any(
        one.weak and _UNREAD.search(folded[: one.mention.start]) for one in left
    )
    return broken[0] if broken else "malformed" if unread else None


def _without(folded: str, all_said: list[Said]) -> int:
    """How much a text says beside its dates: little in a field that holds one, more in a sentence."""
    spoken = sum(one.mention.end - min(one.cue.begins, one.mention.start) for one in all_said)
    return len(folded) - spoken


def _agreed(group: list[Said]) -> Said | str:
    """One date, however often it is said; a finer one that ends on the same day wins over the coarser."""
    results = [(one, period_of(one)) for one in group]
    if broken := next((found.problem for _, found in results if found.problem), None):
        alone = len({found.value for _, found in results if not found.problem}) == 0
        return broken if alone or len(group) == 1 else "several" if broken == "several" else broken
    lasts = {_last(found) for _, found in results}
    if len(lasts) > 1:
        return "several"
    finest = min(results, key=lambda result: _last(result[1]) - _first(result[1]))
    return replace(finest[0], found=finest[1])


def _first(found: Found) -> date:
    return found.value or date.max


def _last(found: Found) -> date:
    return PartialDate(_first(found), found.precision).last


def period_of(one: Said) -> Found:
    """The period that counts: with "before", the one that ends the day before; never an earlier one on a guess."""
    found = one.found
    if one.role is Role.WEEK:
        return trouble("week")
    if one.role is not Role.BEFORE or found.value is None or one.cue.part or one.cue.time:
        return found
    if found.precision is Precision.YEAR and one.mention.end - one.mention.start > len("2026"):
        return trouble("fiscal_year")
    return _ahead_of(found, found.value)


def _ahead_of(found: Found, value: date) -> Found:
    """Before June is May; before 1 May is 30 April; before any other day may mean that day or not."""
    if found.precision is Precision.SEASON:
        return trouble("season_start")
    if found.precision is Precision.DAY:
        return Found(value - timedelta(days=1)) if value.day == 1 else trouble("before_day")
    months = {Precision.MONTH: 1, Precision.QUARTER: 3, Precision.HALF: 6, Precision.YEAR: 12}[
        found.precision
    ]
    total = value.year * 12 + value.month - 1 - months
    return Found(date(total // 12, total % 12 + 1, 1), found.precision)
