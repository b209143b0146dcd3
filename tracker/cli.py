"""The commands: each a few lines over services. Exit 0 done, 1 failed with a sentence, 2 wrong usage."""

import json
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any, TypeVar

import click

from tracker import __version__
from tracker.compose import Composed, compose, compose_from, wall_clock
from tracker.config import Config, ConfigError
from tracker.config import Database as DatabaseConfig
from tracker.domain.calendars import CalendarError, calendar
from tracker.domain.catalogue import catalogue, find_rule
from tracker.domain.deadlines import Due, Extension, compute
from tracker.domain.refusals import NotAccepted
from tracker.domain.rules import Rule, RuleError
from tracker.domain.words import UserRole
from tracker.storage.migrate import migrate as migrate_database

F = TypeVar("F", bound=Callable[..., Any])
DEMO_RECHECK_DAYS = 3650
"""The demo's looks are years old; it says when each was made instead of hiding it."""
DEMO_EDITOR = "editor@demo.example"


def sentences(command: F) -> F:
    """A command whose failures are sentences: what is wrong and how to mend it; exit 1."""

    @wraps(command)
    def told(*given: Any, **named: Any) -> Any:
        try:
            return command(*given, **named)
        except (ConfigError, RuleError, CalendarError, NotAccepted, OSError) as error:
            raise click.ClickException(str(error)) from error

    return told  # type: ignore[return-value]


def composed_of(context: click.Context) -> Composed:
    """The site of the configuration this command was called with; its database brought up to date."""
    found = compose_from(context.find_root().params.get("config"))
    migrate_database(found.config.database.url)
    return found


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--config", type=click.Path(dir_okay=False, path_type=Path), help="Configuration; default ./config.toml."
)
@click.version_option(__version__, prog_name="answerby")
def main(config: Path | None) -> None:
    """Who owes the public an answer, since when, and whether what came back was one."""


@main.command()
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one."
)
@click.option(
    "--data", type=click.Path(file_okay=False, path_type=Path), help="Folder for the database; default fresh."
)
@sentences
def demo(port: int, data: Path | None) -> None:
    """Fill an embedded database with the real demo data and serve it, worker included."""
    from tracker.serving import Serving

    folder = data or Path(tempfile.mkdtemp(prefix="answerby-demo-"))
    folder.mkdir(parents=True, exist_ok=True)
    found = compose(demo_config(folder, port))
    password = _fill(found)
    serving = Serving(found, found.config.web.host, port)
    click.echo(f"Answerby demo: {serving.address}/  (data in {folder})")
    click.echo(
        f"Editor: {serving.address}/login  {DEMO_EDITOR}  {password or '(password as printed the first time)'}"
    )
    _serve_and_work(found, serving)


def demo_config(folder: Path, port: int) -> Config:
    """The configuration of the demo: banner, noindex, an embedded database, and looks of any age shown."""
    import secrets

    base = Config()
    site = replace(
        base.site,
        demo=True,
        recheck_days=DEMO_RECHECK_DAYS,
        base_url=f"http://127.0.0.1:{port}",
        publisher="Answerby demo",
        contact_email="demo@demo.example",
    )
    return replace(
        base,
        site=site,
        database=DatabaseConfig(f"sqlite:///{folder / 'answerby.db'}"),
        web=replace(base.web, port=port, secret_key=secrets.token_hex(32)),
        logs=replace(base.logs, signing_key_file=folder / "signing.key"),
        evidence=replace(base.evidence, directory=folder / "evidence"),
    )


def _fill(found: Composed) -> str | None:
    """Load the demo once; the new editor's password, or None where the folder was filled before."""
    from tracker.demo import load_demo
    from tracker.demo.load import GROUP_KEY
    from tracker.services.people import add_user
    from tracker.storage.people import group_by_key

    migrate_database(found.config.database.url)
    with found.database.writing() as session:
        if group_by_key(session, GROUP_KEY) is not None:
            return None
        load_demo(session, found.now())
        added = add_user(session, found.now(), DEMO_EDITOR, UserRole.ADMIN, GROUP_KEY)
        return added.password


def _serve_and_work(found: Composed, serving: Any) -> None:
    from tracker import jobs

    with jobs.ticking(found):
        serving.run()


@main.command()
@click.option("--name", prompt="Name of the site", default="Answerby", help="In the head of every page.")
@click.option(
    "--base-url", prompt="Its public address", default="http://127.0.0.1:8000", help="Such as https://…."
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
def init(context: click.Context, admin: str, group: str, mail_host: str, **asked: str) -> None:
    """Ask for name, address, publisher and mail relay; write config.toml; create the first admin."""
    from tracker.first_config import write_first_config

    path = context.find_root().params.get("config") or Path("config.toml")
    named = {
        "name": "site.name",
        "base_url": "site.base_url",
        "publisher": "site.publisher",
        "contact": "site.contact_email",
    }
    answers = {named[key]: value for key, value in asked.items()} | {"mail.host": mail_host}
    answers |= {"mail.sender": asked["contact"]} if mail_host else {}
    write_first_config(path, answers)
    context.find_root().params["config"] = path
    click.echo(f"{path} is written.")
    context.invoke(
        user_add, email=admin, role=UserRole.ADMIN.value, group=group, group_name="", password_stdin=False
    )


@main.command()
@click.pass_context
@sentences
def migrate(context: click.Context) -> None:
    """Create or upgrade the database."""
    found = composed_of(context)
    click.echo(
        f"The database {found.database.engine.url.render_as_string(hide_password=True)} is up to date."
    )


@main.command()
@click.pass_context
@sentences
def run(context: click.Context) -> None:
    """Everything in one process: the site and the worker."""
    serving, found = _bound(context)
    _serve_and_work(found, serving)


@main.command()
@click.pass_context
@sentences
def web(context: click.Context) -> None:
    """The site alone."""
    _bound(context)[0].run()


def _bound(context: click.Context) -> tuple[Any, Composed]:
    from tracker.serving import Serving

    found = compose_from(context.find_root().params.get("config"), public=True)
    migrate_database(found.config.database.url)
    serving = Serving(found, found.config.web.host, found.config.web.port)
    click.echo(f"{found.config.site.name}: {serving.address}/")
    return serving, found


@main.command()
@click.pass_context
@sentences
def worker(context: click.Context) -> None:
    """The scheduler alone: sweep, collect, deliver, sequence."""
    from tracker.serving import work

    click.echo("Worker: sweep, collect, deliver, sequence. Stop it with Ctrl-C or SIGTERM.")
    work(composed_of(context))


def _job(name: str, explanation: str) -> None:
    @main.command(name, help=explanation)
    @click.pass_context
    @sentences
    def once(context: click.Context) -> None:
        from tracker import jobs

        click.echo(f"{name}: {jobs.run_once(name, composed_of(context))} done")


_job("sweep", "Announce what changed with the passing of the days.")
_job("deliver", "Send what subscribers are waiting for.")
_job("sequence", "Give new events their place in the hash chain and sign its head.")


@main.command()
@click.argument("keys", nargs=-1, metavar="[SOURCE]...")
@click.option("--dry-run", is_flag=True, help="Read and show, keep nothing.")
@click.pass_context
@sentences
def collect(context: click.Context, keys: tuple[str, ...], dry_run: bool) -> None:
    """Read the sources that are due, or the named ones now."""
    from tracker import jobs

    found = composed_of(context)
    click.echo(f"collect: {jobs.collect_now(found, keys, dry_run=dry_run)} read")


@main.command()
@click.pass_context
@sentences
def verify(context: click.Context) -> None:
    """Walk the public log's hash chain and name the first entry that does not fit."""
    from tracker.services.verify import verify as walk

    found = composed_of(context)
    with found.database.reading() as session:
        outcome = walk(session)
    click.echo(outcome.sentence)
    sys.exit(0 if outcome.whole else 1)


@main.command()
@click.pass_context
@sentences
def sources(context: click.Context) -> None:
    """The health of each source."""
    from tracker.storage.sources import all_sources

    with composed_of(context).database.reading() as session:
        for source in all_sources(session):
            state = (
                f"broken since {source.broken_since_at:%Y-%m-%d}: {source.problem}"
                if source.broken_since_at
                else "ok"
            )
            click.echo(f"{source.key}\t{source.reader}\t{source.last_success_at or 'never read'}\t{state}")


@main.command()
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


@main.command()
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


@main.group()
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


if __name__ == "__main__":
    main()
