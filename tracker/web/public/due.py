"""The public calculator: from a rule and a day to a due day, step by step."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, render_template, request
from flask_babel import gettext as _

from tracker.domain.calendar_days import CalendarError
from tracker.domain.calendars import calendar, calendar_codes
from tracker.domain.catalogue import catalogue
from tracker.domain.dates import read_date
from tracker.domain.deadlines import Due, compute
from tracker.domain.phrases import parse_phrase
from tracker.domain.rules import Rule, RuleError
from tracker.rendering.step_words import steps_words
from tracker.web.access import Access, access
from tracker.web.locale import tongue

blueprint = Blueprint("due", __name__)
LONGEST = 200


class UnclearError(ValueError):
    """An answer of the reader's that cannot be used; `field` says which."""

    def __init__(self, field: str, sentence: str) -> None:
        """The sentence says how to mend it."""
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class Asked:
    """What the form holds, as it was typed."""

    rule: str
    start: str
    calendar: str
    amount: str

    @property
    def anything(self) -> bool:
        """Whether anything was asked."""
        return bool(self.rule or self.start)


@blueprint.get("/due")
@access(Access.PUBLIC)
def due() -> str | tuple[str, int]:
    """The form, and with `?rule=&start=` the result."""
    typed = Asked(
        *(request.args.get(name, "").strip()[:LONGEST] for name in ("rule", "start", "calendar", "amount"))
    )
    if not typed.anything:
        return _page(typed)
    try:
        rule = _rule(typed)
        result = _result(rule, typed)
    except UnclearError as wrong:
        return _page(typed, wrong=wrong), 400
    return _page(typed, rule=rule, result=result, steps=steps_words(result.steps, tongue()))


def _page(
    typed: Asked,
    *,
    wrong: UnclearError | None = None,
    rule: Rule | None = None,
    result: Due | None = None,
    steps: Sequence[str] = (),
) -> str:
    return render_template(
        "public/due.html",
        typed=typed,
        wrong=wrong,
        rule=rule,
        result=result,
        steps=steps,
        rules=catalogue().values(),
        calendars=calendar_codes(),
    )


def _rule(typed: Asked) -> Rule:
    if not typed.rule:
        raise UnclearError("rule", _("Choose a rule, or write a period such as “20 working days”."))
    found = catalogue().get(typed.rule)
    try:
        return found or parse_phrase(typed.rule, typed.calendar or "XX")
    except (RuleError, CalendarError) as error:
        raise UnclearError("rule", f"{error}.") from error


def _result(rule: Rule, typed: Asked) -> Due:
    try:
        days = calendar(typed.calendar) if typed.calendar else None
    except CalendarError as error:
        raise UnclearError("calendar", f"{error}.") from error
    try:
        return compute(rule, _start(typed.start), amount=_amount(typed.amount), calendar=days)
    except RuleError as error:
        raise UnclearError("amount", f"{error}.") from error


def _start(written: str) -> date:
    read = read_date(written) if written else None
    if read is None:
        raise UnclearError("start", _("Write the day it runs from as YYYY-MM-DD, such as 2026-05-04."))
    return read.last


def _amount(written: str) -> int | None:
    if not written:
        return None
    if not (written.isascii() and written.isdigit() and len(written) < 6):
        raise UnclearError("amount", _("Write the number of units as a whole number."))
    return int(written)
