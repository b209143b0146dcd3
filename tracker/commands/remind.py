"""Reminders to bodies once, or only said: who would be written to about what."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from tracker.commands.failing import composed_of, sentences

if TYPE_CHECKING:
    from tracker.compose import Composed
    from tracker.services.due_reminders import BodyDue


@click.command()
@click.option("--dry-run", is_flag=True, help="Say who would be reminded of what; nothing is queued.")
@click.option("--days", type=click.IntRange(1, 60), default=1, help="With --dry-run: so many days ahead.")
@click.pass_context
@sentences
def remind(context: click.Context, dry_run: bool, days: int) -> None:
    """Queue the letters that remind bodies of their due days, where the site has switched that on."""
    from tracker import jobs

    found = composed_of(context)
    if dry_run:
        click.echo("\n".join(_foreseen(found, days)))
        return
    if found.database.habits.reminders is None:
        click.echo(
            "Reminders are off: set enabled = true under [reminders], and a relay under [mail]. "
            "--dry-run says what would go out."
        )
        return
    click.echo(f"remind: {jobs.run_once('remind', found)} letters queued; answerby deliver sends them")


def _foreseen(found: "Composed", days: int) -> Iterator[str]:
    from tracker.compose import reminder_plan
    from tracker.services.due_reminders import foreseen

    if found.database.habits.reminders is None:
        yield "Reminders are off. If they were on, this would go out:"
    with found.database.reading() as session:
        rounds = foreseen(session, found.now(), reminder_plan(found.config), days)
    for one in rounds:
        yield from _said(one)
    if not rounds:
        yield "Nothing."


def _said(one: "BodyDue") -> Iterator[str]:
    if one.mailbox.problem is None and one.mailbox.reach is not None:
        yield f"{one.today} {one.body.name} <{one.mailbox.reach.value}>"
    else:
        problem = one.mailbox.problem or "no_mailbox"
        yield f"{one.today} {one.body.name}: nothing is sent ({problem.replace('_', ' ')})"
    for due in one.due:
        yield f"    {due.line.item_key}: due {due.due_on}, {_away(due.stage)}"


def _away(stage: int) -> str:
    if not stage:
        return "on the day"
    days = "day" if abs(stage) == 1 else "days"
    return f"{abs(stage)} {days} {'before' if stage < 0 else 'after'}"
