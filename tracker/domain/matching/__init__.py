"""Which obligation a response found somewhere answers, and which item a new one repeats: scores with their reasons.

Strict: below a threshold nothing is suggested, and where two debtors fit alike nobody is chosen.
"""

from collections.abc import Iterable

from tracker.domain.matching.choice import CLEAR_LEAD, SUGGESTED, Choice, best
from tracker.domain.matching.compared import REASON_CODES, Candidate, Found, Match, Reason
from tracker.domain.matching.names import debtors_meant
from tracker.domain.matching.references import is_reference, reference, spellings
from tracker.domain.matching.register import POSSIBLE, Register

__all__ = [
    "CLEAR_LEAD",
    "POSSIBLE",
    "REASON_CODES",
    "SUGGESTED",
    "Candidate",
    "Choice",
    "Found",
    "Match",
    "Reason",
    "Register",
    "best",
    "debtors_meant",
    "duplicates",
    "is_reference",
    "matches",
    "possible",
    "reference",
    "spellings",
]


def matches(found: Found, candidates: Iterable[Candidate]) -> list[Match]:
    """The candidates it may belong to, best first; those below `POSSIBLE` are left out."""
    return Register(candidates).rank(found)


def possible(found: Found, candidates: Iterable[Candidate]) -> set[int]:
    """Those it may belong to: the likely ones, and all on whose watched page it stands unless it names another item."""
    return Register(candidates).possible(found)


def duplicates(found: Found, items: Iterable[Candidate]) -> list[Match]:
    """The items that a new one may repeat, best first."""
    return Register(items).duplicates(found)
