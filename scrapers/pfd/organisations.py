"""Tells organisations from persons among the addressees of a report: only what is surely an organisation is kept."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from scrapers.pfd.persons import without_person
from scrapers.pfd.vocabulary import KINDS, OFFICE, PERSON, ROLE

_ACRONYM = re.compile(r"(?:[A-Z][A-Z&]{1,9}(?:\s+(?:[A-Z]{2,10}|and|of))*)(?: \([^)]*\))?")
_SPLIT = re.compile(r"\s*(?:[,;|\n]|\s[-–—/]\s|\bc/o\b)\s*")
_ADDRESS = re.compile(r"\b[A-Z]{1,2}\d{1,2}[A-Z]?\s?\d[A-Z]{2}\b|^\d+[a-z]?\s|@|\bwww\.|\d{5,}", re.I)
_STREET = re.compile(r"\b(?:Road|Street|Lane|Avenue|Drive|Close|Crescent|Way|Square|Floor|PO Box)$", re.I)
_BLANK = re.compile(r"\[[^\]]*\]|…|\.{3,}|_{2,}")
_WORDS = re.compile(r"[A-Za-z&’']+")
_LEFT_OVER = re.compile(r"^(?:and|of|for|to|by|at)\s+", re.I)
_DEPARTMENT = re.compile(r"(?:Department|Ministry|Office|HM Government|UK Government)\b", re.I)
"""Beside a minister it is the house the minister works in."""
LONGEST_NAME = 160
FEWEST_LETTERS = 2


@dataclass(frozen=True, slots=True)
class Addressee:
    """One entry of the list: the organisation as written, or nothing where it may be a person."""

    organisation: str
    place: int
    """First, second, … of the list."""
    names_others: bool = False
    """Whether the entry seems to name further organisations."""


def addressees_of(entries: Iterable[str]) -> Iterator[Addressee]:
    """The organisation of each entry of a report's list of addressees, blank entries left out."""
    apart = (piece for entry in entries for piece in re.split(r"[;|]", _BLANK.sub(" ", entry)))
    kept = [piece for piece in apart if _letters(piece) >= FEWEST_LETTERS]
    for place, entry in enumerate(kept, 1):
        found = organisations_in(entry)
        yield Addressee(found[0] if found else "", place, len(found) > 1 or _names_another(entry))


def _names_another(entry: str) -> bool:
    """Whether an entry goes on with `and the …`, another organisation by itself."""
    first, _, second = entry.partition(" and the ")
    return bool(second) and _is_organisation(_tidy(first)) and _is_organisation(_tidy(second))


def organisations_in(entry: str) -> list[str]:
    """What an entry names surely as an office or organisation, the one it is most likely sent to first."""
    whole = " ".join(_BLANK.sub(" ", entry).split())
    office = OFFICE.search(whole)
    rest = whole[: office.start()] + "," + whole[office.end() :] if office else whole
    pieces = [name for part in _parts(rest) if (name := _name_in(part))]
    pieces.sort(key=_weight, reverse=True)
    names = (
        [_tidy(office.group()), *(name for name in pieces if not _DEPARTMENT.match(name))]
        if office
        else pieces
    )
    return list(dict.fromkeys(names))


def _parts(entry: str) -> list[str]:
    """The pieces between commas; a single word before "… and …" is the first of several places in one name."""
    kept: list[str] = []
    for part in filter(None, (piece.strip() for piece in _SPLIT.split(entry))):
        goes_on = kept and len(kept[-1].split()) == 1 and kept[-1].isalpha() and " and " in part
        if goes_on and not _is_organisation(kept[-1]):
            kept[-1] = f"{kept[-1]}, {part}"
        else:
            kept.append(part)
    return kept


def _name_in(part: str) -> str:
    """The organisation in one piece between commas: what follows a role, without whoever stands before it."""
    role = ROLE.search(part)
    if (role and role.start() and not _is_organisation(part[: role.start()])) or (role and role.start() == 0):
        part = part[role.end() :]
    elif role:
        part = part[: role.start()]
    name = without_person(_tidy(part))
    return name if _is_organisation(name) else ""


def _is_organisation(name: str) -> bool:
    if (
        PERSON.search(name)
        or _ADDRESS.search(name)
        or _STREET.search(name)
        or not 2 <= len(name) <= LONGEST_NAME
    ):
        return False
    return bool(_ACRONYM.fullmatch(name)) or any(word.lower() in KINDS for word in _WORDS.findall(name))


def _weight(name: str) -> tuple[int, int]:
    """Of several pieces the one with most words of an organisation, the first of equals."""
    return sum(word.lower() in KINDS for word in _WORDS.findall(name)), -len(name)


def _tidy(name: str) -> str:
    text = _LEFT_OVER.sub("", " ".join(name.split()).strip(" .,;:-–\t"))
    return (text if text.count("(") == text.count(")") else text.strip("() "))[:LONGEST_NAME]


def _letters(text: str) -> int:
    return sum(char.isalpha() for char in text)
