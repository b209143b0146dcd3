"""`answerby due` and `answerby rules`: when an answer is due, and why."""

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NoReturn

import click

from tracker.assets import translations
from tracker.commands.failing import config_file, sentences
from tracker.commands.read_sentence import tell_reading
from tracker.compose import compose_from
from tracker.domain.catalogue import catalogue
from tracker.domain.question import Question
from tracker.domain.reckoning import Reckoned
from tracker.domain.refusals import NotAccepted
from tracker.domain.sentence_question import SentenceQuestion
from tracker.domain.units import unit
from tracker.rendering.reckoned import conflict_words, reckoned_data, unchecked_words
from tracker.rendering.step_words import steps_words
from tracker.rendering.tongue import tongue
from tracker.services.answer_question import answer_question

NAMED = ("rule", "calendar")
"""A name nobody knows is a failure (1); whatever else cannot be read is wrong usage (2)."""


class WrongUsage(click.ClickException):
    """Options that cannot be read; exit 2."""

    exit_code = 2


@click.command()
@click.option("--jurisdiction", default="", help="Only those of a jurisdiction, such as GB.")
@click.option("--unchecked", is_flag=True, help="Only those awaiting checking.")
@sentences
def rules(jurisdiction: str, unchecked: bool) -> None:
    """List the catalogue of deadline rules."""
    for rule in catalogue().values():
        if rule.jurisdiction.startswith(jurisdiction.upper()) and not (unchecked and rule.checked):
            checked = "" if rule.checked else "  (awaiting checking)"
            click.echo(f"{rule.key}\t{rule.amount} {rule.unit}\t{rule.name}\t{rule.legal_basis}{checked}")


OPTIONS = (
    click.argument("rule", default=""),
    click.argument("start", default=""),
    click.option("--amount", default="", help="Units, where the instrument names them for each task."),
    click.option("--calendar", default="", help="Working days of another place, such as DE-NW."),
    click.option(
        "--pause", multiple=True, metavar="FROM..TO", help="A stopped clock, both days included; repeatable."
    ),
    click.option("--extend", default="", help="An extension by so many units."),
    click.option("--extend-unit", default="", help="The extension's unit, where it is not the rule's."),
    click.option("--extended-to", default="", metavar="DATE", help="An extension to a day."),
    click.option(
        "--given", default="", metavar="DATE", help="When the extension was announced; else in time."
    ),
    click.option("--restart", default="", metavar="DATE", help="The day the period began afresh."),
    click.option(
        "--sittings",
        type=click.Path(exists=True, dir_okay=False, path_type=Path),
        help="A file of sitting days.",
    ),
    click.option(
        "--stated", default="", metavar="DATE", help="The date the document itself states: it wins."
    ),
    click.option(
        "--read", "text", default="", help="Read the deadline a sentence states, instead of computing."
    ),
    click.option("--language", default="", help="With --read: en, fr or es; else whichever fits."),
    click.option("--order", default="", help="With --read: dmy or mdy, what 03/04/2026 means there."),
    click.option(
        "--near", default="", metavar="DATE", help="With --read: a day near it, such as the report's."
    ),
    click.option("--hemisphere", default="", help="With --read: north or south, for summers and winters."),
    click.option(
        "--fiscal-year-ends", default="", metavar="MONTH", help="With --read: 3 where it ends on 31 March."
    ),
    click.option("--json", "as_json", is_flag=True, help="The answer and its steps as data."),
)


def _with_options(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in reversed(OPTIONS):
        command = option(command)
    return command


@click.command()
@_with_options
@sentences
def due(
    as_json: bool,
    text: str,
    language: str,
    order: str,
    near: str,
    hemisphere: str,
    fiscal_year_ends: str,
    sittings: Path | None,
    **typed: Any,
) -> None:
    """When an answer is due: RULE is a key of the catalogue or a phrase such as "20 working days"."""
    sentence = SentenceQuestion(text, language, order, near, hemisphere, fiscal_year_ends)
    try:
        if sentence != SentenceQuestion():
            sys.exit(tell_reading(sentence, as_json=as_json))
        asked = Question(**typed, sittings=_text(sittings) if sittings else "")
        found = answer_question(asked, compose_from(config_file(click.get_current_context())).database.habits)
    except NotAccepted as wrong:
        _refuse(wrong)
    (_tell_data if as_json else _tell)(found)
    _warn_of_weekdays_only(found)
    sys.exit(0 if found.honest else 1)


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise click.BadParameter(
            f"{file} is not text in UTF-8: put one day as YYYY-MM-DD on each line", param_hint="'--sittings'"
        ) from error


def _refuse(wrong: NotAccepted) -> NoReturn:
    said = "\n".join(f"{one.field}: {one}" for one in wrong.refusals)
    if any(one.field == "rule" for one in wrong.refusals):
        said += "\n`answerby rules` lists the keys."
    known = all(one.field in NAMED for one in wrong.refusals)
    raise (click.ClickException(said) if known else WrongUsage(said)) from wrong


def _warn_of_weekdays_only(found: Reckoned) -> None:
    if found.rule.key == "phrase" and not found.asked.calendar and unit(found.rule.unit).USES_CALENDAR:
        click.echo(
            "Weekends are left out, holidays are not: name a place with --calendar, such as GB-EAW.", err=True
        )


def _tell_data(found: Reckoned) -> None:
    click.echo(json.dumps(reckoned_data(found, _english()), ensure_ascii=False, default=str))


def _tell(found: Reckoned) -> None:
    for said in _about_rule(found):
        click.echo(said)
    for sentence in steps_words(found.computed.steps, _english(), found.due_on):
        click.echo(sentence)
    if found.stated and not found.conflict:
        click.echo(f"The document states {_english().partial(found.stated)}: a stated date counts first.")
    if found.conflict:
        click.echo(conflict_words(found, _english()))
    click.echo(found.due_on.isoformat() if found.due_on else "no date")


def _about_rule(found: Reckoned) -> Iterator[str]:
    """What the date rests on, before how it was counted."""
    if found.rule.key == "phrase":
        return
    yield f"{found.rule.name} ({found.rule.legal_basis})" if found.rule.legal_basis else found.rule.name
    if warning := unchecked_words(found, _english()):
        yield warning


def _english() -> Any:
    return tongue("en", translations())
