"""What is compared: what a reader says of one thing, an obligation or item on record, and how well they fit."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a reader says of one thing, as far as it helps to find what it belongs to."""

    key: str = ""
    """The item's number or reference in the source's own writing; of several, all of them."""
    title: str = ""
    text: str = ""
    """The words it answers, where it quotes them: the recommendation."""
    document: str = ""
    """The report it answers, in the source's words."""
    body_name: str = ""
    """Who speaks; of several, all of them."""
    link: str = ""
    pages: tuple[str, ...] = ()
    """The page it stands on, and the pages that led there; an attachment's own address too."""
    asked_on: date | None = None
    answered_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An obligation or an item that it could belong to."""

    id: int
    names: tuple[str, ...] = ()
    """The item's reference and key."""
    title: str = ""
    text: str = ""
    """The item's own words."""
    document: str = ""
    """The title of the report or plan that carries the item."""
    bodies: tuple[str, ...] = ()
    """The debtor's name, key and aliases."""
    successors: tuple[str, ...] = ()
    """Who owes since, where another body came after the debtor."""
    watched: tuple[str, ...] = ()
    """Pages on which its answer would appear."""
    addresses: tuple[str, ...] = ()
    """Where the item itself is published."""
    started_on: date | None = None
    settled: bool = False
    """Answered in full, or void."""
    of_source: bool = False
    """The item belongs to the process whose source is read."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something fits or does not: a code and what was compared, never a sentence."""

    code: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """How well a candidate fits: confidence from 0 to 1, and why."""

    id: int
    confidence: float
    reasons: tuple[Reason, ...]
    number: str = ""
    """Of several numbers it names, the one of this item."""
    body: str = ""
    """Of several bodies it names, the one that owes this."""

    @property
    def exact(self) -> bool:
        """Whether it rests on a reference that stands for one item alone, and nothing speaks against it."""
        return self.by_reference and not any(reason.code in CONTRADICTIONS for reason in self.reasons)

    @property
    def by_reference(self) -> bool:
        """Whether the finding names a reference that stands for this item."""
        return any(reason.code == "same_reference" for reason in self.reasons)


CONTRADICTIONS = frozenset({"other_reference", "other_number", "other_body", "other_year", "before_start"})

REASON_CODES: dict[str, str] = {
    "same_reference": "the item carries the reference the source uses",
    "same_document": "the item stands in the document the source names",
    "same_number": "the item carries the number the source uses, in the same document or process",
    "watched_page": "it stands on a page watched for this answer, or was reached from one",
    "same_link": "it links to where the item is published",
    "same_body": "the source names the body that owes",
    "short_name": "the source's short name is that of the body that owes",
    "like_body": "the source names a body whose name shares most words with the one that owes",
    "successor": "the source names the body that came after the one that owed",
    "same_title": "the titles are the same",
    "like_title": "the titles share most of the words that tell them apart",
    "same_text": "it quotes the item's words",
    "like_text": "what it quotes shares most of the item's words that tell it apart",
    "same_start": "the source gives the day from which the clock runs",
    "same_process": "the item belongs to the process whose source this is",
    "other_reference": "the source gives another reference",
    "other_number": "the source gives another number",
    "other_body": "the source names another body",
    "other_year": "the titles name different years or numbers",
    "before_start": "it is dated before the clock began",
    "settled": "this was answered already, or lapsed",
}
"""Every code a match can carry, with its gloss."""
