"""The marks on the sentences of a reply: what each looks like, by which of its words, and how sure that is."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from tracker.domain.marking.forms import Code, Tongue, is_denied
from tracker.domain.marking.sentences import Sentence, sentences_of
from tracker.domain.marking.sureness import sureness
from tracker.domain.marking.tongues import tongue_of
from tracker.domain.words import Position

LONGEST_SENTENCE = 1500
MOST_SENTENCES = 3000
_PRESENTS = re.compile(r"[“\"«]([^”\"»]{25,})[”\"»]")
_ADDRESS = re.compile(r"\(?\bhttps?://\S+")
_SIGNS = str.maketrans({"’": "'", "‘": "'", "\u00a0": " ", "\u202f": " ", "\u00ad": ""})
_SHARED_WORDS = 6
_MOST_SHARED = 0.6


@dataclass(frozen=True, slots=True)
class Mark:
    """What a sentence looks like."""

    code: Code
    cue: str
    """The words of the sentence that show it."""
    sure: float
    """Share of such marks that were right on the labelled replies of this language."""
    position: Position | None = None
    is_weak: bool = False


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence with its marks, and its number from 1 on."""

    number: int
    sentence: Sentence
    marks: tuple[Mark, ...] = ()

    def mark(self, code: Code) -> Mark | None:
        """Its mark of that code."""
        return next((one for one in self.marks if one.code is code), None)

    @property
    def is_own(self) -> bool:
        """Whether it is in the body's own words, on this recommendation."""
        return not (self.mark(Code.QUOTED) or self.mark(Code.NEIGHBOUR))


def marked(text: str, *, language: str = "", asked: str = "", number: str = "") -> list[Marked]:
    """The sentences of a reply to an item of that text and number, marked; unmarked in a language without rules."""
    sentences = sentences_of(text)[:MOST_SENTENCES]
    tongue = tongue_of(text, language)
    if tongue is None:
        return [Marked(at, one) for at, one in enumerate(sentences, 1)]
    shown = _windows(asked)
    return [
        Marked(at, one, tuple(_marks(one.text[:LONGEST_SENTENCE], tongue, shown, number)))
        for at, one in enumerate(sentences, 1)
    ]


def _marks(written: str, tongue: Tongue, asked: frozenset[str], number: str) -> Iterator[Mark]:
    sentence = plain(written)
    own = _PRESENTS.sub(" “…” ", _ADDRESS.sub(" ", sentence))
    told = tongue.quoting.match(own)
    if _repeats(sentence, asked) or (told and not _answers(own[told.end() :], tongue)):
        yield _mark(Code.QUOTED, told[0] if told else sentence[:40], tongue)
        return
    other = _other_item(own, tongue, number)
    if other:
        yield _mark(Code.NEIGHBOUR, other, tongue)
    yield from _position(own, tongue)
    found = {code: cue for code in tongue.forms if (cue := _first(own, code, tongue))}
    if Code.REFERRAL in found and _ANSWERED_BY_OTHERS.search(own):
        # That somebody else will reply announces no reply of this body.
        found.pop(Code.HOLDING, None)
    if Code.HOLDING in found:
        # To answer later, or to look at it until then, is not yet to do something about it.
        found.pop(Code.ACTION, None)
        # Why the answer takes longer is no reason for a position.
        found.pop(Code.REASON, None)
    if Code.ACTION not in found:
        # Who does nothing in a sentence owns nothing there.
        found.pop(Code.OWNER, None)
    if Code.DATE in found and not _dates_an_act(own, found):
        del found[Code.DATE]
    yield from (_mark(code, cue, tongue) for code, cue in found.items())


def plain(text: str) -> str:
    """Text with one kind of apostrophe and space, composed."""
    return unicodedata.normalize("NFKC", text).translate(_SIGNS)


def _mark(code: Code, cue: str, tongue: Tongue) -> Mark:
    return Mark(code, cue.strip(" ,;:"), sureness(tongue.code, code))


def _position(own: str, tongue: Tongue) -> Iterator[Mark]:
    for form in tongue.positions:
        cue = form.cue(own)
        if cue:
            sure = sureness(tongue.code, Code.POSITION)
            turns = form.position is Position.ACCEPTED and not form.has_own_denial
            refused = turns and is_denied(own, cue)
            position = Position.REJECTED if refused else form.position
            yield Mark(Code.POSITION, cue[0].strip(" ,;:"), sure, position, form.is_weak)
            return


def _first(own: str, code: Code, tongue: Tongue) -> str:
    found = (form.cue_said(own) if code is Code.ACTION else form.cue(own) for form in tongue.forms[code])
    return next((cue[0] for cue in found if cue), "")


_ANSWERED_BY_OTHERS = re.compile(
    r"\b(?:who|which) (?:will|should|can) (?:\w+ )?(?:repl|respond|answer|write)|\bqui (?:vous |y "
    r"|lui )?(?:répond|adresser|apporter)"
    r"|\b(?:quien|quienes|que|la cual|el cual) (?:le |les )?(?:respond|contestar|dar)",
    re.I,
)
_DEADLINE = re.compile(
    r"\b(?:by|before|until|no later than|deadline|timetable|target|implementation date|from|within|due"
    r"|d'ici|avant|échéance|calendrier|dès|à compter|"
    r"antes de|plazo|calendario|a partir)\b",
    re.I,
)


def _dates_an_act(own: str, found: dict[Code, str]) -> bool:
    """A day is a date of the answer where something is done on it; the day of a letter is none."""
    return Code.ACTION in found or (
        bool(_DEADLINE.search(own)) and Code.ACKNOWLEDGEMENT not in found and Code.HOLDING not in found
    )


_NEXT_CLAUSE = re.compile(
    r"[;,] (?:and |but |which |et |mais |y |pero |lo que |ce que )?(?:we|nous|I|the government)?\b"
)


def _answers(rest: str, tongue: Tongue) -> bool:
    """Whether after what was asked the same sentence says where the body stands."""
    clause = _NEXT_CLAUSE.split(rest, maxsplit=1)
    if any(form.cue(rest) for form in tongue.heads):
        return True
    return len(clause) > 1 and any(form.cue(clause[1]) for form in tongue.positions if not form.is_weak)


def _windows(asked: str) -> frozenset[str]:
    """Every run of a few words of what was asked."""
    words = _words(asked)
    return frozenset(
        " ".join(words[at : at + _SHARED_WORDS]) for at in range(max(0, len(words) - _SHARED_WORDS + 1))
    )


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", plain(text).casefold())


def _repeats(sentence: str, asked: frozenset[str]) -> bool:
    """Whether a sentence is mostly the words of what was asked."""
    words = _words(sentence)
    runs = [" ".join(words[at : at + _SHARED_WORDS]) for at in range(len(words) - _SHARED_WORDS + 1)]
    return bool(runs) and sum(run in asked for run in runs) >= _MOST_SHARED * len(runs)


def _other_item(own: str, tongue: Tongue, number: str) -> str:
    """The words that name another recommendation, where this one's number is known and not among them."""
    mine = re.search(r"\d+(?:\.\d+)*", number)
    if not mine:
        return ""
    for found in tongue.other_item.finditer(own):
        if not _holds(found["number"], mine[0]):
            return found[0]
    return ""


def _holds(numbers: str, mine: str) -> bool:
    said = re.findall(r"\d+(?:\.\d+)*", numbers)
    if mine in said:
        return True
    reach = re.search(r"(\d+)\s*(?:to|-|–|à|a)\s*(\d+)", numbers)
    return bool(reach) and mine.isdigit() and int(reach[1]) <= int(mine) <= int(reach[2]) if reach else False
