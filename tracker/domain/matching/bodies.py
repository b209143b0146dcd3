"""Signs of the body: the debtor under one of its names, whoever came after it, or another."""

from collections.abc import Iterable

from tracker.domain.matching.compared import Reason
from tracker.domain.matching.names import Name, same_name, short_for
from tracker.domain.matching.numbering import Sign
from tracker.domain.matching.titles import Weights
from tracker.domain.matching.views import CandidateView, FoundView

SAME, SHORT, AFTER, LIKE = 0.3, 0.25, 0.25, 0.27
ALIKE, STRANGE = 0.55, 0.3
OTHER, UNLIKE = 0.6, 0.75


def by_body(found: FoundView, one: CandidateView, weights: Weights) -> tuple[list[Sign], str]:
    """What the names say, and which of the names in the finding is the debtor's."""
    if not found.names or not one.debtor.names:
        return [], ""
    ranked = [(*_by_name(name, one, weights), name) for name in found.names]
    sign, _rank, name = max(ranked, key=lambda each: each[1])
    return [sign], "" if sign.against else name.written


def _by_name(name: Name, one: CandidateView, weights: Weights) -> tuple[Sign, float]:
    if any(same_name(name, own) for own in one.debtor.names):
        return Sign(Reason("same_body", name.written), SAME), SAME + 1
    if any(short_for(name, own) for own in one.debtor.names):
        return Sign(Reason("short_name", name.written), SHORT), SHORT + 1
    if any(same_name(name, own) or short_for(name, own) for own in one.debtor.after):
        return Sign(Reason("successor", name.written), AFTER), AFTER + 0.9
    sim = likeness(name, one.debtor.names, weights)
    if sim >= ALIKE:
        return Sign(Reason("like_body", name.written), LIKE * sim), LIKE * sim + 0.5
    left = OTHER if sim < STRANGE else UNLIKE
    return Sign(Reason("other_body", name.written), left, against=True), sim - 1


def likeness(name: Name, others: Iterable[Name], weights: Weights) -> float:
    """From 0 to 1: how many of the words that tell bodies apart two names share."""
    pairs = ((ours, theirs) for ours in name.forms for other in others for theirs in other.forms)
    return max((_shared(ours, theirs, weights) for ours, theirs in pairs), default=0.0)


def _shared(ours: frozenset[str], theirs: frozenset[str], weights: Weights) -> float:
    common = weights.sum(ours & theirs)
    if not common:
        return 0.0
    left, right = weights.sum(ours), weights.sum(theirs)
    overlap = common / (left + right - common)
    inside = common / min(left, right) if min(len(ours), len(theirs)) > 1 else overlap
    return (overlap + inside) / 2
