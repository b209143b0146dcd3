"""Whether a sentence governs its date: a duty ahead of it, or a fact, a forecast, something not expected."""

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache

from tracker.domain.stated.cue_words import phrases
from tracker.domain.stated.names import MONTHS

_BEHIND, _AHEAD = 300, 160
"""So many characters of its sentence are looked at on either side of a date."""
_MARK = re.compile(r"[.;!?|•][\"'»)]?(?= |$)|(?<=[0-9]{4})\.(?=[a-z])")
_SHORT = frozenset(
    "no nos art hon mr mrs ms dr st ref pp vs approx num sr sra arts para sec ch vol ltd inc cf ie eg".split()
)
_TOWARDS = "(?:from|to|until|du|au|jusqu|a|al|del|de|hasta)"
_NOUN = phrases(rf"""
    dut(?:y|ies) (?:to|of)|under (?:a|the) (?:legal |statutory )?duty
    due|deadline|respon[ds]\w{{1,5}}|repl(?:y|ies)|answers?
    schedul\w{{1,3}}|target\w{{0,3}}(?! of)|goals?
    planned|    ha(?:d|s|ve) until
    (?:extend|postpon|mov|deferr|prorrog|prorog|report|repouss|ampli|aplaz|prolong)\w{{1,5}}(?= {_TOWARDS}\b)
    fecha limite|date limite|fecha tope|delai|echeance|plazo|objetivos?|metas?|objectifs?
    repon\w{{1,6}}|respues\w{{1,3}}
    contest\w{{1,6}}|commit(?!tee)\w{{0,5}}|s'engage\w{{0,2}}|se compromete\w?
""")
_NO_FUTURE = r"(?:prim|terc|man|carr|front|band|cam|postr|kam|consid|gen|tolor|pal|lit|vis)(?:ara|era)\b"
_VERB = phrases(rf"""
    within (?:[0-9]|\w{{2,12}} (?:days|weeks|months))|will(?! (?:remain|continue|have an?|apply)\b)|shall|must|should
    (?:not |is |are )?requir(?:ed|es?)
    (?:is|are|be) expected|expected (?=to|by|in|on|for|at)|expects?|expecting
    aims? to|intends?|intend(?:ed|ing)|plans? to|planning to|committed to|commits? to|to be|is to|are to|please
    preve|preven|prevoit|prevoient|doit|doivent|devr\w{{1,4}}|sera|seront|seran?|prevue?s?|attendue?s?|il convient
    (?!{_NO_FUTURE})\w{{3,14}}(?:ara|aran|iran?|dran?|era|eront|iront|ira)
    hara|habra|podran?|deb(?:e|en|era|eran)|previst\w{{1,2}}|a (?:ejecutar|cumplir|entregar|realizar|presentar)\w{{0,3}}
""")
_PAST = phrases(r"""
    was|were|had|did|(?:has|have)(?: \w{2,12})? (?:been|\w{3,12}ed)
    a ete|ont ete|avai(?:t|ent)|etai(?:t|ent)|fut|furent
    fue|fueron|ha sido|han sido|habian?|eran?
""")
_DUTY = re.compile(rf"(?<!\w)(?:{_NOUN}|{_VERB})(?!\w)")
_GOVERNS = re.compile(rf"(?<!\w)(?:{_VERB})(?!\w)")
_TO_DO = re.compile(r", to (?!be\b)[a-z]{3,12} $")
_FACT = re.compile(rf"(?<!\w)(?:{_PAST})(?!\w)")
_FACT_BESIDE = re.compile(
    r"[,(] (?:[\w-]{1,20} ){0,4}(?!(?:expected|planned|scheduled|followed|based)\b)"
    r"\w{3,14}ed (?:by|in|on|at|with|from)\b"
)
_FORECAST = re.compile(
    r"(?<!\w)(?:forecasts?|forecasted|outlook|gdp|pib|projected|inflation|growth (?:will|of|in|is|to)|croissance"
    r"|(?:anticipat|estimat)\w{1,3} that|pronostic\w{1,6})(?!\w)"
)
_AMOUNT = re.compile(r"[£€$] ?[0-9]|[0-9] ?%|(?<!\w)(?:billions?|millions?|milliards?|millones)(?!\w)")
_GOAL = re.compile(r"(?<!\w)(?:goals?|targets?|objectifs?|objetivos?|metas?)(?!\w)")
_DONE_BESIDE = re.compile(
    r"(?<!\w)(?!(?:expected|planned|scheduled|needed|required|united|agreed)\b)(?:\w{3,14}ed|took|made|began|gave|wrote)(?!\w)"
)
_HAPPENED = phrases(r"""
    met|sat|held|heard|found|sent|said|told|left|came|went|was|were|had|did|rose|spoke|asked|fell|broke|saw|got
    (?:s'est|se sont|s'etait|a|ont|avait|est|sont)(?: \w{2,14})? \w{2,14}(?:e|es|ee|ees|i|is|ie|u|us|ue|ues|it|ert)
    (?:a|ont|est|sont) (?:pris|mis|fait|eu|ete|clos|tenu|rendu|dit)
    (?:se )?(?:reunio|celebro|concluyo|dicto|emitio|recibio|presento|solicito|pidio|tuvo|aprobo|acordo|remitio|notifico)
    (?:se )?(?:finalizo|fallecio|murio|envio|adopto|inicio|comenzo|decidio|declaro|visito|firmo|entro|llego|pregunto)
    (?:se )?(?:reunieron|celebraron|concluyeron|dictaron|presentaron|pidieron|solicitaron|aprobaron|acordaron|tuvieron)
    (?:se )?(?:termino(?! de)|escribio|dijo|escucho|cerro)
    (?:fue|fueron|hubo|hizo|ha|han|habia)
""")
_EXPECTED = re.compile(
    r"(?<!\w)(?:is|are)(?: \w{2,9})? (?:expected|due|planned|scheduled|intended|required|set) $"
)
_SPAN_AHEAD = re.compile(r"\W*(?:between|from|entre|du|del|desde)\W.{0,45}")
_EVENT_FIRST = re.compile(rf"(?<!\w)(?:{_HAPPENED})(?!\w)")
"""What happened on the day a sentence begins with; a duty behind it has another day or none."""
_SPANNED = re.compile(
    r"(?<!\w)(?:consult\w{0,8}|comments?|open|ouverte?s?|abiert[oa]s?|runs?|period\w{0,2}|projects?|projet|proyecto|dates?"
    r"|fechas?|timeline|implement\w{0,7}|conduct\w{0,3}|end|fin|termino|commitments?|compromiso)(?!\w)"
)
_MAIN_CLAUSE = 70
_FINISHED = re.compile(r"(?<!\w)(?:complet\w{1,5}|deliver\w{0,4}|date|implement\w{0,7})(?!\w)")
_UNEXPECTED = re.compile(
    r"(?<!\w)(?:no \w{2,14} (?:will|shall|may)"
    r"|(?:not|n't|never|no \w{2,14} (?:is|are))(?: \w{2,14})? "
    r"(?:expect|requir|need|oblige|due|anticipat)\w{0,4}"
    r"|(?:pas|aucune?)(?: [\w']{1,14}){0,3} (?:attendu|requis|exige|necessaire|tenu)\w{0,2}"
    r"|no (?:se )?(?:espera|requiere|exige|necesita|es necesari[oa])\w{0,2})(?!\w)"
)
_NEGATED = re.compile(
    r"(?<!\w)(?:not|cannot|no|never|neither|nor|nobody|nothing|without|\w{2,6}n't|pas|aucune?|jamais|nul(?:le)?|ni|"
    r"ningun[oa]?|nunca|tampoco)(?!\w)"
)
_HARDLY_A_WORD = re.compile(r"(?:\W*\w{1,20}){0,2}\W*")


@lru_cache(maxsize=8)
def _ends(folded: str) -> tuple[int, ...]:
    """Where sentences and cells end; not behind an abbreviation or a number of one or two figures."""
    return tuple(match.end() for match in _MARK.finditer(folded) if not _abbreviated(folded, match))


def _abbreviated(folded: str, mark: re.Match[str]) -> bool:
    if not mark[0].startswith("."):
        return False
    found = re.search(r"\w*$", folded[max(0, mark.start() - 12) : mark.start()])
    word = found[0] if found else ""
    if not word:
        return False
    return (
        len(word) < 2
        or word in _SHORT
        or (word in MONTHS and len(word) < 5)
        or (word.isdigit() and len(word) < 3)
    )


def sentence(folded: str, start: int, end: int) -> tuple[str, str]:
    """What stands before and behind the stretch start..end in its own sentence."""
    low, high = max(0, start - _BEHIND), min(len(folded), end + _AHEAD)
    ends = _ends(folded)
    behind = bisect_right(ends, start)
    low = max(low, ends[behind - 1]) if behind else low
    ahead = bisect_left(ends, end)
    high = min(high, ends[ahead]) if ahead < len(ends) else high
    return folded[low:start], folded[end:high]


def governed(folded: str, start: int, end: int, *, weak: bool = False) -> bool:
    """Whether a duty reaches a date that has no word of its own; facts, forecasts and sums of a year are none."""
    before, behind = sentence(folded, start, end)
    whole = f"{before} {behind}"
    if _UNEXPECTED.search(before) or _FORECAST.search(whole):
        return False
    if weak and _AMOUNT.search(whole) and not _GOAL.search(whole):
        return False
    duties = list(_GOVERNS.finditer(before))
    if duties:
        return _reaches(before, duties[-1])
    if _TO_DO.search(before):
        return True
    if _DUTY.search(before):
        return not _told(before) and not _told(behind) and not _DONE_BESIDE.search(before)
    return bool(_HARDLY_A_WORD.fullmatch(before)) and _leads(behind)


def _reaches(before: str, duty: re.Match[str]) -> bool:
    """A duty ahead of the date, unless a fact stands between, or its "to be" is part of one."""
    alone = duty[0] == "to be" and not _EXPECTED.search(before[: duty.start()])
    between = before if alone else before[duty.end() :]
    return not _told(between)


def _leads(behind: str) -> bool:
    """ "In 2026, the Government will ...": the first verb behind the date is the duty."""
    duty = _GOVERNS.search(behind[:_MAIN_CLAUSE])
    if duty is None:
        duty = _DUTY.search(behind[:_MAIN_CLAUSE])
        if duty is None or _told(behind) or _DONE_BESIDE.search(behind):
            return False
    ahead = behind[: duty.start()]
    return not _DONE_BESIDE.search(ahead) and not _EVENT_FIRST.search(ahead)


def _told(words: str) -> bool:
    return bool(_FACT.search(words) or _FACT_BESIDE.search(words))


def doubtful(folded: str, start: int, end: int, *, needs_duty: bool, years: bool = False) -> bool:
    """Whether a sentence that says "by" of a date tells a fact, a forecast, or what is not expected by then."""
    before, behind = sentence(folded, start, end)
    whole = f"{before} {behind}"
    if _UNEXPECTED.search(before) or (_FORECAST.search(whole) and not _FINISHED.search(whole)):
        return True
    if needs_duty and _SPAN_AHEAD.fullmatch(before) and not _leads(behind):
        return bool(_DONE_BESIDE.search(behind[:_MAIN_CLAUSE]) or _EVENT_FIRST.search(behind[:_MAIN_CLAUSE]))
    if needs_duty and years:
        return not _GOVERNS.search(before)
    if needs_duty:
        return not _DUTY.search(whole) and not _SPANNED.search(whole)
    return bool(_FACT.search(whole)) and not _DUTY.search(whole)


def negated(folded: str, start: int) -> bool:
    """Whether a "before" is a "not before": nothing will happen until then."""
    return bool(_NEGATED.search(sentence(folded, start, start)[0]))
