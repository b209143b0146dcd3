"""Every sign for and against, and what they come to together."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from tracker.domain.matching.bodies import by_body
from tracker.domain.matching.compared import Match, Reason
from tracker.domain.matching.numbering import Sign, by_reference, number_fit
from tracker.domain.matching.titles import Weights, alike, other_numbers
from tracker.domain.matching.views import CandidateView, FoundView

SAME_WORDS, LIKE_WORDS = 0.8, 0.35
WORDS, WATCHED, LINKED, STARTED, OF_SOURCE = 0.5, 0.4, 0.4, 0.3, 0.2
OTHER_YEAR, BEFORE_START, SETTLED = 0.5, 0.6, 0.8


@dataclass(slots=True)
class Known:
    """What is known of everything on record: how much each word tells."""

    titles: Weights = field(default_factory=Weights)
    bodies: Weights = field(default_factory=Weights)


Look = Callable[[FoundView, CandidateView, Known], Iterable[Sign]]


def compare(found: FoundView, one: CandidateView, known: Known) -> Match:
    """How well a finding fits an obligation, and why."""
    by_name, body = by_body(found, one, known.bodies)
    signs = [*_seen(_FIRST, found, one, known), *by_name, *_seen(_THEN, found, one, known)]
    number = number_fit(found.numbers, one.reference.numbers) or ""
    return _come_to(one, signs, number, body)


def compare_items(found: FoundView, one: CandidateView, known: Known) -> Match:
    """How likely a new item repeats one on record: who owes it says nothing."""
    signs = _seen((_reference, _pages, _titles), found, one, known)
    return _come_to(one, signs, "", "")


def _seen(looks: Iterable[Look], found: FoundView, one: CandidateView, known: Known) -> list[Sign]:
    return [sign for look in looks for sign in look(found, one, known)]


def _come_to(one: CandidateView, signs: list[Sign], number: str, body: str) -> Match:
    doubt, left = 1.0, 1.0
    for sign in signs:
        doubt *= 1.0 if sign.against else 1 - sign.weight
        left *= sign.weight if sign.against else 1.0
    ordered = sorted(signs, key=lambda sign: sign.against)
    reasons = tuple(sign.reason for sign in ordered)
    return Match(one.candidate.id, round((1 - doubt) * left, 3), reasons, number, body)


def _reference(found: FoundView, one: CandidateView, known: Known) -> Iterable[Sign]:
    return by_reference(found, one, known.titles)


def _pages(found: FoundView, one: CandidateView, _known: Known) -> Iterable[Sign]:
    seen = found.pages & one.watched
    if seen:
        yield Sign(Reason("watched_page", min(seen)), WATCHED)
    linked = found.links & one.addresses
    if linked:
        yield Sign(Reason("same_link", min(linked)), LINKED)


def _titles(found: FoundView, one: CandidateView, known: Known) -> Iterable[Sign]:
    title = alike(found.title, one.title, known.titles)
    if title >= LIKE_WORDS:
        code = "same_title" if title >= SAME_WORDS else "like_title"
        yield Sign(Reason(code, one.candidate.title), WORDS * min(1.0, title + 0.1))
    pairs = ((found.text, one.text), (found.text, one.title), (found.title, one.text))
    text = max(alike(ours, theirs, known.titles) for ours, theirs in pairs)
    if text >= LIKE_WORDS:
        code = "same_text" if text >= SAME_WORDS else "like_text"
        yield Sign(Reason(code, one.candidate.title), WORDS * text)
    if title >= LIKE_WORDS and other_numbers(found.title, one.title):
        yield Sign(Reason("other_year", one.candidate.title), OTHER_YEAR, against=True)


def _days(found: FoundView, one: CandidateView, _known: Known) -> Iterable[Sign]:
    asked, answered, started = found.found.asked_on, found.found.answered_on, one.candidate.started_on
    if asked is not None and asked == started:
        yield Sign(Reason("same_start", str(asked)), STARTED)
    if answered is not None and started is not None and answered < started:
        yield Sign(Reason("before_start", str(answered)), BEFORE_START, against=True)


def _place(_found: FoundView, one: CandidateView, _known: Known) -> Iterable[Sign]:
    if one.candidate.of_source:
        yield Sign(Reason("same_process"), OF_SOURCE)
    if one.candidate.settled:
        yield Sign(Reason("settled"), SETTLED, against=True)


_FIRST: tuple[Look, ...] = (_reference, _pages)
_THEN: tuple[Look, ...] = (_titles, _days, _place)
"""In the order in which their reasons are told: the body's come between."""
