"""Quarters and halves of a year as tables write them, in four languages, become 2025-Q1 and 2025-H1."""

import re

_NUMBERS = {
    **dict.fromkeys(("1", "i", "first", "premier", "1er", "primer", "erstes", "q1", "t1", "s1", "h1"), 1),
    **dict.fromkeys(
        ("2", "ii", "second", "deuxième", "deuxieme", "segundo", "zweites", "q2", "t2", "s2", "h2"), 2
    ),
    **dict.fromkeys(("3", "iii", "third", "troisième", "troisieme", "tercer", "drittes", "q3", "t3"), 3),
    **dict.fromkeys(("4", "iv", "fourth", "quatrième", "quatrieme", "cuarto", "viertes", "q4", "t4"), 4),
}
_KINDS = {
    **dict.fromkeys(("quarter", "trimestre", "quartal", "q", "t"), "Q"),
    **dict.fromkeys(("half", "semester", "semestre", "halbjahr", "h", "s"), "H"),
}
_ORDINAL = r"(?P<number>[a-zè]+|[1-4])(?:st|nd|rd|th|er|e|è|ème|eme|º|°|\.)?"
_KIND = r"(?P<kind>quarter|trimestre|quartal|half|semester|semestre|halbjahr)"
_YEAR = r"(?:(?: of| de| del| des|,| year)* ?)(?P<year>(?:19|20)[0-9]{2})"
_FORMS = (
    re.compile(rf"(?:the |le |el )?{_ORDINAL}[ -]{_KIND}{_YEAR}"),
    re.compile(rf"{_KIND} (?P<number>[1-4]|i{{1,3}}|iv){_YEAR}"),
    re.compile(r"(?P<kind>[hs])(?P<number>[12])[ /-](?P<year>(?:19|20)[0-9]{2})"),
    re.compile(r"(?P<year>(?:19|20)[0-9]{2})[ /-](?P<kind>[hst])(?P<number>[1-4])"),
)


def in_figures(text: str) -> str:
    """The period as 2025-Q1 or 2025-H1; the text itself where it is none."""
    words = " ".join(text.lower().split())
    match = next((found for form in _FORMS if len(words) < 50 and (found := form.fullmatch(words))), None)
    if match is None:
        return text
    number, kind = _NUMBERS.get(match["number"], 0), _KINDS[match["kind"]]
    return f"{match['year']}-{kind}{number}" if 0 < number <= (4 if kind == "Q" else 2) else text
