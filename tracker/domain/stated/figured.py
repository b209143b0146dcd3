"""Days and years written in words, put into figures where they stand beside a month: "quinze mai deux mille vingt-six".

Only between a month and its day or year, so that a number of anything else stays the words it is.
"""

import re
from collections.abc import Iterator

from tracker.domain.stated.names import MONTHS, either

_ENGLISH = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_ENGLISH_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth "
    "fifteenth sixteenth seventeenth eighteenth nineteenth"
).split()
_FRENCH = (
    "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit "
    "dix-neuf"
).split()
_SPANISH = (
    "uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete "
    "dieciocho diecinueve"
).split()
_SPANISH_TWENTIES = (
    "veinte veintiuno veintidos veintitres veinticuatro veinticinco veintiseis veintisiete veintiocho veintinueve"
).split()
_TENS = (
    (20, "twenty", "twentieth", "vingt", "veinte"),
    (30, "thirty", "thirtieth", "trente", "treinta"),
    (40, "forty", "", "quarante", "cuarenta"),
    (50, "fifty", "", "cinquante", "cincuenta"),
    (60, "sixty", "", "soixante", "sesenta"),
)


def _below_seventy() -> Iterator[tuple[str, int]]:
    """Every spelling of 1 to 69, folded."""
    for number, names in enumerate(zip(_ENGLISH, _ENGLISH_ORDINALS, _FRENCH, _SPANISH, strict=True), start=1):
        yield from ((name, number) for name in names)
    yield from (("premier", 1), ("primero", 1), ("primer", 1), ("dix sept", 17), ("dix huit", 18))
    yield from (("dix neuf", 19), ("dieciseis", 16))
    yield from ((word, 20 + number) for number, word in enumerate(_SPANISH_TWENTIES))
    for ten, english, ordinal, french, spanish in _TENS:
        yield from ((word, ten) for word in (english, ordinal, french, spanish) if word)
        yield from _over(ten, english, french, spanish)


def _over(ten: int, english: str, french: str, spanish: str) -> Iterator[tuple[str, int]]:
    for unit in range(1, 10):
        for mark in "- ":
            yield f"{english}{mark}{_ENGLISH[unit - 1]}", ten + unit
            yield f"{english}{mark}{_ENGLISH_ORDINALS[unit - 1]}", ten + unit
            yield f"{french}{mark}{_FRENCH[unit - 1]}", ten + unit
            yield f"{french}{mark}et{mark}{_FRENCH[unit - 1]}", ten + unit
        yield f"{spanish} y {_SPANISH[unit - 1]}", ten + unit


_NUMBERS = dict(_below_seventy())
_DAYS = {word: number for word, number in _NUMBERS.items() if number <= 31}
_YEARS = {
    f"{lead}{word}": 2000 + number
    for lead in ("two thousand and ", "two thousand ", "deux mille ", "deux mil ", "dos mil ")
    for word, number in _NUMBERS.items()
} | {
    f"twenty{mark}{word}": 2000 + number for mark in "- " for word, number in _NUMBERS.items() if number >= 10
}
_MONTH = rf"(?:{either(MONTHS)})(?![a-z])\.?"
_OF_YEAR = r",? (?:(?:of|in|de|del|de l'an|del ano|de l'annee|the year) )?"
_YEAR_IN_WORDS = re.compile(
    rf"(?<![\w-])(?:{_MONTH}{_OF_YEAR}|(?:end of|year|ano|annee|l'an|fin|fines de|finales de) )"
    rf"(?P<word>{either(_YEARS)})(?![\w-])(?: ?\((?P<figure>[0-9]{{4}})\))?"
)
_COUNTED = r"(?: ?\((?P<figure>[0-9]{1,2})\))?"
_DAY_IN_WORDS = (
    re.compile(
        rf"(?<![\w-])(?P<word>{either(_DAYS)})(?![\w-]){_COUNTED}"
        rf"(?=(?: day| dias?| jours?)?(?: of| de| du mois de| del mes de)? {_MONTH}{_OF_YEAR}[0-9]{{4}})"
    ),
    re.compile(
        rf"(?<![\w-]){_MONTH} (?:the )?(?P<word>{either(_DAYS)})(?![\w-]){_COUNTED}(?=,? [0-9]{{4}}(?![0-9]))"
    ),
)


def figured(folded: str) -> tuple[str, list[int]]:
    """The text with days and years in figures, and for each of its places the place in the text given."""
    places = list(range(len(folded) + 1))
    folded, places = _written(folded, places, _YEAR_IN_WORDS, _YEARS)
    for form in _DAY_IN_WORDS:
        folded, places = _written(folded, places, form, _DAYS)
    return folded, places


def _written(
    text: str, places: list[int], form: re.Pattern[str], numbers: dict[str, int]
) -> tuple[str, list[int]]:
    parts: list[str] = []
    kept: list[int] = []
    done = 0
    for match in form.finditer(text):
        number = numbers[match["word"]]
        if match["figure"] and int(match["figure"]) != number:
            continue
        start, written = match.start("word"), str(number)
        parts += [text[done:start], written]
        kept += places[done:start] + [places[start]] * len(written)
        done = match.end() if match["figure"] else match.end("word")
    return "".join([*parts, text[done:]]), kept + places[done:]
