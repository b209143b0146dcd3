"""Signs of the reference: the same or another document, the same or another number within it."""

import re
from dataclasses import dataclass

from tracker.domain.matching.compared import Reason
from tracker.domain.matching.references import Reference
from tracker.domain.matching.titles import Weights, alike
from tracker.domain.matching.views import CandidateView, FoundView

SAME_DOCUMENT = 0.75
"""So alike are two titles of one document."""
NAMED, MENTIONED, WITHIN, NUMBER, PART_OF_NUMBER = 0.8, 0.7, 0.35, 0.55, 0.25
OTHER = 0.2


@dataclass(frozen=True, slots=True)
class Sign:
    """A reason with its weight: by how much it lessens the doubt, or what it leaves of the confidence."""

    reason: Reason
    weight: float
    against: bool = False


def by_reference(found: FoundView, one: CandidateView, weights: Weights) -> list[Sign]:
    """What references and numbers say."""
    if any(_same_whole(found.reference, name) for name in one.wholes):
        return [Sign(Reason("same_reference", found.found.key), NAMED)]
    own = one.reference
    another = _another_series(found.reference, own) or _names_another(found, one)
    if own.document and own.document in found.mentioned and not _another_series(found.reference, own):
        return _within_own(found, one)
    if another:
        return [Sign(Reason("other_reference", own.document or own.whole), OTHER, against=True)]
    return _by_number(found, one, weights)


def _within_own(found: FoundView, one: CandidateView) -> list[Sign]:
    """The item's own reference stands in the finding: which number of that document is it?"""
    own, weight = one.reference, NAMED if one.reference.document in found.named else MENTIONED
    same = Sign(Reason("same_reference", found.found.key or own.document), weight)
    part = Sign(Reason("same_document", own.document), WITHIN)
    if own.numbers:
        return _numbered(found, one, same, part)
    if own.rest or found.numbers:
        return [same if own.rest == found.reference.rest and not found.numbers else part]
    return [same]


def _numbered(found: FoundView, one: CandidateView, same: Sign, part: Sign) -> list[Sign]:
    fit = number_fit(found.numbers, one.reference.numbers)
    if fit is None:
        return [part]
    if not fit:
        return [part, Sign(Reason("other_number", ", ".join(one.reference.numbers)), OTHER, against=True)]
    return (
        [same] if fit in one.reference.numbers else [part, Sign(Reason("same_number", fit), PART_OF_NUMBER)]
    )


def _by_number(found: FoundView, one: CandidateView, weights: Weights) -> list[Sign]:
    """No reference of the item itself stands in the finding: a number counts in the same document or process."""
    own, detail = one.reference, _same_document(found, one, weights)
    signs = [Sign(Reason("same_document", detail), WITHIN)] if detail else []
    if not detail and not one.candidate.of_source:
        return signs
    fit = number_fit(found.numbers, one.reference.numbers)
    if fit is None:
        said = found.reference.rest
        return (
            [*signs, Sign(Reason("same_number", found.found.key), NUMBER)]
            if said and said == own.rest
            else signs
        )
    if not fit:
        return [*signs, Sign(Reason("other_number", ", ".join(one.reference.numbers)), OTHER, against=True)]
    weight = NUMBER if fit in one.reference.numbers else PART_OF_NUMBER
    return [*signs, Sign(Reason("same_number", fit), weight)]


def _same_document(found: FoundView, one: CandidateView, weights: Weights) -> str:
    """The document that both name; empty where they name none or different ones."""
    shared = found.mentioned & one.documents
    if shared:
        return min(shared)
    if found.document and one.document and alike(found.document, one.document, weights) >= SAME_DOCUMENT:
        return one.candidate.document
    return ""


def number_fit(wanted: frozenset[str], own: tuple[str, ...]) -> str | None:
    """The number they share, or the part it is of; empty: other numbers; None: not comparable."""
    if not wanted or not own:
        return None
    same = sorted(wanted & set(own))
    if same:
        return same[0]
    parts = sorted(
        number for number in wanted for one in own if re.match(rf"{re.escape(number)}(?:\.|[a-z]$)", one)
    )
    if parts:
        return parts[0]
    comparable = {_kind(number) for number in wanted} & {_kind(number) for number in own}
    return "" if comparable else None


def _kind(number: str) -> str:
    found = re.match(r"[a-z]*(?=\d)", number)
    return found.group() if found else ""


def _same_whole(ours: Reference, theirs: Reference) -> bool:
    same = bool(ours.whole) and ours.whole == theirs.whole
    return same and not (ours.series and theirs.series and ours.series != theirs.series)


def _another_series(ours: Reference, theirs: Reference) -> bool:
    if not ours.document or ours.document != theirs.document:
        return False
    series = bool(ours.series and theirs.series and ours.series != theirs.series)
    return series or bool(ours.session and theirs.session and ours.session != theirs.session)


def _names_another(found: FoundView, one: CandidateView) -> bool:
    """The finding's key stands for another document; or its title names one of the same shape."""
    own, read = one.reference, found.reference
    if read.whole or read.document:
        return bool(own.whole or own.document)
    shapes = {_shape(document) for document in found.named}
    return bool(own.document) and _shape(own.document) in shapes


def _shape(document: str) -> str:
    return re.sub(r"\d", "9", document)
