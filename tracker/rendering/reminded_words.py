"""That a body was reminded, in public words: how long before or after its day; never the address."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from tracker.rendering.named_bodies import names_of
from tracker.rendering.tongue import N_, NN_, Tongue

_BEFORE = NN_(
    "Reminded by mail %(n)d day before the date (%(due)s)",
    "Reminded by mail %(n)d days before the date (%(due)s)",
)
_ON = N_("Reminded by mail on the date itself (%(due)s)")
_AFTER = NN_(
    "Reminded by mail %(n)d day after the date (%(due)s)",
    "Reminded by mail %(n)d days after the date (%(due)s)",
)
_RETURNED = N_("Mail to the mailbox came back: the reminder of %(sent)s may not have arrived")


def reminded_words(detail: Mapping[str, Any], tongue: Tongue) -> str:
    """How far the day was away, or that it came back; whose mailbox it was where another body owes now."""
    said = _returned(detail, tongue) if "sent_on" in detail else _reminded(detail, tongue)
    names = names_of(detail, "successor")
    return f"{tongue.colon(names[0])} {said}" if names else said


def _reminded(detail: Mapping[str, Any], tongue: Tongue) -> str:
    days = int(detail.get("days", 0))
    due = tongue.day(date.fromisoformat(str(detail.get("due_on"))))
    forms = _BEFORE if days > 0 else _AFTER
    return tongue.count(forms, abs(days), due=due) if days else tongue.say(_ON, due=due)


def _returned(detail: Mapping[str, Any], tongue: Tongue) -> str:
    return tongue.say(_RETURNED, sent=tongue.day(date.fromisoformat(str(detail["sent_on"]))))
