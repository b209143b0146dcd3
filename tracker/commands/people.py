"""`answerby init`, `user`: a first site, who may enter and judge."""

import sys
from pathlib import Path
from typing import Any
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
@click.option("--new-group", is_flag=True, help="Make the group, where there is none of that key.")
@click.option("--group-name", default="", help="Its public name, where it is new.")
@click.option(
    "--password-stdin", is_flag=True, help="Read the password from standard input instead of making one."
)
@click.pass_context
@sentences
def user_add(
    context: click.Context,
    email: str,
    role: str,
    group: str,
    new_group: bool,
    group_name: str,
    password_stdin: bool,
) -> None:
    """Add a person with a role in a group; prints the password that was made."""
    from tracker.services.people import add_user, is_group

    found = composed_of(context)
    password = sys.stdin.readline().rstrip("\r\n") if password_stdin else None
    with found.database.writing() as session:
        is_group(session, group, new=new_group)
        added = add_user(
            session, wall_clock(), email, UserRole(role), group, password=password, group_name=group_name
        )
    click.echo(f"{email} is {role} of {group}.")
    if added.password:
        click.echo(f"Password: {added.password}")


@user.command("token")
@click.argument("email")
@click.option("--group", default="", help="The group it acts for, where they are in several.")
@click.option("--days", type=int, default=90, show_default=True, help="How long it lasts.")
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


@user.command("role")
@click.argument("email")
@click.argument("role", type=click.Choice([role.value for role in UserRole]))
@click.option("--group", default="editors", show_default=True, help="Key of the watchdog group.")
@click.option("--new-group", is_flag=True, help="Make the group, where there is none of that key.")
@click.option("--site-admin/--no-site-admin", default=None, help="Whether they administer the whole site.")
@click.pass_context
@sentences
def user_role(
    context: click.Context, email: str, role: str, group: str, new_group: bool, site_admin: bool | None
) -> None:
    """Give a person a role in a group, new or another one; every session of theirs is over."""
    from tracker.services.people import is_group, join_group, make_site_admin

    with composed_of(context).database.writing() as session:
        is_group(session, group, new=new_group)
        found = _person(session, email)
        join_group(session, wall_clock(), found, UserRole(role), group)
        if site_admin is not None:
            make_site_admin(session, wall_clock(), found, site_admin)
    click.echo(f"{email} is {role} of {group}.")


@user.command("remove")
@click.argument("email")
@click.option("--group", default="editors", show_default=True, help="Key of the watchdog group.")
@click.pass_context
@sentences
def user_remove(context: click.Context, email: str, group: str) -> None:
    """Take a person out of a group, at once and in every session."""
    from tracker.services.people import leave_group
    from tracker.storage.people import group_by_key

    with composed_of(context).database.writing() as session:
        found = group_by_key(session, group)
        if found is None:
            raise click.ClickException(f"There is no group “{group}”: `answerby user groups` lists them.")
        leave_group(session, wall_clock(), _person(session, email), found)
    click.echo(f"{email} is out of {group}.")


@user.command("disable")
@click.argument("email")
@click.pass_context
@sentences
def user_disable(context: click.Context, email: str) -> None:
    """Shut a person out of the whole site, at once and in every session."""
    from tracker.services.people import disable

    with composed_of(context).database.writing() as session:
        disable(session, wall_clock(), _person(session, email))
    click.echo(f"{email} is shut out.")


@user.command("enable")
@click.argument("email")
@click.pass_context
@sentences
def user_enable(context: click.Context, email: str) -> None:
    """Let a person in again."""
    from tracker.services.people import enable

    with composed_of(context).database.writing() as session:
        enable(session, _person(session, email))
    click.echo(f"{email} is let in again.")


@user.command("reset")
@click.argument("email")
@click.option("--factor", is_flag=True, help="Ask for no code at the login any more, too.")
@click.pass_context
@sentences
def user_reset(context: click.Context, email: str, factor: bool) -> None:
    """Make a new password for a person who lost theirs; printed once, every session is over."""
    from tracker.services.people import reset_password
    from tracker.services.second_factor import turn_off

    with composed_of(context).database.writing() as session:
        found = _person(session, email)
        made = reset_password(session, found)
        if factor:
            turn_off(session, found.id or 0)
    click.echo(f"Password: {made}")


@user.command("list")
@click.pass_context
@sentences
def user_list(context: click.Context) -> None:
    """Everybody who has or had access, with group, role and last login."""
    from tracker.storage.people import members

    with composed_of(context).database.reading() as session:
        found = members(session)
    for one in found:
        last = f"{one.last_login_at:%Y-%m-%d}" if one.last_login_at else "never"
        also = [*(["site"] if one.site_admin else []), *(["shut out"] if one.disabled_at else [])]
        click.echo("\t".join([one.email, one.group_key, one.role.value, last, ", ".join(also)]).rstrip())


@user.command("groups")
@click.pass_context
@sentences
def user_groups(context: click.Context) -> None:
    """The watchdog groups: key and public name."""
    from tracker.storage.people import groups

    with composed_of(context).database.reading() as session:
        for one in groups(session):
            click.echo(f"{one.key}\t{one.name}")


def _person(session: Any, email: str) -> Any:
    from tracker.storage.people import user_by_email

    found = user_by_email(session, email)
    if found is None:
        raise click.ClickException(
            f"There is nobody of the address {email}: `answerby user list` lists them."
        )
    return found


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
        "mail.sender_name": name,
    }
    port = port_of_this_machine(base_url)
    write_first_config(path, answers | ({"web.port": port} if port else {}))
    context.find_root().params["config"] = path
    click.echo(f"{path} is written.")
    context.invoke(
        user_add,
        email=admin,
        role=UserRole.ADMIN.value,
        group=group,
        new_group=True,
        group_name="",
        password_stdin=False,
    )
