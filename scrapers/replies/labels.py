"""The labels by which documents number what they recommend and answer."""

import re

_DIGITS = r"\d{1,3}(?:\.\d{1,3}){0,2}(?:\s?\(?[a-z]\)?(?![a-z]))?(?:\s?\(?[ivx]{1,5}\)?(?![a-z]))?"
_WORDED = (
    r"(?:One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Eleven|Twelve|Thirteen|Fourteen|Fifteen|Sixteen|Seventeen"
    r"|Eighteen|Nineteen|Twenty)\b"
)
_NUMBER = rf"(?:{_DIGITS}|[A-Z]{{1,3}}[.-]?\d{{1,3}}(?:\.\d{{1,3}})?[a-z]?|[IVXL]{{1,6}}\b|{_WORDED})"
_AND = r"\s?(?:,(?:\sand)?|and|&|to|[-–])\s?"
_SEVERAL = re.compile(rf"(?P<first>\d{{1,3}})\s?(?:to|[-–])\s?(?P<last>\d{{1,3}})|(?P<one>{_NUMBER})", re.I)
_NAME = r"(?:(?:Conclusions?|Findings?)\s?(?:/|and|&)\s?)?"
_PLACE = r"(?:\s*\((?:Recommendation,? )?(?:paragraph|para\.?|page|p\.?)s?\s[^)]{1,40}\))?"
_SIGN = r"\s*(?:[:–—]|\.(?= )|-(?= )|$)\s*"
LABELLED = re.compile(
    rf"{_NAME}(?:Recommendation (?:No\.? ?|#)?(?P<number>{_NUMBER})"
    rf"|Recommendations (?P<row>{_NUMBER}(?:{_AND}{_NUMBER})+)){_PLACE}{_SIGN}(?P<text>.*)",
    re.I,
)
SHORT = re.compile(rf"(?:Rec\.?\s?|R)(?P<number>{_DIGITS})(?:\s*[:.–—-])?(?:\s+(?P<text>[A-Z“‘].*)|$)")
ACCOUNTS = re.compile(
    r"(?P<number>\d{1,3}[a-z]?)[.:)]?\s+(?:PAC|(?:The )?Committee(?: of Public Accounts)?)(?:['’]s)?"
    r" recommendation\s?:\s*(?P<text>.*)",
    re.I,
)
UNNUMBERED = re.compile(r"(?:The )?(?:Committee’s )?Recommendation:\s+(?P<text>\S.*)")
NUMBERED = re.compile(r"(?P<number>\d{1,3}[a-z]?\)?(?:\s?[ivx]{1,5})?)\.\s+(?P<text>[A-Z].*)")
IN_REPORT = re.compile(
    r"(?P<number>\d{1,3})\.\s+(?P<text>.+?)\s*\((?:Conclusion and )?Recommendation, (?P<at>Paragraphs? [\d, and–-]+)\)$"
)
CONTENTS = re.compile(r"(?:\.\s?){4,}|\s\d{1,4}$|^\d{1,3}\s?[-–]\s?\d{1,3}\s")
ANSWER_LABEL = re.compile(
    r"(?:The )?(?:Government(?:’s)?|Department(?:’s)?|Our)?\s?(?:response|reply)"
    r"(?: to (?:the )?recommendation \w+)?\s*:?\s*(?P<text>.*)",
    re.I,
)
ANSWER_ALONE = re.compile(r"(?:(?:The )?Government(?:’s)? )?(?:response|reply)\s*:?", re.I)
ANSWER_OPENS = re.compile(r"(?:(?:The )?Government(?:’s)? )?(?:response|reply)\s*:\s+\S", re.I)
GOES_ON = re.compile(r"(?:\b(?:see|to|of|in|and|under|with|for|by|per|also)|[,(–-])$", re.I)
LABEL_ALONE = re.compile(rf"{_NAME}Recommendation (?:No\.? ?|#)?{_NUMBER}{_PLACE}\s*[:.–—-]?", re.I)
PLACED = re.compile(
    r"\((?:(?P<kind>Conclusion|Recommendation|Conclusion and Recommendation),? )?"
    r"(?P<at>Paragraphs? \d[\d, and–-]*)\)\.?$",
    re.I,
)
BEGINS = re.compile(r"(?P<number>\d{1,3})[.)]\s+(?P<text>\S.*)")
_MOST_IN_ROW = 40


def numbers_in(written: str) -> list[str]:
    """The numbers of a heading that counts several, `3 to 5`, each by itself."""
    numbers: list[str] = []
    for found in _SEVERAL.finditer(written):
        first, last = int(found["first"] or 0), int(found["last"] or 0)
        in_row = found["first"] and first < last <= first + _MOST_IN_ROW
        numbers += [str(number) for number in range(first, last + 1)] if in_row else [found.group()]
    return numbers


def without_label(text: str) -> str:
    """What a heading says after its label."""
    for form in (LABELLED, ACCOUNTS, UNNUMBERED, SHORT, NUMBERED, BEGINS):
        found = form.match(text)
        if found:
            return found["text"] or ""
    return text
