"""Which part of a long reply speaks of one item: from the heading with its number to the next such heading."""

import re

_HEADING = re.compile(
    r"^[ \t>*#]*(?:(?:government |our )?(?:response|reply|réponse|respuesta)s?\s+(?:to|à(?: la)?|a(?: la)?)\s+)?"
    r"(?:(?:recommendations?|recommandations?|recomendaci(?:ón|ones)|propositions?|propuestas?"
    r"|préconisations?|conclusions?|commitments?|actions?)\s+"
    r"(?:n[°ºo]s?\.?\s*|núms?\.?\s*|número\s*)?|rec\.?\s*|r\.?\s?(?=\d))(?P<number>\d{1,3}(?:\.\d{1,3})*[a-z]?)"
    r"(?P<until>\s*(?:to|à|a|-|–|and|et|y|,|&)\s*\d{1,3}[a-z]?)*\b",
    re.I | re.M,
)
_NUMBERED = re.compile(r"^[ \t]*\(?(?P<number>\d{1,3}(?:\.\d{1,3})*[a-z]?)[.):]\s+(?=\S)", re.M)
FEWEST_HEADINGS = 2


def passage_of(text: str, number: str) -> tuple[int, int]:
    """Where the reply speaks of the item of that number; the whole text where it has no such heading."""
    mine = _bare(number)
    for form in (_HEADING, _NUMBERED):
        heads = list(form.finditer(text))
        if (
            mine
            and len(heads) >= FEWEST_HEADINGS
            and any(_names(one[0], one["number"], mine) for one in heads)
        ):
            return _from_heading(text, heads, mine)
    return 0, len(text)


def _bare(number: str) -> str:
    found = re.search(r"\d{1,3}(?:\.\d{1,3})*[a-z]?(?![\w])", number.casefold())
    return found[0] if found else ""


def _names(heading: str, first: str, mine: str) -> bool:
    if first.casefold() == mine:
        return True
    reach = [int(one) for one in re.findall(r"\d+", heading)]
    span = re.search(r"\d\s*(?:to|à|a|-|–)\s*\d", heading)
    whole = int(mine) if mine.isdigit() else None
    return (
        whole is not None and len(reach) > 1 and (reach[0] <= whole <= reach[-1] if span else whole in reach)
    )


def _from_heading(text: str, heads: list[re.Match[str]], mine: str) -> tuple[int, int]:
    """The longest stretch under a heading of that number: a list of contents names it too."""
    ends = [one.start() for one in heads[1:]] + [len(text)]
    parts: list[tuple[int, int]] = []
    for head, end in zip(heads, ends, strict=True):
        if not _names(head[0], head["number"], mine):
            continue
        if parts and parts[-1][1] == head.start():
            parts[-1] = (parts[-1][0], end)
        else:
            parts.append((head.start(), end))
    return max(parts, key=lambda part: part[1] - part[0])
