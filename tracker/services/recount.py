"""Recount what each clock entry comes to, by the rule's own units, from the entries that were in force before it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlmodel import Session

from tracker.domain.calendars import CalendarError
from tracker.domain.calendars import calendar as calendar_of
from tracker.domain.clock import Clock, clock
from tracker.domain.deadlines import Due, Extension, compute
from tracker.domain.facts import Facts
from tracker.domain.rules import Rule
from tracker.domain.units import Almanac, unit
from tracker.domain.words import ClockEntryKind
from tracker.services.reckon import amount_for, counted_period, sittings_of, working_calendar
from tracker.storage.columns import partial_of
from tracker.storage.engine import habits_of
from tracker.storage.entries import Owed, clock_entries
from tracker.storage.facts import entry_facts, facts_of
from tracker.storage.tables import ClockEntry

PLAIN_DAYS = Rule(key="days", name="days", amount=1, unit="days")
"""How a stopped clock is measured where no rule counts: a day for a day."""
ONE_DAY = timedelta(days=1)
WEEKDAYS = "XX"
"""The calendar of a place that is not known."""
_RANK = {ClockEntryKind.EXTENSION: 0, ClockEntryKind.RESTART: 1, ClockEntryKind.PAUSE: 2}


def rule_of(one: Owed) -> Rule | None:
    """The rule as it was kept with the obligation."""
    return Rule.from_snapshot(one.terms.rule_snapshot) if one.terms.rule_snapshot else None


def recount(session: Session, one: Owed, now: datetime, actor: str) -> None:
    """Supersede every entry whose due day after it no longer follows from the terms and the entries before it."""
    found = [entry for entry in clock_entries(session, one.id) if entry.kind in _RANK]
    if not any(counts(entry) for entry in found):
        return
    kept: list[ClockEntry] = []
    ledger = Ledger(session, one, _facts(session, one.id))
    for entry in sorted(found, key=_place):
        kept.append(_again(session, ledger, kept, entry, now, actor) if counts(entry) else entry)


def _place(entry: ClockEntry) -> tuple[date, int, datetime]:
    """Entries work in the order of their days; on one day more time comes before a stop."""
    return entry.works_from_on, _RANK.get(entry.kind, len(_RANK)), entry.recorded_at


def counts(entry: ClockEntry) -> bool:
    """Whether its due day is counted, and not given."""
    return _COUNTED[entry.kind](entry) if entry.kind in _COUNTED else False


_COUNTED: Mapping[ClockEntryKind, Callable[[ClockEntry], bool]] = {
    ClockEntryKind.EXTENSION: lambda entry: entry.amount is not None,
    ClockEntryKind.RESTART: lambda entry: bool(entry.afresh),
    ClockEntryKind.PAUSE: lambda entry: entry.ends_on is not None,
}


def _again(
    session: Session,
    ledger: "Ledger",
    before: Sequence[ClockEntry],
    entry: ClockEntry,
    now: datetime,
    actor: str,
) -> ClockEntry:
    due_after, limit = ledger.due_after(before, entry), ledger.limit(before, entry)
    if (due_after, limit) == (entry.new_due_on, entry.limit_on):
        return entry
    entry.superseded_at = now
    same = entry.model_dump(exclude={"id", "superseded_at"})
    same |= {"new_due_on": due_after, "limit_on": limit, "recorded_at": now, "recorded_by": actor}
    again = ClockEntry(**same)
    session.add(again)
    session.flush()
    return again


@dataclass(frozen=True, slots=True)
class Ledger:
    """One clock and what its rule makes of entries."""

    session: Session
    one: Owed
    facts: Facts

    def before(self, entry: ClockEntry) -> list[ClockEntry]:
        """What is on record and works before an entry."""
        found = self.counting(clock_entries(self.session, self.one.id))
        return [other for other in found if _place(other)[:2] <= _place(entry)[:2]]

    def counting(self, found: Sequence[ClockEntry]) -> list[ClockEntry]:
        """Those entries that can move a due day, in the order in which they work."""
        return sorted((entry for entry in found if entry.kind in _RANK), key=_place)

    def state(self, before: Sequence[ClockEntry], day: date) -> Clock:
        """The clock on a day, with these entries alone."""
        return clock(replace(self.facts, **entry_facts(before, self.one.terms)), day)

    def due_after(self, before: Sequence[ClockEntry], entry: ClockEntry) -> date | None:
        """The due day an entry leads to, given those before it."""
        return _COUNTING[entry.kind](self, before, entry)

    def limit(self, before: Sequence[ClockEntry], entry: ClockEntry) -> date | None:
        """The most the rule allows an extension; None for other entries, and where the rule sets no limit."""
        rule = rule_of(self.one)
        if entry.kind is not ClockEntryKind.EXTENSION or rule is None or not rule.legal_basis:
            return None
        terms = rule.extension
        if terms is not None and not terms.amount and not terms.built_in:
            return None
        plain = [other for other in before if other.kind is not ClockEntryKind.EXTENSION]
        most = () if terms is None or terms.built_in else (Extension(terms.amount, cures_late=True),)
        return self.counted(plain, most)

    def counted(
        self,
        before: Sequence[ClockEntry],
        extensions: Sequence[Extension] = (),
    ) -> date | None:
        """The due day by the rule, with these entries and more; None where the rule gives none."""
        due = self.reckoned(before, extensions)
        return due.due_on if due else None

    def reckoned(self, before: Sequence[ClockEntry], extensions: Sequence[Extension] = ()) -> Due | None:
        """That day with its steps; None where no rule is named."""
        rule = rule_of(self.one)
        if rule is None:
            return None
        fresh = self.last_fresh_start(before)
        trigger, since = partial_of(self.one.terms, "trigger"), before[fresh + 1 :]
        start = before[fresh].works_from_on if fresh >= 0 else trigger.last if trigger else None
        return compute(
            _stopping(rule, since),
            start,
            amount=self.amount(rule),
            calendar=working_calendar(self.session, self.calendar(rule)),
            pauses=_stops(since),
            extensions=[*_given(since), *extensions],
            sittings=sittings_of(self.session, rule, start),
        )

    def amount(self, rule: Rule) -> int | None:
        """How many units; a duty that repeats counts them from its anchor."""
        owing = self.one.obligation
        return amount_for(rule, self.one.terms.amount, counted_period(owing.kind, owing.period))

    def calendar(self, rule: Rule | None) -> str:
        """Whose working days count: the terms', the rule's, or those of the place where neither looks at any."""
        named = self.one.terms.calendar or (rule.calendar if rule else WEEKDAYS)
        if named != WEEKDAYS or (rule is not None and _looks_at_calendar(rule)):
            return named
        place = rule.jurisdiction if rule else self.one.body.jurisdiction
        return place if _is_calendar(place) else WEEKDAYS

    def almanac(self, rule: Rule | None) -> Almanac:
        """What the rule's unit may look at."""
        return Almanac(working_calendar(self.session, self.calendar(rule)))

    def last_fresh_start(self, before: Sequence[ClockEntry]) -> int:
        """The place of the last fresh start that took effect; -1 where there is none."""
        last = -1
        for place, entry in enumerate(before):
            if entry.afresh:
                state = self.state(before[:place], entry.works_from_on)
                last = place if entry.works_from_on <= (state.last_day_in_time or date.min) else last
        return last


def _looks_at_calendar(rule: Rule) -> bool:
    return unit(rule.unit).USES_CALENDAR or rule.roll != "none" or rule.min_working_days > 0


def _is_calendar(code: str) -> bool:
    try:
        return bool(code and calendar_of(code))
    except CalendarError:
        return False


def _stopping(rule: Rule, entries: Sequence[ClockEntry]) -> Rule:
    """The rule with stops let in, where an entry counts although the rule does not know of it."""
    let_in = any(entry.kind is ClockEntryKind.PAUSE and entry.cures for entry in entries)
    return replace(rule, pause=replace(rule.pause, allowed=True)) if let_in else rule


def _stops(entries: Sequence[ClockEntry]) -> list[tuple[date, date | None]]:
    return [
        (entry.works_from_on, entry.ends_on)
        for entry in entries
        if entry.kind is ClockEntryKind.PAUSE and entry.ends_on is not None
    ]


def _given(entries: Sequence[ClockEntry]) -> list[Extension]:
    return [_extension(entry) for entry in entries if entry.kind is ClockEntryKind.EXTENSION]


def _extension(entry: ClockEntry, cures: bool | None = None) -> Extension:
    return Extension(
        amount=entry.amount or 0,
        until=entry.new_due_on if entry.amount is None else None,
        unit=entry.unit or "",
        base=entry.counts_from or "",
        given_on=entry.given_on or entry.works_from_on,
        cures_late=True if cures or entry.cures else None,
    )


def _paused(ledger: Ledger, before: Sequence[ClockEntry], entry: ClockEntry) -> date | None:
    state = ledger.state(before, entry.works_from_on)
    if state.due_on is None or entry.ends_on is None:
        return None
    rule = rule_of(ledger.one)
    if rule is not None and rule.unit != "fixed_date" and ledger.counted(before) == state.due_on:
        # Whether it takes effect is for the standing to say; here is only counted what it would come to.
        return ledger.counted([*before, entry])
    first = max([entry.works_from_on, *(last + ONE_DAY for _, last in _stops(before) if last)])
    inclusive = rule.pause.inclusive if rule else True
    return _measured(ledger, state.due_on, first, entry.ends_on if inclusive else entry.ends_on - ONE_DAY)


def _measured(ledger: Ledger, due_on: date, first: date, last: date) -> date:
    """A date nobody counted by the rule moves by the units inside the stop."""
    rule = rule_of(ledger.one)
    measure, almanac = unit((rule or PLAIN_DAYS).unit), ledger.almanac(rule)
    if measure.NEEDS != "amount" or measure.NAME in ("sitting_days", "school_days"):
        measure = unit("days")
    units = measure.inside(first, last, almanac) if first <= last else 0
    return measure.move(due_on, units, almanac)


def _extended(ledger: Ledger, before: Sequence[ClockEntry], entry: ClockEntry) -> date | None:
    state = ledger.state(before, entry.works_from_on)
    if state.due_on is None or entry.amount is None:
        return entry.new_due_on
    if rule_of(ledger.one) is not None and ledger.counted(before) == state.due_on:
        # Whether it came too late is for the standing to say; here is only counted what it would come to.
        return ledger.counted(before, [_extension(entry, cures=True)])
    rule = rule_of(ledger.one)
    further = unit(entry.unit or "days").end(state.due_on, entry.amount, False, ledger.almanac(rule))
    return further.day


def _begun_afresh(ledger: Ledger, _before: Sequence[ClockEntry], entry: ClockEntry) -> date | None:
    rule = rule_of(ledger.one)
    if rule is None:
        return None
    calendar = working_calendar(ledger.session, ledger.calendar(rule))
    return compute(
        rule,
        entry.works_from_on,
        amount=ledger.amount(rule),
        calendar=calendar,
        sittings=sittings_of(ledger.session, rule, entry.works_from_on),
    ).due_on


_COUNTING: Mapping[ClockEntryKind, Callable[[Ledger, Sequence[ClockEntry], ClockEntry], date | None]] = {
    ClockEntryKind.EXTENSION: _extended,
    ClockEntryKind.RESTART: _begun_afresh,
    ClockEntryKind.PAUSE: _paused,
}


def ledger_of(session: Session, one: Owed) -> Ledger:
    """The clock of an obligation as it is on record now."""
    return Ledger(session, one, _facts(session, one.id))


def _facts(session: Session, obligation_id: int) -> Facts:
    session.flush()
    return facts_of(session, [obligation_id], habits_of(session))[obligation_id]
