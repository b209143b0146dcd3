"""What a mail server's answer means for an address: the codes of RFC 5321 and the enhanced ones of RFC 3463."""

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from tracker.domain.post import Fate

DEFERRED_DAYS = timedelta(days=10)
"""An address that took nothing for so long is written to no more."""
DEFERRED_TIMES = 4
"""And that often at least, so that one silence of many days is no verdict."""


class Reason(StrEnum):
    """Why an address is written to no more."""

    BOUNCED = "bounced"
    """There is no such address, or it takes no mail."""
    COMPLAINED = "complained"
    """Whoever reads it called our mail spam."""
    DEFERRED = "deferred"
    """It took nothing for ten days: a full box, a host that always says later."""


ENDED: dict[Reason, str] = {
    Reason.BOUNCED: "bounced",
    Reason.COMPLAINED: "complained",
    Reason.DEFERRED: "took no mail for ten days",
}
"""What stands beside a subscription that ended so."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What becomes of the message, and whether the address itself is why."""

    fate: Fate
    of_address: bool = False
    """Counted: an address of which this is said for days is given up."""


_NO_ADDRESS, _BOX_FULL = Meaning(Fate.BOUNCED, True), Meaning(Fate.LATER, True)
_OURS, _DOUBTFUL = Meaning(Fate.REFUSED), Meaning(Fate.REFUSED, True)
_BY_DETAIL: dict[str, Meaning] = {
    **dict.fromkeys(("1.0", "1.1", "1.2", "1.3", "1.6", "1.10", "2.1"), _NO_ADDRESS),
    "2.2": _BOX_FULL,
    "2.4": Meaning(Fate.LATER),
    **dict.fromkeys(("2.0", "4.0", "4.1", "4.3", "4.4"), _DOUBTFUL),
}
"""Permanent ones: class 5 without its first digit; every other one blames us, the message or a rule."""
_GONE = frozenset({550, 551, 553, 556})
_ENHANCED = re.compile(r"\s*([245])\.(\d{1,3})\.(\d{1,3})\b")
_BY_RULE = re.compile(
    r"spam|block|black|polic|denied|relay|reputation|spf|dkim|dmarc|\brbl\b|listed|authenticat|rate|content",
    re.IGNORECASE,
)
"""Words by which a server that gives no enhanced code says that it dislikes us and not the address."""
_SOFT_CODES = frozenset({450, 452, 552})
_SOFT_SUBJECTS = frozenset({"1", "2", "4"})


def meaning(code: int, answer: str) -> Meaning:
    """What a server's answer about a recipient means: its three digits and the line behind them."""
    enhanced = _ENHANCED.match(answer)
    if enhanced is not None and enhanced[1] in "45":
        return of_status(enhanced[1], enhanced[2], enhanced[3])
    if 400 <= code < 500 or code == 552:
        return Meaning(Fate.LATER, code in _SOFT_CODES)
    if code in _GONE and not _BY_RULE.search(answer):
        return _NO_ADDRESS
    return _OURS if 500 <= code < 600 else Meaning(Fate.LATER)


def of_status(kind: str, subject: str, detail: str) -> Meaning:
    """What the three parts of an enhanced code mean."""
    if kind == "4":
        return Meaning(Fate.LATER, subject in _SOFT_SUBJECTS)
    return _BY_DETAIL.get(f"{subject}.{detail}", _OURS)


def of_message(code: int, answer: str) -> Meaning:
    """What an answer to the whole message means: only an enhanced code can blame the address there."""
    if _ENHANCED.match(answer):
        return meaning(code, answer)
    later = not 500 <= code < 600 or code == 552
    return Meaning(Fate.LATER if later else Fate.REFUSED)
