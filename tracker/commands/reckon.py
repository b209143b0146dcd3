"""`answerby due` and `answerby rules`: when an answer is due, and why."""

import json
import sys
from datetime import date
from typing import Any

import click

from tracker.commands.failing import sentences
from tracker.domain.calendars import calendar
from tracker.domain.catalogue import catalogue, find_rule
from tracker.domain.deadlines import Due, Extension, compute
from tracker.domain.rules import Rule
from tracker.domain.units import unit


@click.command()
@click.option("--jurisdiction", default="", help="Only those of a jurisdiction, such as GB.")
@sentences
def rules(jurisdiction: str) -> None:
    """List the catalogue of deadline rules."""
    for rule in catalogue().values():
        if rule.jurisdiction.startswith(jurisdiction):
            checked = "" if rule.checked else "  (awaiting checking)"
            click.echo(f"{rule.key}\t{rule.amount} {rule.unit}\t{rule.name}\t{rule.legal_basis}{checked}")


def _day(_context: click.Context, parameter: click.Parameter, value: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise click.BadParameter(f"{value} is not a date: write it as YYYY-MM-DD", param=parameter) from error


def _pauses(
    _context: click.Context, parameter: click.Parameter, values: tuple[str, ...]
) -> list[tuple[date, date | None]]:
    try:
        return [_pause(value) for value in values]
    except ValueError as error:
        raise click.BadParameter(
            "write a pause as FROM..TO, such as 2024-05-10..2024-05-24", param=parameter
        ) from error


def _pause(value: str) -> tuple[date, date | None]:
    since, _, until = value.partition("..")
    return date.fromisoformat(since), date.fromisoformat(until) if until else None


@click.command()
@click.argument("rule")
@click.argument("start", callback=_day)
@click.option("--amount", type=int, help="Units, where the instrument names them for each task.")
@click.option("--calendar", "code", default="", help="Working days of another place, such as DE-NW.")
@click.option("--pause", "pauses", multiple=True, callback=_pauses, help="FROM..TO, both days included.")
@click.option("--extend", type=int, default=0, help="More of the rule's units.")
@click.option("--json", "as_json", is_flag=True, help="The answer and its steps as data.")
@sentences
def due(
    rule: str, start: date, amount: int | None, code: str, pauses: Any, extend: int, as_json: bool
) -> None:
    """When an answer is due: RULE is a key of the catalogue or a phrase such as "20 working days"."""
    found = find_rule(rule, code or "XX")
    given = [Extension(extend)] if extend else []
    place = calendar(code) if code else None
    reckoned = compute(found, start, amount=amount, calendar=place, pauses=pauses, extensions=given)
    _tell(rule, start, reckoned, as_json)
    if found.key == "phrase" and not code and unit(found.unit).USES_CALENDAR:
        click.echo(
            "Weekends are left out, holidays are not: name a place with --calendar, such as GB-EAW.", err=True
        )
    sys.exit(0 if reckoned.due_on or not _should_have_a_date(found) else 1)


def _should_have_a_date(rule: Rule) -> bool:
    return rule.unit != "none"


def _tell(rule: str, start: date, reckoned: Due, as_json: bool) -> None:
    from tracker.assets import translations
    from tracker.rendering.step_words import steps_words
    from tracker.rendering.tongue import tongue

    if as_json:
        steps = [step.as_data() for step in reckoned.steps]
        told = {"rule": rule, "start_on": start.isoformat(), "due_on": _iso(reckoned.due_on), "steps": steps}
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    for sentence in steps_words(reckoned.steps, tongue("en", translations())):
        click.echo(sentence)
    click.echo(_iso(reckoned.due_on) or "no date")


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
