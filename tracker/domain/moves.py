"""What clock entries do to a due day: extensions, fresh starts and pauses, in the order they work from."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from tracker.domain.facts import ExtensionFact, Facts, PauseFact, RestartFact
from tracker.domain.reasons import Reason, reason

Entry = ExtensionFact | RestartFact | PauseFact


@dataclass(frozen=True, slots=True)
class Moved:
    """A due day after the entries so far, the pause still remembered, and what each entry did."""

    due_on: date
    pause: PauseFact | None = None
    problem: Reason | None = None
    reasons: tuple[Reason, ...] = ()
    afresh: bool = False
    """The rule counted it anew from a later day."""

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
    for entry in in_order(facts):
        if entry.works_from_on <= day:
            state = _next(state, entry)
    inside = state.pause is not None and state.pause.holds(day)
    return state if inside else replace(state, pause=None)


def in_order(facts: Facts) -> list[Entry]:
    """The entries that stand by the day they work from; on one day more time comes before a stop."""
    entries: list[Entry] = [*facts.extensions, *facts.restarts, *facts.pauses]
    current = (entry for entry in entries if entry.current)
    return sorted(current, key=lambda entry: (entry.works_from_on, _RANK[type(entry)], entry.recorded_at))


def _next(was: Moved, entry: Entry) -> Moved:
    return _STEPS[type(entry)](was, entry)


def _extended(was: Moved, entry: ExtensionFact) -> Moved:
    if not entry.takes_effect(was.last_day_in_time):
        return was.because(
            reason("extension_too_late", given=entry.given_on, to=entry.new_due_on, due=was.due_on)
        )
    if entry.new_due_on <= was.due_on:
        return was.because(reason("extension_not_later", given=entry.given_on, to=entry.new_due_on))
    now = was.because(reason("extended", given=entry.given_on, old=was.due_on, new=entry.new_due_on))
    if entry.limit_on is not None and entry.limit_on < entry.new_due_on:
        now = now.because(
            reason("extension_beyond_rule", given=entry.given_on, to=entry.new_due_on, limit=entry.limit_on)
        )
    return replace(now, due_on=entry.new_due_on)


def _begun_afresh(was: Moved, entry: RestartFact) -> Moved:
    if not entry.takes_effect(was.last_day_in_time):
        return was.because(reason("restart_only_recorded", begin=entry.begin_on))
    if entry.due_after is None:
        lost = reason("restart_not_computed", begin=entry.begin_on)
        return replace(was.because(lost), problem=lost)
    # A fresh start is never taken for less time than the body had before it.
    new = max(was.due_on, entry.due_after)
    why = reason("restarted", begin=entry.begin_on, old=was.due_on, new=new)
    return replace(was.because(why), due_on=new, problem=None, afresh=was.afresh or new > was.due_on)


def _paused(was: Moved, entry: PauseFact) -> Moved:
    if not entry.takes_effect(was.last_day_in_time):
        code = "pause_only_recorded" if entry.allowed else "pause_not_allowed"
        return was.because(reason(code, begin=entry.begin_on))
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


_STEPS: Mapping[type[Entry], Callable[[Moved, Any], Moved]] = {
    ExtensionFact: _extended,
    RestartFact: _begun_afresh,
    PauseFact: _paused,
}
_RANK: Mapping[type[Entry], int] = {kind: rank for rank, kind in enumerate(_STEPS)}
