"""Names of bodies: the same under another order, language, accent or legal form, by an acronym, or nearly."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tracker.domain.matching.name_words import DRESS, KIND, SAME, SMALL

_ASIDE = re.compile(r"\(([^()]*)\)")
_FORMERLY = re.compile(r"^(?:formerly|previously|then|now|known as|formerly known as|also known as)\s+", re.I)
_SEVERAL = re.compile(r"\s*(?:[;|\n]|\s/\s)\s*")
_JOINED = re.compile(r"\s*,\s*(?:and\s+)?|\s+(?:and|et|y|und|&)\s+")
_SPELT_OUT = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ł": "l", "&": " and "})
LONGEST = 2000
LONGEST_ACRONYM = 8
SHORTEST_ACRONYM = 2
SHORTEST_PLURAL = 5

Form = frozenset[str]
"""The words of a name that tell bodies apart, in any order."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name, ready to be compared."""

    written: str
    forms: frozenset[Form] = frozenset()
    acronyms: frozenset[str] = frozenset()
    """Its own short forms, and those made of its initials."""
    is_acronym: bool = False
    words: tuple[str, ...] = ()
    """All that count in an acronym, in their order."""


@lru_cache(maxsize=65536)
def read_name(written: str) -> Name:
    """A name with its forms and acronyms."""
    written = _short(written)
    asides = _ASIDE.findall(written)
    outside = _ASIDE.sub(" ", written)
    texts = [outside, written, *(part for part in outside.split("/") if "/" in outside)]
    texts += [_FORMERLY.sub("", aside) for aside in asides if _FORMERLY.match(aside)]
    forms = frozenset(form for text in texts if (form := _form(text)))
    short = {aside.casefold() for aside in asides if _looks_short(aside)}
    alone = outside.strip()
    is_acronym = _looks_short(alone)
    made = {alone.casefold()} if is_acronym else _initials(outside)
    large = tuple(word for word in tokens(_without_elisions(outside)) if word not in SMALL)
    return Name(written, forms, frozenset(short | made), is_acronym, large)


def names_in(written: str) -> tuple[str, ...]:
    """The names in a text that lists several, parted by `;`, `|`, ` / ` or line ends; else the one."""
    parts = tuple(part for one in _SEVERAL.split(_short(written)) if (part := one.strip(" ,.")))
    return tuple(dict.fromkeys(parts))


def pieces(written: str) -> tuple[str, ...]:
    """The pieces between commas and “and”: bodies only where each is known as one."""
    return tuple(part for one in _JOINED.split(_short(written)) if (part := one.strip(" ,.")))


def same_name(one: Name, other: Name) -> bool:
    """Whether two names are one but for order, accents, language and legal form."""
    return bool(one.forms & other.forms)


def short_for(one: Name, other: Name) -> bool:
    """Whether one is an acronym of the other, wholly or beside the words they share: `Devon LMC`."""
    if (one.is_acronym or other.is_acronym) and one.acronyms & other.acronyms:
        return True
    return _short_beside(one, other) or _short_beside(other, one)


def _short_beside(short: Name, long: Name) -> bool:
    beside = [word for word in short.words if word not in long.words]
    spelt = "".join(word[0] for word in long.words if word not in short.words)
    return len(beside) == 1 and len(short.words) > 1 and len(spelt) >= SHORTEST_ACRONYM and beside[0] == spelt


def debtors_meant(said: Iterable[str], known: Iterable[tuple[int, str]]) -> set[int]:
    """The numbers of the bodies that are named, whatever the order, language or short form of the name."""
    wanted = [read_name(name) for text in said for name in (*names_in(text), *pieces(text))]
    forms = {form for name in wanted for form in name.forms}
    short = {acronym for name in wanted if name.is_acronym for acronym in name.acronyms}
    read = ((id_, read_name(name)) for id_, name in known)
    return {id_ for id_, name in read if name.forms & forms or name.acronyms & short}


def words_of(names: Iterable[Name]) -> frozenset[str]:
    """All words of all forms of names."""
    return frozenset(word for name in names for form in name.forms for word in form)


def tokens(text: str) -> list[str]:
    """The words of a text in small letters without accents, whatever the script."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_SPELT_OUT))
    bare = "".join(one for one in plain if not unicodedata.combining(one) and one not in "'’")
    return re.findall(r"[^\W_]+", bare)


def _short(text: str) -> str:
    """No longer than names are, and without runs of blanks, over which a search would take ever longer."""
    return re.sub(r"[^\S\n]+", " ", text[:LONGEST])


def _form(text: str) -> Form:
    said = [SAME.get(word, word) for word in tokens(_without_elisions(text)) if word not in SMALL]
    telling = [_single(word) for word in said if word not in DRESS]
    return frozenset(telling or said or tokens(text))


def _without_elisions(text: str) -> str:
    return re.sub(r"\b[ldLD]['’]", "", text)


def _single(word: str) -> str:
    ends = word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return word[:-1] if ends and len(word) > SHORTEST_PLURAL else word


def _looks_short(text: str) -> bool:
    bare = text.strip().replace(".", "").replace("&", "")
    fits = SHORTEST_ACRONYM <= len(bare) <= LONGEST_ACRONYM and bare.isalpha()
    return fits and sum(letter.isupper() for letter in bare) * 2 > len(bare)


def _initials(text: str) -> set[str]:
    """Its acronyms: with and without small words, and without what only says the kind of body."""
    words = re.findall(r"[^\W\d_][\w’']*", text.replace("&", " and "))
    large = [word for word in words if word.casefold() not in SMALL]
    telling = [word for word in large if word.casefold() not in KIND]
    made = {
        _letters(chosen) for chosen in (words, large, telling, [w for w in words if w.casefold() != "and"])
    }
    return {short for short in made if SHORTEST_ACRONYM <= len(short) <= LONGEST_ACRONYM}


def _letters(words: Sequence[str]) -> str:
    """The first letter of each word; of a word that is an acronym itself, all."""
    return "".join(word if word.isupper() else word[0] for word in words).casefold()
