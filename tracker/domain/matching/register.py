"""Everything on record that a finding can belong to, found by reference, page, day, number and telling words.

A finding is compared in full only with the few that share one of these with it, not with all.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from heapq import nlargest

from tracker.domain.matching.choice import Choice, choose
from tracker.domain.matching.compared import Candidate, Found, Match
from tracker.domain.matching.names import Name, words_of
from tracker.domain.matching.signs import Known, compare, compare_items
from tracker.domain.matching.views import CandidateView, FoundView, view_of_candidate, view_of_found

POSSIBLE = 0.45
"""From here on a response is likely to be this obligation's."""
LOOKED_AT = 300
"""With so many at most a finding is compared in full."""
COMMON = 400
"""A word, day or body that more have than this leads nobody to anything."""
TELLING_WORDS = 12
_REFERENCE, _PAGE, _OTHERWISE, _WORD = 8, 6, 3, 2


class Register:
    """What is on record, with an index of it."""

    def __init__(self, candidates: Iterable[Candidate]) -> None:
        self._views = [view_of_candidate(one) for one in candidates]
        self._known = Known()
        self._viewed: tuple[Found, FoundView] | None = None
        self._places: dict[tuple[str, object], list[int]] = defaultdict(list)
        for at, view in enumerate(self._views):
            self._learn(at, view)

    def __len__(self) -> int:
        return len(self._views)

    def rank(self, found: Found) -> list[Match]:
        """Those it may belong to, best first; those below `POSSIBLE` are left out."""
        if not self._views:
            return []
        view = self._view(found)
        return _ranked(compare(view, one, self._known) for one in self._near(view))

    def choose(self, found: Found, ranked: Sequence[Match]) -> Choice:
        """What to suggest of those ranked for a finding, and which of them are tied."""
        if not ranked:
            return Choice()
        return choose(self._view(found), ranked)

    def duplicates(self, found: Found) -> list[Match]:
        """The items that a new one may repeat, best first."""
        if not self._views:
            return []
        view = self._view(found)
        return _ranked(compare_items(view, one, self._known) for one in self._near(view))

    def possible(self, found: Found) -> set[int]:
        """Those it may belong to: the likely ones, and all on whose watched page it stands unless it names another."""
        if not self._views:
            return set()
        view = self._view(found)
        on_page = {at for page in view.pages for at in self._places.get(("watched", page), ())}
        compared = (compare(view, self._views[at], self._known) for at in on_page)
        unless = {one.id for one in compared if not _names_another(one)}
        return {match.id for match in self.rank(found)} | unless

    def _view(self, found: Found) -> FoundView:
        """A finding as it is compared; several questions are asked about one before the next."""
        if self._viewed is None or self._viewed[0] is not found:
            self._viewed = found, view_of_found(found, self._is_debtor)
        return self._viewed[1]

    def _is_debtor(self, name: Name) -> bool:
        named = any(("body", form) in self._places for form in name.forms)
        return named or (name.is_acronym and any(("short", short) in self._places for short in name.acronyms))

    def _learn(self, at: int, view: CandidateView) -> None:
        self._known.titles.learn(view.title | view.text)
        self._known.bodies.learn(words_of(view.debtor.names))
        for place in set(_places_of(view)):
            self._places[place].append(at)

    def _near(self, found: FoundView) -> Iterator[CandidateView]:
        """Those that share something telling with it; the more, the sooner."""
        votes: Counter[int] = Counter()
        for kind, value, weight in _wanted(found):
            places = self._places.get((kind, value), ())
            if len(places) <= COMMON or weight >= _PAGE:
                votes.update(dict.fromkeys(places, weight))
        led = 0
        for word in self._telling(found):
            places = self._places[("word", word)]
            votes.update(dict.fromkeys(places, _WORD))
            led += len(places)
            if led > COMMON:
                break
        chosen = nlargest(LOOKED_AT, votes.items(), key=lambda vote: (vote[1], -vote[0]))
        return (self._views[at] for at, _ in chosen)

    def _telling(self, found: FoundView) -> list[str]:
        """Its rarest words that anything on record has."""
        seen = self._known.titles.seen
        on_record = [word for word in found.title | found.text if 0 < seen[word] <= max(COMMON, 1)]
        return sorted(on_record, key=lambda word: (seen[word], word))[:TELLING_WORDS]


def _ranked(compared: Iterable[Match]) -> list[Match]:
    likely = (match for match in compared if match.confidence >= POSSIBLE)
    return sorted(likely, key=lambda match: (-match.confidence, match.id))


def _names_another(match: Match) -> bool:
    return any(reason.code in ("other_reference", "other_number") for reason in match.reasons)


def _places_of(view: CandidateView) -> Iterator[tuple[str, object]]:
    own = view.reference
    if own.document:
        yield "document", own.document
    yield from (("document", document) for document in view.documents)
    yield from (("whole", name.whole) for name in view.wholes)
    yield from (("watched", page) for page in view.watched)
    yield from (("address", page) for page in view.addresses)
    yield from (("word", word) for word in view.title | view.text)
    for number in own.numbers:
        yield from (("numbered", (document, number)) for document in view.documents | {own.document})
        if view.candidate.of_source:
            yield "number", number
        yield "titled", (view.document, number)
    if view.candidate.started_on:
        yield "day", view.candidate.started_on
    for name in (*view.debtor.names, *view.debtor.after):
        yield from (("body", form) for form in name.forms)
        yield from (("short", short) for short in name.acronyms)


def _wanted(found: FoundView) -> Iterator[tuple[str, object, int]]:
    if found.reference.whole:
        yield "whole", found.reference.whole, _REFERENCE
    for document in found.mentioned:
        yield "document", document, _REFERENCE
        yield from (("numbered", (document, number), _REFERENCE) for number in found.numbers)
    yield from (("watched", page, _PAGE) for page in found.pages)
    yield from (("address", page, _PAGE) for page in found.links)
    yield from (("number", number, _OTHERWISE) for number in found.numbers)
    yield from (
        ("titled", (found.document, number), _REFERENCE) for number in found.numbers if found.document
    )
    if found.found.asked_on:
        yield "day", found.found.asked_on, _OTHERWISE
    for name in found.names:
        yield from (("body", form, _OTHERWISE) for form in name.forms)
        yield from (("short", short, _WORD) for short in name.acronyms if name.is_acronym)
