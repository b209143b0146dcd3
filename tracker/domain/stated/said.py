"""The dates of a sentence with what is said of each, ranges and lists taken into account."""

import re
from dataclasses import dataclass, replace

from tracker.domain.stated.cue_words import FILL
from tracker.domain.stated.cues import Cue, Role, cue
from tracker.domain.stated.mention import Found, Mention, Told, trouble
from tracker.domain.stated.prose import negated
from tracker.domain.words import Precision

_RANGE = re.compile(
    r"/|[ ,]*(?:[-—]|\.\.|to|until|through|till|au|a|al|hasta(?: el)?|jusqu'(?:au|a|en))(?: (?:the|le|el))? ?"
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
_EVENT = re.compile(
    r"(?<!\w)(?:before|ahead of|prior to|until|after|following|since|avant|apres|antes|despues) (?:\w{1,15} ){1,4}$"
)
_SPANNING = re.compile(
    r"(?<!\w)(?:between|entre|in|en|during|durant|durante|from|de|du|desde)(?: (?:the|le|el))? ?$"
)
WORDS_AHEAD = re.compile(
    rf"(?<![a-z])(?!(?:{FILL}|to|vers|from|between|entre|desde|proximo|prochain|next|open|runs?)\b)[a-z]{{2,}},? ?$"
)
"""A date behind a word that is no cue: the end of a heading, not a field."""
SURE = (Role.DEADLINE, Role.BEFORE)


@dataclass(frozen=True, slots=True)
class Said:
    """A date and what the sentence says of it."""

    mention: Mention
    cue: Cue
    found: Found
    ranged: bool = False
    """The end of a span whose beginning is named too."""

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
    return [_not_before(folded, _own_date(one, told)) for one in told_of]


def _own_date(one: Said, told: Told) -> Said:
    """The text's own date, repeated in it, is where the time starts and not where it ends."""
    own = told.near is not None and one.found.value == told.near and one.found.precision is Precision.DAY
    return one.as_role(Role.START) if own and one.role in (Role.NEUTRAL, Role.SOFT) else one


def _not_before(folded: str, one: Said) -> Said:
    """What will "not start before" a day starts then or later."""
    return one.as_role(Role.START) if one.role is Role.BEFORE and negated(folded, one.cue.begins) else one


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
    if read.role is Role.SOFT and _EVENT.search(folded[max(0, read.begins - 60) : read.begins]):
        return True
    ahead, behind = folded[: mention.start], folded[mention.end : mention.end + 20]
    return (
        whole
        and ahead.rstrip("\"'« ").endswith(" the")
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


def _ending(folded: str, last: Said, one: Said) -> Said:
    """The end of a span; "end of December 2024 - 2025" has two."""
    ahead = folded[: last.mention.start]
    title = last.role is Role.NEUTRAL and bool(WORDS_AHEAD.search(ahead))
    labelled = not ahead or ahead.rstrip().endswith(
        ("(", "|", "[") if one.found.weak else ("(", "|", "[", ":")
    )
    torn = last.cue.part == "end" and one.found.precision is Precision.YEAR
    found = trouble("several") if torn else one.found
    return replace(one.as_role(Role.NEUTRAL if title else Role.DEADLINE), found=found, ranged=not labelled)


def _joined(folded: str, before: list[Said], one: Said) -> list[Said]:
    """A date behind another: the end of a range, one more of a list, or a date of its own."""
    last = before[-1]
    gap = folded[
        last.mention.end : min(one.cue.begins, one.mention.start) if one.cue.part else one.mention.start
    ]
    opened = _BETWEEN.search(folded[max(0, last.mention.start - 20) : last.mention.start])
    if _RANGE.fullmatch(gap) or (opened and _AND.fullmatch(gap)):
        return [*before[:-1], last.as_role(Role.START), _ending(folded, last, one)]
    if last.found.problem == "year_missing" and _AND.fullmatch(gap) and gap.strip(" ,;"):
        return [*before, replace(one, found=trouble("several"))]
    alike = last.role in SURE and one.role is Role.NEUTRAL and last.found.precision == one.found.precision
    listed = _AND.fullmatch(gap) and gap.strip(" ,;") and last.role is not Role.NEUTRAL
    if listed or (alike and not one.found.weak and _LISTED.search(gap)):
        return [*before, one.as_role(last.role)]
    return [*before, one]
