"""`answerby init`, `user`, `mail`: a first site, who may enter and judge, whether mail goes out."""

import sys
from pathlib import Path
from urllib.parse import urlsplit

import click

from tracker.commands.failing import composed_of, config_file, sentences
from tracker.compose import wall_clock
from tracker.domain.words import UserRole


@click.group()
def user() -> None:
    """People who enter and judge."""


@user.command("add")
@click.argument("email")
@click.option(
    "--role",
    type=click.Choice([role.value for role in UserRole]),
    default=UserRole.EDITOR.value,
    show_default=True,
    help="What they may do.",
)
@click.option("--group", default="editors", show_default=True, help="Key of the watchdog group.")
@click.option("--group-name", default="", help="Its public name, where it is new.")
@click.option(
    "--password-stdin", is_flag=True, help="Read the password from standard input instead of making one."
)
@click.pass_context
@sentences
def user_add(
    context: click.Context, email: str, role: str, group: str, group_name: str, password_stdin: bool
) -> None:
    """Add a person with a role in a group; prints the password that was made."""
    from tracker.services.people import add_user

    found = composed_of(context)
    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else None
    with found.database.writing() as session:
        added = add_user(
            session, wall_clock(), email, UserRole(role), group, password=password, group_name=group_name
        )
    click.echo(f"{email} is {role} of {group}.")
    if added.password:
        click.echo(f"Password: {added.password}")


@user.command("token")
@click.argument("email")
@click.option("--group", default="", help="The group it acts for, where they are in several.")
@click.option("--days", type=int, default=365, show_default=True, help="How long it lasts.")
@click.option("--end", is_flag=True, help="End all of their tokens instead.")
@click.pass_context
@sentences
def user_token(context: click.Context, email: str, group: str, days: int, end: bool) -> None:
    """Make a token with which a program writes through the API as this person; printed once."""
    from tracker.services.grant import grant, take_back_tokens

    found = composed_of(context)
    with found.database.writing() as session:
        if end:
            ended = take_back_tokens(session, wall_clock(), email)
            click.echo(f"{ended} tokens of {email} are over.")
            return
        granted = grant(session, wall_clock(), email, group=group, days=days)
    member, until = granted.member, granted.expires_at
    click.echo(f"Writes as {member.role.value} of {member.group_key} until {until:%Y-%m-%d}.")
    click.echo(f"Token: {granted.secret}")


@click.group()
def mail() -> None:
    """The mail relay."""


@mail.command("test")
@click.argument("address")
@click.pass_context
@sentences
def mail_test(context: click.Context, address: str) -> None:
    """Send one message to ADDRESS and say what the relay made of it."""
    from tracker.services.try_mail import try_mail

    found = composed_of(context)
    said = try_mail(found.post, address, found.config.site.name, wall_clock())
    click.echo(said.sentence)
    sys.exit(0 if said.accepted else 1)


def _new_file(context: click.Context, _parameter: click.Parameter, value: str) -> str:
    path = config_file(context) or Path("config.toml")
    if path.exists():
        raise click.ClickException(f"{path} is there already: move it away first, or change it by hand.")
    return value


def _address(_context: click.Context, parameter: click.Parameter, value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise click.BadParameter("write a full address, such as https://answers.example.org", param=parameter)
    return value.rstrip("/")


@click.command()
@click.option(
    "--name",
    prompt="Name of the site",
    default="Answerby",
    callback=_new_file,
    help="In the head of every page.",
)
@click.option(
    "--base-url",
    prompt="Its public address",
    default="http://127.0.0.1:8000",
    callback=_address,
    help="Such as https://….",
)
@click.option("--publisher", prompt="Who publishes it", help="As /about says it.")
@click.option("--contact", prompt="Contact address", help="Where readers and bodies can write to.")
@click.option("--mail-host", prompt="Mail relay (empty: no mail)", default="", help="Host of the relay.")
@click.option("--admin", prompt="E-mail of the first admin", help="Gets a password, printed once.")
@click.option(
    "--group", prompt="Key of your group", default="editors", help="Small letters, digits, hyphens."
)
@click.pass_context
@sentences
def init(
    context: click.Context,
    admin: str,
    group: str,
    mail_host: str,
    name: str,
    base_url: str,
    publisher: str,
    contact: str,
) -> None:
    """Ask for name, address, publisher and mail relay; write config.toml; create the first admin."""
    from tracker.first_config import port_of_this_machine, write_first_config

    path = config_file(context) or Path("config.toml")
    answers: dict[str, str | int] = {
        "site.name": name,
        "site.base_url": base_url,
        "site.publisher": publisher,
        "site.contact_email": contact,
        "mail.host": mail_host,
        "mail.sender": contact if mail_host else "",
    }
    port = port_of_this_machine(base_url)
    write_first_config(path, answers | ({"web.port": port} if port else {}))
    context.find_root().params["config"] = path
    click.echo(f"{path} is written.")
    context.invoke(
        user_add, email=admin, role=UserRole.ADMIN.value, group=group, group_name="", password_stdin=False
    )
