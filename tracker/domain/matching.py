"""Which obligation a response found somewhere answers, and which item a new one repeats: scores with their reasons.

Strict: below a threshold nothing is suggested, and where two debtors fit alike nobody is chosen.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from tracker.domain.keys import key_of

SUGGESTED = 0.7
"""From here on an obligation is suggested to the reviewer."""
POSSIBLE = 0.45
"""From here on a response is likely to be this obligation's."""
CLEAR_LEAD = 0.15
"""By so much the best must lead, else nobody is suggested."""
_SAME_TITLE = 0.8
_LIKE_TITLE = 0.5
_SHORT_WORD = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a reader says of one thing, as far as it helps to find what it belongs to."""

    key: str = ""
    """The item's number or reference in the source's own writing."""
    title: str = ""
    body_name: str = ""
    link: str = ""
    pages: tuple[str, ...] = ()
    """The page it stands on, and the pages that led there."""
    asked_on: date | None = None
    answered_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An obligation or an item that it could belong to."""

    id: int
    names: tuple[str, ...] = ()
    """The item's reference and key."""
    title: str = ""
    bodies: tuple[str, ...] = ()
    """The debtor's name, key and aliases."""
    watched: tuple[str, ...] = ()
    """Pages on which its answer would appear."""
    addresses: tuple[str, ...] = ()
    """Where the item itself is published."""
    started_on: date | None = None
    settled: bool = False
    """Answered in full, or void."""


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


Sign = Callable[[Found, Candidate], Reason | None]

REASON_CODES: Mapping[str, str] = {
    "same_reference": "the item carries the number the source uses",
    "watched_page": "it stands on a page watched for this answer, or was reached from one",
    "same_link": "it links to where the item is published",
    "same_body": "the source names the body that owes",
    "same_title": "the titles are the same",
    "like_title": "the titles share most of their words",
    "same_start": "the source gives the day from which the clock runs",
    "other_reference": "the source gives another number",
    "other_body": "the source names another body",
    "before_start": "it is dated before the clock began",
    "settled": "this was answered already, or lapsed",
}


def matches(found: Found, candidates: Iterable[Candidate]) -> list[Match]:
    """The candidates it may belong to, best first; those below `POSSIBLE` are left out."""
    scored = (_match(found, candidate) for candidate in candidates)
    possible = (match for match in scored if match.confidence >= POSSIBLE)
    return sorted(possible, key=lambda match: (-match.confidence, match.id))


def possible(found: Found, candidates: Iterable[Candidate]) -> set[int]:
    """Those it may belong to: the likely ones, and all on whose watched page it stands unless it names another item."""
    candidates = list(candidates)
    likely = {match.id for match in matches(found, candidates)}
    on_the_page = (
        one for one in candidates if _watched_page(found, one) and not _other_reference(found, one)
    )
    return likely | {one.id for one in on_the_page}


def best(ranked: list[Match]) -> Match | None:
    """The one to suggest, if it is good enough and clearly ahead of the next."""
    if not ranked or ranked[0].confidence < SUGGESTED:
        return None
    alone = len(ranked) == 1 or ranked[0].confidence - ranked[1].confidence >= CLEAR_LEAD
    return ranked[0] if alone else None


def duplicates(found: Found, items: Iterable[Candidate]) -> list[Match]:
    """The items that a new one may repeat, best first."""
    scored = (_score(found, item, _ITEM_SIGNS, {}) for item in items)
    return sorted((match for match in scored if match.confidence >= POSSIBLE), key=lambda m: -m.confidence)


def _match(found: Found, candidate: Candidate) -> Match:
    return _score(found, candidate, _FOR, _AGAINST)


def _score(
    found: Found, candidate: Candidate, signs: Mapping[Sign, float], against: Mapping[Sign, float]
) -> Match:
    doubt = 1.0
    reasons = []
    for sign, weight in signs.items():
        reason = sign(found, candidate)
        if reason is not None:
            doubt *= 1 - weight
            reasons.append(reason)
    confidence = 1 - doubt
    for sign, left in against.items():
        reason = sign(found, candidate)
        if reason is not None:
            confidence *= left
            reasons.append(reason)
    return Match(candidate.id, round(confidence, 3), tuple(reasons))


def reference(text: str) -> str:
    """A number or reference without its dress: `ECI(2012)000003`, `2012/000003` and `eci-2012-000003` are one."""
    plain = key_of(text, "").replace("-", "")
    bare = re.sub(r"^[a-z]+", "", plain)
    return bare if sum(character.isdigit() for character in bare) >= 6 else plain


def is_reference(text: str) -> bool:
    """Whether it says enough to tell items apart: “3” does not."""
    return len(reference(text)) >= 6


def _same_reference(found: Found, candidate: Candidate) -> Reason | None:
    ours = {reference(name) for name in candidate.names if is_reference(name)}
    same = is_reference(found.key) and reference(found.key) in ours
    return Reason("same_reference", found.key) if same else None


def _other_reference(found: Found, candidate: Candidate) -> Reason | None:
    ours = [name for name in candidate.names[:1] if is_reference(name)]
    other = is_reference(found.key) and ours and not _same_reference(found, candidate)
    return Reason("other_reference", ours[0]) if other else None


def _watched_page(found: Found, candidate: Candidate) -> Reason | None:
    seen = _addresses(found.pages) & _addresses(candidate.watched)
    return Reason("watched_page", sorted(seen)[0]) if seen else None


def _same_link(found: Found, candidate: Candidate) -> Reason | None:
    same = found.link and _address(found.link) in _addresses(candidate.addresses)
    return Reason("same_link", found.link) if same else None


def _names_debtor(found: Found, candidate: Candidate) -> bool:
    return key_of(found.body_name, "") in {key_of(name, "") for name in candidate.bodies}


def _same_body(found: Found, candidate: Candidate) -> Reason | None:
    named = found.body_name and _names_debtor(found, candidate)
    return Reason("same_body", found.body_name) if named else None


def _other_body(found: Found, candidate: Candidate) -> Reason | None:
    other = found.body_name and candidate.bodies and not _names_debtor(found, candidate)
    return Reason("other_body", found.body_name) if other else None


def _same_title(found: Found, candidate: Candidate) -> Reason | None:
    alike = _likeness(found.title, candidate.title)
    return Reason("same_title", candidate.title) if alike >= _SAME_TITLE else None


def _like_title(found: Found, candidate: Candidate) -> Reason | None:
    alike = _likeness(found.title, candidate.title)
    return Reason("like_title", candidate.title) if _LIKE_TITLE <= alike < _SAME_TITLE else None


def _same_start(found: Found, candidate: Candidate) -> Reason | None:
    same = found.asked_on is not None and found.asked_on == candidate.started_on
    return Reason("same_start", str(found.asked_on)) if same else None


def _before_start(found: Found, candidate: Candidate) -> Reason | None:
    answered, started = found.answered_on, candidate.started_on
    before = answered is not None and started is not None and answered < started
    return Reason("before_start", str(answered)) if before else None


def _settled(_found: Found, candidate: Candidate) -> Reason | None:
    return Reason("settled") if candidate.settled else None


_FOR: Mapping[Sign, float] = {
    _same_reference: 0.8,
    _watched_page: 0.4,
    _same_link: 0.4,
    _same_body: 0.3,
    _same_title: 0.5,
    _like_title: 0.25,
    _same_start: 0.3,
}
"""By how much each sign lessens the doubt."""
_AGAINST: Mapping[Sign, float] = {_other_reference: 0.2, _other_body: 0.4, _before_start: 0.6, _settled: 0.9}
"""What each leaves of the confidence."""
_ITEM_SIGNS: Mapping[Sign, float] = {
    _same_reference: 0.8,
    _same_link: 0.5,
    _same_title: 0.6,
    _like_title: 0.3,
}


def _likeness(one: str, other: str) -> float:
    """How many of the longer words two titles share."""
    left, right = _words(one), _words(other)
    return len(left & right) / len(left | right) if left and right else 0.0


def _words(title: str) -> frozenset[str]:
    return frozenset(word for word in key_of(title, "").split("-") if len(word) > _SHORT_WORD)


def _addresses(addresses: Collection[str]) -> frozenset[str]:
    return frozenset(_address(address) for address in addresses if address)


def _address(address: str) -> str:
    """An address without what does not tell pages apart."""
    return re.sub(r"^https?://", "", address.partition("#")[0]).rstrip("/")
