"""Takes a text apart into sentences, each with its place; abbreviations, numbers, lists and headings survive."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

LONGEST_HEADING = 80
MOST_HEADING_WORDS = 10
_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s|$)|[;:](?=\s*\n)")
_ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof st no nos art arts para paras p pp vol ch sec s cl reg regs fig cf e.g i.e etc vs approx dept "
    "gov hon rt rev gen col "
    "jan feb mar apr jun jul aug sep sept oct nov dec ref rec recs inc ltd co "
    "m mm mme mmes mlle al chap éd env n° nº c.-à-d p.ex ex av "
    "sr sra srta sres d dña dª excmo excma ilmo núm núms pág págs ap ee uu ud uds".split()
)
_INITIAL = re.compile(r"(?:^|[\s(.])[A-ZÀ-Ý]\.?$|(?:^|\s)(?:[A-Za-z]\.){1,}[A-Za-z]$")
_LISTED = re.compile(r"(?:[•●▪◦–—*·-]|\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,4})[.)])\s+\S")
_NUMBER_ALONE = re.compile(r"(?:^|\n)\s*\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-zA-Z])$")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a text: from `start` up to `end`, in characters."""

    start: int
    end: int
    text: str
    """As written, in one line."""


def sentences_of(text: str) -> list[Sentence]:
    """The sentences of a text in their order; a heading and each entry of a list stand alone."""
    return [one for start, end in _blocks(text) for one in _split(text, start, end)]


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Paragraphs, headings and entries of lists: where a line break means more than the edge of a page."""
    start = 0
    for found in re.finditer(r"\n", text):
        before, after = text[start : found.start()], text[found.end() :]
        if _is_break(before, after):
            yield start, found.start()
            start = found.end()
    yield start, len(text)


def _is_break(before: str, after: str) -> bool:
    line, following = before.rpartition("\n")[2].strip(), after.partition("\n")[0].strip()
    if not line or not following or _LISTED.match(following):
        return True
    if _END.search(line[-3:]) or line.endswith((":", ";")):
        return True
    return "\n" not in before.strip() and _is_heading(line) and following[:1].isupper()


def _is_heading(line: str) -> bool:
    """A short line that begins with a capital and whose last word does not: a name may go on below."""
    words = line.split()
    return (
        len(line) <= LONGEST_HEADING
        and len(words) <= MOST_HEADING_WORDS
        and line[0].isupper()
        and not words[-1][0].isupper()
    )


def _split(text: str, start: int, end: int) -> Iterator[Sentence]:
    begin = start
    for found in _END.finditer(text, start, end):
        if _is_end(text[begin : found.start()], found[0], text[found.end() : end]):
            yield from _sentence(text, begin, found.end())
            begin = found.end()
    yield from _sentence(text, begin, end)


def _is_end(before: str, sign: str, after: str) -> bool:
    """Whether a sign ends a sentence: not after an abbreviation, an initial or a paragraph's number."""
    if not after.strip() or sign[0] in "!?;:":
        return True
    word = _elided(before.rsplit(None, 1)[-1].lstrip("(«“\"'")).casefold() if before.strip() else ""
    follows = after.lstrip()[:1]
    if follows.islower() or follows in ",;)":
        return False
    if word in _ABBREVIATIONS and not (word in {"etc", "no"} and not follows.isdigit()):
        return False
    return not (_INITIAL.search(before) or _NUMBER_ALONE.search(before))


def _elided(word: str) -> str:
    """`l'art` is `art`."""
    return re.split("['’]", word)[-1]


def _sentence(text: str, start: int, end: int) -> Iterator[Sentence]:
    raw = text[start:end]
    if raw.strip():
        start += len(raw) - len(raw.lstrip())
        end -= len(raw) - len(raw.rstrip())
        yield Sentence(start, end, " ".join(text[start:end].split()))
