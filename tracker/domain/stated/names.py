"""Names of months, weekdays, seasons and ordinals in English, French and Spanish, folded (no accents, lower case)."""

from collections.abc import Iterable

from tracker.domain.stated.text import folded

_MONTHS = (
    "january jan janvier janv enero ene|february feb février févr fév febrero|march mar mars marzo"
    "|april apr avril avr abril abr|may mai mayo|june jun juin junio|july jul juillet juil julio"
    "|august aug août agosto ago|september sept sep septembre septiembre setiembre set"
    "|october oct octobre octubre|november nov novembre noviembre|december dec décembre déc diciembre dic"
)
_WEEKDAYS = (
    "monday mon lundi lun lunes|tuesday tues tue mardi mar martes|wednesday wed mercredi mer miércoles mié"
    "|thursday thurs thur thu jeudi jeu jueves jue|friday fri vendredi ven viernes vie"
    "|saturday sat samedi sam sábado sáb|sunday sun dimanche dim domingo dom"
)
_ORDINALS = (
    "first 1st premier première 1er 1re 1ère primer primero primera 1ro 1.er 1º 1.º 1° 1ª i ier ière"
    "|second 2nd deuxième second seconde 2e 2ème 2nd segundo segunda 2do 2º 2.º 2° 2ª ii iie iième"
    "|third 3rd troisième 3e 3ème tercer tercero tercera 3er 3ro 3.er 3º 3.º 3° 3ª iii iiie iiième iiieme"
    "|fourth 4th quatrième 4e 4ème cuarto cuarta 4to 4º 4.º 4° 4ª iv ive ivème"
)
_LAST = "last final latter dernier dernière último última"


def _numbered(groups: str) -> dict[str, int]:
    return {folded(word): n for n, words in enumerate(groups.split("|")) for word in words.split()}


MONTHS = {word: number + 1 for word, number in _numbered(_MONTHS).items()}
WEEKDAYS = _numbered(_WEEKDAYS)
ORDINALS = {word: number + 1 for word, number in _numbered(_ORDINALS).items()}
LAST = frozenset(map(folded, _LAST.split()))
SEASONS = {
    word: month
    for month, words in {
        3: "spring printemps primavera",
        6: "summer ete verano",
        9: "autumn fall automne otono",
        12: "winter hiver invierno",
    }.items()
    for word in words.split()
}
"""The northern season's first month, as meteorologists and action plans count: autumn ends with November."""
SOUTH = frozenset(
    "AO AR AS AU BI BO BR BW CC CK CL CX FJ FK GS KM LS MG MU MW MZ NA NC NF NR NU NZ PE PF PG PN PY RE RW SB SH SZ TF"
    " TK TL TO TV TZ UY VU WF WS YT ZA ZM ZW".split()
)
"""Countries and territories wholly or nearly in the southern half of the world, by ISO 3166 code."""
ASTRIDE = frozenset("CD CG CO EC GA GQ ID KE KI MV SC SO ST UG UM".split())
"""Those the equator crosses or touches: their seasons are no reading for a stranger."""
WINTERS = frozenset({"winter", "hiver", "invierno"})
SPANISH_SEASONS = frozenset({"primavera", "verano", "otono", "invierno"})
_FULL = [word for word in MONTHS if len(word) > 3 and word not in {"sept", "janv", "fevr", "juil"}]


def either(words: Iterable[str]) -> str:
    """An alternation, longest first, so that a short name never hides a long one."""
    return "|".join(word.replace(".", r"\.") for word in sorted(words, key=lambda word: (-len(word), word)))


def month_meant(word: str) -> int | None:
    """The one month a misspelt name can mean: within one slip of it and of no other; else None."""
    if len(word) < 4:
        return None
    near = {MONTHS[name] for name in _FULL if _one_slip(word, name)}
    return near.pop() if len(near) == 1 else None


def _one_slip(word: str, name: str) -> bool:
    """Whether a letter is missing, too many, wrong or two are swapped."""
    if abs(len(word) - len(name)) > 1 or word == name:
        return word == name
    start = next(
        (i for i, (a, b) in enumerate(zip(word, name, strict=False)) if a != b), min(len(word), len(name))
    )
    left, right = word[start:], name[start:]
    swapped = left[:2] == right[:2][::-1] and left[2:] == right[2:]
    return swapped or left[1:] == right[1:] or left[1:] == right or left == right[1:]
