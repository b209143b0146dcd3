"""`answerby token`: what programs write through the API with."""

import click

from tracker.commands.failing import composed_of, sentences
from tracker.compose import wall_clock
from tracker.domain.token_scopes import DAYS, Scope


@click.group()
def token() -> None:
    """Tokens with which programs write through the API."""


@token.command("add")
@click.argument("email")
@click.option("--group", default="", help="The group it acts for, where they are in several.")
@click.option("--days", type=int, default=DAYS, show_default=True, help="How long it lasts; a year at most.")
@click.option(
    "--scope",
    "scopes",
    multiple=True,
    type=click.Choice([scope.value for scope in Scope]),
    help="What it may write; all of it unless said.",
)
@click.option("--name", default="", help="What it is for.")
@click.pass_context
@sentences
def token_add(
    context: click.Context, email: str, group: str, days: int, scopes: tuple[str, ...], name: str
) -> None:
    """Make a token with which a program writes as this person; printed once."""
    from tracker.services.grant import grant

    wanted = tuple(Scope(one) for one in scopes) or tuple(Scope)
    with composed_of(context).database.writing() as session:
        made = grant(session, wall_clock(), email, group=group, days=days, scopes=wanted, name=name)
    writes = ", ".join(scope.value for scope in wanted)
    member = made.member
    click.echo(
        f"Writes {writes} as {member.role.value} of {member.group_key} until {made.expires_at:%Y-%m-%d}."
    )
    click.echo(f"Token: {made.secret}")


@token.command("list")
@click.pass_context
@sentences
def token_list(context: click.Context) -> None:
    """The tokens that are good: id, whose, group, scopes, end, last used, name."""
    from tracker.services.grant import tokens_of

    with composed_of(context).database.reading() as session:
        found = tokens_of(session, wall_clock())
    for one in found:
        scopes = ",".join(scope.value for scope in one.scopes)
        ends, used = (f"{at:%Y-%m-%d}" if at else "never" for at in (one.expires_at, one.used_at))
        about = [str(one.id), one.member.email, one.member.group_key, scopes, ends, used, one.name]
        click.echo("\t".join(about).rstrip())


@token.command("revoke")
@click.argument("id", type=int)
@click.pass_context
@sentences
def token_revoke(context: click.Context, id: int) -> None:
    """End one token at once; ID as `token list` prints it."""
    from tracker.services.grant import revoke, tokens_of

    with composed_of(context).database.writing() as session:
        found = next((one for one in tokens_of(session, wall_clock()) if one.id == id), None)
        if found is None:
            raise click.ClickException(f"There is no good token {id}: `answerby token list` lists them.")
        revoke(session, wall_clock(), found)
    click.echo(f"Token {id} is over.")
