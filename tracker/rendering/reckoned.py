"""A reckoned due day as data, its steps and conflict worded too: what the API answers and the command prints."""

from tracker.domain.reasons import Reason, reason
from tracker.domain.reckoning import Reckoned
from tracker.domain.words import Precision
from tracker.rendering.reason_words import reason_words
from tracker.rendering.step_words import steps_words
from tracker.rendering.tongue import N_, Tongue

_UNCHECKED = N_("Nobody has confirmed this rule in its source yet: on this site its dates flag nobody.")


def reckoned_data(found: Reckoned, tongue: Tongue) -> dict[str, object]:
    """Days as dates (None where there is none), steps as code, day and values, and each step as a sentence."""
    computed = found.computed
    return {
        "rule": found.asked.rule.strip(),
        "start_on": found.start_on,
        "due_on": found.due_on,
        "due_time": computed.due_time or None,
        "steps": [step.as_data() for step in computed.steps],
        "words": steps_words(computed.steps, tongue, found.due_on),
        "provisional": computed.provisional,
        "calendar_version": computed.calendar_version,
        "problem": computed.problem,
        "due_source": found.source.value,
        "computed_on": computed.due_on,
        "stated_on": found.stated.last if found.stated else None,
        "conflict": _conflict(found, tongue),
        "name": found.rule.name,
        "legal_basis": found.rule.legal_basis,
        "checked": found.rule.checked,
        "warning": unchecked_words(found, tongue) or None,
    }


def unchecked_words(found: Reckoned, tongue: Tongue) -> str:
    """That nobody has confirmed the rule; empty where somebody has, and for a period in words."""
    return "" if found.rule.checked or found.rule.key == "phrase" else tongue.say(_UNCHECKED)


def conflict_words(found: Reckoned, tongue: Tongue) -> str:
    """What stands against the stated day, as a sentence; empty where nothing does."""
    if found.conflict is None:
        return ""
    return " ".join(reason_words(one, tongue) for one in (*_written(found), found.conflict))


def _written(found: Reckoned) -> list[Reason]:
    """A period is said as it was written, before the day it comes to."""
    stated = found.stated
    if stated is None or stated.precision is Precision.DAY:
        return []
    return [reason("due_day_of_period", written=stated.as_written or str(stated))]


def _conflict(found: Reckoned, tongue: Tongue) -> dict[str, object] | None:
    if found.conflict is None:
        return None
    said = conflict_words(found, tongue)
    return {"code": found.conflict.code, "values": dict(found.conflict.values), "words": said}
