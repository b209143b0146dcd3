"""Whether an answer came in time (product section 4, point 6)."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from tracker.domain.facts import ResponseFact


class Timing(Enum):
    """One response against the last day in time."""

    IN_TIME = "in_time"
    LATE = "late"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class Lateness:
    """How late a judged set is: `days` by the settling day, `at_least` where that is known only as a period."""

    days: int | None = None
    unknown: bool = False
    at_least: bool = False


def lateness(judged: tuple[ResponseFact, ...], start_on: date | None, last_in_time: date | None) -> Lateness:
    """Late by the last answer day of the set; None for `last_in_time` = no due day can be relied on."""
    timings = {_timing(response, start_on, last_in_time) for response in judged}
    if Timing.LATE in timings and last_in_time is not None:
        settling = max(r.answered.first for r in judged if r.answered)
        blurred = any(r.answered is None or r.answered.last > settling for r in judged)
        return Lateness((settling - last_in_time).days, at_least=blurred)
    return Lateness(unknown=Timing.CANNOT_TELL in timings)


def _timing(response: ResponseFact, start_on: date | None, last_in_time: date | None) -> Timing:
    first, last = _days(response)
    if start_on and last < start_on:
        return Timing.IN_TIME
    if last_in_time is None:
        return Timing.CANNOT_TELL
    if last <= last_in_time:
        return Timing.IN_TIME
    return Timing.LATE if first > last_in_time else Timing.CANNOT_TELL


def _days(response: ResponseFact) -> tuple[date, date]:
    """The first and last day it can have come; without a date, some day until it was seen."""
    if response.answered is None:
        return date.min, response.first_seen_on
    return response.answered.first, response.answered.last
