"""`answerby mail`: whether the relay takes our mail, messages that came back, and how mail fares."""

import sys

import click

from tracker.commands.failing import composed_of, sentences
from tracker.compose import wall_clock


@click.group()
def mail() -> None:
    """The mail relay, messages that come back, and how mail fares."""


@mail.command("test")
@click.argument("address")
@click.pass_context
@sentences
def mail_test(context: click.Context, address: str) -> None:
    """Send one message to ADDRESS and say of each step what the relay made of it."""
    from tracker.channels.email import EmailChannel
    from tracker.channels.relay_steps import walk
    from tracker.services.try_mail import trial

    found = composed_of(context)
    channel = found.post.channels.get("email")
    if not isinstance(channel, EmailChannel):
        raise click.ClickException("No relay is configured: set host and sender under [mail].")
    message = trial(address, found.config.site.name, channel.sender_domain, wall_clock())
    good = True
    for step in walk(channel.relay, channel.wire(message), message.to):
        good = step.good
        click.echo(step.sentence, err=not good)
    if good:
        click.echo(
            "Whether it arrives is up to SPF, DKIM and DMARC of the sender's domain: docs/operating.md."
        )
    sys.exit(0 if good else 1)


@mail.command("bounce")
@click.pass_context
@sentences
def mail_bounce(context: click.Context) -> None:
    """Read a message that came back from standard input, and write to its address no more."""
    from tracker.domain.mail_reports import ReportError
    from tracker.services.read_returned import MOST_BYTES, returned

    message = sys.stdin.buffer.read(MOST_BYTES + 1)
    found = composed_of(context)
    try:
        with found.database.writing() as session:
            stopped = returned(session, message, found.post.seal, wall_clock())
    except ReportError as error:
        click.echo(
            f"Nothing was done: {error}"
        )  # and no failure: mail servers would send the message back again
        return
    click.echo(f"Addresses written to no more: {stopped}.")


@mail.command("status")
@click.pass_context
@sentences
def mail_status(context: click.Context) -> None:
    """Say how mail fared in the last thirty days, in numbers."""
    from tracker.services.mail_health import mail_health

    with composed_of(context).database.reading() as session:
        health = mail_health(session, wall_clock())
    for reason, number in health.stopped.items():
        click.echo(f"{reason.value}\t{number}")
    click.echo(f"put off\t{health.deferring}")
    for name in health.bodies:
        click.echo(f"letters come back\t{name}")
