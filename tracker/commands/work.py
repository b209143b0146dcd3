"""The worker's jobs once, and what they keep in order."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracker.commands.failing import composed_of, sentences

if TYPE_CHECKING:
    from tracker.compose import Composed


def _job(name: str, explanation: str) -> click.Command:
    @click.command(name, help=explanation)
    @click.pass_context
    @sentences
    def once(context: click.Context) -> None:
        from tracker import jobs

        click.echo(f"{name}: {jobs.run_once(name, composed_of(context))} done")

    return once


sweep = _job("sweep", "Announce what changed with the passing of the days.")
deliver = _job("deliver", "Send what subscribers are waiting for.")
webhooks = _job("webhooks", "Post what webhooks are waiting for.")
alerts = _job("alerts", "Queue the mails that tell people who edit what waits for them.")
reread = _job("reread", "Look again at the pages on which answers are awaited.")
retain = _job("retain", "Give up evidence on which nothing rests, past its days or over the budget.")
sequence = _job("sequence", "Give new events their place in the hash chain and sign its head.")


def _begin_new_key(found: "Composed", path: Path) -> None:
    from tracker.services.new_key import new_key as begin

    with found.database.writing() as session:
        made = begin(session, found.now(), path)
    click.echo(f"The key {made} in {path} signs from now on; the keys before it are in {path.name}.retired.")
    click.echo("Back up both. The log says so, and /log/key keeps the old ones.")


@click.command()
@click.option("--new-key", is_flag=True, help="Sign with a new key from now on; the log says so.")
@click.pass_context
@sentences
def verify(context: click.Context, new_key: bool) -> None:
    """Walk the public log's hash chain and name the first entry that does not fit."""
    from tracker.services.retired_keys import retired_keys
    from tracker.services.signing_key import signing_key
    from tracker.services.verify import verify as walk

    found = composed_of(context)
    path = found.config.logs.signing_key_file
    if new_key:
        _begin_new_key(found, path)
    key = signing_key(path).public_key()
    with found.database.reading() as session:
        outcome = walk(session, [key], retired=retired_keys(path))
    click.echo(outcome.sentence)
    sys.exit(0 if outcome.whole else 1)
