"""A period that begins afresh: counted until then, and counted anew (FOIA 2000 s.1(3), NZ OIA s.15(1AA))."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from tracker.domain.deadlines import Due, Extension, Pause
from tracker.domain.steps import Step

Counting = Callable[[date, Sequence[Pause], Sequence[Extension]], Due]
"""The due day from a day on, with the entries that move it."""


def counted_afresh(
    start: date,
    restart: date,
    pauses: Sequence[Pause],
    extensions: Sequence[Extension],
    count: Counting,
) -> Due:
    """The due day after a fresh start; one after the due day in force moves nothing, and none makes it earlier."""
    before = count(
        start, [one for one in pauses if one[0] < restart], _given(extensions, restart, before=True)
    )
    if before.due_on is None:
        return before
    if restart > before.due_on:
        entire = count(start, pauses, extensions)
        return _with(entire, Step("restart_too_late", restart, {"due": before.due_on.isoformat()}))
    anew = count(
        restart, [one for one in pauses if one[0] >= restart], _given(extensions, restart, before=False)
    )
    steps = (*_without_due(before), Step("restart", restart, {"due": before.due_on.isoformat()}), *anew.steps)
    if anew.due_on is None or anew.due_on >= before.due_on:
        return replace(anew, steps=steps)
    kept = (*_without_due(replace(anew, steps=steps)), Step("restart_keeps"), Step("due", before.due_on))
    return replace(before, steps=kept)


def _given(extensions: Sequence[Extension], restart: date, *, before: bool) -> list[Extension]:
    """An extension without a day of its own was given in time, whichever count it is about."""
    return [one for one in extensions if one.given_on is None or (one.given_on < restart) is before]


def _without_due(due: Due) -> tuple[Step, ...]:
    return tuple(step for step in due.steps if step.code != "due")


def _with(due: Due, step: Step) -> Due:
    """The same, with one more step ahead of the last word."""
    last = due.steps[-1:] if due.steps and due.steps[-1].code == "due" else ()
    return replace(due, steps=(*_without_due(due), step, *last))
