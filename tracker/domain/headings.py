"""A report's numbered recommendations: found by the rules of how reports number them, none made up.

Forms: `Recommendation 12: …` (also French, Spanish, German, lettered, in words), `R12. …`, a list `12. …` under a
heading that says "recommendations", a committee's `3. … (Recommendation, Paragraph 17)`, `Recommendation: …` without
a number. A table of contents, a repetition and a mention ("see Recommendation 4") are none.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from tracker.domain import heading_forms as forms
from tracker.domain.heading_text import Words, words_under
from tracker.domain.report_lines import TextLine, words_of

MOST = 500
FEWEST_WORDS = 6
_SAME_SHARE = 0.6
_LONGEST_MARKED = 60


@dataclass(frozen=True, slots=True)
class Found:
    """A numbered recommendation as it stands in a report: a proposal that a person looks through."""

    number: str
    """As written; empty where the report gives none."""
    title: str
    """The report's own, or empty."""
    text: str
    page: int
    label: str = ""
    """What the report calls it before its number: Recommendation, R."""


@dataclass(frozen=True, slots=True)
class _Start:
    """A line with which one may begin."""

    at: int
    number: str
    rest: str
    is_contents: bool = False
    label: str = ""
    end: int = 0
    """The line behind its last, where the report marks it."""


def recommendations(lines: Sequence[TextLine]) -> list[Found]:
    """What a report asks, in its order; the form that finds most counts, the plainest of equals."""
    several = [_kept(lines, starts) for starts in _by_form(lines)]
    asked = next((found for found in several[:1] if len(found) > 1), None)
    return (asked or max(several, key=len))[:MOST]


def _by_form(lines: Sequence[TextLine]) -> Iterator[list[_Start]]:
    """The starts by each form; the plainest first."""
    for labels in forms.LABELS.values():
        yield list(_labelled(lines, forms.labelled(labels)))
    yield list(_labelled(lines, forms.SHORT))
    yield _listed(lines)
    yield list(_unnumbered(lines))


def _labelled(lines: Sequence[TextLine], form: re.Pattern[str]) -> Iterator[_Start]:
    before = TextLine("")
    for at, line in enumerate(lines):
        match = form.match(line.text)
        if match and _is_heading(match["rest"] or "", line, before, form):
            rest = (match["rest"] or "").strip()
            number = " ".join(match["number"].split()).rstrip(" .")
            listed = bool(match["pages"] or forms.CONTENTS.search(rest)) or _ends_with_page(lines, at, form)
            yield _Start(at, number, _without_sign(rest), listed, match["label"])
        before = line


def _ends_with_page(lines: Sequence[TextLine], at: int, form: re.Pattern[str]) -> bool:
    """Whether a heading of one line and the one right after it both end with a number, as in a list of contents."""
    near = [line for line in (lines[at - 1] if at else None, *lines[at + 1 : at + 2]) if line is not None]
    numbered = forms.PAGE_AT_END.search(lines[at].text) is not None
    return numbered and any(form.match(one.text) and forms.PAGE_AT_END.search(one.text) for one in near)


def _is_heading(rest: str, line: TextLine, before: TextLine, form: re.Pattern[str]) -> bool:
    """Whether a line that begins like a heading is one, and no sentence that goes on from above."""
    if forms.GOES_ON.search(before.text) and not (line.after_gap or (line.is_bold and not before.is_bold)):
        return False
    stands_apart = (
        line.after_gap or line.is_bold != before.is_bold or not before.text or bool(form.match(before.text))
    )
    ended = bool(forms.SENTENCE_ENDS.search(before.text)) or len(before.text) < 60
    if not rest.strip(" .,;)"):
        return (
            (stands_apart or ended)
            and not rest.strip().endswith((",", ";"))
            and (stands_apart or rest.strip() != ".")
        )
    if forms.SEVERAL.match(rest) and not re.match(r"\s*[-–—:]\s*\D", rest):
        return False
    if re.match(r"\s*(?:\([^)]{1,60}\))?\s*[:–—-]", rest):
        return True
    opens = re.match(r"\s*\.?\s*[\"'“‘«¿¡\[(]*[^\W\d_]", rest)
    return bool(opens) and opens[0][-1:].isupper() and (stands_apart or ended) if opens else False


def _without_sign(rest: str) -> str:
    return re.sub(r"^(?:\([^)]{1,60}\)\s*)?[\s:.–—)-]+", "", rest) if rest[:1] in ":.–—)-(" else rest


def _listed(lines: Sequence[TextLine]) -> list[_Start]:
    """`1. …`, `2. …` in their order under a heading that says "recommendations"; a committee's conclusions left out."""
    best: list[_Start] = []
    for at in _list_headings(lines):
        found = max((_counted(lines, at, form) for form in (forms.LISTED, forms.BARE)), key=len)
        marked = _marked(lines, found)
        best = max(best, marked if marked else found, key=len)
    return best if len(best) > 1 else []


def _list_headings(lines: Sequence[TextLine]) -> Iterator[int]:
    for at, (line, after) in enumerate(pairwise([*lines, TextLine("")])):
        two = f"{line.text} {after.text}"
        if forms.LIST_HEADING.fullmatch(line.text):
            yield at + 1
        elif len(two) < 60 and forms.LIST_HEADING.fullmatch(two):
            yield at + 2


def _counted(lines: Sequence[TextLine], at: int, form: re.Pattern[str]) -> list[_Start]:
    """The lines that count on from the first: 1, 2, 3 or a, b, c; any other number is part of one of them."""
    found: list[_Start] = []
    sign = ""
    for here in range(at, len(lines)):
        match = form.match(lines[here].text)
        if not match or forms.CONTENTS.search(lines[here].text):
            continue
        number, its_sign = match["number"], match.groupdict().get("sign", "") or ""
        follows = forms.order_of(number) == ((len(found) + 1),) and (not found or its_sign == sign)
        same_kind = not found or number.isdigit() == found[0].number.isdigit()
        if follows and same_kind:
            sign = its_sign
            found.append(_Start(here, number, match["rest"]))
    return found


def _marked(lines: Sequence[TextLine], found: Sequence[_Start]) -> list[_Start]:
    """Those that end with "(Recommendation, Paragraph 17)", where some do."""
    ends = [*(start.at for start in found[1:]), len(lines)]
    kinds = [_mark(lines, start, end) for start, end in zip(found, ends, strict=False)]
    asked = [
        replace(start, end=at)
        for start, (kind, at) in zip(found, kinds, strict=False)
        if kind == "recommendation"
    ]
    return asked if sum(bool(kind) for kind, _ in kinds) > 1 else []


def _mark(lines: Sequence[TextLine], start: _Start, end: int) -> tuple[str, int]:
    """What a committee calls this paragraph at its end, and the line behind it."""
    for at in range(start.at, min(end, start.at + _LONGEST_MARKED)):
        match = forms.IN_REPORT.search(" ".join(line.text for line in lines[max(start.at, at - 1) : at + 1]))
        if match:
            return match["kind"].lower(), at + 1
    return "", end


def _unnumbered(lines: Sequence[TextLine]) -> Iterator[_Start]:
    before = TextLine("")
    for at, line in enumerate(lines):
        match = forms.UNNUMBERED.match(line.text)
        if match and not (forms.GOES_ON.search(before.text) and not line.after_gap):
            yield _Start(at, "", match["rest"] or "")
        before = line


def _kept(lines: Sequence[TextLine], starts: Sequence[_Start]) -> list[Found]:
    """Each once, with its words: tables of contents go where the recommendations themselves stand elsewhere."""
    if not starts:
        return []
    words = words_of(lines)
    told = [
        (start, words_under(lines, start.at, start.rest, start.end or end, words, is_whole=bool(start.end)))
        for start, end in zip(starts, [*(start.at for start in starts[1:]), len(lines)], strict=True)
    ]
    runs = _runs(told)
    whole = [run for run in runs if sum(map(_is_said, run)) * 2 >= len(run)]
    chosen = [one for run in whole for one in run] or max((_titled(run) for run in runs), key=len, default=[])
    found: list[Found] = []
    for start, said in chosen:
        one = Found(start.number, said.title, said.text, lines[start.at].page, start.label)
        if (one.title or one.text) and not any(_is_same(one, other) for other in found):
            found.append(one)
    return found


_Told = tuple[_Start, Words]


def _runs(told: Sequence[_Told]) -> list[list[_Told]]:
    """Stretches in which the numbers rise: a list of contents is one, the report's own headings another."""
    runs: list[list[_Told]] = []
    for one in told:
        rises = runs and (
            not one[0].number or forms.order_of(one[0].number) > forms.order_of(runs[-1][-1][0].number)
        )
        if rises and runs[-1][-1][0].is_contents == one[0].is_contents:
            runs[-1].append(one)
        else:
            runs.append([one])
    return runs


def _is_said(one: _Told) -> bool:
    """Whether words in sentences stand there, not only a heading."""
    start, said = one
    return not start.is_contents and len(said.text.split()) >= FEWEST_WORDS


def _titled(run: Sequence[_Told]) -> list[_Told]:
    return [one for one in run if one[1].title or len(one[1].text.split()) > 1]


def _is_same(one: Found, other: Found) -> bool:
    """A repetition: the same number and mostly the same words."""
    if one.number.lower() != other.number.lower():
        return False
    mine, theirs = (set(re.findall(r"\w{3,}", f"{it.title} {it.text}".lower())) for it in (one, other))
    fewer = min(len(mine), len(theirs))
    return fewer == 0 or len(mine & theirs) >= fewer * _SAME_SHARE
