"""The standings of an obligation as stretches of days, ahead and behind, equal to the function on every day."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tracker.domain.clock import start_on
from tracker.domain.facts import Facts, ResponseFact
from tracker.domain.standing import Stand, standing
from tracker.domain.words import Standing

EARLIEST = date(1900, 1, 1)
"""Stored segments reach back to it, so that `hindsight` can show any day."""
LAST_ON_EARTH = timezone(timedelta(hours=-12))
"""The zone where a day ends last: nobody is accused early for want of a zone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A stretch of days with one stand; `until_on` is the first day after it, None = open.

    `stand` is that of `from_on`; only its counts to today (since due, waiting) move on within the segment.
    """

    standing: Standing
    from_on: date
    until_on: date | None
    from_at: datetime
    """The instant the first day begins in the debtor's zone (UTC)."""
    until_at: datetime | None
    stand: Stand

    def covers(self, day: date) -> bool:
        """Whether a day lies in it."""
        return self.from_on <= day and (self.until_on is None or day < self.until_on)


def segments(facts: Facts, from_day: date, horizon: date | None = None) -> tuple[Segment, ...]:
    """The segments from a day on, in order and without gaps; none that begins after the `horizon`."""
    changes = {day for day in _boundaries(facts) if from_day < day and (horizon is None or day <= horizon)}
    starts = [(day, standing(facts, day)) for day in sorted({from_day, *changes})]
    kept = list(_changed(starts))
    ends = [day for day, _ in kept[1:]]
    return tuple(
        Segment(
            standing=stand.standing,
            from_on=day,
            until_on=end,
            from_at=day_begins_at(day, facts.zone),
            until_at=day_begins_at(end, facts.zone) if end else None,
            stand=stand,
        )
        for (day, stand), end in zip(kept, [*ends, None], strict=True)
    )


def day_begins_at(day: date, zone: str | None) -> datetime:
    """The instant (UTC) a day begins in a zone; without a zone we know, in the last place on earth."""
    begins = datetime(day.year, day.month, day.day, tzinfo=_zone(zone))
    return begins.astimezone(UTC)


def steady(stand: Stand) -> Stand:
    """A stand without the counts that move on every day."""
    return replace(stand, days_since_due=None, days_waiting=None)


def _changed(starts: list[tuple[date, Stand]]) -> Iterator[tuple[date, Stand]]:
    yield starts[0]
    for (_, before), (day, stand) in pairwise(starts):
        if steady(before) != steady(stand):
            yield day, stand


def _zone(zone: str | None) -> tzinfo:
    try:
        return ZoneInfo(zone) if zone else LAST_ON_EARTH
    except (ZoneInfoNotFoundError, ValueError):
        return LAST_ON_EARTH


def _boundaries(facts: Facts) -> Iterator[date]:
    """Every day on which the stand can differ from the day before."""
    start = start_on(facts)
    yield from [start] if start else []
    for check in facts.checks:
        yield from _look(check.day, facts)
    for response in facts.responses:
        yield from _response(response, facts)
    for due in _possible_due_days(facts):
        yield from _due(due, facts)
    yield from _entries(facts)


def _look(day: date, facts: Facts) -> Iterable[date]:
    return day, _plus(day, facts.recheck_days + 1)


def _response(response: ResponseFact, facts: Facts) -> Iterator[date]:
    yield response.present_from_on
    yield from _look(response.first_seen_on, facts)
    if response.retracted_on:
        yield response.retracted_on


def _due(day: date, facts: Facts) -> Iterable[date]:
    return _plus(day, -facts.due_soon_days), _plus(day, 1)


def _possible_due_days(facts: Facts) -> Iterator[date]:
    given = [facts.due_computed, facts.due_computed_rival, facts.due_stated and facts.due_stated.last]
    given += [extension.new_due_on for extension in facts.extensions]
    given += [pause.due_after for pause in facts.pauses]
    given += [restart.due_after for restart in facts.restarts]
    yield from (day for day in given if day)


def _entries(facts: Facts) -> Iterator[date]:
    yield from (extension.given_on for extension in facts.extensions)
    yield from (restart.begin_on for restart in facts.restarts)
    yield from (end.effective_on for end in facts.endings)
    yield from (proposal.found_on for proposal in facts.proposals)
    yield from (_plus(v.notice_until_on, 1) for v in facts.verdicts if v.notice_until_on)
    for pause in facts.pauses:
        yield pause.begin_on
        yield from [_plus(pause.end_on, 1)] if pause.end_on else []


def _plus(day: date, days: int) -> date:
    """The day so many days on, held inside the calendar."""
    return date.fromordinal(min(max(day.toordinal() + days, date.min.toordinal()), date.max.toordinal()))
