"""Where a reply stands, in the speaker's own sentence: a strict vocabulary, and a question where it does not fit."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from scrapers.model import Json

_TAKES = r"(?:accept|agree)(?:s|ed|d|ing)?"
_ONE_CLAUSE = r"(?:(?!\b(?:accept|agree))[^.])*?"
WORDS: tuple[tuple[str, str], ...] = (
    (
        rf"\b(?:if|whether|would|could|may|might|yet to|consider\w*|minded|asked|urge\w*)\b[^.]{{0,40}}\b{_TAKES}",
        "unclear",
    ),
    (rf"\bnot (?:fully|wholly|entirely|currently|yet)\b[^.]{{0,20}}\b{_TAKES}", "unclear"),
    (rf"\b(?:not|cannot|unable to|no longer|never|refus\w*)\b[^.,]{{0,30}}\b{_TAKES}", "rejected"),
    (r"\b(?:reject|declin|disagree)(?:s|es|ed|d|ing)?\b", "rejected"),
    (
        rf"\b{_TAKES}\b{_ONE_CLAUSE}\bin principle\b|\baccepts? the (?:principle|intent|spirit)",
        "in_principle",
    ),
    (
        rf"\b(?:partially|partly|in part) {_TAKES}|\b{_TAKES}\b{_ONE_CLAUSE}\b(?:in part|partially|partly)\b",
        "in_part",
    ),
    (r"\b(?:subject to|except|other than|reservations?|modifications?)\b", "unclear"),
    (rf"\b{_TAKES}\b", "accepted"),
    (r"\bnote(?:s|d)?\b", "noted"),
)
"""The first form that fits a clause gives the word; anything else is unclear."""
UNCLEAR = "unclear"
_REFUSES = re.compile(
    rf"\b(?:not|cannot|unable to|no longer|never|refus\w*)\b[^.,]{{0,30}}?\b{_TAKES}"
    r"|\b(?:reject|declin|disagree)(?:s|es|ed|d|ing)?\b",
    re.I,
)
_NOTES_ANOTHER = re.compile(r"\b(?:and|but|while) (?:only )?notes? (?:the |this )?recommendation", re.I)
_VERB = re.compile(r"\s(?:does|do|did|cannot|can|could|is|are|has|have|had|will|would|may)\b.*")
_OWN_NUMBER = re.compile(r"^\d{1,3}\.\d{1,3}\.?\s+")
"""Before a paragraph of a reply that numbers its paragraphs."""
_NUMBERS = r"(?:\s+[\d(][\w()., /–-]{0,40}?)?"
_NOUN = r"(?:recommendation|conclusion)s?"
_OURS = rf"(?:this|these|the(?: (?:inquiry|committee)[’']s)?)(?: [\w’'-]+){{0,2}} {_NOUN}"
_THIS = rf"(?:{_OURS}|{_NOUN}{_NUMBERS})"
_ALL = r"all (?:of )?the(?: (?:inquiry|committee)[’']s)? recommendations"
_STANDS = r"(?:accept|agree|support|reject|declin|disagree|note|welcome|endorse)(?:s|es|ed|ing)?"
_HOW = r"(?: the (?:principle|intent|spirit)s?(?: (?:of|behind))?)?(?: in (?:full|principle|part))?(?: with| to)?"
_MILDLY = r"(?:not |also |therefore |partially |partly |fully )?"
_ACTIVE = re.compile(rf"^(?:[^.]{{0,200}}?\b)?{_STANDS}\b{_HOW} (?:{_THIS}|{_ALL})", re.I)
_PASSIVE = re.compile(rf"^(?:{_THIS}|they) (?:is|are|has been|have been|was|were) {_MILDLY}{_STANDS}\b", re.I)
_STATED = re.compile(
    rf"^(?:Government |Our )?(?:position|response|status)\s*:\s*{_MILDLY}{_STANDS}\b[^.]{{0,40}}\.?$"
    rf"|^{_MILDLY}(?:accept(?:ed)?|(?:dis)?agreed?|reject(?:ed)?|noted?|support(?:ed)?)"
    r"(?: in (?:full|principle|part))?\.?$",
    re.I,
)
_BY = re.compile(r"\bby (the .+?|[A-Z].+?)(?=\.?$|, and the .{0,60} has\b| on )", re.I)
_SUBJECT = re.compile(
    rf"^(.{{2,200}}?) (?:(?:does|do|has|have|also|fully|partially|partly|not) )*{_STANDS}\b", re.I
)
_SINGULAR = re.compile(
    r"\b(?:accepts|agrees|supports|rejects|declines|disagrees|notes|welcomes|endorses|does)\b", re.I
)
_BETWEEN = re.compile(r",? and (?=the\b|[A-Z])|, (?=the\b|[A-Z])|/")
_CLAUSES = re.compile(r"(?:,|;) (?:and|but|while) (?=the [A-Z])")
SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[A-Z“‘'\"(•●])")
_NOT_A_SPEAKER = re.compile(
    r"(?:not|partially|partly|fully|also|therefore|we|this|these|it|recommendations?|the recommendations?)\b",
    re.I,
)
LONGEST_SENTENCE = 600


@dataclass(frozen=True, slots=True)
class Position:
    """One sentence in which somebody says where they stand."""

    sentence: str
    word: str
    """One of ours, or `unclear`."""
    speakers: tuple[str, ...] = ()
    """As the sentence names them; none where it says "we" or nobody."""

    def to_dict(self) -> dict[str, Json]:
        """The same as plain JSON."""
        return {"sentence": self.sentence, "position": self.word, "speakers": list(self.speakers)}


def positions_in(text: str) -> Iterator[Position]:
    """Each statement of a position in a paragraph; one that names two speakers who differ is two."""
    for sentence in SENTENCES.split(_OWN_NUMBER.sub("", text)):
        if not _is_position(sentence):
            continue
        for clause in _clauses(sentence):
            yield Position(sentence[:LONGEST_SENTENCE], word_of(clause), _speakers(clause))


def _is_position(sentence: str) -> bool:
    return any(form.match(sentence) for form in (_ACTIVE, _PASSIVE, _STATED))


def _clauses(sentence: str) -> list[str]:
    """The sentence, or its parts where each of them says where somebody stands."""
    parts = _CLAUSES.split(sentence)
    return parts if all(word_of(part) != UNCLEAR for part in parts) else [sentence]


def word_of(clause: str) -> str:
    """The one word of ours that a clause holds; `unclear` where it holds none, or takes and refuses at once."""
    word = next((word for form, word in WORDS if re.search(form, clause, re.I)), UNCLEAR)
    if word == "accepted" and _NOTES_ANOTHER.search(clause):
        return UNCLEAR
    is_both = word == "rejected" and re.search(rf"\b{_TAKES}\b", _REFUSES.sub("", clause), re.I)
    return UNCLEAR if is_both else word


def _speakers(clause: str) -> tuple[str, ...]:
    by, subject = _BY.search(clause), _SUBJECT.match(clause)
    written = by[1] if by else subject[1] if subject and not _NOT_A_SPEAKER.match(subject[1]) else ""
    # "accepts" has one subject, whatever "and" its name holds.
    is_one = not by and bool(subject) and bool(_SINGULAR.search(clause))
    parts = [written] if is_one else _BETWEEN.split(written)
    names = (re.sub(r"^(?:the )", "", _VERB.sub("", name).strip(" .,"), flags=re.I) for name in parts)
    return tuple(name[:1].upper() + name[1:] for name in names if 1 < len(name) <= 120)
