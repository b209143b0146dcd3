"""`answerby demo`: the real demo data, served from an embedded database."""

import json
import secrets
import tempfile
from dataclasses import replace
from pathlib import Path

import click

from tracker.commands.failing import sentences
from tracker.commands.serve import serve_and_work
from tracker.compose import Composed, compose
from tracker.config import Config
from tracker.config import Database as DatabaseConfig
from tracker.domain.words import UserRole
from tracker.storage.migrate import migrate as migrate_database

DEMO_RECHECK_DAYS = 3650
"""The demo's looks are years old; it says when each was made instead of hiding it."""
DEMO_EDITOR = "editor@demo.example"
CONFIG_FILE = "config.toml"


@click.command()
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Where to serve."
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
    config = demo_config(folder, port)
    _leave_config(folder, config)
    found = compose(config, outbox=folder / "outbox")
    password = _fill(found)
    serving = Serving(found, found.config.web.host, port)
    click.echo(f"Answerby demo: {serving.address}/  (data in {folder})")
    click.echo(
        f"Editor: {serving.address}/login  {DEMO_EDITOR}  {password or '(password as printed the first time)'}"
    )
    click.echo(f"Mail to subscribers is not sent but written into {folder / 'outbox'}")
    click.echo(f"Other commands on these data: answerby --config {folder / CONFIG_FILE} export FOLDER")
    serve_and_work(found, serving)


def demo_config(folder: Path, port: int) -> Config:
    """The configuration of the demo: banner, noindex, an embedded database, and looks of any age shown."""
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
        mail=replace(base.mail, sender="demo@demo.example", sender_name="Answerby demo"),
        web=replace(base.web, port=port, secret_key=_secret(folder)),
        logs=replace(base.logs, signing_key_file=folder / "signing.key"),
        archive=replace(base.archive, folder=folder / "archive"),
    )


def _leave_config(folder: Path, config: Config) -> None:
    """The demo's configuration beside its data, so that every other command can be tried on them."""
    site, mail = config.site, config.mail
    lines = (
        "# Written by `answerby demo` each time it starts.",
        "[site]",
        "demo = true",
        *_keys(recheck_days=site.recheck_days, base_url=site.base_url, publisher=site.publisher),
        *_keys(contact_email=site.contact_email),
        "[database]",
        *_keys(url="sqlite:///answerby.db"),
        "[web]",
        *_keys(port=config.web.port, secret_key=config.web.secret_key),
        "[mail]",
        *_keys(sender=mail.sender, sender_name=mail.sender_name),
    )
    file = folder / CONFIG_FILE
    if file.exists() and not file.read_text(encoding="utf-8", errors="replace").startswith(lines[0]):
        return  # Somebody's own configuration is never written over.
    file.touch(mode=0o600)
    file.write_text("\n".join((*lines, "")), encoding="utf-8")


def _keys(**values: str | int) -> list[str]:
    """As TOML writes them: its plain strings and numbers are those of JSON."""
    return [f"{key} = {json.dumps(value)}" for key, value in values.items()]


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


def _secret(folder: Path) -> str:
    """The folder's own secret, so that a session and a link in mail outlive a restart."""
    file = folder / "secret.key"
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_hex(32), encoding="ascii")
    return file.read_text(encoding="ascii")
