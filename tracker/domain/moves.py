"""What clock entries do to a due day: extensions and pauses, in the order they work from."""

from dataclasses import dataclass, replace
from datetime import date

from tracker.domain.facts import ExtensionFact, Facts, PauseFact
from tracker.domain.reasons import Reason, reason


@dataclass(frozen=True, slots=True)
class Moved:
    """A due day after the entries so far, the pause still remembered, and what each entry did."""

    due_on: date
    pause: PauseFact | None = None
    problem: Reason | None = None
    reasons: tuple[Reason, ...] = ()

    @property
    def last_day_in_time(self) -> date:
        """The due day in force; while a clock stands still without a known end, no day is too late."""
        return date.max if self.pause and self.pause.end_on is None else self.due_on

    def because(self, why: Reason) -> "Moved":
        """The same, with one more reason."""
        return replace(self, reasons=(*self.reasons, why))


def moved(due_on: date, facts: Facts, day: date) -> Moved:
    """A due day as the entries that work from `day` or earlier leave it."""
    state = Moved(due_on)
    for entry in _entries(facts):
        if entry.works_from_on <= day:
            state = _next(state, entry)
    inside = state.pause is not None and state.pause.holds(day)
    return state if inside else replace(state, pause=None)


def _entries(facts: Facts) -> list[ExtensionFact | PauseFact]:
    entries: list[ExtensionFact | PauseFact] = [*facts.extensions, *facts.pauses]
    current = (entry for entry in entries if entry.current)
    return sorted(current, key=lambda entry: (entry.works_from_on, entry.recorded_at))


def _next(was: Moved, entry: ExtensionFact | PauseFact) -> Moved:
    in_force = entry.takes_effect(was.last_day_in_time)
    if isinstance(entry, PauseFact):
        return _paused(was, entry) if in_force else was.because(_pause_only_recorded(entry))
    in_force = in_force and entry.new_due_on > was.due_on
    return _extended(was, entry) if in_force else was.because(_extension_only_recorded(entry))


def _extended(was: Moved, entry: ExtensionFact) -> Moved:
    why = reason("extended", given=entry.given_on, old=was.due_on, new=entry.new_due_on)
    return replace(was.because(why), due_on=entry.new_due_on)


def _paused(was: Moved, entry: PauseFact) -> Moved:
    pause = max(filter(None, (was.pause, entry)), key=_last_day)
    if entry.end_on is None:
        return replace(was.because(reason("paused", begin=entry.begin_on)), pause=pause)
    if entry.due_after is None:
        lost = reason("pause_end_not_computed", begin=entry.begin_on, end=entry.end_on)
        return replace(was.because(lost), pause=pause, problem=lost)
    new = max(was.due_on, entry.due_after)
    why = reason("moved_by_pause", begin=entry.begin_on, end=entry.end_on, old=was.due_on, new=new)
    return replace(was.because(why), due_on=new, pause=pause)


def _last_day(pause: PauseFact) -> date:
    return pause.end_on or date.max


def _pause_only_recorded(entry: PauseFact) -> Reason:
    return reason("pause_only_recorded", begin=entry.begin_on)


def _extension_only_recorded(entry: ExtensionFact) -> Reason:
    return reason("extension_only_recorded", given=entry.given_on, to=entry.new_due_on)
