"""The worker's jobs once, and what they keep in order."""

import sys

import click

from tracker.commands.failing import composed_of, sentences
from tracker.services.read_source import Reading


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
sequence = _job("sequence", "Give new events their place in the hash chain and sign its head.")


@click.command()
@click.argument("keys", nargs=-1, metavar="[SOURCE]...")
@click.option("--dry-run", is_flag=True, help="Read and show, keep nothing.")
@click.pass_context
@sentences
def collect(context: click.Context, keys: tuple[str, ...], dry_run: bool) -> None:
    """Read the sources that are due, or the named ones now."""
    from tracker import jobs

    found = composed_of(context)
    read = jobs.collect_now(found, keys, dry_run=dry_run, tell=_tell)
    click.echo(f"collect: {read} read{', nothing kept' if dry_run else ''}")


def _tell(reading: Reading) -> None:
    """What one reading brought, a line each."""
    if reading.failure:
        click.echo(f"{reading.source.key}: {reading.failure}")
    for visit, problem in reading.problems():
        click.echo(f"{reading.source.key}: {problem.sentence} ({visit.address})")
    for visit, finding in reading.findings():
        click.echo(f"{reading.source.key}: {finding.kind} {finding.key} {finding.title} ({visit.address})")


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


@click.command()
@click.pass_context
@sentences
def sources(context: click.Context) -> None:
    """The health of each source."""
    from tracker.storage.sources import every

    with composed_of(context).database.reading() as session:
        for source in every(session):
            state = (
                f"broken since {source.broken_since_at:%Y-%m-%d}: {source.problem}"
                if source.broken_since_at
                else "ok"
            )
            state = state if source.enabled else "no longer in the configuration"
            click.echo(f"{source.key}\t{source.reader}\t{source.last_success_at or 'never read'}\t{state}")
