"""The worker's jobs once, and what they keep in order."""

import sys

import click

from tracker.commands.failing import composed_of, sentences


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
reread = _job("reread", "Look again at the pages on which answers are awaited.")
retain = _job("retain", "Give up evidence on which nothing rests, past its days or over the budget.")
sequence = _job("sequence", "Give new events their place in the hash chain and sign its head.")


@click.command()
@click.pass_context
@sentences
def verify(context: click.Context) -> None:
    """Walk the public log's hash chain and name the first entry that does not fit."""
    from tracker.services.signing_key import signing_key
    from tracker.services.verify import verify as walk

    found = composed_of(context)
    key = signing_key(found.config.logs.signing_key_file).public_key()
    with found.database.reading() as session:
        outcome = walk(session, [key])
    click.echo(outcome.sentence)
    sys.exit(0 if outcome.whole else 1)
