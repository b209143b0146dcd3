"""`answerby migrate`, `run`, `web`, `worker`: the site and its scheduler, together or apart."""

from typing import Any

import click

from tracker.commands.failing import composed_of, configured, sentences
from tracker.compose import Composed
from tracker.storage.migrate import migrate as migrate_database


@click.command()
@click.pass_context
@sentences
def migrate(context: click.Context) -> None:
    """Create or upgrade the database."""
    found = composed_of(context)
    click.echo(
        f"The database {found.database.engine.url.render_as_string(hide_password=True)} is up to date."
    )


@click.command()
@click.pass_context
@sentences
def run(context: click.Context) -> None:
    """Everything in one process: the site and the worker."""
    serving, found = _bound(context)
    serve_and_work(found, serving)


@click.command()
@click.pass_context
@sentences
def web(context: click.Context) -> None:
    """The site alone."""
    _bound(context)[0].run()


def _bound(context: click.Context) -> tuple[Any, Composed]:
    from tracker.serving import Serving

    found = configured(context, public=True)
    migrate_database(found.config.database.url)
    serving = Serving(found, found.config.web.host, found.config.web.port)
    click.echo(f"{found.config.site.name}: {serving.address}/")
    return serving, found


@click.command()
@click.pass_context
@sentences
def worker(context: click.Context) -> None:
    """The scheduler alone: sweep, collect, deliver, sequence."""
    from tracker.serving import work

    click.echo("Worker: sweep, collect, deliver, sequence. Stop it with Ctrl-C or SIGTERM.")
    work(composed_of(context))


def serve_and_work(found: Composed, serving: Any) -> None:
    """Serve with the worker beside it, until the process is told to stop."""
    from tracker.ticking import ticking

    with ticking(found):
        serving.run()
