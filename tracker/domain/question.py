"""What somebody asks of the calculator, as typed, and what it means: one reading for pages, API and commands."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import TypeVar

from tracker.domain.calendars import Calendar, CalendarError
from tracker.domain.catalogue import find_rule
from tracker.domain.day_reading import typed_date, typed_day
from tracker.domain.deadlines import Extension, Pause
from tracker.domain.partial import PartialDate
from tracker.domain.refusals import NotAccepted, Refused, insist, refuse
from tracker.domain.rules import MOST, Rule, RuleError
from tracker.domain.units import unit, units

T = TypeVar("T")
CalendarOf = Callable[[str], Calendar]
"""The calendar of a code; raises CalendarError, whose text says which there are."""
MOST_PAUSES = 100
MOST_SITTINGS = 5000
_WHOLE = re.compile(r"[+-]?[0-9]{1,12}")
_BETWEEN_DAYS = re.compile(r"[\s,;]+")
_REMARK = re.compile(r"#[^\n]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A rule, a day and what moved the clock, as typed; the names are those of the options and of an address."""

    rule: str = ""
    start: str = ""
    amount: str = ""
    calendar: str = ""
    pause: tuple[str, ...] = ()
    """FROM..TO each, both days included; no TO: not started again."""
    extend: str = ""
    extend_unit: str = ""
    extended_to: str = ""
    given: str = ""
    """The day the extension was announced; empty: in time."""
    restart: str = ""
    sittings: str = ""
    """ISO days, apart by spaces, commas or lines; a remark begins with #."""
    stated: str = ""


@dataclass(frozen=True, slots=True)
class Meant:
    """A question that can be answered."""

    rule: Rule
    calendar: Calendar | None
    start: PartialDate | None
    amount: int | None
    pauses: tuple[Pause, ...]
    extensions: tuple[Extension, ...]
    restart: date | None
    sittings: tuple[date, ...]
    stated: PartialDate | None


def needs_start(rule: Rule) -> bool:
    """Whether a rule counts from an event."""
    return bool(unit(rule.unit).NEEDS) or any(len(text) < len("2024-01-01") for text in rule.fixed_on)


@dataclass(slots=True)
class _Answers:
    """Reads one answer after the other and keeps every complaint."""

    complaints: list[Refused] = field(default_factory=list)

    def read(self, reader: Callable[[str, str], T], name: str, written: str) -> T | None:
        if not written.strip():
            return None
        try:
            return reader(name, written.strip())
        except NotAccepted as wrong:
            self.complaints += wrong.refusals
            return None


def meant(asked: Question, calendar_of: CalendarOf) -> Meant:
    """What a question means; NotAccepted with every complaint, each at its field."""
    answers = _Answers()
    calendar = answers.read(lambda name, code: _calendar(name, code, calendar_of), "calendar", asked.calendar)
    rule = answers.read(
        lambda name, text: _rule(name, text, calendar.code if calendar else "XX"), "rule", asked.rule
    )
    start = answers.read(typed_date, "start", asked.start)
    found = (
        answers.read(_count, "amount", asked.amount),
        _pauses(answers, asked.pause),
        _extensions(answers, asked),
        answers.read(typed_day, "restart", asked.restart),
        answers.read(_sittings, "sittings", asked.sittings) or (),
        answers.read(typed_date, "stated", asked.stated),
    )
    insist([*answers.complaints, *_missing(asked, rule)])
    if rule is None:
        raise AssertionError("a question without a rule is refused above")
    if calendar is None and rule.calendar:
        calendar = calendar_of(rule.calendar)
    insist(_out_of_order(start, found[1], found[3]))
    return Meant(rule, calendar, start, *found)


def _missing(asked: Question, rule: Rule | None) -> Iterator[Refused]:
    if not asked.rule.strip():
        yield refuse("rule", "Choose a rule, or write a period such as “20 working days”.")
    if rule and needs_start(rule) and not asked.start.strip():
        yield refuse("start", "The day it runs from is missing: write it as YYYY-MM-DD, such as 2026-05-04.")
    if asked.given.strip() and not (asked.extend.strip() or asked.extended_to.strip()):
        yield refuse(
            "given", "This is the day an extension was announced: say how long it is, or to which day."
        )
    if asked.extend_unit.strip() and not asked.extend.strip():
        yield refuse("extend", "Say by how many of that unit it is extended.")


def _out_of_order(
    start: PartialDate | None, pauses: tuple[Pause, ...], restart: date | None
) -> Iterator[Refused]:
    open_since = next((since for since, until in pauses if until is None), None)
    if open_since and restart:
        yield refuse(
            "pause",
            "A stop from %(since)s that has no end, and a fresh start: write the stop's last day, FROM..TO.",
            since=open_since.isoformat(),
        )
    if start and restart and restart < start.last:
        yield refuse(
            "restart",
            "A clock that starts on %(start)s cannot start afresh on %(restart)s: put the later day here.",
            start=start.last.isoformat(),
            restart=restart.isoformat(),
        )


def _calendar(name: str, code: str, calendar_of: CalendarOf) -> Calendar:
    try:
        return calendar_of(code)
    except CalendarError as error:
        raise NotAccepted([refuse(name, "%(why)s", why=_sentence(error))]) from error


def _rule(name: str, text: str, calendar: str) -> Rule:
    try:
        return find_rule(text, calendar)
    except (RuleError, CalendarError) as error:
        raise NotAccepted([refuse(name, "%(why)s", why=_sentence(error))]) from error


def _sentence(error: Exception) -> str:
    said = str(error)[:1].upper() + str(error)[1:]
    return said if said.endswith((".", "?")) else f"{said}."


def _count(name: str, written: str) -> int:
    number = int(written) if _WHOLE.fullmatch(written) else 0
    if not 1 <= number <= MOST:
        raise NotAccepted(
            [
                refuse(
                    name,
                    "“%(written)s” is not a number of units: write a whole number from 1 to %(most)s.",
                    written=written[:40],
                    most=MOST,
                )
            ]
        )
    return number


def _pauses(answers: _Answers, written: tuple[str, ...]) -> tuple[Pause, ...]:
    if len(written) > MOST_PAUSES:
        answers.complaints.append(
            refuse(
                "pause",
                "These are %(number)s pauses: give at most %(most)s.",
                number=len(written),
                most=MOST_PAUSES,
            )
        )
        return ()
    return tuple(filter(None, (answers.read(_pause, "pause", one) for one in written)))


def _pause(name: str, written: str) -> Pause:
    since_text, dots, until_text = written.partition("..")
    if not dots or not since_text.strip():
        raise NotAccepted(
            [
                refuse(
                    name,
                    "“%(written)s” is not a pause: write FROM..TO, such as 2026-05-04..2026-05-20, "
                    "or FROM.. where it has not ended.",
                    written=written[:40],
                )
            ]
        )
    since = typed_day(name, since_text)
    until = typed_day(name, until_text) if until_text.strip() else None
    if until and until < since:
        raise NotAccepted(
            [
                refuse(
                    name,
                    "A pause from %(since)s cannot end on %(until)s: put the earlier day first.",
                    since=since.isoformat(),
                    until=until.isoformat(),
                )
            ]
        )
    return since, until


def _extensions(answers: _Answers, asked: Question) -> tuple[Extension, ...]:
    given = answers.read(typed_day, "given", asked.given)
    name = answers.read(_unit, "extend_unit", asked.extend_unit) or ""
    amount = answers.read(_count, "extend", asked.extend)
    until = answers.read(typed_day, "extended_to", asked.extended_to)
    found = [Extension(amount, unit=name, given_on=given)] if amount else []
    return (*found, *([Extension(until=until, given_on=given)] if until else []))


def _unit(name: str, written: str) -> str:
    known = [one for one, module in units().items() if module.NEEDS == "amount"]
    wanted = "_".join(written.lower().replace("-", " ").replace("_", " ").split())
    found = next((one for one in (wanted, f"{wanted}s") if one in known), None)
    if found:
        return found
    near = get_close_matches(wanted, known, 3, 0.6) or known
    raise NotAccepted(
        [
            refuse(
                name,
                "“%(written)s” is not a unit: use %(near)s.",
                written=written[:40],
                near=", ".join(one.replace("_", " ") for one in near),
            )
        ]
    )


def _sittings(name: str, written: str) -> tuple[date, ...]:
    texts = [text for text in _BETWEEN_DAYS.split(_REMARK.sub(" ", written)) if text]
    if len(texts) > MOST_SITTINGS:
        raise NotAccepted(
            [
                refuse(
                    name,
                    "These are %(number)s sitting days: give at most %(most)s.",
                    number=len(texts),
                    most=MOST_SITTINGS,
                )
            ]
        )
    return tuple(sorted({typed_day(name, text) for text in texts}))
