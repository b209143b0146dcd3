"""References as sources write them: which document they stand for, and which of its recommendations.

`ECI(2018)000004`, `2018/000004` and `eci-2018-000004` are one document; `HC 38 rec 18` is number 18 of the paper HC 38;
`Recommendation 12`, `R12` and `12` are the number 12 of a document that something else has to name.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_YEARLY = re.compile(
    r"(?:(?<![^\W_])(?P<series>[a-z]{1,6})[\s.:_-]*)?\(?(?<!\d)(?P<year>(?:19|20)\d\d)"
    r"(?:\s*[/_-]\s*|\)\s*|\s*(?=\d{6}(?!\d)))(?P<serial>\d{3,6})(?![^\W_])"
)
_PAPER = re.compile(
    r"\b(?P<series>hc|hl|cp|cm|cmd|cmnd|sg|com|swd|jc|gao|sp|c|e)\b[\s.:_-]*(?:papers?\s*)?(?:no\.?\s*)?"
    r"(?:\(?(?P<year>(?:19|20)\d\d)\)[\s/_-]*)?(?P<serial>\d{1,6}(?:-\d{2,6})*)\b"
)
_SESSION = re.compile(r"\b(20\d\d)\s*[-/]\s*(?:20)?(\d\d)\b")
_PART = r"\d{1,3}(?:\.\d{1,3})*(?:\)?\s?\(?[a-z]\)?(?![a-z]))?(?:\)?\s?\(?[ivx]{1,5}\)?(?![a-z]))?(?:\s?\(\d{1,2}\))?"
_SEVERAL = rf"{_PART}(?:\s*(?:,|;|&|\+|/|-|\band\b|\bet\b|\by\b|\bund\b|\bto\b|\bbis\b)\s*{_PART})*"
_WORDS = {
    "": r"recommendations?|recommandations?|recomendacion(?:es)?|recs?|empfehlung(?:en)?|aanbeveling(?:en)?|"
    r"raccomandazion[ei]|proposals?|conclusions?|r|no|n°|nº|#",
    "para": r"paragraphs?|paras?|paragraphes?|§+",
    "art": r"articles?|arts?|artikel|articulos?",
    "sec": r"sections?|secs?|ss?",
    "commitment": r"commitments?|engagements?|compromisos?",
    "action": r"actions?|milestones?",
}
_NUMBERED = re.compile(
    "|".join(
        rf"(?:(?<![a-z])(?:{words})\.?\s*(?:no\.?\s*|number\s*)?(?P<n{at}>{_SEVERAL}))(?![\w])"
        for at, words in enumerate(_WORDS.values())
    )
)
_TIDIED = re.compile(r"([\d.]+) ?([a-z](?![a-z]))? ?(\w+)?")
_BARE = re.compile(rf"[(\[]?(?P<n>{_SEVERAL})[)\].:]*")
_ROMAN = re.compile(r"(?<![a-z])(?:recommendations?|recs?)\.?\s+(?P<n>[ivxl]{1,7})\b")
_RANGE = re.compile(rf"(?P<first>{_PART})\s*(?:-|\bto\b|\bbis\b)\s*(?P<last>{_PART})")
_TELLING = re.compile(r"\d")
FEWEST_DIGITS = 4
"""A bare number with fewer digits tells nothing apart."""
MOST_AT_ONCE = 400
LONGEST_SESSION = 4
_NO_SERIES = frozenset("ref no nr from in of to by the and on for report case number item reply".split())
_DRESS = frozenset(
    "ref reference report no number case petition item eci pfd gb uk eu us the i id decision notice session".split()
)


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference taken apart."""

    document: str = ""
    """What stands for one document alone; empty where the text names none."""
    series: str = ""
    """The letters before it, such as `hc` or `eci`."""
    session: str = ""
    """The parliamentary session, where it is said: papers are numbered afresh in each."""
    numbers: tuple[str, ...] = ()
    """Recommendations, paragraphs or articles within it."""
    rest: str = ""
    """What of it is neither."""
    whole: str = ""
    """What of it has digits, where it tells things apart but is of no known shape; its letters are the series."""


@lru_cache(maxsize=65536)
def read_reference(text: str) -> Reference:
    """A reference taken apart into the document it stands for and the numbers within."""
    plain = _plain(text)
    document, series, left = _document(plain)
    session = _session(left) if series in ("hc", "hl", "cp") else ""
    numbers, rest = _numbers(left if not session else _SESSION.sub(" ", left), bare=True)
    rest = " ".join(word for word in re.findall(r"\w+", rest) if word not in _DRESS)
    letters, whole = ("", "") if document or numbers else _whole(plain)
    return Reference(document, series or letters, session, numbers, rest, whole)


def read_numbers(text: str) -> tuple[str, ...]:
    """The numbers a title names as recommendations, paragraphs or articles; a bare number is none."""
    return _numbers(_document(_plain(text))[2], bare=False)[0]


@lru_cache(maxsize=65536)
def documents_in(text: str) -> frozenset[str]:
    """Every reference of a document that stands in a title or an address."""
    found: set[str] = set()
    left = _plain(text)
    while True:
        document, _series, after = _document(left)
        if not document:
            return frozenset(found)
        found.add(document)
        left = after


def reference(text: str) -> str:
    """A reference without its dress: `ECI(2012)000003`, `2012/000003` and `eci-2012-000003` are one."""
    read = read_reference(text)
    return read.document or read.whole or ",".join(read.numbers) or read.rest


def is_reference(text: str) -> bool:
    """Whether it says enough to tell items apart: “3” and “Recommendation 3” do not."""
    read = read_reference(text)
    return bool(read.document or read.whole)


def spellings(text: str) -> frozenset[str]:
    """How items on record may write a reference that stands for one document; none where it stands for none."""
    read = read_reference(text)
    if not read.document and not read.whole:
        return frozenset()
    forms = {text.strip(), read.whole, read.document, read.document.replace("/", "-")}
    year, slash, serial = read.document.partition("/")
    for series in {read.series.upper(), read.series} - {""} if slash else ():
        forms |= {f"{series}({year}){serial}", f"{series} {year}/{serial}", f"{series}-{year}-{serial}"}
    paper = re.fullmatch(r"([a-z]+)(\d.*)", read.document)
    forms |= {f"{paper[1].upper()} {paper[2]}", f"{paper[1].upper()}{paper[2]}"} if paper else set()
    return frozenset(forms - {""})


def _plain(text: str) -> str:
    marked = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(one for one in marked if not unicodedata.combining(one))
    return re.sub(r"[\u2010-\u2015\u2212]", "-", bare).replace("\u00a0", " ").strip()[:2000]


def _document(plain: str) -> tuple[str, str, str]:
    """The document, its series and what is left of the text."""
    for found in _YEARLY.finditer(plain):
        year, serial = found["year"], found["serial"]
        if serial != str(int(year) + 1):
            left = plain[: found.start()] + " " + plain[found.end() :]
            series = found["series"] or ""
            return f"{year}/{serial}", "" if series in _NO_SERIES else series, left
    paper = _PAPER.search(plain)
    if paper and not (paper["series"] in ("c", "e", "sp", "sg") and not paper["year"]):
        left = plain[: paper.start()] + " " + plain[paper.end() :]
        year = f"({paper['year']})" if paper["year"] else ""
        return f"{paper['series']}{year}{paper['serial']}", paper["series"], left
    return "", "", plain


def _session(plain: str) -> str:
    found = _SESSION.search(plain)
    years = (int(found[2]) - int(found[1])) % 100 if found else 0
    return f"{found[1]}-{found[2]}" if found and 0 < years <= LONGEST_SESSION else ""


def _numbers(plain: str, *, bare: bool) -> tuple[tuple[str, ...], str]:
    """The numbers named, and the text without them."""
    roman = _ROMAN.search(plain)
    if roman and (value := _from_roman(roman["n"])):
        return (str(value),), plain[: roman.start()] + " " + plain[roman.end() :]
    numbers: list[str] = []
    for found in _NUMBERED.finditer(plain):
        for at, kind in enumerate(_WORDS):
            if found[f"n{at}"]:
                numbers += [kind + one for one in _listed(found[f"n{at}"])]
    if numbers:
        return tuple(dict.fromkeys(numbers)), _NUMBERED.sub(" ", plain)
    alone = _BARE.fullmatch(plain.strip(" ,;:/-")) if bare else None
    return (tuple(_listed(alone["n"])), "") if alone else ((), plain)


def _listed(text: str) -> list[str]:
    """`12 to 14` and `1a-1d` spelt out, one by one."""
    found: list[str] = []
    at = 0
    while at < len(text) and len(found) < MOST_AT_ONCE:
        span = _RANGE.match(text, at)
        spelt = _spelt(_tidy(span["first"]), _tidy(span["last"])) if span else []
        one = re.compile(_PART).match(text, at)
        if span and spelt:
            found += spelt
            at = span.end()
        elif one:
            found.append(_tidy(one.group()))
            at = one.end()
        else:
            at += 1
    return found[:MOST_AT_ONCE]


def _spelt(first: str, last: str) -> list[str]:
    if first.isdigit() and last.isdigit() and int(first) < int(last):
        return [str(number) for number in range(int(first), int(last) + 1)]
    stem, ours, theirs = first[:-1], first[-1:], last[-1:]
    if last in (stem + theirs, theirs) and ours.isalpha() and theirs.isalpha() and ours < theirs:
        return [stem + chr(code) for code in range(ord(ours), ord(theirs) + 1)]
    return []


def _tidy(number: str) -> str:
    """`12) a`, `12 (a)` and `012a` are one; so are `4a) ii` and `4(a)(ii)`."""
    digits, letter, rest = _TIDIED.match(re.sub(r"[\s()]+", " ", number).strip()).groups("")  # type: ignore[union-attr]
    plain = ".".join(part.lstrip("0") or "0" for part in digits.split("."))
    return plain + letter + (f".{rest}" if rest else "")


def _from_roman(text: str) -> int:
    values = [{"i": 1, "v": 5, "x": 10, "l": 50}[letter] for letter in text]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < after else value for value, after in pairs)


def _whole(plain: str) -> tuple[str, str]:
    """The letters, and what has digits, where these are enough to tell things apart."""
    words = [word for word in re.findall(r"[^\W_]+", plain) if word not in _DRESS]
    bare = "".join(word for word in words if _TELLING.search(word))
    letters = "".join(word for word in words if not _TELLING.search(word))
    return (letters, bare) if len(_TELLING.findall(bare)) >= FEWEST_DIGITS else ("", "")
