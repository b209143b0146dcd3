"""One clock of a rule while it is being counted: begin, settle, stop, extend; each leaves its steps."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from tracker.domain.rule_terms import PauseTerms
from tracker.domain.rules import DAY_AFTER, EXCLUSIVE, INCLUSIVE, Rule
from tracker.domain.steps import Step
from tracker.domain.units import Almanac, Unit, unit
from tracker.domain.units.counting import ONE_DAY

BY_THE_HOUR = "hours"
ONE_BY_ONE = frozenset({"working_days", "workable_days", "working_weeks", "sitting_days", "school_days"})
"""Units whose count is a walk over days that count and days that do not."""
"""No first day can be told of a period that begins in the middle of one."""


@dataclass(frozen=True, slots=True)
class Extension:
    """More time, as somebody gave it: more of a unit, or up to a day."""

    amount: int = 0
    until: date | None = None
    unit: str = ""
    """Empty = the unit the rule extends by."""
    base: str = ""
    """`start` or `previous`; empty = as the rule says."""
    given_on: date | None = None
    """None = in time."""
    cures_late: bool | None = None
    """None = as the rule says."""


@dataclass(slots=True)
class RunningClock:
    """The state of one count; `end` is the day before rolling, `due` the day in force."""

    rule: Rule
    almanac: Almanac
    start: date | None
    amount: int
    steps: list[Step] = field(default_factory=list)
    end: date | None = None
    due: date | None = None
    anchor: date | None = None
    stopped: int = 0
    stopped_until: date | None = None
    stands: bool = False
    """A pause is open: no day is too late for an entry."""

    @property
    def unit(self) -> Unit:
        """The unit the rule counts in."""
        return unit(self.rule.unit)

    def note(self, code: str, day: date | None = None, /, **values: str | int) -> None:
        """Adds a step."""
        self.steps.append(Step(code, day, values))

    def begin(self) -> None:
        """Counts the period from the start to its end."""
        late = self.rule.start_mode == DAY_AFTER
        self.anchor = self.start + ONE_DAY if late and self.start else self.start
        self._count()

    def _count(self) -> None:
        """Counts `amount` units from the anchor, puts the stopped units back, and settles the due day."""
        counted = self.unit.end(self.anchor, self.amount, self._inclusive, self.almanac)
        if counted.day is None:
            self._tell_nothing(counted.remark, self.amount)
            return
        if counted.remark == "fixed":
            self.note("fixed", counted.day)
        else:
            self._tell_count(counted.day, counted.remark)
        self.end = counted.day
        if self.stopped:
            self.end = self.unit.move(self.end, self.stopped, self.almanac)
        self._settle()

    def _tell_nothing(self, remark: str, amount: int) -> None:
        because = {"because": self.rule.no_date_because} if self.rule.no_date_because else {}
        self.note(remark, None, amount=amount, known=len(self.almanac.sittings), **because)

    @property
    def _inclusive(self) -> bool:
        return self.rule.start_mode == INCLUSIVE

    def _tell_count(self, day: date, remark: str) -> None:
        if self.anchor is None:
            return
        first = self.anchor if self._inclusive else self.anchor + ONE_DAY
        if self.rule.unit != BY_THE_HOUR:
            self._tell_first_day(first, day)
        if self.unit.USES_CALENDAR:
            self._tell_holidays(first, day)
        self.note("count", day, amount=self.amount, unit=self.rule.unit)
        if remark:
            self.note(remark, day, wanted=self.anchor.day)

    def _tell_first_day(self, first: date, last: date) -> None:
        """Where days are counted one by one the first is the first that counts: Monday after a Saturday."""
        counts, one = first, self.rule.unit in ONE_BY_ONE
        while one and counts < last and not self.unit.inside(counts, counts, self.almanac):
            counts += ONE_DAY
        later = {"later": 1} if counts > first else {}
        self.note("first_day", counts, mode=self.rule.start_mode, **later)

    def _tell_holidays(self, first: date, last: date) -> None:
        """One step for each holiday left out; a closure of many days is one step."""
        calendar, day = self.almanac.calendar, first
        while day <= last:
            name = None if calendar.is_weekend(day) else calendar.holiday_name(day)
            if name is None:
                day += ONE_DAY
                continue
            until = self._same_name_until(day, last, name)
            where = calendar.only_in(day)
            self.note(
                "holiday", day, name=name, until=until.isoformat(), **({"where": where} if where else {})
            )
            day = until + ONE_DAY

    def _same_name_until(self, day: date, last: date, name: str) -> date:
        while day < last and self.almanac.calendar.holiday_name(day + ONE_DAY) == name:
            day += ONE_DAY
        return day

    def _settle(self) -> None:
        """From the end of the count to the due day: bound, roll, floor of working days."""
        day = self.end
        if day is None:
            return
        if self.rule.end_bound == EXCLUSIVE:
            day -= ONE_DAY
            self.note("before_bound", day)
        day = self._floor(self._rolled(day))
        self.due = day

    def _rolled(self, day: date) -> date:
        """The day itself, or the next (previous) one of no class the rule rolls from."""
        toward = {"next": 1, "previous": -1}.get(self.rule.roll, 0)
        was = day
        while toward and (reason := self._barred(day)):
            day += timedelta(days=toward)
            self.note("roll", day, was=was.isoformat(), reason=reason, direction=self.rule.roll)
            was = day
        return day

    def _barred(self, day: date) -> str | None:
        calendar = self.almanac.calendar
        classes: Mapping[str, Callable[[], str | None]] = {
            "saturday": lambda: "Saturday" if calendar.is_weekend(day) and day.weekday() != 6 else None,
            "sunday": lambda: "Sunday" if calendar.is_weekend(day) and day.weekday() == 6 else None,
            "holiday": lambda: calendar.holiday_name(day),
        }
        return next((reason for name in self.rule.roll_from if (reason := classes[name]())), None)

    def _floor(self, day: date) -> date:
        """At least so many working days in any period of two days or more (1182/71 art 3(5))."""
        needed = self.rule.min_working_days
        if not needed or self.anchor is None or (self.rule.unit == "days" and self.amount < 2):
            return day
        first = self.anchor if self._inclusive else self.anchor + ONE_DAY
        missing = needed - min(needed, self.almanac.calendar.working_days(first, day))
        while missing > 0:
            day += ONE_DAY
            missing -= self.almanac.calendar.is_working(day)
            if missing == 0:
                self.note("floor", day, working_days=needed)
        return day

    def pause(self, since: date, until: date | None) -> None:
        """Stops the clock between two days; it must begin by the due day in force."""
        terms = self.rule.pause
        if self.due is None or self.end is None or not self._may_pause(terms, since):
            return
        if not terms.events and self.rule.legal_basis:
            self.note("pause_not_in_rule", None, since=since.isoformat())
        if until is None:
            self.stands = True
            self.note("pause_open", since)
            return
        last = until if terms.inclusive else until - ONE_DAY
        units = self.unit.inside(self._not_before(since), last, self.almanac)
        self.stopped_until = max(last, self.stopped_until or last)
        self.stopped += units
        was, self.end = self.end, self.unit.move(self.end, units, self.almanac)
        self.note(
            "pause",
            self.end,
            since=since.isoformat(),
            until=until.isoformat(),
            amount=units,
            unit=self.rule.unit,
        )
        self._tell_crossed(self.unit, was, self.end)
        self._settle()

    def _tell_crossed(self, counted: Unit, after: date, last: date) -> None:
        """The holidays that a later end crosses, so that its days can be counted again."""
        if counted.USES_CALENDAR:
            self._tell_holidays(after + ONE_DAY, last)

    def _may_pause(self, terms: PauseTerms, since: date) -> bool:
        refused = "pause_ignored" if not terms.allowed or self.rule.unit == "fixed_date" else ""
        if not refused and not self.stands and self.due is not None and since > self.due:
            refused = "pause_too_late"
        if refused:
            self.note(refused, None, since=since.isoformat())
        return not refused

    def _not_before(self, since: date) -> date:
        """Days before the count began, or already put back by an earlier pause, are not put back again."""
        floor = since
        if self.anchor is not None:
            floor = max(floor, self.anchor if self._inclusive else self.anchor + ONE_DAY)
        if self.stopped_until is not None:
            floor = max(floor, self.stopped_until + ONE_DAY)
        return floor

    def extend(self, extension: Extension) -> None:
        """Makes the period longer, if given by the due day in force or of a kind that cures."""
        if self.due is None and extension.until is None:
            return
        if not self._in_time(extension):
            self.note("extension_too_late", extension.given_on, given=str(extension.given_on))
            return
        if extension.until is None:
            self._extend_by(extension)
        elif self.due is not None and extension.until <= self.due:
            self.note("extension_not_later", extension.until)
        else:
            self.end = self.due = extension.until
            self.note("extension_until", extension.until)

    def _in_time(self, extension: Extension) -> bool:
        terms = self.rule.extension
        cures = extension.cures_late if extension.cures_late is not None else bool(terms and terms.cures_late)
        return (
            cures
            or self.stands
            or extension.given_on is None
            or self.due is None
            or extension.given_on <= self.due
        )

    def _extend_by(self, extension: Extension) -> None:
        terms = self.rule.extension
        if terms is None and self.rule.legal_basis:
            self.note("extension_not_in_rule")
        name = extension.unit or (terms and terms.unit) or _counting(self.rule.unit)
        base = extension.base or (terms.base if terms else "start")
        if terms and terms.amount and extension.amount > terms.amount and not terms.built_in:
            self.note("extension_beyond_rule", None, amount=extension.amount, unit=name, most=terms.amount)
        self.note("extension", None, amount=extension.amount, unit=name, base=base)
        if base == "start" and name == self.rule.unit:
            self.amount += extension.amount
            self._count()
            return
        self._chain(name, extension.amount, self.due if base == "previous" else self.end)

    def _chain(self, name: str, amount: int, expiry: date | None) -> None:
        """A new period of its own from the expiry of the previous one, which is not counted."""
        further = unit(name).end(expiry, amount, False, self.almanac)
        if further.day is None:
            self._tell_nothing(further.remark or "no_date", amount)
            return
        if expiry is not None:
            self._tell_crossed(unit(name), expiry, further.day)
        self.end = further.day
        self.note("count", further.day, amount=amount, unit=name)
        if further.remark:
            self.note(further.remark, further.day, wanted=expiry.day if expiry else 0)
        self._settle()


def _counting(name: str) -> str:
    """The unit an extension counts in where the rule's own counts nothing."""
    return name if unit(name).NEEDS == "amount" else "days"
