"""How reports number what they ask: the label of a heading, its number, and what only mentions one."""

import re
from collections.abc import Mapping

LABELS: Mapping[str, str] = {
    "recommendation": (
        r"Recommendation|Recommandation|Recomendaci[oó]n|Empfehlung|Raccomandazione|Recomendaç[aã]o|Aanbeveling"
    ),
    "proposal": r"Proposal|Proposition|Propuesta|Proposta|Vorschlag",
    "measure": r"Commitment|Engagement|Compromiso|Measure|Mesure|Medida|Action|Acci[oó]n",
}
"""What is asked is named before what is promised: an action beneath a recommendation is part of it."""
_SPELLED = (
    "One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Eleven|Twelve|Thirteen|Fourteen|Fifteen|Sixteen|"
    "Seventeen|Eighteen|Nineteen|Twenty"
)
_ORDER = {word.lower(): at for at, word in enumerate(_SPELLED.split("|"), 1)}
_NUMBER = (
    r"(?:\d{1,3}(?:\.\d{1,2}){0,2}(?![\d])(?:[a-z](?![a-zà-ÿ]))?(?:\s?\([a-z0-9]{1,4}\)|\))*(?:\s?[ivx]{1,5}(?:\)|\.(?=\s)))?"
    rf"|(?:{_SPELLED})\b|[IVXL]{{1,7}}(?![\w])|[A-Z](?:[-.]?\d{{1,3}})?(?![\w’']))"
)
_NO = r"(?:(?:No|Nr|N|Núm|Num|Number)\.?\s?|n\s?[°ºo]\.?\s?|N\s?[°ºo]\.?\s?|n\.\s?[°ºo]\s?|núm\.\s?|number\s|#)?"
PAGES_BEFORE = r"(?P<pages>\d{1,3}\s?[-–]\s?\d{1,3}\s+)?"


def labelled(labels: str) -> re.Pattern[str]:
    """`Recommendation 12: …` at the start of a line, in one family of labels."""
    either = "|".join(f"{word}|{word.upper()}" for word in labels.split("|"))
    return re.compile(rf"{PAGES_BEFORE}(?P<label>{either})\s*{_NO}(?P<number>{_NUMBER})(?P<rest>.*)$")


SHORT = re.compile(
    r"(?P<pages>(?!))?(?P<label>R|Rec\.?\s?|REC\s?)(?P<number>\d{1,3}[a-z]?)(?P<rest>[.:)–—-].*|\s+[^\Wa-z\d_].*)?$"
)
LISTED = re.compile(r"\(?(?P<number>\d{1,3}|[a-zA-Z])(?P<sign>[.)])\s+(?P<rest>\S.*)$")
BARE = re.compile(r"(?P<number>\d{1,3})\s+(?P<rest>[A-ZÀ-Þ“\"«¿].*)$")
UNNUMBERED = re.compile(
    r"(?:Recommendation|RECOMMENDATION|Recommandation|RECOMMANDATION|Recomendación|RECOMENDACIÓN)"
    r"(?:\s*[:–—]\s*(?P<rest>\S.*)|\s*:?\s*)$"
)
LIST_HEADING = re.compile(
    r"(?:(?:\d{1,2}|[A-Z]|[IVX]{1,5})[.)]?\s+|(?:chapter|annex|appendix|part)\s+\w+\s*[:.–-]?\s*)?"
    r"(?:(?:our|the|key|main|list of|summary of|full list of|conclusions? and|findings and|consolidated|nos|les|"
    r"liste des|"
    r"principales|conclusions? et|nuestras|las|lista de|conclusiones y)\s+)*"
    r"(?:recommendations|recommandations|recomendaciones|propositions|propuestas|proposals|commitments)"
    r"(?:\s+(?:of|to|by|for|from|du|de|des|del|aux|al)\s.{1,60})?\s*:?",
    re.I,
)
IN_REPORT = re.compile(
    r"\((?P<kind>Recommendation|Conclusion)s?,?\s+(?:Paragraphs?|para\.?)\s*[\d ,–-]+\)\s*$", re.I
)
CONTENTS = re.compile(r"(?:\.{3,}|…+|(?:\s\.){3,}|_{3,})\s*\d{1,4}$")
PAGE_AT_END = re.compile(r"\s\d{1,3}$")
REPLY = re.compile(
    r"(?:(?:the\s+)?(?:(?:\w+\s)?government|department|minister|company)(?:[’']s)?\s+)?(?:response|reply|réponse|respuesta)\b\s*:?"
    r"|(?:this|these|the)\s+recommendations?\s+(?:is|are|was|were|has|have)\b"
    r"|the\s+(?:\w+\s)?government\s+(?:\w+\s)?(?:accepts?|rejects?|agrees?|notes?|does not|partially)\b"
    r"|accepted\b|rejected\b|partially accepted\b",
    re.I,
)
ACCEPTS = re.compile(
    r"\b(?:accepts?|rejects?|welcomes?|agrees? with|supports?) (?:and \w+ )?(?:this|these|the) recommendations?\b"
    r"|\bthis recommendation (?:is )?made\b",
    re.I,
)
GOES_ON = re.compile(
    r"(?:\b(?:see|also|to|of|in|and|or|under|with|for|by|per|on|at|from|than|as|our|its|that|this|via|meet|voir|de|la|"
    r"à|et|ou|en|sous|dans|ver|y|o|la|el)|[,(–—-]|\bcf\.)$",
    re.I,
)
SENTENCE_ENDS = re.compile(r"[.!?…](?:[\"'”’»)\]]|\s?\([\d., ]{1,24}\)|\d{1,3})*$")
SEVERAL = re.compile(r"\s*(?:to|and|&|à|et|a|y|[-–—]|,)\s*(?:\d{1,3}|[A-Z])\b")


def order_of(number: str) -> tuple[int, ...]:
    """Where a number stands among others: 2 before 10, 4a before 4b, B after A."""
    word = number.strip().lower()
    if word in _ORDER:
        return (_ORDER[word],)
    if (re.fullmatch(r"[ivxl]+", word) and number.strip().isupper() and len(word) > 1) or word == "i":
        return (_roman(word),)
    parts = re.findall(r"\d+|[a-z]+", word)
    return tuple(int(part) if part.isdigit() else ord(part[0]) - 96 for part in parts) or (0,)


def _roman(word: str) -> int:
    values = {"i": 1, "v": 5, "x": 10, "l": 50}
    found = [values[letter] for letter in word]
    return sum(-one if one < max(found[at:]) else one for at, one in enumerate(found))
