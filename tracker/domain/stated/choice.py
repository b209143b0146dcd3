"""Which of a sentence's dates is the deadline: the one said to be it, if it is one alone."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tracker.domain.partial import PartialDate
from tracker.domain.stated.cues import Cue, Role, cue
from tracker.domain.stated.mention import Found, Mention, Told, trouble
from tracker.domain.stated.without import open_ended
from tracker.domain.words import Precision

_RANGE = re.compile(
    r"/|[ ,]*(?:-|\.\.|to|until|through|till|au|a|al|hasta(?: el)?|jusqu'(?:au|a|en))(?: (?:the|le|el))? ?"
)
_AND = re.compile(r"[ ,;]*(?:(?:and|or|et|ou|y|o|e|&|/)(?: (?:the|le|el|by|en|in|on))?)?[ ,]*")
_BETWEEN = re.compile(r"(?<!\w)(?:between|entre)(?: (?:the|le|el))? ?$")
_DAY_BEFORE = re.compile(
    r"(?<![\w/.-])[0-9]{1,2}(?:st|nd|rd|th|er)? ?(?P<join>-|to|until|au|al|a|and|or|&|/|et|ou|y|"
    r"o)(?: (?:the|le|el))? ?$"
)
_PAIR = re.compile(
    r"[a-z]{3,10}\.?(?: ?(?P<sign>[-/]) ?| (?P<join>to|and|et|y|e|au?|al|through|until|"
    r"hasta) )[a-z]{3,10}\.?[ ,]"
)
_LISTED = re.compile(r"(?:^|[ ,;])(?:and|or|et|ou|y|o)(?: (?:by|the|le|el|en|in))? ?$")
_SPANNING = re.compile(
    r"(?<!\w)(?:between|entre|in|en|during|durant|durante|from|de|du|desde)(?: (?:the|le|el))? ?$"
)
_DUTY = re.compile(
    r"(?<!\w)(?:within|preve|preven|prevoit|prevoient|will|shall|must|should|duty|due|deadline|respon\w{1,6}|repl(?:y|ies)|answers?|"
    r"requir\w{1,4}|expect\w{0,3}|planned|schedul\w{1,3}|target\w{0,3}"
    r"|aims?|intends?|plans? to|commit\w{0,5}|s'engage\w{0,2}|fecha limite|date limite|fecha tope|"
    r"se compromete\w?"
    r"|\w{4,14}(?:ara|aran|iran?|dran?|era|eront|iront|ira)|hara|habra"
    r"|to be|is to|are to|doit|doivent|devr\w{1,4}|ser(?:a|ont|an)|repon\w{1,6}|delai|echeance|"
    r"prevue?s?|attendue?s?|deb(?:e|en|era|eran)|respues\w{1,3}|contest\w{1,6}|plazo|"
    r"previst\w{1,2})(?!\w)"
)
_UNREAD = re.compile(
    r"(?<!\w)(?:by|before|until|no later than|d'ici|avant|au plus tard|antes del?|hasta|"
    r"a mas tardar)(?: [a-z'-]{1,15}){1,3}[ -]$"
)
_FIELD, _LONGEST_REST = 24, 60
_SURE = (Role.DEADLINE, Role.BEFORE)


@dataclass(frozen=True, slots=True)
class Said:
    """A date and what the sentence says of it."""

    mention: Mention
    cue: Cue
    found: Found

    @property
    def role(self) -> Role:
        """What the date is."""
        return self.cue.role

    @property
    def weak(self) -> bool:
        """A bare year or a day without year is no deadline unless a cue or a named part of it says so."""
        return self.found.weak and not self.cue.part

    def as_role(self, role: Role) -> "Said":
        """The same date in another role."""
        return replace(self, cue=replace(self.cue, role=role))


def said_of(folded: str, mentions: list[Mention], told: Told) -> list[Said]:
    """Each date with its role, ranges and lists taken into account."""
    told_of: list[Said] = []
    previous = 0
    for mention in mentions:
        one = _one(folded, mention, previous)
        told_of = _joined(folded, told_of, one) if told_of else [one]
        previous = mention.end
    return [_own_date(one, told) for one in told_of]


def _own_date(one: Said, told: Told) -> Said:
    """The text's own date, repeated in it, is where the time starts and not where it ends."""
    own = told.near is not None and one.found.value == told.near and one.found.precision is Precision.DAY
    return one.as_role(Role.START) if own and one.role in (Role.NEUTRAL, Role.SOFT) else one


def _one(folded: str, mention: Mention, previous: int) -> Said:
    ahead = _DAY_BEFORE.search(folded[max(previous, mention.start - 16) : mention.start])
    paired = _PAIR.match(folded[mention.start : mention.end])
    start = mention.start - (len(ahead[0]) if ahead and mention.found.precision is Precision.DAY else 0)
    read = cue(folded, start, mention.end, previous)
    if _names_something(folded, mention, read) or _torn(folded, mention, joined=start != mention.start):
        return Said(mention, read, trouble("malformed", weak=mention.found.weak))
    joined = ahead if start != mention.start else paired
    if not joined:
        return Said(mention, read, mention.found)
    return _over_range(folded, start, Said(mention, read, mention.found), joined["join"] or "-")


def _names_something(folded: str, mention: Mention, read: Cue) -> bool:
    """ "By the 2027 elections" says when an election is, not that a year is the deadline."""
    whole = mention.found.precision in (Precision.YEAR, Precision.MONTH) and read.part is None
    ahead, behind = folded[: mention.start], folded[mention.end : mention.end + 20]
    return (
        whole
        and ahead.endswith("the ")
        and bool(re.match(r" (?!financial|fiscal|calendar|academic|school|year)[a-z]{4}", behind))
    )


def _torn(folded: str, mention: Mention, *, joined: bool) -> bool:
    """ "2 8 February": a figure right before a day may belong to it."""
    whole = mention.found.precision is Precision.DAY and not joined
    return whole and bool(re.search(r"(?<![\w./])[0-3] $", folded[max(0, mention.start - 4) : mention.start]))


def _over_range(folded: str, start: int, one: Said, join: str) -> Said:
    """ "1 to 3 June", "between May and June": the last one counts; "3 or 4 May" names two."""
    context = folded[max(0, start - 20) : start]
    if join in ("and", "et", "y", "e", "&", "/", "or", "ou", "o") and not _SPANNING.search(context):
        return replace(one, found=trouble("several"))
    if join in ("or", "ou", "o"):
        return replace(one, found=trouble("several"))
    return one.as_role(Role.DEADLINE) if one.role in (Role.START, Role.SOFT, Role.NEUTRAL) else one


def _joined(folded: str, before: list[Said], one: Said) -> list[Said]:
    """A date behind another: the end of a range, one more of a list, or a date of its own."""
    last = before[-1]
    gap = folded[
        last.mention.end : min(one.cue.begins, one.mention.start) if one.cue.part else one.mention.start
    ]
    opened = _BETWEEN.search(folded[max(0, last.mention.start - 20) : last.mention.start])
    if _RANGE.fullmatch(gap) or (opened and _AND.fullmatch(gap)):
        return [*before[:-1], last.as_role(Role.START), one.as_role(Role.DEADLINE)]
    if last.found.problem == "year_missing" and _AND.fullmatch(gap) and gap.strip(" ,;"):
        return [*before, replace(one, found=trouble("several"))]
    alike = last.role in _SURE and one.role is Role.NEUTRAL and last.found.precision == one.found.precision
    listed = _AND.fullmatch(gap) and gap.strip(" ,;") and last.role is not Role.NEUTRAL
    if listed or (alike and not one.found.weak and _LISTED.search(gap)):
        return [*before, one.as_role(last.role)]
    return [*before, one]


def chosen(folded: str, all_said: list[Said]) -> Said | str | None:
    """The deadline; or the problem that keeps it from being known; None where no date could be one."""
    for role in ((Role.MOVED_TO,), _SURE):
        if group := [one for one in all_said if one.role in role]:
            return _agreed(group + _opening(folded, all_said) if role is _SURE else group)
    group = [one for one in all_said if one.role in (Role.NEUTRAL, Role.SOFT, Role.WEEK)]
    bare = _without(folded, all_said)
    group = [one for one in group if not _idle(folded, one)]
    readable = [one for one in group if not one.found.problem]
    group = (
        group
        if len(readable) != 1 or any(not one.found.weak for one in group if one.found.problem)
        else readable
    )
    if not group:
        return _half_said(folded, all_said, bare)
    if (open_end := open_ended(folded)) and open_end.start() == 0:
        return "not_a_deadline"
    return _agreed(group) if bare <= _FIELD or _DUTY.search(folded) else "not_a_deadline"


def _idle(folded: str, one: Said) -> bool:
    """A bare year in a sentence is not a deadline; alone in its field it is."""
    return one.weak and one.role is not Role.SOFT and not _alone(folded, one)


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
