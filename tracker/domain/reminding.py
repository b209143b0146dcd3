"""Which reminder of a due day a body is to get on a day: before it, on it, after it; at most one, and each once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from tracker.domain.words import Role, Standing

LAPSES = timedelta(days=45)
"""A stage after the due day that nobody came to for so long is passed over: nothing is brought up from nowhere."""
AHEAD = frozenset({Standing.RUNNING, Standing.DUE_SOON})
"""Nothing that settles it is on record, and the day has not passed."""
BEHIND = frozenset({Standing.OVERDUE, Standing.OVERDUE_UNSUBSTANTIVE, Standing.PARTLY_ANSWERED})
"""The day has passed and somebody has looked since: what nobody looked for is not said to be missing."""


class NotReminded(StrEnum):
    """Why a body gets no reminders."""

    NO_MAILBOX = "no_mailbox"
    PERSONAL = "personal"
    """What is on record looks like one person's."""
    UNSOURCED = "unsourced"
    """Nobody said where the mailbox is published, and nobody proved that they read it."""
    ASKED = "asked"
    """The mailbox asked for none."""
    BOUNCED = "bounced"
    """Its mail came back."""


@dataclass(frozen=True, slots=True)
class Plan:
    """When a site reminds, in days before and after the due day."""

    before: tuple[int, ...] = (28, 7)
    on_the_day: bool = True
    after: tuple[int, ...] = (7, 35, 63)

    @property
    def stages(self) -> tuple[int, ...]:
        """The days from the due day on which a reminder falls, in order; those before it are negative."""
        on = (0,) if self.on_the_day else ()
        return tuple(sorted({*(-days for days in self.before), *on, *self.after}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """What decides about reminders of one obligation on a day; days are where the reminded body is."""

    due_on: date | None
    standing: Standing
    role: Role
    entered_on: date
    """The day it came on record here."""
    relied_on: bool = True
    """The date is in no doubt: its rule was confirmed and its calendar is known."""
    disputed: bool = False
    """An objection of the body is open, or was upheld."""
    stale: bool = False
    """The last look is too long ago to say that nothing came."""


def stage_due(plan: Plan, one: Watched, sent: Collection[int], today: date) -> int | None:
    """The stage whose reminder is due today; `sent`: those of this due day that went or were held back.

    Only the latest that has come counts, so that after a standstill there is one letter and not three; a clock that
    goes back finds it sent. A date that has moved begins anew, because nothing was sent for it.
    """
    if one.due_on is None or not may_be_reminded(one, today):
        return None
    come = [stage for stage in plan.stages if one.due_on + timedelta(days=stage) <= today]
    if not come or (sent and max(sent) >= come[-1]):
        return None
    latest = come[-1]
    if today <= one.due_on:
        return latest
    in_time = latest > 0 and today - (one.due_on + timedelta(days=latest)) <= LAPSES
    return latest if in_time else None


def may_be_reminded(one: Watched, today: date) -> bool:
    """Whether there is anything to remind of that is certain."""
    if one.due_on is None or one.role is Role.SUPPORTING or one.disputed or not one.relied_on:
        return False
    if today <= one.due_on:
        return one.standing in AHEAD
    return one.standing in BEHIND and not one.stale and one.entered_on <= one.due_on
