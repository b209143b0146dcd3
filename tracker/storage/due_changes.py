"""How often an obligation's due day, or whether it stands, changed for whoever watches it: read from the segments.

The segments are what every list shows, are never overwritten, and are replaced by whatever path a day moves:
an entry about the clock, a correction, a rule read anew, or merely time, where a move works from a later day on.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby, pairwise
from operator import attrgetter
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from tracker.domain.words import Standing, Trigger
from tracker.storage.lines import Moment, known
from tracker.storage.tables import Segment, Terms


@dataclass(frozen=True, slots=True)
class DueChanges:
    """How often an obligation's entry in a calendar changed its day or its being certain; when anything of it did."""

    count: int
    last_at: datetime


@dataclass(frozen=True, slots=True)
class _Stretch:
    """What was shown of an obligation from an instant on."""

    obligation_id: int
    began_at: datetime
    state: tuple[date | None, bool, bool]
    """The due day; called off; waiting for the clock to run again."""


def due_changes(session: Session, obligation_ids: Iterable[int], until_at: datetime) -> dict[int, DueChanges]:
    """For calendars, in one query: what raises the sequence number of an obligation's entry; it never falls."""
    found = sorted(_stretches(session, obligation_ids, until_at), key=attrgetter("obligation_id", "began_at"))
    return {id_: _changes(list(shown)) for id_, shown in groupby(found, key=attrgetter("obligation_id"))}


@dataclass(frozen=True, slots=True)
class Counted:
    """How the rule makes an obligation's due day, as kept with its terms."""

    steps: Sequence[Mapping[str, object]]
    trigger: Trigger | None


def counted(session: Session, obligation_ids: Iterable[int], at: Moment) -> dict[int, Counted]:
    """By obligation, from the terms in force at a moment; nothing else of them is read."""
    of_these = col(Terms.obligation_id).in_(list(obligation_ids))
    wanted = select(*_HOW).where(of_these, *known(Terms, at))
    return {id_: Counted(steps, trigger) for id_, steps, trigger in session.execute(wanted)}


_HOW: tuple[Any, ...] = (Terms.obligation_id, Terms.steps, Terms.trigger)


def _changes(shown: list[_Stretch]) -> DueChanges:
    moved = sum(before.state != after.state for before, after in pairwise(shown))
    return DueChanges(moved, shown[-1].began_at)


def _stretches(session: Session, ids: Iterable[int], until_at: datetime) -> Iterator[_Stretch]:
    wanted = select(*_COLUMNS).where(
        col(Segment.obligation_id).in_(list(ids)),
        col(Segment.recorded_at) <= until_at,
        col(Segment.from_at) <= until_at,
    )
    for id_, due_on, standing, recorded_at, superseded_at, from_at, ends_at in session.execute(wanted):
        began = max(recorded_at, from_at)
        if any(end is not None and end <= began for end in (superseded_at, ends_at)):
            continue  # replaced before it began, or over before it was recorded: nobody saw it
        state = (due_on, standing is Standing.VOID, standing is Standing.PAUSED)
        yield _Stretch(id_, began, state)


_COLUMNS: tuple[Any, ...] = (
    Segment.obligation_id,
    Segment.due_on,
    Segment.standing,
    Segment.recorded_at,
    Segment.superseded_at,
    Segment.from_at,
    Segment.until_at,
)
